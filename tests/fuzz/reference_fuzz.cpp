// A reference FASTA, read whole and indexed.
#include "fuzz/fuzz_target.hpp"
#include "weft/index/index.hpp"
#include "weft/record/reference_reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace weft;
    return fuzz::run([&] {
        const fuzz::MemoryFile file(fuzz::text_of(data, size));
        Reference reference = read_reference(file.path());
        const std::size_t contigs = reference.contigs.size();
        const std::string first = reference.contigs.at(0).sequence;
        const Index index = Index::build(std::move(reference.contigs), {.threads = 1}, reference.source);
        fuzz::must(index.contigs() == contigs);
        fuzz::must(index.length(ContigId{0}) == static_cast<std::int64_t>(first.size()));
        fuzz::must(index.sequence(ContigId{0}, {0, index.length(ContigId{0})}).size() == first.size());
    });
}
