// The stage `align`: however it cuts the work, its records are those of the aligner itself.
#include <catch2/catch.hpp>
#include <utility>

#include "support/example_alignments.hpp"
#include "support/small_pipeline.hpp"
#include "weft/stages/alignment_archive.hpp"
#include "weft/executor/journal.hpp"
#include "weft/model/error.hpp"
#include "weft/parallel_aligner.hpp"
#include "weft/record/alignment_reader.hpp"
#include "weft/record/reference_reader.hpp"

using namespace weft;
using namespace weft::test;
using Catch::Matchers::Contains;
using Lines = std::vector<std::string>;

namespace {

/// A genome with a stretch that is there twice: where its features go is for the features around them to say.
SmallGenome repetitive_genome(std::size_t features) {
    SmallGenome genome(0, 30'000, 5);
    genome.contigs[1].replace(4'000, 9'000, genome.contigs[0].substr(10'000, 9'000));
    std::mt19937_64 random(6);
    for (std::size_t i = 0; i < features; ++i) {
        SmallFeature feature{.name = "f" + std::to_string(i), .contig = i / 200 % 2, .begin = (i * 29'000 / features + random() % 50) % 29'000, .reverse = i % 3 == 0};
        feature.sequence = genome.contigs[feature.contig].substr(feature.begin, 100 + random() % 200);
        for (std::size_t at = random() % 90; at < feature.sequence.size(); at += 60 + random() % 60) feature.sequence[at] = complement_letter(feature.sequence[at]);
        if (feature.reverse) feature.sequence = reverse_complement(feature.sequence);
        if (i % 50 == 7) feature.sequence = std::string(200, "ACGT"[i % 4]);
        genome.all_features.push_back(std::move(feature));
    }
    return genome;
}

SmallPipeline aligning(const std::string& settings, SmallGenome genome = SmallGenome(60, 20'000)) {
    return SmallPipeline(std::string(SmallPipeline::load) + SmallPipeline::parse + "  - { name: align, stage: align, needs: parse, publish: { alignments: out, index: out.index, failures: list.tsv }" +
                             (settings.empty() ? "" : ", " + settings) + " }\n",
                         "", std::move(genome));
}

/// The records that the aligner itself writes.
Lines expected_records(const SmallPipeline& small, const std::string& name, Preset preset = Preset::feature, const std::string& features = "features.fa") {
    const Index index = Index::build(read_reference(small.folder / "genome.fa").contigs, {.k = options_of(preset).k, .w = options_of(preset).w, .threads = 1});
    const ParallelAligner aligner(index, {.preset = preset, .threads = 2});
    aligner.align_file(small.folder / features, small.folder / name);
    return name.ends_with(".paf") ? lines_of(small.folder / name) : records_of(small.folder / name);
}

/// Chunks in the store.
std::size_t chunks_of(const SmallPipeline& small) {
    std::size_t chunks = 0;
    for (const JournalEntry& entry : ResultStore(small.folder / "work").entries()) chunks += entry.task.starts_with("align/chunk");
    return chunks;
}

}  // namespace

TEST_CASE("records are those of the aligner, whatever the chunks and threads", "[stages]") {
    const SmallPipeline small = aligning("format: sam", repetitive_genome(1'300));
    const Lines expected = expected_records(small, "expected.sam");
    REQUIRE(expected.size() >= 1'300);
    std::size_t moved = 0;
    for (const std::string& line : expected) moved += line.find("\tzn:i:1") != std::string::npos;
    REQUIRE(moved > 10);   // neighbours decided, also across the ends of chunks
    std::string bytes;
    struct Row {
        std::vector<std::string> set;
        std::size_t chunks;
    };
    for (const Row& row : {Row{{}, 1}, Row{{"align.chunk=small"}, 3}, Row{{"align.chunk=1", "threads=1"}, 3}, Row{{"align.chunk=600", "align.cpu=2", "threads=3"}, 2}, Row{{"align.chunk=large"}, 1}}) {
        INFO(row.chunks);
        CHECK(small.run({.fresh = true}, row.set).exit_code == 0);
        CHECK(records_of(small.out("out")) == expected);
        if (bytes.empty()) bytes = content_of(small.out("out"));
        CHECK(content_of(small.out("out")) == bytes);
        CHECK_THAT(small.log("align"), Contains("of 1300 features aligned, 0 failed"));
        CHECK(chunks_of(small) == row.chunks);
    }
}

TEST_CASE("features that are appended leave the chunks before them as they were", "[stages]") {
    const SmallPipeline small = aligning("format: sam, chunk: small", SmallGenome(1'000, 20'000));
    REQUIRE(small.run().exit_code == 0);
    const std::size_t before = chunks_of(small);
    CHECK(before > 1);
    small.write("features.fa", small.genome.features_fasta() + ">more\n" + small.genome.contigs[0].substr(500, 300) + "\n");
    REQUIRE(small.run().exit_code == 0);
    CHECK(chunks_of(small) == before + 1);   // only the last one, which is another chunk now
    CHECK(records_of(small.out("out")) == expected_records(small, "expected.sam"));
}

TEST_CASE("every format and preset is the aligner's own", "[stages]") {
    const SmallPipeline small = aligning("", SmallGenome(60, 20'000));
    for (const char* format : {"sam", "bam", "cram"}) {
        CHECK(small.run({}, {std::string("align.format=") + format}).exit_code == 0);
        const std::string genome = std::string(format) == "cram" ? small.folder / "genome.fa" : "";
        const Lines expected = expected_records(small, "expected.sam");
        CHECK(records_of(small.out("out"), genome).size() == expected.size());
        if (genome.empty()) CHECK(records_of(small.out("out")) == expected);
    }
    small.run({}, {"align.format=sam", "align.preset=map-ont"});
    CHECK(records_of(small.out("out")) == expected_records(small, "expected.sam", Preset::ont));
    small.run({}, {"align.format=sam", "align.preset=short"});   // another k: another index
    CHECK(records_of(small.out("out")) == expected_records(small, "expected.sam", Preset::short_query));
    small.run({}, {"align.format=paf"});
    Lines with_place;
    for (const std::string& line : lines_of(small.out("out")))
        if (columns_of(line)[4] != "*") with_place.push_back(line);
    CHECK(with_place == expected_records(small, "expected.paf"));
    CHECK(lines_of(small.out("out")).size() > with_place.size());   // features without a place are there all the same
}

TEST_CASE("without a wish the alignments are BAM, and a wish of another stage counts", "[stages]") {
    const std::string stages = std::string(SmallPipeline::load) + SmallPipeline::parse + "  - { name: align, stage: align, needs: parse }\n";
    SmallPipeline small(stages + "  - { name: copy, stage: run, needs: align, command: \"cp ${input.align.alignments} ${output.x}\", outputs: { x: x } }\n");
    REQUIRE(small.run().exit_code == 0);
    CHECK(content_of(small.out("x")).starts_with("\x1f\x8b"));
    small.change(stages + "  - { name: copy, stage: run, needs: align, command: \"cp ${input.align.paf} ${output.x}\", outputs: { x: x } }\n");
    REQUIRE(small.run().exit_code == 0);
    CHECK(content_of(small.out("x")).starts_with("gene0\t"));
}

TEST_CASE("settings of the output reach the records", "[stages]") {
    const SmallPipeline small = aligning("format: sam, md: true, cs: full, eqx: true, read_group: \"@RG\\tID:g\\tSM:s\"");
    REQUIRE(small.run().exit_code == 0);
    const Lines records = records_of(small.out("out"));
    for (const std::string& line : records) {
        CHECK_THAT(line, Contains("\tRG:Z:g"));
        if (columns_of(line)[5] == "*") continue;
        CHECK_THAT(line, Contains("\tMD:Z:") && Contains("\tcs:Z:="));
        CHECK_THAT(columns_of(line)[5], !Contains("M"));
    }
    CHECK_THAT(header_of(small.out("out")), Contains("@RG\tID:g\tSM:s"));
    small.run({}, {"align.md=false", "align.cs=brief", "align.eqx=false"});
    CHECK_THAT(records_of(small.out("out")).front(), !Contains("\tMD:Z:") && Contains("\tcs:Z::"));
}

TEST_CASE("sorted alignments come with an index, in the order of their places", "[stages]") {
    const SmallPipeline small = aligning("format: bam, sort: true");
    REQUIRE(small.run().exit_code == 0);
    REQUIRE(small.published("out.index"));
    Lines sorted = records_of(small.out("out")), expected = expected_records(small, "expected.sam");
    std::int64_t before = -1;
    for (const std::string& line : sorted) {
        if (columns_of(line)[2] == "*") continue;
        const std::int64_t place = (columns_of(line)[2] == "chr1" ? 0 : 1'000'000) + std::stol(columns_of(line)[3]);
        CHECK(place >= before);
        before = place;
    }
    std::sort(sorted.begin(), sorted.end());
    std::sort(expected.begin(), expected.end());
    CHECK(sorted == expected);
    CHECK(AlignmentReader(small.out("out")).sorted_by_place());
    CHECK_THROWS_WITH(small.run({}, {"align.format=sam"}), Contains("stage 'align': `sort` is for BAM and CRAM, its format is sam"));
}

TEST_CASE("reads of BAM keep their tags and read groups", "[stages]") {
    SmallPipeline small = aligning("format: sam");
    std::string sam = "@HD\tVN:1.6\n@RG\tID:g1\tSM:one\n@RG\tID:g2\tSM:two\n";
    for (const SmallFeature& feature : small.genome.all_features)
        sam += feature.name + "\t4\t*\t0\t0\t*\t*\t0\t0\t" + feature.sequence + "\t" + std::string(feature.sequence.size(), 'I') + "\tRG:Z:g" + std::to_string(1 + feature.begin % 2) + "\tBC:Z:ACGT\txf:f:0.5\n";
    small.write("reads.sam", sam);
    small.change("  - { name: load, stage: load, inputs: { reference: genome.fa, reads: reads.sam } }\n" + std::string(SmallPipeline::parse) + SmallPipeline::align);
    REQUIRE(small.run().exit_code == 0);
    CHECK(records_of(small.out("out.sam")) == expected_records(small, "expected.sam", Preset::feature, "reads.sam"));
    CHECK_THAT(records_of(small.out("out.sam")).front(), Contains("\tRG:Z:g") && Contains("\tBC:Z:ACGT") && Contains("\txf:f:0.5"));
    CHECK_THAT(header_of(small.out("out.sam")), Contains("@RG\tID:g1\tSM:one\n@RG\tID:g2\tSM:two"));
    small.write("reads.sam", "@HD\tVN:1.6\n@RG\tID:g1\tSM:another\n@RG\tID:g2\tSM:two\n" + sam.substr(sam.find("gene0")));
    REQUIRE(small.run().exit_code == 0);
    CHECK_THAT(header_of(small.out("out.sam")), Contains("@RG\tID:g1\tSM:another"));
}

TEST_CASE("features of the input name the reference, the target or another input to align to", "[stages]") {
    SmallPipeline small("");
    small.write("other.fa", ">other\n" + small.genome.contigs[0] + "\n");
    const auto contigs_with = [&](const std::string& inputs, const std::string& settings) {
        small.change("  - { name: load, stage: load, inputs: { features: features.fa, " + inputs + " } }\n" + SmallPipeline::parse +
                     "  - { name: align, stage: align, needs: parse, format: sam, publish: { sam: out.sam }" + settings + " }\n");
        const PipelineReport report = small.run();
        if (report.exit_code != 0) return outcome_of(report, "align").reason;
        const std::string header = header_of(small.out("out.sam"));
        return std::string(header.find("SN:chr1") != std::string::npos ? "genome" : "other");
    };
    CHECK(contigs_with("reference: genome.fa", "") == "genome");
    CHECK(contigs_with("reference: genome.fa, target: other.fa", "") == "other");
    CHECK(contigs_with("reference: genome.fa, target: other.fa", ", target: reference") == "genome");
    CHECK(contigs_with("reference: genome.fa, mine: other.fa", ", target: mine") == "other");
    CHECK_THAT(contigs_with("mine: genome.fa", ""), Contains("stage 'align': no stage before it gives 'reference'; give a load stage an input named target or reference"));
    CHECK_THAT(contigs_with("mine: genome.fa", ", target: yours"), Contains("no stage before it gives 'yours'"));
}

TEST_CASE("features that the engine failed at are listed", "[stages]") {
    const SmallPipeline small = aligning("format: sam", SmallGenome(60, 20'000));
    REQUIRE(small.run().exit_code == 0);
    // In the stored chunk the outcome of a feature without a place becomes another one.
    const JournalContent journal = read_journal(small.folder / "work/journal.jsonl");
    const ResultStore store(small.folder / "work");
    const std::string archive = *store.find(journal.tasks.at("align/chunk 1").last.key.digest()) + "/alignments";
    const std::string stored = content_of(archive);
    std::string bytes(archive_mark);
    bool changed = false;
    FeatureAlignments result;
    for (ArchiveReader reader(stored, archive); reader.read(result);) {
        if (!std::exchange(changed, changed || result.unaligned == Unaligned::no_seed) && result.unaligned == Unaligned::no_seed) {
            result.unaligned = Unaligned::failed;   // as many bytes: the store finds no damage
        }
        append_to_archive(result, bytes);
    }
    REQUIRE(changed);
    std::filesystem::remove(archive);
    std::ofstream(archive, std::ios::binary) << bytes;
    std::filesystem::remove_all(*store.find(journal.tasks.at("align").last.key.digest()));
    const PipelineReport report = small.run();
    CHECK(ends_of(report) == "align:done load:reused parse:reused");
    CHECK(report.exit_code == 3);
    REQUIRE(report.failures.size() == 1);
    CHECK(report.failures[0].stage == "align");
    CHECK_THAT(report.failures[0].feature, Contains("gene"));
    CHECK(content_of(small.out("list.tsv")) == "feature\treason\twhere\n" + report.failures[0].feature + "\t\t\n");
    CHECK(records_of(small.out("out")).size() >= 60);   // it has its record all the same
    CHECK_THAT(small.log("align"), Contains("1 failed"));
}

TEST_CASE("truncated_output_test: a chunk that was cut in the store is found and aligned again", "[stages]") {
    const SmallPipeline small = aligning("format: sam, chunk: small", SmallGenome(1'000, 20'000));
    REQUIRE(small.run().exit_code == 0);
    const std::string before = content_of(small.out("out"));
    const JournalContent journal = read_journal(small.folder / "work/journal.jsonl");
    const ResultStore store(small.folder / "work");
    const std::string archive = *store.find(journal.tasks.at("align/chunk 2").last.key.digest()) + "/alignments";
    std::filesystem::permissions(archive, std::filesystem::perms{0644});
    std::filesystem::resize_file(archive, std::filesystem::file_size(archive) / 2);
    std::filesystem::remove_all(*store.find(journal.tasks.at("align").last.key.digest()));
    CHECK(ends_of(small.run()) == "align:done load:reused parse:reused");
    CHECK(content_of(small.out("out")) == before);
    CHECK_THAT(small.log("align"), Contains("a stored result is damaged and was put aside"));
}
