#include "weft/record/packed_record.hpp"

#include <catch2/catch.hpp>

#include "support/example_alignments.hpp"
#include "support/temporary_folder.hpp"
#include "weft/bytes/hts_handle.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using namespace weft::test;

TEST_CASE("packed records are what HTSlib makes of the SAM text", "[record]") {
    const TemporaryFolder folder;
    const ExampleReference reference = random_reference(1, 3, 8000);
    const ExampleRun run = random_run(reference, 2, 100);
    OutputOptions options{.md = true, .cs = CsTag::full, .copy_comment = true, .read_group = "@RG\tID:x"};
    write_run(folder / "out.sam", options, reference, run);
    const std::vector<std::string> lines = lines_of(folder / "out.sam", true);

    const HtsFile sam(hts_open((folder / "out.sam").c_str(), "r"));
    const SamHeader header(sam_hdr_read(sam.get()));
    const BamRecord parsed(bam_init1());

    options.format = OutputFormat::bam;
    const RecordContext context{options, reference.header().contigs, reference.letters(), "x"};
    RecordSource source(context);
    std::string bytes;
    for (std::size_t i = 0; i < run.features.size(); ++i) {
        source.assign(run.features[i], run.results[i]);
        append_packed_records(source, bytes);
    }
    std::size_t records = 0;
    for (std::size_t at = 0; at < bytes.size(); at += packed_head(bytes.data() + at).bytes, ++records) {
        REQUIRE(sam_read1(sam.get(), header.get(), parsed.get()) >= 0);
        const bam1_t packed = packed_view(bytes.data() + at);
        INFO(bam_get_qname(&packed));
        CHECK(packed.core.tid == parsed->core.tid);
        CHECK(packed.core.pos == parsed->core.pos);
        CHECK(packed.core.bin == parsed->core.bin);
        CHECK(packed.core.qual == parsed->core.qual);
        CHECK(packed.core.flag == parsed->core.flag);
        CHECK(packed.core.n_cigar == parsed->core.n_cigar);
        CHECK(packed.core.l_qseq == parsed->core.l_qseq);
        CHECK(packed.core.l_qname == parsed->core.l_qname);
        CHECK(packed.core.l_extranul == parsed->core.l_extranul);
        CHECK(packed.core.mtid == parsed->core.mtid);
        CHECK(packed.core.mpos == parsed->core.mpos);
        CHECK(packed.core.isize == parsed->core.isize);
        const std::string_view one(reinterpret_cast<const char*>(packed.data), static_cast<std::size_t>(packed.l_data));
        const std::string_view other(reinterpret_cast<const char*>(parsed->data), static_cast<std::size_t>(parsed->l_data));
        CHECK(one == other);
    }
    CHECK(records == lines.size());
}

TEST_CASE("a CIGAR of 70,000 operations survives BAM and CRAM", "[record]") {
    const TemporaryFolder folder;
    constexpr int pairs = 35'000;
    ExampleReference reference{{{"c", ""}}};
    ExampleRun run{{{.name = "long"}}, {FeatureAlignments{}}};
    for (int i = 0; i < pairs; ++i) {   // one base equal, one inserted
        reference.contigs[0].sequence += "ACGT"[i * 7 / 3 % 4];
        run.features[0].sequence += reference.contigs[0].sequence.back();
        run.features[0].sequence += "ACGT"[i % 4];
    }
    Cigar cigar;
    for (int i = 0; i < pairs; ++i) cigar.insert(cigar.end(), {{1, CigarOp::match_or_mismatch}, {1, CigarOp::insertion}});
    run.results[0].alignments.push_back(
        example_alignment(reference, run.features[0], ContigId{0}, Strand::forward, 0, {0, 2 * pairs}, cigar));

    const std::string fasta = reference.write_fasta(folder / "ref.fa");
    write_run(folder / "out.sam", {}, reference, run);
    const std::vector<std::string> lines = lines_of(folder / "out.sam", true);
    CHECK(columns_of(lines.at(0)).at(5) == to_string(cigar));
    for (const bool sort : {false, true}) {
        write_run(folder / "out.bam", {.format = OutputFormat::bam, .sort = sort}, reference, run);
        CHECK(records_of(folder / "out.bam") == lines);
        write_run(folder / "out.cram", {.format = OutputFormat::cram, .sort = sort}, reference, run);
        CHECK(records_of(folder / "out.cram", fasta) == lines);
    }
}
