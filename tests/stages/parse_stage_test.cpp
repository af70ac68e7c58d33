// The stage `parse`: every sort of input becomes the same features; what cannot be used ends the run or is listed.
#include <catch2/catch.hpp>

#include "support/compressed.hpp"
#include "support/example_alignments.hpp"
#include "support/read_features.hpp"
#include "support/small_pipeline.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using namespace weft::test;
using Catch::Matchers::Contains;
using Lines = std::vector<std::string>;

namespace {

/// A pipeline that parses one file and publishes what comes out of it.
class Parsing {
public:
    explicit Parsing(const std::string& name, const std::string& content, const std::string& settings = "", const std::string& inputs = "features: ")
        : small("  - { name: load, stage: load, inputs: { genome: genome.fa, " + inputs + name + " } }\n"
                "  - { name: parse, stage: parse, needs: load, publish: { features: features.out, failures: list.tsv, read_groups: groups }" +
                (settings.empty() ? "" : ", " + settings) + " }\n") {
        small.write(name, content);
    }

    /// "name|comment|sequence|qualities" of the features, or the reason why there are none.
    Lines features() {
        report = small.run();
        const StageOutcome& parse = outcome_of(report, "parse");
        if (parse.end == StageEnd::failed) {
            std::string reason = parse.reason;
            const std::string place = small.folder.path().string() + "/";
            for (std::size_t at; (at = reason.find(place)) != std::string::npos;) reason.erase(at, place.size());
            return {"! " + reason};
        }
        return features_of({small.out("features.out")});
    }

    /// "name|reason|where" of what was left out.
    Lines left_out() const {
        Lines lines;
        for (const RunFailure& failure : report.failures) {
            CHECK(failure.stage == "parse");
            std::string where = failure.where;
            const std::string place = small.folder.path().string() + "/";
            if (where.starts_with(place)) where.erase(0, place.size());
            lines.push_back(failure.feature + "|" + failure.reason + "|" + where);
        }
        return lines;
    }

    SmallPipeline small;
    PipelineReport report{};
};

const std::string bad_fastq = "@a one\nACGT\n+\nIIII\n@b\nACGT\n+\nIII\n@c\nAC-T\n+\nIIII\n@d\nGGTT\n+\n!!!!\n@a\nTTTT\n+\nIIII\n@e\nA\n+\nI\n";

}  // namespace

TEST_CASE("FASTA and FASTQ come through as they are, compressed or not", "[stages]") {
    const std::string fasta = ">a one two\nACGT\nacgt\n>b\nNNN\n", fastq = "@a one\nACGT\n+\n!I~@\n@b\nG\n+\n>\n";
    for (const std::string& content : {fasta, gzip(fasta), bgzf(fasta)}) CHECK(Parsing("x", content).features() == Lines{"a|one two|ACGTacgt|", "b||NNN|"});
    for (const std::string& content : {fastq, gzip(fastq)}) CHECK(Parsing("x", content).features() == Lines{"a|one|ACGT|!I~@", "b||G|>"});
    Parsing mixed("x", "@a\n\n+\n\n@b\nG\n+\n>\n");
    CHECK(mixed.features() == Lines{"a|||", "b||G|>"});
    CHECK(mixed.report.exit_code == 0);
}

TEST_CASE("a bad record ends the run with its file and line", "[stages]") {
    Parsing parsing("reads.fq", bad_fastq);
    CHECK(parsing.features() == Lines{"! reads.fq:8: quality has 3 characters, sequence has 4"});
    CHECK(parsing.report.exit_code == 1);
    CHECK_FALSE(parsing.small.published("features.out"));
    CHECK(Parsing("x.fa", ">a\nACGT\n>b\nMKLV\n").features() == Lines{"! x.fa:4: 'L' is not a nucleotide letter; weft aligns DNA and RNA, not proteins"});
    CHECK(Parsing("x.fa", ">a\nACGT\n>a\nACGT\n").features() == Lines{"! x.fa: two features are named 'a'; names must tell features apart"});
}

