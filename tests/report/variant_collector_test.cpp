#include "weft/report/variant_collector.hpp"

#include <catch2/catch.hpp>

#include <random>
#include <set>
#include <sstream>

#include "support/example_alignments.hpp"
#include "support/records.hpp"
#include "support/temporary_folder.hpp"
#include "weft/model/error.hpp"
#include "weft/model/sequence.hpp"
#include "weft/parallel_aligner.hpp"
#include "weft/report/analysis.hpp"

using namespace weft;
using namespace weft::test;

namespace {

// Lines of "contig:position reference>alternative support/depth names".
std::string text_of(const VariantCollector& collector, VariantCounts* counts = nullptr) {
    std::string text;
    const VariantCounts given = collector.give([&](const VariantRecord& variant) {
        text += std::to_string(variant.contig) + ":" + std::to_string(variant.position) + " " + variant.reference + ">" +
                variant.alternative + " " + std::to_string(variant.support) + "/" + std::to_string(variant.depth);
        for (const std::string& name : variant.names) text += " " + name;
        text += "\n";
    });
    if (counts != nullptr) *counts = given;
    return text;
}

AlignmentRecord with_letters(RecordShort shape, const std::string& letters) {
    AlignmentRecord record = record_of(shape);
    record.sequence = letters;
    record.query_length = std::ssize(letters);
    return record;
}

// A reference, a haplotype that differs from it in known places, and overlapping features of the haplotype on both strands.
struct Planted {
    std::string reference;
    std::string haplotype{};
    std::set<std::string> snvs{};     // "position reference>alternative", 1-based
    std::set<std::string> gaps{};     // "position length", 1-based position in front; negative length: deleted
    std::string features_fasta{};

