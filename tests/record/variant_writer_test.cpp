#include "weft/record/variant_writer.hpp"

#include <catch2/catch.hpp>

#include <filesystem>

#include "support/example_alignments.hpp"
#include "support/temporary_folder.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using namespace weft::test;

namespace {

const std::vector<ContigRecord> contigs{{"chr1", 1'000, ""}, {"chr|2", 500, ""}};
const std::vector<VariantRecord> variants{
    {0, 9, "A", "C", 4, 1, {"gene1"}},
    {0, 9, "A", "AGG", 4, 3, {"a,b;c=d e%", "g|2"}},
    {1, 499, "T", "G", 1, 1, {}},
};

void write(const std::string& path, const std::vector<ContigRecord>& header = contigs) {
    VariantWriter writer(path, header);
    for (const VariantRecord& variant : variants) writer.write(variant);
    writer.close();
}

constexpr char expected[] =
    "##fileformat=VCFv4.2\n"
    "##FILTER=<ID=PASS,Description=\"All filters passed\">\n"
    "##source=weft\n"
    "##INFO=<ID=DP,Number=1,Type=Integer,Description=\"Features aligned over the position\">\n"
    "##INFO=<ID=AD,Number=R,Type=Integer,Description=\"Features without and with the alternative\">\n"
    "##INFO=<ID=AF,Number=A,Type=Float,Description=\"Share of the features that has the alternative\">\n"
    "##INFO=<ID=NAMES,Number=.,Type=String,Description=\"Features with the alternative, the first five; special letters as %XX\">\n"
    "##contig=<ID=chr1,length=1000>\n"
    "##contig=<ID=chr|2,length=500>\n"
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
    "chr1\t10\t.\tA\tC\t.\t.\tDP=4;AD=3,1;AF=0.25;NAMES=gene1\n"
    "chr1\t10\t.\tA\tAGG\t.\t.\tDP=4;AD=1,3;AF=0.75;NAMES=a%2Cb%3Bc%3Dd%20e%25,g|2\n"
    "chr|2\t500\t.\tT\tG\t.\t.\tDP=1;AD=0,1;AF=1\n";

}  // namespace

TEST_CASE("differences are written as VCF, with names that cannot break a line", "[record]") {
    const TemporaryFolder folder;
    write(folder / "v.vcf");
    CHECK(content_of(folder / "v.vcf") == expected);
    CHECK(folder.entries() == 1);
}

TEST_CASE("compressed output has an index, of the kind that the contigs need, and no old one beside it", "[record]") {
    const TemporaryFolder folder;
    folder.file("v.vcf.gz.csi", "old");
    write(folder / "v.vcf.gz");
    CHECK(folder.entries() == 2);
    CHECK(std::filesystem::exists(folder / "v.vcf.gz.tbi"));
    CHECK(std::filesystem::last_write_time(folder / "v.vcf.gz.tbi") >= std::filesystem::last_write_time(folder / "v.vcf.gz"));
    CHECK(output_of("gzip -dc '" + (folder / "v.vcf.gz") + "'") == expected);
    const std::string first = content_of(folder / "v.vcf.gz") + content_of(folder / "v.vcf.gz.tbi");
    write(folder / "v.vcf.gz");
    CHECK(content_of(folder / "v.vcf.gz") + content_of(folder / "v.vcf.gz.tbi") == first);
    write(folder / "v.vcf.gz", {{"chr1", 1'000'000'000, ""}, {"chr2", 500, ""}});
    CHECK(std::filesystem::exists(folder / "v.vcf.gz.csi"));
    CHECK_FALSE(std::filesystem::exists(folder / "v.vcf.gz.tbi"));
}

TEST_CASE("a file that was not closed is not there, and an old one stays", "[record]") {
    const TemporaryFolder folder;
    folder.file("v.vcf.gz", "old");
    {
        VariantWriter writer(folder / "v.vcf.gz", contigs);
        writer.write(variants.front());
    }
    CHECK(content_of(folder / "v.vcf.gz") == "old");
    CHECK(folder.entries() == 1);
    CHECK_THROWS_AS(VariantWriter(folder / "none/v.vcf", contigs), SystemError);
}

TEST_CASE("contig names that VCF cannot hold are refused", "[record]") {
    const TemporaryFolder folder;
    for (const char* const name : {"", "a,b", "a>b", "a:1", "a b", "a\"b"}) {
        INFO(name);
        CHECK_THROWS_AS(VariantWriter(folder / "v.vcf", {{name, 10, ""}}), FormatError);
    }
    CHECK(folder.entries() == 0);
}

TEST_CASE("bcftools reads the file through its index", "[record]") {
    if (!installed("bcftools")) {
        WARN("bcftools is not installed: skipped");
        return;
    }
    const TemporaryFolder folder;
    write(folder / "v.vcf.gz");
    CHECK(output_of("bcftools view -H '" + (folder / "v.vcf.gz") + "' 'chr|2' 2>&1") == "chr|2\t500\t.\tT\tG\t.\t.\tDP=1;AD=0,1;AF=1\n");
    CHECK(output_of("bcftools query -f '%POS %AD %NAMES\\n' '" + (folder / "v.vcf.gz") + "' 2>&1") ==
          "10 3,1 gene1\n10 1,3 a%2Cb%3Bc%3Dd%20e%25,g|2\n500 0,1 .\n");
}
