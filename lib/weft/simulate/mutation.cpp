#include "weft/simulate/mutation.hpp"

#include <algorithm>
#include <string_view>

#include "weft/model/sequence.hpp"
#include "weft/simulate/random.hpp"

namespace weft {
namespace {

constexpr double short_indel_goes_on = 0.6;   // short indels: 1 base and more, 2.5 on average
constexpr int shortest_long_indel = 30;

char in_case_of(char model, char letter) { return upper(model) == model ? letter : static_cast<char>(letter - 'A' + 'a'); }

// Another base than `letter`: the transition (A-G, C-T) half of the time, else one of the two transversions.
char substitute(char letter, Random& random) {
    const Code code = code_of_letter[static_cast<unsigned char>(letter)];
    const Code changed = random.chance(0.5) ? code ^ 2u : (code ^ 1u) ^ (random.chance(0.5) ? 2u : 0u);
    return in_case_of(letter, letter_of_code(changed));
}

std::string new_sequence(std::int64_t length, Random& random) {
    std::string letters;
    letters.reserve(static_cast<std::size_t>(length));
    while (std::ssize(letters) < length) letters += random.base();
    return letters;
}

// Copies the letters of one piece with changes, and notes the blocks in offsets along the piece.
class PieceWriter {
public:
    PieceWriter(const MutationOptions& options, Random random, EvolvedContig& result)
        : options_(options), random_(random), result_(result) {}

    struct Run { std::int64_t offset, target, length; };

    std::vector<Run> copy(std::string_view letters) {
        const auto length = std::ssize(letters);
        while (at_ < length) {
            const char letter = letters[static_cast<std::size_t>(at_)];
            if (!random_.chance(options_.divergence)) {
                keep(letter);
            } else if (random_.chance(options_.indel_share)) {
                const std::int64_t size = indel_length();
                random_.chance(0.5) ? remove(std::min(size, length - at_)) : insert(size, letter);
            } else if (code_of_letter[static_cast<unsigned char>(letter)] == ambiguous_code) {
                keep(letter);
            } else {
                keep(substitute(letter, random_));
                ++result_.changes.substitutions;
            }
        }
        close_run();
        return std::move(runs_);
    }

private:
    std::string& out() { return result_.contig.sequence; }

    void keep(char letter) {
        if (run_length_++ == 0) run_target_ = std::ssize(out());
        out() += letter;
        ++at_;
    }

    void close_run() {
        if (run_length_ > 0) runs_.push_back({at_ - run_length_, run_target_, run_length_});
        run_length_ = 0;
    }

    void remove(std::int64_t size) {
        close_run();
        at_ += size;
        ++result_.changes.deletions;
        result_.changes.deleted_bases += size;
    }

    // In front of the current base, which is then kept as it is: two insertions never touch.
    void insert(std::int64_t size, char letter) {
        close_run();
        for (std::int64_t i = 0; i < size; ++i) out() += in_case_of(letter, random_.base());
        ++result_.changes.insertions;
        result_.changes.inserted_bases += size;
        keep(letter);
    }

    std::int64_t indel_length() {
        if (random_.chance(options_.long_indel_share)) return random_.over_magnitudes(shortest_long_indel, options_.longest_indel);
        return 1 + random_.run_length(short_indel_goes_on, shortest_long_indel - 1);
    }

    const MutationOptions& options_;
    Random random_;
    EvolvedContig& result_;
    std::vector<Run> runs_{};
    std::int64_t at_ = 0;
    std::int64_t run_target_ = 0;
    std::int64_t run_length_ = 0;
};

}  // namespace

std::vector<std::string> MutationOptions::problems() const {
    std::vector<std::string> found;
    if (!(divergence >= 0 && divergence <= 0.5)) found.push_back("--divergence must lie between 0 and 0.5 changes per base");
    if (!(indel_share >= 0 && indel_share <= 1)) found.push_back("--indel-share must lie between 0 and 1");
    if (!(long_indel_share >= 0 && long_indel_share <= 1)) found.push_back("--long-indel-share must lie between 0 and 1");
    if (longest_indel < shortest_long_indel || longest_indel > 1'000'000)
        found.push_back("--longest-indel is " + std::to_string(longest_indel) + "; give 30 to 1,000,000 bases");
    return found;
}

ChangeCounts& ChangeCounts::operator+=(const ChangeCounts& other) {
    substitutions += other.substitutions;
    insertions += other.insertions;
    deletions += other.deletions;
    inserted_bases += other.inserted_bases;
    deleted_bases += other.deleted_bases;
    return *this;
}

EvolvedContig evolve(const ArrangedContig& arranged, ContigId target, std::span<const ReferenceContig> source,
                     const MutationOptions& options, std::uint64_t seed) {
    EvolvedContig result;
    result.contig.name = arranged.name;
    result.contig.sequence.reserve(static_cast<std::size_t>(arranged.length() + arranged.length() / 16));
    std::uint32_t number = 0;
    for (const Piece& piece : arranged.pieces) {
        if (!piece.source) {
            Random random(seed, "insertion " + std::to_string(piece.novelty));
            result.contig.sequence += new_sequence(piece.interval.length(), random);
            continue;
        }
        const std::string_view whole = source[rank(*piece.source)].sequence;
        std::string letters(whole.substr(static_cast<std::size_t>(piece.interval.begin), static_cast<std::size_t>(piece.interval.length())));
        if (piece.strand == Strand::reverse) letters = reverse_complement(letters);
        const Random random(seed, "changes " + arranged.name + " " + std::to_string(number));
        for (const PieceWriter::Run& run : PieceWriter(options, random, result).copy(letters)) {
            const SourceInterval from = piece.strand == Strand::forward
                                            ? SourceInterval{piece.interval.begin + run.offset, piece.interval.begin + run.offset + run.length}
                                            : SourceInterval{piece.interval.end - run.offset - run.length, piece.interval.end - run.offset};
            result.blocks.push_back({*piece.source, from, target, {run.target, run.target + run.length}, piece.strand, number});
        }
        ++number;
    }
    return result;
}

}  // namespace weft
