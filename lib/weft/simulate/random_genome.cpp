#include "weft/simulate/random_genome.hpp"

#include <algorithm>
#include <string_view>

#include "weft/model/sequence.hpp"
#include "weft/simulate/mutation.hpp"
#include "weft/simulate/random.hpp"

namespace weft {
namespace {

constexpr std::int64_t shortest_contig = 1'000;

std::string random_letters(std::int64_t length, double gc, Random& random) {
    std::string letters;
    letters.reserve(static_cast<std::size_t>(length));
    while (std::ssize(letters) < length) letters += random.base(gc);
    return letters;
}

std::string lower_case(std::string letters) {
    for (char& letter : letters)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    return letters;
}

// The same sequence after `divergence` changes per base.
std::string diverged(const std::string& letters, double divergence, Random& random) {
    const ReferenceContig copy{"copy", letters};
    const ArrangedContig whole{"copy", {Piece{ContigId{0}, {0, std::ssize(letters)}, Strand::forward, 0}}};
    MutationOptions options;
    options.divergence = divergence;
    options.long_indel_share = 0;
    return evolve(whole, ContigId{0}, {&copy, 1}, options, random.bits()).contig.sequence;
}

// Consensus sequences of the dispersed families, shared by all contigs.
std::vector<std::string> make_families(const RandomGenomeOptions& options, std::uint64_t seed) {
    Random random(seed, "families");
    const std::int64_t longest = std::clamp<std::int64_t>(options.length / 40, 200, 6'000);
    std::vector<std::string> families;
    for (int i = 0; i < 8; ++i) {
        // One draw per statement, here and elsewhere: compilers are free in the order in which they evaluate arguments.
        const double gc = random.chance(0.5) ? 0.55 : 0.35;
        const std::int64_t length = random.over_magnitudes(150, longest);
        families.push_back(random_letters(length, gc, random));
    }
    return families;
}

// One contig: unique sequence first, then everything else is laid over it.
class ContigMaker {
public:
    ContigMaker(const RandomGenomeOptions& options, const std::vector<std::string>& families, std::int64_t length, Random random)
        : options_(options), families_(families), random_(random), letters_(random_letters(length, options.gc, random_)) {}

    std::string make() {
        cover(options_.duplicate_share, [&] { return duplicate(); });
        cover(options_.repeat_share, [&] { return family_copy(); });
        cover(options_.tandem_share, [&] { return tandem(); });
        cover(options_.gap_share, [&] { return std::string(static_cast<std::size_t>(random_.over_magnitudes(10, 500)), 'N'); });
        for (char& letter : letters_)
            if (random_.chance(options_.odd_letter_rate)) letter = "RYKMSWBDHV"[random_.below(10)];
        return std::move(letters_);
    }

private:
    // Writes elements of `make_one` at random places until they add up to this share of the contig; one that would not fit
    // within the share is still placed with the probability of the part that would.
    template <class MakeOne>
    void cover(double share, MakeOne make_one) {
        auto left = static_cast<std::int64_t>(static_cast<double>(letters_.size()) * share);
        while (left > 0) {
            const std::string element = make_one();
            const auto size = std::ssize(element);
            const bool fits = size <= left || random_.below(static_cast<std::uint64_t>(size)) < static_cast<std::uint64_t>(left);
            left -= std::max<std::int64_t>(size, 1);
            if (!fits || size == 0 || size * 4 > std::ssize(letters_)) continue;
            const auto at = random_.between(0, std::ssize(letters_) - size);
            letters_.replace(static_cast<std::size_t>(at), element.size(), element);
        }
    }

    std::string duplicate() {
        const std::int64_t size = std::min<std::int64_t>(random_.between(1'000, 5'000), std::ssize(letters_) / 8);
        const std::int64_t at = random_.between(0, std::ssize(letters_) - size);
        std::string copy = letters_.substr(static_cast<std::size_t>(at), static_cast<std::size_t>(size));
        if (random_.chance(0.5)) copy = reverse_complement(copy);
        return diverged(copy, static_cast<double>(random_.between(10, 30)) / 1000, random_);
    }

    std::string family_copy() {
        std::string copy = families_[random_.below(families_.size())];
        if (random_.chance(0.3)) copy.erase(0, random_.below(copy.size() / 2 + 1));   // cut short at its start, as LINEs are
        if (random_.chance(0.5)) copy = reverse_complement(copy);
        return lower_case(diverged(copy, static_cast<double>(random_.between(20, 200)) / 1000, random_));
    }

    std::string tandem() {
        const std::string unit = random_letters(random_.over_magnitudes(1, 60), 0.5, random_);
        const auto size = static_cast<std::size_t>(random_.over_magnitudes(30, 600));
        std::string run;
        while (run.size() < size) run += unit;
        run.resize(size);
        return lower_case(diverged(run, static_cast<double>(random_.between(0, 50)) / 1000, random_));
    }

    const RandomGenomeOptions& options_;
    const std::vector<std::string>& families_;
    Random random_;
    std::string letters_;
};

// Lengths fall linearly, the first four times the last; of three or more contigs one more is a short scaffold.
std::vector<std::int64_t> contig_lengths(const RandomGenomeOptions& options) {
    const std::int64_t scaffold = options.contigs >= 3 ? std::max(options.length / 50, shortest_contig) : 0;
    const std::int64_t whole = scaffold > 0 ? options.contigs - 1 : options.contigs;
    const std::int64_t shares = whole * whole + 3 * whole * (whole + 1) / 2;
    std::vector<std::int64_t> lengths;
    std::int64_t left = options.length - scaffold;
    for (std::int64_t i = 0; i < whole; ++i) {
        const std::int64_t length = i + 1 == whole ? left : (options.length - scaffold) / shares * (whole + 3 * (whole - i));
        lengths.push_back(length);
        left -= length;
    }
    if (scaffold > 0) lengths.push_back(scaffold);
    return lengths;
}

}  // namespace

std::vector<std::string> RandomGenomeOptions::problems() const {
    std::vector<std::string> found;
    if (contigs < 1 || contigs > 100'000) found.push_back("--random asks for " + std::to_string(contigs) + " contigs; give 1 to 100,000");
    if (length < shortest_contig * std::max(contigs, 1) * 2 || length > 100'000'000'000)
        found.push_back("--random asks for " + std::to_string(length) + " bases; give at least 2,000 per contig and at most 10^11 in all");
    if (!(gc >= 0 && gc <= 1)) found.push_back("--random: the share of G and C must lie between 0 and 1");
    return found;
}

std::vector<ReferenceContig> make_random_genome(const RandomGenomeOptions& options, std::uint64_t seed) {
    const std::vector<std::string> families = make_families(options, seed);
    std::vector<ReferenceContig> contigs;
    for (const std::int64_t length : contig_lengths(options)) {
        const std::string name = "chr" + std::to_string(contigs.size() + 1);
        contigs.push_back({name, ContigMaker(options, families, length, Random(seed, "contig " + name)).make()});
    }
    return contigs;
}

}  // namespace weft
