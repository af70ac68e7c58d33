// Lines of an annotation.
#include "fuzz/fuzz_target.hpp"
#include "weft/record/gff3_reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace weft;
    return fuzz::run([&] {
        const fuzz::MemoryFile file(fuzz::text_of(data, size));
        Gff3Reader reader(file.path());
        Gff3Line line;
        while (reader.read(line)) fuzz::must(line.begin >= 0 && line.begin < line.end);
    });
}
