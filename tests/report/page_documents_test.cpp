#include "weft/report/page_documents.hpp"

#include <catch2/catch.hpp>

#include "weft/model/error.hpp"

using namespace weft;
using Catch::Matchers::Contains;

TEST_CASE("what an analysis leaves out is zero or absent", "[report]") {
    const AnalysisDocument analysis = read_analysis_document(R"({"weft_analysis": 1})");
    CHECK(analysis.features.total == 0);
    CHECK_FALSE(analysis.identity.median);
    CHECK(analysis.identity_histogram.total() == 0);
    CHECK_FALSE(analysis.errors);
    CHECK_FALSE(analysis.filtered);
    CHECK_FALSE(analysis.variants);
    CHECK(analysis.features_of("split") == 0);
}

TEST_CASE("an analysis is read to its last field", "[report]") {
    const AnalysisDocument analysis = read_analysis_document(R"({"weft_analysis": 1, "source": {"label": "g.bam"},
        "features": {"total": 9, "placed": 7, "lost": 2, "bases": 900, "aligned_bases": 700, "secondary": 3, "supplementary": 4},
        "identity": {"median": 0.99}, "coverage": {"mean": 0.5},
        "classes": [{"class": "split", "features": 3, "by_size": [1, 2, 0]}],
        "size_classes": [{"name": "below 1 kb", "features": 5, "placed": 4, "bases": 300, "identity_mean": 0.9}],
        "lost_reasons": [{"reason": "no seed", "features": 2}], "mapq": [1, 2], "mapq_unknown": 3,
        "histograms": {"identity": {"edges": [0, 0.5, 1], "counts": [2, 5]}},
        "length_identity": {"length_edges": [1, 10], "identity_edges": [0, 0.5, 1], "counts": [[1], [2]]},
        "depth": [{"contig": "c", "length": 150, "bin": 100, "mean": [1, 0.5]}],
        "errors": {"substitutions": {"A": {"C": 1, "G": 2, "T": 3}}, "mismatches": 6, "insertions": 1, "inserted_bases": 2,
                   "deletions": 3, "deleted_bases": 4, "per_kilobase": {"mismatches": 1.5}, "insertion_lengths": [[2, 1]],
                   "deletion_lengths": [[1, 2]], "ends": {"left_clipped": [[5, 1]], "right_clipped": []}},
        "dot_plot": {"queries": [{"name": "q", "length": 5, "offset": 0}], "contigs": [],
                     "segments": [[0, 5, 10, 15, -1, 0.8]], "shown": 1, "total": 2},
        "filtered": {"passed": 1, "terms": [{"term": "mapq > 1", "rejected": 4}]},
        "inputs_skipped": [{"where": "a:1", "name": "n", "reason": "r"}],
        "lost_features": {"total": 2, "rows": [{"name": "g", "length": 7, "class": "unmapped", "reason": "no seed"}]},
        "variants": {"snv": 1, "insertion": 2, "deletion": 3, "sites": 4}})");
    CHECK(analysis.label == "g.bam");
    CHECK(analysis.features.supplementary == 4);
    CHECK(analysis.identity.median == 0.99);
    CHECK_FALSE(analysis.identity.mean);
    CHECK(analysis.features_of("split") == 3);
    CHECK(analysis.size_classes.at(0).identity_mean == 0.9);
    CHECK(analysis.mapq_unknown == 3);
    CHECK(analysis.identity_histogram.total() == 7);
    CHECK(analysis.length_identity.counts.at(1).at(0) == 2);
    CHECK(analysis.depth.at(0).mean.at(1) == 0.5);
    REQUIRE(analysis.errors);
    CHECK(analysis.errors->substitutions.size() == 3);
    CHECK(analysis.errors->substitutions.at(1).query == 'G');
    CHECK_FALSE(analysis.errors->insertions_per_kilobase);
    CHECK(analysis.errors->left_clipped.at(0) == CountOfLength(5, 1));
    CHECK(analysis.dot_plot.segments.at(0).strand == -1);
    CHECK(analysis.filtered->terms.at(0).rejected == 4);
    CHECK(analysis.inputs_skipped_total == 1);
    CHECK(analysis.lost_features.at(0).length == 7);
    CHECK(analysis.lost_features_total == 2);
    CHECK(analysis.variants->sites == 4);
}

