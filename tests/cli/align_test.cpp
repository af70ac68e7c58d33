// The main job on files: every format in and out, one answer in all of them, whatever the threads and batches.
#include <map>

#include <catch2/catch.hpp>

#include "support/compressed.hpp"
#include "support/run_program.hpp"
#include "support/small_genome.hpp"
#include "support/temporary_folder.hpp"
#include "weft/record/alignment_reader.hpp"

using namespace weft::test;
using Catch::Matchers::Contains;

namespace {

const SmallGenome& data() {
    static const SmallGenome genome;
    return genome;
}

/// A folder with g.fa and q.fa.
struct Files {
    TemporaryFolder folder{};
    Files() {
        folder.file("g.fa", data().fasta());
        folder.file("q.fa", data().features_fasta());
    }
    Outcome align(std::vector<std::string> more, const std::string& input = {}) const {
        more.insert(more.begin(), {"align", "g.fa"});
        Invocation invocation = weft_in(folder.path(), more);
        invocation.input = input;
        const Outcome outcome = run(invocation);
        CHECK(outcome.messages == "");
        CHECK(outcome.exit_code == 0);
        return outcome;
    }
};

/// What every format tells of a record. PAF has no unaligned records unless asked, so those are left out.
std::vector<std::string> records_of(const std::string& path, const std::string& reference = {}) {
    weft::AlignmentReader reader{path, {.sequences = false, .reference = reference}};
    std::vector<std::string> records;
    for (weft::AlignmentRecord record; reader.read(record);)
        if (record.aligned)
            records.push_back(record.name + " " + std::to_string(static_cast<int>(record.role)) + " " + record.contig + " " +
                              std::to_string(record.reference.begin) + "-" + std::to_string(record.reference.end) + " " +
                              weft::symbol(record.strand) + " " + std::to_string(record.query.begin) + "-" + std::to_string(record.query.end) + " " +
                              std::to_string(record.query_length) + " " + std::to_string(record.mapq) + " " + to_string(record.cigar) + " " +
                              std::to_string(record.score.value_or(-1)) + " " + std::to_string(record.edit_distance.value_or(-1)));
    return records;
}

std::string without_program_lines(const std::string& sam) {
    std::string text;
    std::size_t begin = 0;
    while (begin < sam.size()) {
        const std::size_t end = std::min(sam.find('\n', begin), sam.size() - 1) + 1;
        if (sam.compare(begin, 3, "@PG") != 0) text += sam.substr(begin, end - begin);
        begin = end;
    }
    return text;
}

}  // namespace

TEST_CASE("features are found where they come from", "[cli]") {
    const Files files;
    files.align({"q.fa", "-q", "-o", "out.bam"});
    std::map<std::string, weft::AlignmentRecord> primaries;
    weft::AlignmentReader reader{files.folder / "out.bam"};
    for (weft::AlignmentRecord record; reader.read(record);)
        if (record.role == weft::Role::primary) primaries[record.name] = record;
    REQUIRE(primaries.size() == data().all_features.size());
    for (const SmallFeature& feature : data().all_features) {
        CAPTURE(feature.name);
        const weft::AlignmentRecord& record = primaries.at(feature.name);
        CHECK(record.aligned == !feature.foreign);
        if (feature.foreign) continue;
        const auto begin = static_cast<std::int64_t>(feature.begin);
        CHECK(record.contig == (feature.contig == 0 ? "chr1" : "chr2"));
        CHECK((record.strand == weft::Strand::reverse) == feature.reverse);
        CHECK(record.reference == weft::ReferenceInterval{begin, begin + static_cast<std::int64_t>(feature.sequence.size())});
    }
}

TEST_CASE("SAM, BAM, CRAM and PAF of one run say the same", "[cli]") {
    const Files files;
    for (const char* output : {"out.sam", "out.bam", "out.cram", "out.paf"}) files.align({"q.fa", "-q", "-c", "-o", output});
    CHECK(files.folder.entries() == 6);   // and nothing else was left
    const std::vector<std::string> expected = records_of(files.folder / "out.sam");
    CHECK(expected.size() >= 57);
    CHECK(records_of(files.folder / "out.bam") == expected);
    CHECK(records_of(files.folder / "out.cram", files.folder / "g.fa") == expected);
    CHECK(records_of(files.folder / "out.paf") == expected);
}

