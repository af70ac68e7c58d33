// Alignments of any aligner, analyzed: their tags (MD, cs), counts and places must not break sums, tables or differences.
#include "fuzz/fuzz_target.hpp"
#include "weft/report/analysis.hpp"
#include "weft/report/analysis_json.hpp"
#include "weft/report/analysis_tables.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace weft;
    static const fuzz::MemoryFile genome(">c1\n" + std::string(40, 'A') + "GATTACAGATTACANNRYACACACAC" + std::string(34, 'T') + "\n");
    static const ReferenceText reference = ReferenceText::open(genome.path());
    return fuzz::run([&] {
        const fuzz::MemoryFile file(fuzz::text_of(data, size));
        AnalysisOptions options;
        options.label = "fuzz";
        const Analysis bare = analyze_alignments(file.path(), options);
        fuzz::must(bare.features.placed() <= bare.features.total());
        fuzz::must(analysis_json(bare).ends_with("}\n"));
        for (const Table& table : analysis_tables(bare)) fuzz::must(json_text(table).ends_with("]}\n"));

        options.reference = &reference;
        options.variants = "/dev/null";
        const Analysis lettered = analyze_alignments(file.path(), options);
        fuzz::must(lettered.features.total() == bare.features.total());
        fuzz::must(lettered.variants.has_value());
    });
}
