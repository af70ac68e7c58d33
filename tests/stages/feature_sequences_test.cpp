#include "weft/stages/feature_sequences.hpp"

#include <catch2/catch.hpp>

#include "support/compressed.hpp"
#include "support/temporary_folder.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using namespace weft::test;
using Catch::Matchers::Contains;
using Lines = std::vector<std::string>;

namespace {

//                           1234567890123456
const std::string genome = ">chr1 the first\nACGTTGCAANRYacgt\n>chr2\nGGGCCA\n";

class Annotation {
public:
    explicit Annotation(const std::string& text, std::vector<std::string> types = {}, const std::string& name_from = "ID")
        : path_(folder_.file("a.gff3", text)), features_({path_, folder_.file("genome.fa", genome), std::move(types), name_from}) {}

    /// "name|comment|sequence", or "! file:line: problem; advice" without the folder; both have the feature's name if it has one.
    Lines all() {
        Lines lines;
        for (std::uint64_t good = 0;;) {
            Feature feature{"", "left", "over", "IIII", "from before", 99};
            try {
                if (!features_.read(feature)) return lines;
                CHECK(feature.number == good++);
                CHECK(feature.qualities.empty());
                CHECK(feature.tags.empty());
                lines.push_back(feature.name + "|" + feature.comment + "|" + feature.sequence);
            } catch (const FormatError& error) {
                std::string text = error.what();
                for (std::size_t at; (at = text.find(folder_.path().string() + "/")) != std::string::npos;) text.erase(at, folder_.path().string().size() + 1);
                lines.push_back("! " + feature.name + "| " + text);
            }
        }
    }

private:
    TemporaryFolder folder_;
    std::string path_;
    AnnotationFeatures features_;
};

/// A line with usual values where none are given.
std::string line(const std::string& attributes, const std::string& type = "gene", int begin = 1, int end = 4, char strand = '+', const std::string& contig = "chr1") {
    return contig + "\t.\t" + type + "\t" + std::to_string(begin) + "\t" + std::to_string(end) + "\t.\t" + strand + "\t.\t" + attributes + "\n";
}

}  // namespace

TEST_CASE("a line becomes the letters that it spans, in its own direction", "[stages]") {
    CHECK(Annotation("##gff-version 3\n" + line("ID=whole", "gene", 1, 16) + line("ID=back", "gene", 1, 16, '-') + line("ID=one", "gene", 5, 5) +
                     line("ID=none", "gene", 3, 6, '.') + line("ID=unknown", "gene", 3, 6, '?') + line("ID=end", "gene", 4, 6, '-', "chr2"))
              .all() == Lines{"whole|chr1:1-16(+) gene|ACGTTGCAANRYacgt", "back|chr1:1-16(-) gene|acgtRYNTTGCAACGT", "one|chr1:5-5(+) gene|T",
                              "none|chr1:3-6(.) gene|GTTG", "unknown|chr1:3-6(.) gene|GTTG", "end|chr2:4-6(-) gene|TGG"});
}

TEST_CASE("without types, what has no parent and is no contig is taken", "[stages]") {
    std::string text;
    for (const char* type : {"region", "chromosome", "contig", "scaffold", "supercontig", "databank_entry", "biological_region", "landmark", "gene", "Region", "exon", "ncRNA_gene"})
        text += line(std::string("ID=") + type, type);
    text += line("ID=child;Parent=gene", "mRNA") + line("Name=lone;Note=Parent", "pseudogene");
    Lines names;
    for (const std::string& feature : Annotation(text).all()) names.push_back(feature.substr(0, feature.find('|')));
    CHECK(names == Lines{"gene", "Region", "exon", "ncRNA_gene", "pseudogene:chr1:1-4"});
}

TEST_CASE("with types, all lines of these and no others are taken", "[stages]") {
    const std::string text = line("ID=g", "gene") + line("ID=m;Parent=g", "mRNA", 2, 4) + line("ID=e;Parent=m", "exon", 3, 4) + line("ID=r", "region");
    CHECK(Annotation(text, {"mRNA", "region"}).all() == Lines{"m|chr1:2-4(+) mRNA|CGT", "r|chr1:1-4(+) region|ACGT"});
    CHECK(Annotation(text, {"mrna"}).all().empty());
}

