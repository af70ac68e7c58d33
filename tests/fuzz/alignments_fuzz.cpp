// Alignments of any aligner: SAM, BAM, CRAM and PAF.
#include "fuzz/fuzz_target.hpp"
#include "weft/record/alignment_reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace weft;
    return fuzz::run([&] {
        const fuzz::MemoryFile file(fuzz::text_of(data, size));
        AlignmentReader reader(file.path(), {.sequences = true});
        AlignmentRecord record;
        while (reader.read(record)) {
            if (!record.aligned) continue;
            fuzz::must(record.query.begin >= 0 && record.query.begin <= record.query.end);
            fuzz::must(record.reference.begin >= 0 && record.reference.begin <= record.reference.end);
            if (!record.cigar.empty()) fuzz::must(reference_length(record.cigar) == record.reference.length());
        }
    });
}
