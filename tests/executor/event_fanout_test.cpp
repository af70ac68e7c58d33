#include "weft/executor/event_fanout.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

using namespace weft;

TEST_CASE("every sink hears of an event, also behind one that throws", "[executor]") {
    std::string heard;
    const EventSink sink = to_all({[&](const TaskEvent& event) { heard += "1" + std::string(event.task); },
                                   [](const TaskEvent&) { throw std::runtime_error("first"); },
                                   [](const TaskEvent&) { throw std::runtime_error("second"); },
                                   [&](const TaskEvent& event) { heard += "4" + std::string(event.task); }});
    CHECK_THROWS_WITH(sink({.task = "a"}), "first");
    CHECK(heard == "1a4a");
    CHECK_NOTHROW(to_all({})({.task = "a"}));
}