TEST_CASE("every input format and way of giving it leads to the same records", "[cli]") {
    const Files files;
    const std::string sam = files.align({"q.fa", "-q"}).output;
    const std::string expected = without_program_lines(sam);
    CHECK_THAT(expected, Contains("@SQ\tSN:chr1\tLN:40000\tM5:"));

    files.folder.file("q.fa.gz", gzip(data().features_fasta().substr(0, 60'000)));
    const std::string some = data().features_fasta().substr(0, 60'000);
    files.folder.file("some.fa", some);
    CHECK(without_program_lines(files.align({"q.fa.gz", "-q"}).output) == without_program_lines(files.align({"some.fa", "-q"}).output));

    CHECK(without_program_lines(files.align({"-", "-q"}, data().features_fasta()).output) == expected);
    CHECK(without_program_lines(files.align({"-q", "-o", "-", "--", "q.fa"}).output) == expected);

    // Two files are one after the other.
    const std::size_t half = data().features_fasta().find(">gene30 ");
    files.folder.file("a.fa", data().features_fasta().substr(0, half));
    files.folder.file("b.fa", data().features_fasta().substr(half));
    CHECK(without_program_lines(files.align({"a.fa", "b.fa", "-q"}).output) == expected);

    // FASTQ brings qualities and the same places; the BAM made of it is an input too.
    files.folder.file("q.fq", data().features_fastq());
    files.align({"q.fq", "-q", "-o", "from_fastq.bam"});
    files.align({"from_fastq.bam", "-q", "-o", "from_bam.bam", "--no-keep-tags"});
    files.align({"q.fa", "-q", "-o", "from_fasta.bam"});
    CHECK(records_of(files.folder / "from_fastq.bam") == records_of(files.folder / "from_fasta.bam"));
    CHECK(records_of(files.folder / "from_bam.bam") == records_of(files.folder / "from_fasta.bam"));
}

TEST_CASE("tags of the input are kept unless told otherwise, comments are copied when told to", "[cli]") {
    const Files files;
    const std::string gene = data().features_fasta().substr(0, data().features_fasta().find('>', 1));
    const std::string sequence = gene.substr(gene.find('\n') + 1, 500);
    files.folder.file("in.sam", "@RG\tID:lane1\tSM:x\nread\t4\t*\t0\t0\t*\t*\t0\t0\t" + sequence.substr(0, sequence.find('\n')) +
                                    "\t*\tRG:Z:lane1\tBC:Z:ACGT\tNM:i:77\n");
    CHECK_THAT(files.align({"in.sam", "-q"}).output, Contains("\tBC:Z:ACGT\tRG:Z:lane1\n") && Contains("@RG\tID:lane1\tSM:x\n") && !Contains("NM:i:77"));
    CHECK_THAT(files.align({"in.sam", "-q", "--no-keep-tags"}).output, !Contains("BC:Z:ACGT"));
    CHECK_THAT(files.align({"in.sam", "-q", "-R", "@RG\\tID:mine"}).output, Contains("\tBC:Z:ACGT\tRG:Z:mine\n") && !Contains("lane1"));
    files.folder.file("c.fa", ">read BC:Z:TTTT\txx:i:7\n" + sequence);
    CHECK_THAT(files.align({"c.fa", "-q", "-y"}).output, Contains("\tBC:Z:TTTT\txx:i:7\n"));
    CHECK_THAT(files.align({"c.fa", "-q"}).output, !Contains("BC:Z"));
}

TEST_CASE("threads and batches do not change a byte", "[cli]") {
    const Files files;
    const std::string format = GENERATE(as<std::string>{}, "sam", "bam", "cram", "paf");
    const std::vector<std::string> common{"q.fa", "-q", "-o", "out." + format};
    files.align(common);
    const auto bytes = [&] { return format == "sam" ? without_program_lines(content_of(files.folder / ("out." + format))) : content_of(files.folder / ("out." + format)); };
    const std::string expected = format == "paf" || format == "sam" ? bytes() : "";
    const std::vector<std::string> expected_records = records_of(files.folder / ("out." + format), files.folder / "g.fa");
    for (const std::vector<std::string>& variation : std::vector<std::vector<std::string>>{
             {"-t", "1"}, {"-t", "2"}, {"-t", "7"}, {"--batch-bases", "1"}, {"--batch-bases", "10k"}, {"--batch-bases", "64M"}, {"-K", "1"}, {"-K", "5k", "-t", "3"}}) {
        CAPTURE(format, variation);
        std::vector<std::string> arguments = common;
        arguments.insert(arguments.end(), variation.begin(), variation.end());
        files.align(arguments);
        if (!expected.empty()) CHECK(bytes() == expected);
        CHECK(records_of(files.folder / ("out." + format), files.folder / "g.fa") == expected_records);
    }
}

TEST_CASE("a sorted BAM has its index beside it and the records of the unsorted one", "[cli]") {
    const Files files;
    const std::string format = GENERATE(as<std::string>{}, "bam", "cram");
    files.align({"q.fa", "-q", "-o", "out." + format});
    files.align({"q.fa", "-q", "--sort", "-o", "sorted." + format});
    CHECK(std::filesystem::exists(files.folder / ("sorted." + format + (format == "bam" ? ".bai" : ".crai"))));
    std::vector<std::string> plain = records_of(files.folder / ("out." + format), files.folder / "g.fa");
    std::vector<std::string> sorted = records_of(files.folder / ("sorted." + format), files.folder / "g.fa");
    CHECK(plain != sorted);
    std::sort(plain.begin(), plain.end());
    std::sort(sorted.begin(), sorted.end());
    CHECK(plain == sorted);
}

TEST_CASE("options of the output do what they say", "[cli]") {
    const Files files;
    CHECK_THAT(files.align({"q.fa", "-q", "--MD"}).output, Contains("\tMD:Z:"));
    CHECK_THAT(files.align({"q.fa", "-q", "--cs"}).output, Contains("\tcs:Z::"));
    CHECK_THAT(files.align({"q.fa", "-q", "--cs=long"}).output, Contains("\tcs:Z:="));
    CHECK_THAT(files.align({"q.fa", "-q", "--eqx"}).output, Contains("=1X"));
    CHECK_THAT(files.align({"q.fa", "-q", "-R", "@RG\\tID:one\\tSM:yeast"}).output, Contains("@RG\tID:one\tSM:yeast\n") && Contains("\tRG:Z:one"));
    CHECK_THAT(files.align({"q.fa", "-q", "-c"}).output, Contains("\tcg:Z:"));
    CHECK_THAT(files.align({"q.fa", "-q", "-c"}).output, !Contains("gene13\t"));
    CHECK_THAT(files.align({"q.fa", "-q", "--format", "paf", "--paf-no-hit"}).output, Contains("gene13\t"));
    CHECK_THAT(files.align({"q.fa", "-q", "--sam-hit-only"}).output, !Contains("gene13\t"));
    CHECK_THAT(files.align({"q.fa", "-q"}).output, Contains("gene13\t4\t"));
    CHECK_THAT(files.align({"q.fa", "-q", "-a"}).output, Contains("@PG\tID:weft"));
    CHECK_THAT(files.align({"q.fa", "-q", "-k", "17", "-w", "5"}).output, Contains("-k 17 -w 5"));
}

TEST_CASE("-s leaves out what scores less, however short the feature", "[cli]") {
    const Files files;
    const auto features = [](const std::string& sam, std::size_t least, std::size_t most) {
        std::size_t count = 0;
        for (const SmallFeature& feature : data().all_features) {
            const std::string line = "\n" + feature.name + (feature.reverse ? "\t16\t" : "\t0\t");
            const bool aligned = sam.find(line) != std::string::npos;
            count += aligned && feature.sequence.size() >= least && feature.sequence.size() <= most;
        }
        return count;
    };
    const std::string all = files.align({"q.fa", "-q"}).output;
    const std::string good = files.align({"q.fa", "-q", "-s", "500"}).output;
    CHECK(features(all, 0, 150) > 5);
    CHECK(features(good, 0, 150) == 0);   // 300 at most
    CHECK(features(good, 700, 3'000) == features(all, 700, 3'000));
    CHECK_THAT(good, Contains("zr:Z:low_score"));
    CHECK(without_program_lines(files.align({"q.fa", "-q", "-s", "20"}).output) == without_program_lines(all));
}

TEST_CASE("neighbouring features decide between equal copies, or not", "[cli]") {
    const TemporaryFolder folder;
    const SmallGenome letters{0};
    const std::string copy = letters.contigs[0].substr(20'000, 800);
    std::string genome, features;
    for (std::size_t i = 0; i < 2; ++i) {
        const std::string& contig = letters.contigs[i];
        genome += ">chr" + std::to_string(i + 1) + "\n" + contig.substr(0, 5'000) + copy + contig.substr(5'000, 5'000) + "\n";
        features += ">before" + std::to_string(i + 1) + "\n" + contig.substr(4'000, 900) + "\n";
        features += ">copy" + std::to_string(i + 1) + "\n" + copy + "\n";
    }
    folder.file("g.fa", genome);
    folder.file("q.fa", features);
    const auto sam = [&](std::vector<std::string> more) {
        more.insert(more.begin(), {"align", "g.fa", "q.fa", "-q"});
        return run(weft_in(folder.path(), more)).output;
    };
    for (const std::string& moved : {sam({}), sam({"-x", "ont", "--neighbours"})}) {
        CHECK_THAT(moved, Contains("\ncopy1\t0\tchr1\t5001\t") && Contains("\ncopy2\t0\tchr2\t5001\t"));
        CHECK_THAT(moved, Contains("\tzn:i:1"));
    }
    for (const std::string& alone : {sam({"--no-neighbours"}), sam({"-x", "ont"})}) {
        CHECK_THAT(alone, Contains("\tzt:i:1") && !Contains("\tzn:i:1"));
    }
}

TEST_CASE("a run tells what it did, unless it is to be quiet", "[cli]") {
    const Files files;
    const Outcome outcome = run(weft_in(files.folder.path(), {"align", "g.fa", "q.fa", "-v", "-o", "out.sam", "-t", "2"}));
    CHECK(outcome.exit_code == 0);
    CHECK(outcome.output.empty());
    CHECK_THAT(outcome.messages, Contains("60 features, 57 of them aligned (95.00 %)"));
    CHECK_THAT(outcome.messages, Contains("`weft index g.fa`"));
    CHECK_THAT(outcome.messages, Contains("2 threads"));
    CHECK_THAT(outcome.messages, !Contains("\r"));
}

TEST_CASE("an index gives the same records as its FASTA, whatever the way it is loaded", "[cli]") {
    const Files files;
    const std::string expected = without_program_lines(files.align({"q.fa", "-q"}).output);
    REQUIRE(run(weft_in(files.folder.path(), {"index", "g.fa", "-q"})).exit_code == 0);
    for (const char* mode : {"lazy", "populate", "copy"}) {
        const Outcome given = run(weft_in(files.folder.path(), {"align", "g.fa.weft", "q.fa", "-q", "--load", mode, "--verify"}));
        CHECK(given.messages.empty());
        CHECK(without_program_lines(given.output) == expected);
    }
    const Outcome beside = run(weft_in(files.folder.path(), {"align", "g.fa", "q.fa", "-v"}));
    CHECK_THAT(beside.messages, Contains("g.fa.weft: belongs to g.fa"));
    CHECK(without_program_lines(beside.output) == expected);
}

TEST_CASE("an index with other k and w than wanted is refused when given and passed over beside", "[cli]") {
    const Files files;
    REQUIRE(run(weft_in(files.folder.path(), {"index", "g.fa", "-q"})).exit_code == 0);
    const Outcome given = run(weft_in(files.folder.path(), {"align", "g.fa.weft", "q.fa", "-x", "short"}));
    CHECK(given.exit_code == 2);
    CHECK_THAT(given.messages, Contains("the index has k=15 w=10, these options want k=11 w=5") && Contains("`weft index -k 11 -w 5 g.fa"));
    CHECK(run(weft_in(files.folder.path(), {"align", "g.fa.weft", "q.fa", "-x", "short", "-k", "15", "-w", "10", "-q"})).exit_code == 0);
    const Outcome beside = run(weft_in(files.folder.path(), {"align", "g.fa", "q.fa", "-x", "short"}));
    CHECK(beside.exit_code == 0);
    CHECK_THAT(beside.messages, Contains("g.fa.weft: not used, it has k=15 w=10"));
    // The FASTA behind a given index is not to be overwritten either.
    const Outcome replaced = run(weft_in(files.folder.path(), {"align", "g.fa.weft", "q.fa", "-o", "g.fa", "--format", "sam"}));
    CHECK(replaced.exit_code == 2);
    CHECK_THAT(replaced.messages, Contains("the output is also an input"));
    CHECK(content_of(files.folder / "g.fa") == data().fasta());
}
