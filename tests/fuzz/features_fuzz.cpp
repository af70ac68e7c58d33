// Queries: FASTA, FASTQ, SAM, BAM and CRAM, told by content.
#include "fuzz/fuzz_target.hpp"
#include "weft/record/feature_reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace weft;
    return fuzz::run([&] {
        const fuzz::MemoryFile file(fuzz::text_of(data, size));
        FeatureReader reader({file.path()});
        reader.collect_read_groups();
        Feature feature;
        while (reader.read(feature)) fuzz::must(feature.qualities.empty() || feature.qualities.size() == feature.sequence.size());
    });
}
