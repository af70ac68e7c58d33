// A genome small enough to align to in milliseconds, and features that come from known places of it.
#pragma once

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "weft/model/sequence.hpp"

namespace weft::test {

struct SmallFeature {
    std::string name{};
    std::string sequence{};
    std::size_t contig = 0;
    std::size_t begin = 0;   // first base on the contig, 0-based
    bool reverse = false;
    bool foreign = false;    // from nowhere
};

/// Two contigs of random bases, `chr1` and `chr2`, and features cut from them with about 1 % substitutions; every 20th is foreign.
class SmallGenome {
public:
    explicit SmallGenome(std::size_t features = 60, std::size_t contig_length = 40'000, std::uint64_t seed = 7) : random_(seed) {
        for (std::string& contig : contigs) contig = bases(contig_length);
        for (std::size_t i = 0; i < features; ++i) {
            SmallFeature feature;
            feature.name = "gene" + std::to_string(i);
            feature.contig = random_() % contigs.size();
            const std::size_t length = std::array<std::size_t, 3>{150, 700, 3'000}[random_() % 3];
            feature.begin = random_() % (contig_length - length);
            feature.foreign = i % 20 == 13;
            feature.sequence = feature.foreign ? bases(length) : contigs[feature.contig].substr(feature.begin, length);
            for (std::size_t at = random_() % 150; at < length; at += 50 + random_() % 100)
                feature.sequence[at] = complement_letter(feature.sequence[at]);
            feature.reverse = random_() % 2 == 1;
            if (feature.reverse) feature.sequence = reverse_complement(feature.sequence);
            all_features.push_back(std::move(feature));
        }
    }

    std::array<std::string, 2> contigs{};
    std::vector<SmallFeature> all_features{};

    std::string fasta() const { return record('>', "chr1", contigs[0]) + record('>', "chr2", contigs[1]); }

    std::string features_fasta() const {
        std::string text;
        for (const SmallFeature& feature : all_features) text += record('>', feature.name + " a comment", feature.sequence);
        return text;
    }

    std::string features_fastq() const {
        std::string text;
        for (const SmallFeature& feature : all_features)
            text += "@" + feature.name + "\n" + feature.sequence + "\n+\n" + std::string(feature.sequence.size(), 'I') + "\n";
        return text;
    }

private:
    std::string bases(std::size_t length) {
        std::string sequence(length, 'A');
        for (char& letter : sequence) letter = "ACGT"[random_() % 4];
        return sequence;
    }

    static std::string record(char mark, const std::string& header, const std::string& sequence) {
        std::string text = mark + header + "\n";
        for (std::size_t at = 0; at < sequence.size(); at += 70) text += sequence.substr(at, 70) + "\n";
        return text;
    }

    std::mt19937_64 random_;
};

}  // namespace weft::test
