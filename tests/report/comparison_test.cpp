#include "weft/report/comparison.hpp"

#include <catch2/catch.hpp>

#include "support/placement.hpp"

using namespace weft;
using namespace weft::test;

namespace {

AlignmentRecord with_cigar(AlignmentRecord record, Cigar cigar) {
    record.cigar = std::move(cigar);
    return record;
}

Placements placements_of(const std::vector<AlignmentRecord>& records) {
    Placements placements;
    for (const AlignmentRecord& record : records) add_record(placements, record);
    return placements;
}

}  // namespace

TEST_CASE("each way in which two runs can stand to each other is told", "[report]") {
    const Cigar whole{{100, CigarOp::match}};
    const Cigar gapped{{50, CigarOp::match}, {1, CigarOp::insertion}, {1, CigarOp::deletion}, {49, CigarOp::match}};
    const auto record = [](const char* name, std::int64_t begin, int mapq, std::int64_t score) {
        return aligned_record(name, "c1", begin, begin + 100, Strand::forward, mapq, score);
    };
    const Placements a = placements_of({with_cigar(record("same", 0, 60, 200), whole), with_cigar(record("cigar", 0, 60, 200), whole),
                                        record("ends", 0, 60, 200), record("else", 0, 60, 180), record("sure", 0, 30, 180),
                                        record("a", 0, 1, 180), unaligned_record("b"), unaligned_record("none"), record("gone", 0, 1, 90)});
    const Placements b = placements_of({with_cigar(record("same", 0, 10, 200), {{60, CigarOp::match}, {40, CigarOp::mismatch}}),
                                        with_cigar(record("cigar", 0, 60, 190), gapped), record("ends", 5, 60, 210), record("else", 500, 0, 200),
                                        record("sure", 500, 40, 200), unaligned_record("a"), record("b", 0, 1, 180), unaligned_record("none"),
                                        record("new", 0, 1, 90)});
    std::vector<std::string> lines;
    const Comparison comparison =
        compare(a, b, nullptr, 5, [&](const Disagreement& disagreement) { lines.push_back(disagreement_line(disagreement, nullptr, 5)); });
    const auto count = [&](Agreement agreement) { return comparison.queries[static_cast<std::size_t>(agreement)]; };
    CHECK(count(Agreement::same) == 1);
    CHECK(count(Agreement::other_cigar) == 1);
    CHECK(count(Agreement::other_ends) == 1);
    CHECK(count(Agreement::elsewhere) == 2);
    CHECK(count(Agreement::only_a) == 2);
    CHECK(count(Agreement::only_b) == 2);
    CHECK(count(Agreement::neither) == 1);
    CHECK(comparison.missing_in_a == 1);
    CHECK(comparison.missing_in_b == 1);
    CHECK(comparison.elsewhere_confident == 1);
    CHECK(comparison.score.a_higher == 1);
    CHECK(comparison.score.equal == 1);
    CHECK(comparison.score.b_higher == 3);
    CHECK(comparison.mapq.a_higher == 2);
    CHECK(comparison.mapq.equal == 2);
    CHECK(comparison.mapq.b_higher == 1);
    CHECK(lines == std::vector<std::string>{
        "cigar\tother_cigar\tc1:0-100:+\tc1:0-100:+\t60\t60\t200\t190\t.\t.\t.\t.",
        "ends\tother_ends\tc1:0-100:+\tc1:5-105:+\t60\t60\t200\t210\t.\t.\t.\t.",
        "else\telsewhere\tc1:0-100:+\tc1:500-600:+\t60\t0\t180\t200\t.\t.\t.\t.",
        "sure\telsewhere\tc1:0-100:+\tc1:500-600:+\t30\t40\t180\t200\t.\t.\t.\t.",
        "a\tonly_a\tc1:0-100:+\t.\t1\t.\t180\t.\t.\t.\t.\t.",
        "b\tonly_b\t.\tc1:0-100:+\t.\t1\t.\t180\t.\t.\t.\t.",
        "gone\tonly_a\tc1:0-100:+\t.\t1\t.\t90\t.\t.\t.\t.\t.",
        "new\tonly_b\t.\tc1:0-100:+\t.\t1\t.\t90\t.\t.\t.\t.",
    });
    CHECK(std::count(lines.front().begin(), lines.front().end(), '\t') == std::ssize(std::string(disagreement_head())) - [] {
        std::string head = disagreement_head();
        std::erase(head, '\t');
        return std::ssize(head);
    }());
}

TEST_CASE("a run compared with itself agrees with itself", "[report]") {
    const Placements run = placements_of({aligned_record("q", "c1", 0, 100, Strand::forward, 60, 200), unaligned_record("r")});
    int disagreements = 0;
    const Comparison comparison = compare(run, run, nullptr, 5, [&](const Disagreement&) { ++disagreements; });
    CHECK(disagreements == 0);
    CHECK(comparison.queries[static_cast<std::size_t>(Agreement::same)] == 1);
    CHECK(comparison.queries[static_cast<std::size_t>(Agreement::neither)] == 1);
}

TEST_CASE("with the truth, queries at different places say who is right", "[report]") {
    const TruthTable truth{
        {"a", {Presence::present, {{"c1", {0, 100}, Strand::forward}}}},
        {"b", {Presence::present, {{"c1", {500, 600}, Strand::forward}}}},
        {"both", {Presence::present, {{"c1", {0, 100}, Strand::forward}, {"c1", {500, 600}, Strand::forward}}}},
        {"none", {Presence::present, {{"c2", {0, 100}, Strand::forward}}}},
        {"partial", {Presence::partial, {{"c1", {0, 100}, Strand::forward}}}},
    };
    std::vector<AlignmentRecord> in_a, in_b;
    for (const char* name : {"a", "b", "both", "none", "partial"}) {
        in_a.push_back(aligned_record(name, "c1", 0, 100, Strand::forward, 60));
        in_b.push_back(aligned_record(name, "c1", 500, 600, Strand::forward, 60));
    }
    std::vector<std::string> lines;
    const ElsewhereVerdicts verdicts = compare(placements_of(in_a), placements_of(in_b), &truth, 5, [&](const Disagreement& disagreement) {
                                           lines.push_back(disagreement_line(disagreement, &truth, 5));
                                       }).verdicts;
    CHECK(verdicts.a_right == 1);
    CHECK(verdicts.b_right == 1);
    CHECK(verdicts.both_right == 1);
    CHECK(verdicts.none_right == 1);
    CHECK(lines.front().ends_with("exact\twrong"));
}
