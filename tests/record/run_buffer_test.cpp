#include "weft/record/run_buffer.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstring>
#include <string>
#include <vector>

using namespace weft;

namespace {

// A packed record of this size, filled with a mark behind its head.
std::string record_at(std::int32_t contig, std::int64_t position, std::size_t bytes = 304, char mark = 'x') {
    PackedHead head;
    head.bytes = bytes;
    head.contig = contig;
    head.position = position;
    std::string record(bytes, mark);
    std::memcpy(record.data(), &head, sizeof head);
    return record;
}

std::size_t records_of_a_run(std::size_t memory, std::size_t bytes) {
    RunBuffer buffer(memory);
    const std::string record = record_at(0, 1, bytes);
    std::size_t records = 0;
    for (; !buffer.full(); ++records) buffer.add(record.data());
    CHECK(buffer.memory() <= memory + memory / 2 + 8'192 + bytes);   // a chunk more, and the room that a growing list takes
    return records;
}

}  // namespace

TEST_CASE("a run holds as many records as the memory allows, however little that is", "[record]") {
    struct Row {
        std::size_t memory;
        std::size_t bytes;
        std::size_t least;
    };
    const auto row = GENERATE(values<Row>(
        {{1'000'000, 304, 2'000}, {1'000'000, 48, 8'000}, {5'000'000, 304, 10'000}, {100'000'000, 30'000, 2'500}, {1, 304, 1}}));
    CAPTURE(row.memory, row.bytes);
    CHECK(records_of_a_run(row.memory, row.bytes) >= row.least);
}

TEST_CASE("a record that is longer than the memory is a run of its own", "[record]") { CHECK(records_of_a_run(100'000, 160'000) == 1); }

TEST_CASE("records leave in order, equal ones as they came, those without a place last", "[record]") {
    RunBuffer buffer(1'000'000);
    CHECK(buffer.empty());
    for (const std::string& record : {record_at(-1, -1, 48, 'e'), record_at(1, 5, 48, 'd'), record_at(0, 9, 48, 'b'),
                                      record_at(0, 9, 48, 'c'), record_at(0, 2, 48, 'a')})
        buffer.add(record.data());
    buffer.sort();
    std::string marks;
    buffer.for_each([&](const char* record) { marks += record[sizeof(PackedHead)]; });
    CHECK(marks == "abcde");
    buffer.clear();
    CHECK(buffer.empty());
    CHECK_FALSE(buffer.full());
}
