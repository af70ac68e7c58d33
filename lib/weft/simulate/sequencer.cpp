#include "weft/simulate/sequencer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "weft/model/error.hpp"
#include "weft/model/sequence.hpp"
#include "weft/simulate/random.hpp"

namespace weft {
namespace {

constexpr std::int64_t shortest_read = 30;
constexpr int most_tries = 100;

constexpr std::array<ReadKind, 3> kinds{{
    {"ont", "long reads, 5 % errors, many of them gaps, widely scattered lengths", 8'000, LengthSpread::wide, 0.05, 0.40, 0.25, false},
    {"hifi", "long reads, 0.2 % errors, nearly all gaps, similar lengths", 15'000, LengthSpread::narrow, 0.002, 0.20, 0.40, false},
    {"short", "short reads of one length, 0.2 % errors, nearly all substitutions, more towards the end", 150, LengthSpread::fixed,
     0.002, 0.98, 0.01, true},
}};

const ReadKind* kind_named(std::string_view name) {
    const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const ReadKind& kind) { return kind.name == name; });
    return found == kinds.end() ? nullptr : &*found;
}

// Phred score of an error rate, 2 to 40: how often one can take a tenth of a decade off 1. No logarithm, so the same everywhere.
int phred(double error) {
    int quality = 2;
    for (double rate = 0.630957344480193; quality < 40 && rate * 0.794328234724282 >= error; rate *= 0.794328234724282) ++quality;
    return quality;
}

}  // namespace

std::span<const ReadKind> read_kinds() { return kinds; }

std::vector<std::string> ReadOptions::problems() const {
    std::vector<std::string> found;
    if (count < 0) found.push_back(fmt::format("--reads is {}; give 0 or more", count));
    if (kind_named(kind) == nullptr) found.push_back(fmt::format("--read-kind is '{}'; give ont, hifi or short", kind));
    if (length && (*length < shortest_read || *length > 10'000'000))
        found.push_back(fmt::format("--read-length is {}; give {} to 10,000,000 bases", *length, shortest_read));
    if (error && !(*error >= 0 && *error <= 0.4)) found.push_back("--error must lie between 0 and 0.4 errors per base");
    return found;
}

Sequencer::Sequencer(std::span<const ReferenceContig> genome, const ReadOptions& options, std::uint64_t seed)
    : genome_(genome), kind_(), seed_(seed) {
    const ReadKind* kind = kind_named(options.kind);
    if (kind == nullptr) throw UsageError({"--read-kind", fmt::format("'{}' is unknown", options.kind), "give ont, hifi or short"});
    kind_ = *kind;
    kind_.length = options.length.value_or(kind_.length);
    kind_.error = options.error.value_or(kind_.error);
    for (const ReferenceContig& contig : genome) total_ += std::ssize(contig.sequence);
}

std::int64_t Sequencer::draw_length(Random& random) const {
    switch (kind_.spread) {
        case LengthSpread::fixed: return kind_.length;
        case LengthSpread::narrow: return std::max(shortest_read, random.normal(kind_.length, kind_.length / 10));
        case LengthSpread::wide: break;
    }
    const std::int64_t half = kind_.length / 2;   // a sum of two exponentials is a gamma of shape 2
    return std::max(shortest_read, random.exponential(half) + random.exponential(half));
}

std::optional<SimulatedRead> Sequencer::read(int number) const {
    Random random(seed_, fmt::format("read {}", number));
    for (int tries = 0; tries < most_tries && total_ > 0; ++tries) {
        std::int64_t at = random.between(0, total_ - 1);
        std::size_t i = 0;
        while (at >= std::ssize(genome_[i].sequence)) at -= std::ssize(genome_[i++].sequence);
        const std::string_view contig = genome_[i].sequence;
        const std::int64_t length = draw_length(random);
        const Strand strand = random.chance(0.5) ? Strand::forward : Strand::reverse;
        if (at + length > std::ssize(contig)) continue;
        std::string letters(contig.substr(static_cast<std::size_t>(at), static_cast<std::size_t>(length)));
        const auto unknown = std::count_if(letters.begin(), letters.end(), [](char letter) { return upper(letter) == 'N'; });
        if (unknown * 10 > length) continue;
        if (strand == Strand::reverse) letters = reverse_complement(letters);
        SimulatedRead result;
        result.site = {fmt::format("{}_{}", kind_.name, number), static_cast<ContigId>(i), {at, at + length}, strand};
        result.feature.name = result.site.name;
        result.feature.comment = fmt::format("source={}:{}-{}:{}", genome_[i].name, at, at + length, symbol(strand));
        copy_with_errors(letters, random, result.feature);
        return result;
    }
    return std::nullopt;
}

void Sequencer::copy_with_errors(std::string_view letters, Random& random, Feature& feature) const {
    const double of_read = kind_.error * static_cast<double>(random.between(50, 150)) / 100;   // reads differ in quality
    const auto length = static_cast<double>(letters.size());
    const auto emit = [&](char letter, bool wrong, double rate) {
        const int expected = phred(rate);
        const std::int64_t quality = random.normal(wrong ? expected / 2 + 1 : expected + 1, 2);
        feature.sequence += letter;
        feature.qualities += static_cast<char>('!' + std::clamp<std::int64_t>(quality, 2, 41));
    };
    for (std::size_t i = 0; i < letters.size(); ++i) {
        const double rate = kind_.worse_towards_end ? of_read * (0.5 + static_cast<double>(i) / length) : of_read;
        const Code code = code_of_letter[static_cast<unsigned char>(letters[i])];
        const char letter = code == ambiguous_code ? random.base() : letter_of_code(code);   // a molecule has no N
        if (!random.chance(rate)) {
            emit(letter, false, rate);
        } else if (random.chance(kind_.substitution_share)) {
            emit(letter_of_code((code_of_letter[static_cast<unsigned char>(letter)] + 1u + random.below(3)) % 4), true, rate);
        } else if (random.chance(kind_.insertion_share / (1 - kind_.substitution_share))) {
            emit(random.base(), true, rate);
            emit(letter, false, rate);
        }   // else the base is deleted
    }
}

}  // namespace weft