TEST_CASE("bad records that are skipped leave exactly the others, and are listed", "[stages]") {
    Parsing parsing("reads.fq", bad_fastq, "on_bad_record: skip");
    CHECK(parsing.features() == Lines{"a|one|ACGT|IIII", "d||GGTT|!!!!", "e||A|I"});
    CHECK(parsing.left_out() == Lines{"b|quality has 3 characters, sequence has 4|reads.fq:8", "c|'-' stands for a gap, not for a base|reads.fq:10",
                                      "a|two features are named 'a'|reads.fq"});
    CHECK(parsing.report.exit_code == 3);
    const std::string rows = content_of(parsing.small.out("failures.tsv"));
    CHECK(rows.starts_with("stage\tfeature\treason\twhere\nparse\tb\tquality has 3 characters, sequence has 4\t"));
    CHECK(std::count(rows.begin(), rows.end(), '\n') == 4);
    CHECK(content_of(parsing.small.out("list.tsv")).starts_with("feature\treason\twhere\nb\tquality"));
    CHECK_THAT(parsing.small.log("parse"), Contains("3 features, 9 bases, 3 skipped"));

    // The list belongs to the result: a run that takes the result from the store tells of it too.
    const PipelineReport again = parsing.small.run();
    CHECK(ends_of(again) == "load:reused parse:reused");
    CHECK(again.exit_code == 3);
    CHECK(again.failures.size() == 3);
    CHECK(content_of(parsing.small.out("failures.tsv")) == rows);

    Parsing fasta("x.fa", ">a\nACGT\n>b\nMKLV\nACGT\n>c\nGG\n", "on_bad_record: skip");
    CHECK(fasta.features() == Lines{"a||ACGT|", "c||GG|"});
    CHECK(fasta.left_out() == Lines{"b|'L' is not a nucleotide letter|x.fa:4"});
}

TEST_CASE("records that do not fit the others are skipped too", "[stages]") {
    const std::string sam = "@HD\tVN:1.6\na\t4\t*\t0\t0\t*\t*\t0\t0\tACGT\tIIII\nb\t4\t*\t0\t0\t*\t*\t0\t0\tGGTT\t*\nc\t4\t*\t0\t0\t*\t*\t0\t0\tAA\tII\n";
    CHECK(Parsing("x.sam", sam).features() == Lines{"! x.sam: 'b' has no qualities, features before it have; put features with and without qualities into two runs"});
    Parsing skipping("x.sam", sam, "on_bad_record: skip");
    CHECK(skipping.features() == Lines{"a||ACGT|IIII", "c||AA|II"});
    CHECK(skipping.left_out() == Lines{"b|'b' has no qualities, features before it have|x.sam"});
}

TEST_CASE("a file that goes bad for good ends the run even where records are skipped", "[stages]") {
    const std::string whole = bgzf(">a\nACGT\n");
    Parsing cut("x.fa.gz", whole.substr(0, whole.size() - 30), "on_bad_record: skip");
    CHECK_THROWS_AS(cut.features(), SystemError);   // there are none
    CHECK(cut.report.exit_code == 1);
    const std::string sam = "@HD\tVN:1.6\n@SQ\tSN:c\tLN:9\na\t4\t*\t0\t0\t*\t*\t0\t0\tACGT\t*\nb\tx\n";
    CHECK_THAT(Parsing("x.sam", sam, "on_bad_record: skip").features().at(0), Contains("! x.sam:4: malformed SAM record"));
    CHECK(Parsing("x.fa", ">a\nMKLV\n", "on_bad_record: skip").features() == Lines{"! x.fa: holds no feature that could be used"});
}

TEST_CASE("reads of BAM keep their tags, and their read groups are kept beside them", "[stages]") {
    const std::string sam = "@HD\tVN:1.6\n@SQ\tSN:c\tLN:900\n@RG\tID:g1\tSM:one\n@RG\tID:g2\tSM:two\n"
                            "a\t0\tc\t5\t60\t4M\t*\t0\t0\tACGT\tIJKL\tRG:Z:g1\tNM:i:0\tBC:Z:AC GT\txf:f:0.123456789\n"
                            "b\t16\tc\t5\t60\t4M\t*\t0\t0\tAACG\t!!II\tRG:Z:g2\n"
                            "a\t256\tc\t9\t60\t4M\t*\t0\t0\t*\t*\n";
    const TemporaryFolder folder;
    output_of("samtools view -b -o " + folder / "x.bam" + " " + folder.file("x.sam", sam));
    Parsing parsing("x.bam", content_of(folder / "x.bam"));
    const Lines features = parsing.features();
    CHECK(features == Lines{"a|RG:Z:g1\tBC:Z:AC GT\txf:f:0.12345679|ACGT|IJKL", "b|RG:Z:g2|CGTT|II!!"});   // tags stand where a reader of FASTQ sees a comment
    CHECK(content_of(parsing.small.out("groups")) == "@RG\tID:g1\tSM:one\n@RG\tID:g2\tSM:two\n");
    CHECK_FALSE(Parsing("x.fa", ">a\nA\n").small.published("groups"));
}