TEST_CASE("names come from the attribute that is asked for, and no two are the same", "[stages]") {
    struct Row {
        Lines attributes;
        const char* name_from;
        Lines names;
    };
    const std::vector<Row> rows{
        {{"ID=a;Name=x", "ID=b"}, "ID", {"a", "b"}},
        {{"ID=a;Name=x", "ID=b"}, "Name", {"x", "gene:chr1:1-4"}},
        {{".", ".", "ID="}, "ID", {"gene:chr1:1-4", "gene:chr1:1-4:2", "gene:chr1:1-4:3"}},
        {{"ID=two words%09and%0Aa tab%7F"}, "ID", {"two_words_and_a_tab_"}},
        {{"ID=%C3%A9"}, "ID", {"\xc3\xa9"}},
        {{"ID=cds", "ID=other", "ID=cds", "ID=cds"}, "ID", {"cds", "other", "cds:2", "cds:3"}},
        {{"ID=a", "ID=a", "ID=a:2", "ID=a"}, "ID", {"a", "a:2", "a:2:2", "a:3"}},
        {{"ID=a:2", "ID=a", "ID=a", "ID=a:2"}, "ID", {"a:2", "a", "a:3", "a:2:2"}},
    };
    for (const Row& row : rows) {
        std::string text;
        for (const std::string& attributes : row.attributes) text += line(attributes);
        INFO(text);
        Lines names;
        for (const std::string& feature : Annotation(text, {}, row.name_from).all()) names.push_back(feature.substr(0, feature.find('|')));
        CHECK(names == row.names);
    }
}

TEST_CASE("a bad line is told with its place, and what follows is read all the same", "[stages]") {
    CHECK(Annotation("##gff-version 3\n" + line("ID=a") + line("ID=lost", "gene", 1, 4, '+', "chr3") + line("ID=far", "gene", 10, 17) + "chr1 gene 1 4\n" +
                     line("ID=b", "gene", 0, 4) + line("ID=lost;Parent=x", "exon", 1, 4, '+', "nowhere") + line("ID=c", "gene", 16, 16))
              .all() == Lines{"a|chr1:1-4(+) gene|ACGT",
                              "! lost| a.gff3:3: the contig 'chr3' is not in genome.fa; did you mean chr1 or chr2?",
                              "! far| a.gff3:4: the feature ends at 17, its contig 'chr1' has 16 bases; use the genome that the annotation was made for",
                              "! | a.gff3:5: 1 tab-separated columns, a GFF3 line has 9",
                              "! | a.gff3:6: start is 0, positions of GFF3 begin at 1", "c|chr1:16-16(+) gene|t"});
}

TEST_CASE("annotations may be compressed and carry their own sequences, which do not count", "[stages]") {
    const std::string text = "##gff-version 3\n" + line("ID=a") + "##FASTA\n>chr1\nTTTTTT\n";
    CHECK(Annotation(text).all() == Lines{"a|chr1:1-4(+) gene|ACGT"});
    CHECK(Annotation(bgzf(text)).all() == Lines{"a|chr1:1-4(+) gene|ACGT"});
    CHECK(Annotation("##gff-version 3\n").all().empty());
}

TEST_CASE("missing files and broken genomes are told at once", "[stages]") {
    const TemporaryFolder folder;
    const std::string annotation = folder.file("a.gff3", line("ID=a"));
    CHECK_THROWS_AS(AnnotationFeatures({annotation, folder / "none.fa"}), SystemError);
    CHECK_THROWS_AS(AnnotationFeatures({folder / "none.gff3", folder.file("g.fa", genome)}), SystemError);
    CHECK_THROWS_WITH(AnnotationFeatures({annotation, folder.file("g.fa", ">a\nAC\n>a\nAC\n")}), Contains("g.fa:3: contig 'a' appears a second time"));
}
