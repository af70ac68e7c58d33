#include "weft/model/error.hpp"

#include <catch2/catch.hpp>

using namespace weft;

TEST_CASE("an error says where, what and what to do, and leaves out what is not known", "[model]") {
    struct Row {
        Complaint complaint;
        std::string text;
    };
    const Row rows[] = {
        {{"reads.fq:1203", "quality has 99 characters, sequence has 100", ""}, "reads.fq:1203: quality has 99 characters, sequence has 100"},
        {{"g.weft", "index of version 3, expected 4", "build it again"}, "g.weft: index of version 3, expected 4; build it again"},
        {{"", "no bases", "give a sequence"}, "no bases; give a sequence"},
        {{"", "no bases", ""}, "no bases"},
    };
    for (const Row& row : rows) {
        const FormatError error(row.complaint);
        CHECK(std::string(error.what()) == row.text);
        CHECK(error.where() == row.complaint.where);
        CHECK(error.problem() == row.complaint.problem);
        CHECK(error.advice() == row.complaint.advice);
    }
}

TEST_CASE("every error of weft is caught as weft::Error", "[model]") {
    CHECK_THROWS_AS(throw UsageError({"-k", "is 0", ""}), Error);
    CHECK_THROWS_AS(throw FormatError({"a.fa", "is empty", ""}), Error);
    CHECK_THROWS_AS(throw SystemError({"a.fa", "does not exist", ""}), Error);
    CHECK_THROWS_AS(throw Cancelled({"", "stopped", ""}), Error);
}
