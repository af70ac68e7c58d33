#include "weft/executor/process_usage.hpp"

#include <catch2/catch.hpp>
#include <vector>

using namespace weft;

TEST_CASE("what a process uses grows with what it does", "[executor]") {
    const ProcessUsage before = usage_of_this_process();
    std::vector<char> memory(64 << 20);
    for (std::size_t round = 0; round < 20; ++round)
        for (std::size_t i = 0; i < memory.size(); i += 1'024) memory[i] = static_cast<char>(memory[i] + 1);
    const ProcessUsage after = usage_of_this_process();
    CHECK(after.cpu > before.cpu);
    CHECK(after.resident >= before.resident + (60 << 20));
    CHECK(after.peak_resident >= after.resident);
    CHECK(memory[0] == 20);
}
