// The truth table of a simulated set.
#include "fuzz/fuzz_target.hpp"
#include "weft/report/truth_table.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace weft;
    return fuzz::run([&] {
        const fuzz::MemoryFile file(fuzz::text_of(data, size));
        for (const auto& [name, row] : read_truth_table(file.path()))
            for (const NamedPlace& place : row.places) fuzz::must(place.interval.begin <= place.interval.end);
    });
}