TEST_CASE("an annotation becomes features by its genome", "[stages]") {
    SmallPipeline small("  - { name: load, stage: load, inputs: { reference: genome.fa, annotation: a.gff3 } }\n"
                        "  - { name: parse, stage: parse, needs: load, publish: { features: features.out } }\n");
    small.write("a.gff3", "##gff-version 3\nchr1\t.\tgene\t11\t20\t.\t+\t.\tID=g;Name=first\nchr1\t.\tmRNA\t11\t15\t.\t-\t.\tID=m;Parent=g;Name=second\nchr9\t.\tgene\t1\t2\t.\t+\t.\tID=x\n");
    const std::string& chr1 = small.genome.contigs[0];
    CHECK_THAT(outcome_of(small.run(), "parse").reason, Contains("a.gff3:4: the contig 'chr9' is not in"));
    const PipelineReport skipped = small.run({}, {"parse.on_bad_record=skip"});
    CHECK(features_of({small.out("features.out")}) == Lines{"g|chr1:11-20(+) gene|" + chr1.substr(10, 10) + "|"});
    REQUIRE(skipped.failures.size() == 1);
    CHECK(skipped.failures[0].feature == "x");
    CHECK_THAT(skipped.failures[0].where, Catch::EndsWith("a.gff3:4"));
    small.run({}, {"parse.select=mRNA", "parse.id_from=Name"});
    CHECK(features_of({small.out("features.out")}) == Lines{"second|chr1:11-15(-) mRNA|" + reverse_complement(chr1.substr(10, 5)) + "|"});
    CHECK_THAT(outcome_of(small.run({}, {"parse.select=exon"}), "parse").reason, Contains("a.gff3: holds no feature that could be used; see `select` of this stage"));
    small.write("genome.fa", ">chr1\n" + std::string(100, 'A') + "\n>chr9\nAC\n");
    small.run();
    CHECK(features_of({small.out("features.out")}) == Lines{"g|chr1:11-20(+) gene|AAAAAAAAAA|", "x|chr9:1-2(+) gene|AC|"});   // the genome counts
}

TEST_CASE("what an annotation cannot be is told with what to do", "[stages]") {
    const auto reason_of = [](const std::string& content, const std::string& settings = "") { return Parsing("x", content, settings).features().at(0); };
    CHECK_THAT(reason_of("c\t.\tgene\t1\t9\t.\t+\t.\tgene_id \"g\";\n"), Contains("x: looks like gtf; give GFF3"));
    CHECK_THAT(reason_of("chr1\t0\t100\n"), Contains("x: looks like bed; give GFF3"));
    CHECK_THAT(reason_of("##gff-version 3\nchr1\t.\tgene\t1\t9\t.\t+\t.\tID=a\n"), Contains("no stage before it gives 'reference'") && Contains("give the load stage an input named reference"));
    CHECK_THAT(reason_of(">a\nACGT\n", "select: gene"), Contains("stage 'parse': `select` chooses types of an annotation") && Contains("remove `select`"));
    CHECK_THAT(reason_of(">a\nACGT\n", "from: other"), Contains("no stage before it gives 'other'; `from` of this stage names an input of a load stage"));
}

TEST_CASE("the input is the one that is named, or the first of the usual names", "[stages]") {
    const std::string two = ">a\nACGT\n";
    for (const char* inputs : {"queries: ", "reads: ", "annotation: ", "features: "}) CHECK(Parsing("x.fa", two, "", inputs).features() == Lines{"a||ACGT|"});
    CHECK(Parsing("x.fa", two, "from: mine", "mine: ").features() == Lines{"a||ACGT|"});
    CHECK_THAT(Parsing("x.fa", two, "", "mine: ").features().at(0), Contains("give a load stage an input named features, annotation, reads, queries or alignments"));
    Parsing both("x.fa", two, "", "reads: genome.fa, features: ");
    CHECK(both.features() == Lines{"a||ACGT|"});
}

TEST_CASE("features without qualities are FASTA for whoever reads the stored file, those with are FASTQ", "[stages]") {
    SmallPipeline small(std::string(SmallPipeline::load) + SmallPipeline::parse +
                        "  - { name: name, stage: run, needs: parse, command: \"basename ${input.parse.features} > ${output.n}\", outputs: { n: n.txt } }\n");
    small.run();
    CHECK(content_of(small.out("n.txt")) == "features.fa\n");
    small.write("features.fa", small.genome.features_fastq());
    small.run();
    CHECK(content_of(small.out("n.txt")) == "features.fq\n");
}
