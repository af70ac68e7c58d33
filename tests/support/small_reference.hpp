// Small references in memory, and letters to align to them, for the tests of the engine.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "support/random_sequences.hpp"
#include "weft/index/index.hpp"
#include "weft/index/index_view.hpp"
#include "weft/model/sequence.hpp"

namespace weft::test {

inline std::string letters_of(std::span<const Code> codes) {
    std::string letters;
    for (const Code code : codes) letters += letter_of_code(code);
    return letters;
}

/// Bases of the first `kinds` of A, C, G, T.
inline std::string random_letters(RandomPairs& random, std::int64_t length, int kinds = 4) {
    return letters_of(random.sequence(length, kinds));
}

/// Overwrites some stretches with N.
inline void strew_ambiguous(RandomPairs& random, std::int64_t stretches, std::int64_t longest, std::string& letters) {
    for (; stretches > 0 && !letters.empty(); --stretches) {
        const std::int64_t begin = random.between(0, std::ssize(letters) - 1);
        const std::int64_t end = std::min(std::ssize(letters), begin + random.between(1, longest));
        for (std::int64_t i = begin; i < end; ++i) letters[static_cast<std::size_t>(i)] = 'N';
    }
}

/// The letter with another one in its place, always the same for the same letter.
inline char other_base(char letter) { return letter == 'A' ? 'C' : letter == 'C' ? 'A' : letter == 'G' ? 'T' : 'G'; }

inline std::string substituted(std::string letters, std::initializer_list<std::int64_t> positions) {
    for (const std::int64_t position : positions)
        letters[static_cast<std::size_t>(position)] = other_base(letters[static_cast<std::size_t>(position)]);
    return letters;
}

inline std::string part(std::string_view letters, std::int64_t begin, std::int64_t length) {
    return std::string(letters.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(length)));
}

/// Contigs c0, c1, ...
inline Index small_index(const std::vector<std::string>& contigs, int k = 15, int w = 10) {
    std::vector<ReferenceContig> named;
    for (const std::string& letters : contigs) named.push_back({"c" + std::to_string(named.size()), letters});
    return Index::build(std::move(named), {.k = k, .w = w, .threads = 1});
}

/// All bases of a contig.
inline std::vector<Code> contig_codes(const IndexView& view, std::size_t contig) {
    std::vector<Code> codes(view.contig_length[contig]);
    view.decode(view.contig_begin[contig], codes);
    return codes;
}

/// A query as it reads along a strand of the reference.
inline std::vector<Code> oriented(std::string_view letters, Strand strand) {
    return encode(strand == Strand::forward ? std::string(letters) : reverse_complement(letters));
}

}   // namespace weft::test