TEST_CASE("a run is read to its last field", "[report]") {
    const RunDocument run = read_run_document(
        R"({"weft_run": 1, "pipeline": "p", "status": "failed", "exit_code": 1, "command": "c", "started": "s", "wall_ms": 1.5,
        "threads": 2, "memory_budget": 10, "peak_memory": 5,
        "stages": [{"name": "a", "kind": "load", "status": "failed", "needs": ["b"], "ready_ms": 1, "attempts": 2, "sub_tasks": 3,
                    "critical": true, "reason": "r", "cause": "z", "log_tail": ["l"], "rerun": "again"}],
        "tasks": [{"name": "t"}], "tasks_total": 7, "slowest": [{"name": "t", "ms": 2.5}], "running": [[0, 1]],
        "resources": [[0, 50.5, 1000]],
        "throughput": [{"size_class": "below 1 kb", "features": 1, "bases": 2, "seconds": 0.5}],
        "failures": [{"stage": "a", "feature": "f", "reason": "r", "where": "w"}], "failures_total": 5,
        "config": [{"key": "k", "value": [1, "x"], "origin": "o"}, {"key": "k2", "value": "text", "origin": "o"}],
        "inputs": [{"name": "n", "path": "p", "digest": "d", "bytes": 9}], "versions": {"weft": "0.1"}})");
    CHECK(run.exit_code == 1);
    CHECK(run.wall_ms == 1.5);
    const RunDocument::Stage& stage = run.stages.at(0);
    CHECK(stage.needs == std::vector<std::string>{"b"});
    CHECK(stage.ready_ms == 1.0);
    CHECK_FALSE(stage.begin_ms);
    CHECK(stage.critical);
    CHECK(stage.log_tail.at(0) == "l");
    CHECK(run.tasks_shown == 1);
    CHECK(run.tasks_total == 7);
    CHECK(run.slowest.at(0).ms == 2.5);
    CHECK(run.resources.at(0).memory == 1000);
    CHECK(run.throughput.at(0).seconds == 0.5);
    CHECK(run.failures_total == 5);
    CHECK(run.config.at(0).value == R"([1,"x"])");
    CHECK(run.config.at(1).value == "text");
    CHECK(run.inputs.at(0).bytes == 9);
    CHECK(run.versions.at(0).second == "0.1");
}

TEST_CASE("a document that is not as described is refused with place and fault", "[report]") {
    struct Row {
        const char* json;
        const char* where;
        const char* problem;
    };
    const auto row =
        GENERATE(Row{"[1, 2", "analysis", "is not a JSON object"},
                 Row{R"({"weft_analysis": 2})", "analysis.weft_analysis", "is 2; this page reads version 1"},
                 Row{"{}", "analysis.weft_analysis", "is missing"},
                 Row{R"({"weft_analysis": 1, "features": {"total": "many"}})", "analysis.features.total", "has another type"},
                 Row{R"({"weft_analysis": 1, "mapq": 3})", "analysis.mapq", "has another type"},
                 Row{R"({"weft_analysis": 1, "depth": 3})", "analysis.depth", "is no array"},
                 Row{R"({"weft_analysis": 1, "histograms": {"identity": {"edges": [0, 1], "counts": [1, 2]}}})",
                     "analysis.histograms.identity", "2 edges for 2 bins"},
                 Row{R"({"weft_analysis": 1, "length_identity": {"length_edges": [0, 1], "identity_edges": [0, 1], "counts": [[1, 2]]}})",
                     "analysis.length_identity", "do not fit"},
                 Row{R"({"weft_analysis": 1, "dot_plot": {"segments": [[1, 2]]}})", "analysis.dot_plot.segments[0]", "has no element 2"});
    INFO(row.json);
    try {
        read_analysis_document(row.json);
        FAIL("it was read");
    } catch (const FormatError& error) {
        CHECK(error.where() == row.where);
        CHECK_THAT(error.problem(), Contains(row.problem));
    }
}

TEST_CASE("faults of a run are told as such", "[report]") {
    CHECK_THROWS_WITH(read_run_document(R"({"weft_run": 1, "stages": [{"name": 7}]})"), Contains("run.stages[0].name"));
    CHECK_THROWS_WITH(read_run_document(R"({"weft_analysis": 1})"), Contains("run.weft_run"));
}