    explicit Planted(std::uint64_t seed, std::size_t length = 30'000) {
        std::mt19937_64 random(seed);
        for (std::size_t i = 0; i < length; ++i) reference += "ACGT"[random() % 4];
        for (std::size_t at = 0, next = 60; at < length; ++at) {
            if (at != next) {
                haplotype += reference[at];
                continue;
            }
            plant(random, at);
            next = at + 30 + random() % 60;
        }
        bool last = false;
        for (std::size_t begin = 0, i = 0; !last; begin = away_from_gaps(begin + 400), ++i) {
            const std::size_t end = std::min(away_from_gaps(begin + 1'000), haplotype.size());
            last = end == haplotype.size();
            std::string letters = haplotype.substr(begin, end - begin);
            if (i % 2 == 1) letters = reverse_complement(letters);
            features_fasta += ">f" + std::to_string(i) + "\n" + letters + "\n";
        }
    }

private:
    // A gap near the end of a feature cannot be told from some substitutions.
    std::size_t away_from_gaps(std::size_t position) const {
        const auto near = [&](std::size_t gap) { return gap < position + 25 && position < gap + 25; };
        while (std::any_of(gaps_on_haplotype_.begin(), gaps_on_haplotype_.end(), near)) ++position;
        return position;
    }

    std::vector<std::size_t> gaps_on_haplotype_{};

    void plant(std::mt19937_64& random, std::size_t& at) {
        const std::size_t kind = random() % 4;
        if (kind >= 2) gaps_on_haplotype_.push_back(haplotype.size());
        if (kind < 2) {
            const char letter = "ACGT"[(std::string_view("ACGT").find(reference[at]) + 1 + random() % 3) % 4];
            snvs.insert(std::to_string(at + 1) + " " + reference[at] + ">" + letter);
            haplotype += letter;
        } else if (kind == 2) {
            haplotype += reference[at];
            std::string inserted;
            for (std::size_t n = 3 + random() % 4; n > 0; --n) inserted += "ACGT"[random() % 4];
            gaps.insert(std::to_string(in_front(at + 1, inserted)) + " " + std::to_string(inserted.size()));
            haplotype += inserted;
        } else {
            const std::string deleted = reference.substr(at, 3 + random() % 4);
            gaps.insert(std::to_string(in_front(at, deleted)) + " -" + std::to_string(deleted.size()));
            at += deleted.size() - 1;
        }
    }

    // 1-based position of the base in front of letters that stand before `at`, moved to the left one by one.
    std::size_t in_front(std::size_t at, std::string letters) const {
        for (; at > 0 && reference[at - 1] == letters.back(); --at) letters = letters.back() + letters.substr(0, letters.size() - 1);
        return at;
    }
};

}  // namespace

TEST_CASE("differences are put together by site, with the features that have them and those over the site", "[report]") {
    const TemporaryFolder folder;
    const ReferenceText reference = ReferenceText::open(folder.file("r.fa", ">c1\nGATTACAGATTACA\n>c2\nCCCCCCCCCC\n"));
    VariantCollector collector(reference, {});
    collector.add(0, 0, with_letters({.name = "a", .begin = 0, .cigar = "14M"}, "GATGACAGATTACA"));
    collector.add(1, 0, with_letters({.name = "b", .begin = 2, .strand = Strand::reverse, .cigar = "6M"}, reverse_complement("TGACAG")));
    collector.add(2, 0, with_letters({.name = "c", .begin = 0, .cigar = "7M"}, "GATCACA"));
    collector.add(3, 1, with_letters({.name = "d", .contig = "c2", .begin = 0, .cigar = "5M2I5M"}, "CCCCCCCCCCCC"));
    collector.add(4, 0, with_letters({.name = "e", .begin = 8, .cigar = "2M2D2M"}, "ATCA"));
    VariantCounts counts;
    CHECK(text_of(collector, &counts) ==
          "0:3 T>C 1/3 c\n"
          "0:3 T>G 2/3 a b\n"
          "0:9 TTA>T 1/2 e\n"
          "1:0 C>CCC 1/1 d\n");
    CHECK(counts.snv == 2);
    CHECK(counts.insertion == 1);
    CHECK(counts.deletion == 1);
    CHECK(counts.sites == 3);
}

TEST_CASE("a feature counts once, introns are not under it, and unsure places are left out", "[report]") {
    const TemporaryFolder folder;
    const ReferenceText reference = ReferenceText::open(folder.file("r.fa", ">c1\nGATTACAGATTACA\n"));
    VariantCollector collector(reference, {});
    collector.add(0, 0, with_letters({.name = "a", .begin = 0, .cigar = "10M"}, "GATGACAGAT"));
    collector.add(0, 0, with_letters({.name = "a", .role = Role::supplementary, .begin = 2, .cigar = "10M"}, "TGACAGATTA"));
    collector.add(1, 0, with_letters({.name = "intron", .begin = 0, .cigar = "2M8N4M"}, "GATACA"));
    collector.add(2, 0, with_letters({.name = "unsure", .begin = 0, .cigar = "10M", .mapq = 0}, "GATGACAGAT"));
    collector.add(3, 0, record_of({.name = "bare", .begin = 0, .cigar = "10M"}));
    CHECK(text_of(collector) == "0:3 T>G 1/1 a\n");
    for (std::int64_t i = 4; i < 12; ++i)
        collector.add(i, 0, with_letters({.name = "f" + std::to_string(i), .begin = 0, .cigar = "10M", .mapq = 255}, "GATGACAGAT"));
    CHECK(text_of(collector) == "0:3 T>G 9/9 a f4 f5 f6 f7\n");
}

TEST_CASE("too many differences are an error that says what to do", "[report]") {
    const TemporaryFolder folder;
    const ReferenceText reference = ReferenceText::open(folder.file("r.fa", ">c1\nGATTACAGATTACA\n"));
    VariantCollector collector(reference, {.most_variants = 2});
    collector.add(0, 0, with_letters({.cigar = "4M"}, "CCTT"));
    CHECK_THROWS_WITH(collector.add(1, 0, with_letters({.cigar = "4M"}, "GACT")), Catch::Contains("more than 2 different ones"));
}

TEST_CASE("every planted difference is found at its place, and none that was not planted", "[report]") {
    for (const std::uint64_t seed : {1, 2, 3}) {
        const Planted planted(seed);
        const TemporaryFolder folder;
        const std::string genome = folder.file("genome.fa", ">c1\n" + planted.reference + "\n");
        const Index index = Index::build(read_reference(genome).contigs);
        (void)ParallelAligner(index, {.threads = 1}).align_file(folder.file("features.fa", planted.features_fasta), folder / "x.bam");
        const ReferenceText reference = ReferenceText::open(genome);
        AnalysisOptions options;
        options.reference = &reference;
        options.variants = folder / "x.vcf.gz";
        const Analysis analysis = analyze_alignments(folder / "x.bam", options);
        std::set<std::string> snvs;
        std::set<std::string> gaps;
        std::istringstream lines(output_of("gzip -dc '" + options.variants + "' | grep -v '^#'"));
        for (std::string line; std::getline(lines, line);) {
            const std::vector<std::string> columns = columns_of(line);
            const auto difference = std::ssize(columns[4]) - std::ssize(columns[3]);
            if (difference == 0)
                snvs.insert(columns[1] + " " + columns[3] + ">" + columns[4]);
            else
                gaps.insert(columns[1] + " " + std::to_string(difference));
        }
        CHECK(snvs == planted.snvs);
        CHECK(gaps == planted.gaps);
        CHECK(analysis.variants->snv == std::ssize(planted.snvs));
        CHECK(analysis.variants->insertion + analysis.variants->deletion == std::ssize(planted.gaps));
        if (!installed("bcftools")) {
            WARN("bcftools is not installed: its check was skipped");
            continue;
        }
        const std::string check = "bcftools norm --check-ref e -f '" + genome + "' '" + options.variants + "' 2>&1 >/dev/null";
        CHECK_THAT(output_of(check), Catch::Contains("/0/0/0"));   // split, realigned, skipped
    }
}

TEST_CASE("differences need the letters of the reference", "[report]") {
    AnalysisOptions options;
    options.variants = "x.vcf.gz";
    CHECK_THROWS_AS(analyze_alignments("none.bam", options), UsageError);
}
