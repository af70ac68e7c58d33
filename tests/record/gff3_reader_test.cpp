#include "weft/record/gff3_reader.hpp"

#include <catch2/catch.hpp>

#include "support/temporary_folder.hpp"
#include "weft/model/error.hpp"

using namespace weft;

TEST_CASE("a GFF3 line becomes typed values", "[record]") {
    const Gff3Line line = parse_gff3_line("chr1\tRef%20Seq\tgene\t101\t250\t0.5\t-\t.\tID=gene-1;Name=a%3Bb;Dbxref=x:1,y:2;", "a.gff:7");
    CHECK(line.sequence_id == "chr1");
    CHECK(line.source == "Ref Seq");
    CHECK(line.type == "gene");
    CHECK(line.begin == 100);
    CHECK(line.end == 250);
    CHECK(line.score == 0.5);
    CHECK(line.strand == Strand::reverse);
    CHECK_FALSE(line.phase);
    CHECK(line.attribute("ID") == "gene-1");
    CHECK(line.attribute("Name") == "a;b");
    CHECK(line.attribute("Dbxref") == "x:1,y:2");
    CHECK(line.attribute("Parent").empty());
}

TEST_CASE("what is unknown stays unknown", "[record]") {
    const Gff3Line line = parse_gff3_line("c\t.\tCDS\t1\t1\t.\t?\t2\t.", "a.gff:1");
    CHECK_FALSE(line.score);
    CHECK_FALSE(line.strand);
    CHECK(line.phase == 2);
    CHECK(line.attributes.empty());
    CHECK(line.end - line.begin == 1);
}

TEST_CASE("each fault of a GFF3 line is named", "[record]") {
    struct Row {
        const char* text;
        const char* message;
    };
    const Row rows[] = {
        {"c\t.\tgene\t1\t9\t.\t+\t.", "a.gff:3: 8 tab-separated columns, a GFF3 line has 9"},
        {"c\t.\tgene\t1\t9\t.\t+\t.\tID=1\tmore", "a.gff:3: 10 tab-separated columns, a GFF3 line has 9"},
        {".\t.\tgene\t1\t9\t.\t+\t.\tID=1", "a.gff:3: the sequence (column 1) is empty"},
        {"c\t.\t\t1\t9\t.\t+\t.\tID=1", "a.gff:3: the type (column 3) is empty"},
        {"c\t.\tgene\tx\t9\t.\t+\t.\tID=1", "a.gff:3: start is 'x', expected a number"},
        {"c\t.\tgene\t0\t9\t.\t+\t.\tID=1", "a.gff:3: start is 0, positions of GFF3 begin at 1"},
        {"c\t.\tgene\t5\t4\t.\t+\t.\tID=1", "a.gff:3: end 4 lies before start 5"},
        {"c\t.\tgene\t1\t9 \t.\t+\t.\tID=1", "a.gff:3: end is '9 ', expected a number"},
        {"c\t.\tgene\t1\t9\thigh\t+\t.\tID=1", "a.gff:3: score is 'high', expected a number"},
        {"c\t.\tgene\t1\t9\t.\t*\t.\tID=1", "a.gff:3: strand is '*', expected + - . or ?"},
        {"c\t.\tCDS\t1\t9\t.\t+\t3\tID=1", "a.gff:3: phase is 3, expected 0, 1, 2 or ."},
        {"c\t.\tgene\t1\t9\t.\t+\t.\tgene_id \"x\"", "a.gff:3: attribute 'gene_id \"x\"' is not of the form name=value; is this a GTF file?"},
    };
    for (const Row& row : rows) CHECK_THROWS_MATCHES(parse_gff3_line(row.text, "a.gff:3"), FormatError, Catch::Message(row.message));
}

TEST_CASE("comments are passed over and ##FASTA ends the features", "[record]") {
    const test::TemporaryFolder folder;
    const std::string path = folder.file("a.gff3",
                                         "##gff-version 3\r\n# by hand\r\nc1\t.\tgene\t1\t9\t.\t+\t.\tID=a\r\n\r\n###\r\n"
                                         "c1\t.\tgene\t20\t29\t.\t+\t.\tID=b\n##FASTA\n>c1\nACGT\n");
    Gff3Reader reader(path);
    Gff3Line line;
    REQUIRE(reader.read(line));
    CHECK(line.attribute("ID") == "a");
    CHECK(reader.where() == path + ":3");
    REQUIRE(reader.read(line));
    CHECK(line.attribute("ID") == "b");
    CHECK(reader.where() == path + ":6");
    CHECK_FALSE(reader.read(line));
    CHECK_FALSE(reader.read(line));
}

TEST_CASE("a fault in a file is told with its line", "[record]") {
    const test::TemporaryFolder folder;
    const std::string path = folder.file("a.gff3", "##gff-version 3\nc1\t.\tgene\t1\t9\t.\t+\t.\tID=a\nc1 gene 1 9\n");
    Gff3Reader reader(path);
    Gff3Line line;
    REQUIRE(reader.read(line));
    CHECK_THROWS_MATCHES(reader.read(line), FormatError, Catch::Message(path + ":3: 1 tab-separated columns, a GFF3 line has 9"));
    CHECK_THROWS_AS(Gff3Reader(folder / "none.gff3"), SystemError);
}
