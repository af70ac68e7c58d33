#include "weft/stages/run_pipeline.hpp"

#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <filesystem>
#include <random>
#include <set>
#include <thread>

#include "support/example_alignments.hpp"
#include "support/small_pipeline.hpp"
#include "weft/executor/journal.hpp"
#include "weft/executor/this_process.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using namespace weft::test;
using Catch::Matchers::Contains;

namespace {

/// A command that writes something, and notes in "order" of the pipeline's folder that it ran.
std::string command(const std::string& name, const std::string& text, const std::string& settings = "") {
    return "  - name: " + name + "\n    stage: run\n    outputs: { x: " + name + ".txt }\n" + (settings.empty() ? "" : "    " + settings + "\n") + "    command: |\n      echo " + name +
           " >> \"$PIPELINE_FOLDER/order\"; " + text + "\n";
}

const std::string written = "echo a > ${output.x}";
const std::string whole = std::string(SmallPipeline::load) + SmallPipeline::parse + SmallPipeline::align +
                          "  - { name: keep, stage: filter, needs: align, where: mapq >= 1, publish: { alignments: kept.sam } }\n"
                          "  - name: count\n    stage: run\n    needs: keep\n    pure: true\n    outputs: { n: n.txt }\n"
                          "    command: grep -vc '^@' ${input.keep.sam} > ${output.n}\n";

std::string order_of(const SmallPipeline& small) {
    std::string text = std::filesystem::exists(small.folder / "order") ? content_of(small.folder / "order") : "";
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

std::string result_of(const SmallPipeline& small, const std::string& stage) {
    return *ResultStore(small.folder / "work").find(read_journal(small.folder / "work/journal.jsonl").tasks.at(stage).last.key.digest());
}

}  // namespace

TEST_CASE("a pipeline runs from its file to its published files", "[stages]") {
    const SmallPipeline small(whole);
    const PipelineReport report = small.run();
    CHECK(ends_of(report) == "align:done count:done keep:done load:done parse:done");
    CHECK(report.exit_code == 0);
    CHECK(report.status() == "done");
    CHECK(report.failures.empty());
    CHECK(report.failures_file.empty());
    CHECK(report.seconds > 0);
    CHECK(outcome_of(report, "keep").kind == "filter");
    CHECK_THAT(outcome_of(report, "keep").place, Catch::EndsWith("p.yaml:10"));
    const std::size_t kept = lines_of(small.out("kept.sam"), true).size();
    CHECK(kept > 20);
    CHECK(kept < lines_of(small.out("out.sam"), true).size());
    CHECK(content_of(small.out("n.txt")) == std::to_string(kept) + "\n");
    std::set<std::string> published;
    for (const auto& [name, content] : tree_of(small.folder / "out")) published.insert(name);
    CHECK(published == std::set<std::string>{"out.sam", "kept.sam", "n.txt"});
    CHECK(std::filesystem::is_empty(small.folder / "work/quarantine"));
    CHECK_FALSE((std::filesystem::exists(small.folder / "work/scratch") && !std::filesystem::is_empty(small.folder / "work/scratch")));
}

TEST_CASE("a second run takes everything from the store, and puts back what was published", "[stages]") {
    const SmallPipeline small(whole);
    small.run();
    const auto before = tree_of(small.folder / "out");
    std::filesystem::remove(small.out("kept.sam"));
    std::vector<std::string> told;
    std::mutex mutex;
    PipelineOptions options;
    options.reused = [&](std::string_view stage) {
        const std::lock_guard lock{mutex};
        told.emplace_back(stage);
    };
    const std::size_t results = ResultStore(small.folder / "work").keys().size();
    const PipelineReport report = small.run(options);
    CHECK(ends_of(report) == "align:reused count:reused keep:reused load:reused parse:reused");
    CHECK(report.count(StageEnd::reused) == 5);
    CHECK(report.exit_code == 0);
    CHECK(told == std::vector<std::string>{"load", "parse", "align", "keep", "count"});
    CHECK(tree_of(small.folder / "out") == before);
    CHECK(ResultStore(small.folder / "work").keys().size() == results);
}

TEST_CASE("a changed expression runs the filter, and what follows only if its bytes changed", "[stages]") {
    const SmallPipeline small(whole);
    small.run();
    CHECK(ends_of(small.run({}, {"keep.where=mapq >= 1 and length > 0"})) == "align:reused count:reused keep:done load:reused parse:reused");
    CHECK(ends_of(small.run({}, {"keep.where=mapq >= 1 and length > 1k"})) == "align:reused count:done keep:done load:reused parse:reused");
    CHECK(ends_of(small.run()) == "align:reused count:reused keep:reused load:reused parse:reused");   // all of it is still there
    CHECK(ends_of(small.run({}, {"align.chunk=small", "threads=1", "memory=1G"})) == "align:reused count:reused keep:reused load:reused parse:reused");
}

TEST_CASE("a changed input runs what depends on it", "[stages]") {
    const SmallPipeline small(whole);
    small.run();
    small.write("genome.fa", small.genome.fasta() + ">chr3\nACGTACGATCGATCGAGCTACGATCAGCTACTACGACT\n");
    CHECK(ends_of(small.run()) == "align:done count:done keep:done load:done parse:reused");
    std::filesystem::rename(small.folder / "features.fa", small.folder / "moved.fa");
    CHECK(ends_of(small.run({}, {"load.inputs={ reference: " + (small.folder / "genome.fa") + ", features: " + (small.folder / "moved.fa") + " }"})) == "align:reused count:reused keep:reused load:reused parse:reused");
}

TEST_CASE("truncated_output_test: a stored file that was cut or lost is found, put aside and made again", "[stages]") {
    const SmallPipeline small(whole);
    small.run();
    const auto before = tree_of(small.folder / "out");
    const std::string align = result_of(small, "align");
    std::filesystem::remove(small.out("out.sam"));   // it is a link to the stored one
    std::filesystem::permissions(align + "/alignments.sam", std::filesystem::perms{0644});
    std::filesystem::resize_file(align + "/alignments.sam", 100);
    CHECK(ends_of(small.run()) == "align:done count:reused keep:reused load:reused parse:reused");
    CHECK(tree_of(small.folder / "out") == before);
    CHECK_THAT(small.log("align"), Contains("a stored result is damaged and was put aside") && Contains("alignments.sam: has 100 bytes"));
    CHECK_FALSE(std::filesystem::is_empty(small.folder / "work/quarantine"));
    std::filesystem::remove(result_of(small, "keep") + "/counts.json");
    CHECK(ends_of(small.run()) == "align:reused count:reused keep:done load:reused parse:reused");
    CHECK(tree_of(small.folder / "out") == before);
}

TEST_CASE("exit_code_test: what a failure does to the others, and how the run ends", "[stages]") {
    struct Row {
        const char* on_error;
        const char* ends;
        int exit_code;
        const char* status;
        const char* order;
    };
    for (const Row& row : {Row{"keep-going", "after:skipped bad:failed far:skipped other:done", 3, "partial", "bad other "},
                           Row{"skip", "after:done bad:failed far:done other:done", 3, "partial", "bad after far other "},
                           Row{"fail", "after:skipped bad:failed far:skipped other:cancelled", 1, "failed", "bad "}}) {
        INFO(row.on_error);
        const SmallPipeline small(command("bad", "exit 7", "priority: 9") + command("after", written, "needs: bad\n    priority: 8") + command("far", written, "needs: after\n    priority: 7") + command("other", written),
                                  "on_error: " + std::string(row.on_error) + "\n");
        const PipelineReport report = small.run({}, {"threads=1"});
        CHECK(ends_of(report) == row.ends);
        CHECK(report.exit_code == row.exit_code);
        CHECK(report.status() == row.status);
        CHECK(order_of(small) == row.order);
        CHECK(outcome_of(report, "bad").cause.empty());
        CHECK_THAT(outcome_of(report, "bad").reason, Contains("the command ended with exit code 7"));
        if (outcome_of(report, "far").end == StageEnd::skipped) {
            CHECK(outcome_of(report, "after").cause == "bad");
            CHECK(outcome_of(report, "far").cause == "bad");
            CHECK(outcome_of(report, "far").reason == "task 'bad' failed");
        }
        REQUIRE(report.failures.size() == 1);
        CHECK(report.failures[0].stage == "bad");
        CHECK(report.failures_file == small.out("failures.tsv"));
        const std::vector<std::string> rows = lines_of(small.out("failures.tsv"));
        REQUIRE(rows.size() == 2);
        CHECK(columns_of(rows[1]).size() == 4);
        CHECK_THAT(columns_of(rows[1])[2], Contains("exit code 7"));
        CHECK_THAT(columns_of(rows[1])[3], Catch::EndsWith("p.yaml:8"));
    }
}

TEST_CASE("a stage that failed runs again, and the list of failures goes when all is well", "[stages]") {
    const SmallPipeline small(command("bad", "test -e \"$PIPELINE_FOLDER/now\"; " + written, "pure: true"));
    CHECK(small.run().exit_code == 1);
    CHECK(small.published("failures.tsv"));
    CHECK(small.run().exit_code == 1);
    small.write("now", "");
    CHECK(ends_of(small.run()) == "bad:done");
    CHECK_FALSE(small.published("failures.tsv"));
    CHECK(ends_of(small.run()) == "bad:reused");
}

TEST_CASE("a run until a stage does that stage and what it needs", "[stages]") {
    const SmallPipeline small(whole);
    CHECK(ends_of(small.run({.until = "align"})) == "align:done load:done parse:done");
    CHECK_FALSE(small.published("kept.sam"));
    CHECK(ends_of(small.run({.until = "count"})) == "align:reused count:done keep:done load:reused parse:reused");
    CHECK_THROWS_WITH(small.run({.until = "aling"}), Contains("there is no stage 'aling'; did you mean align?"));
    const SmallPipeline items(command("one", written) + "  - { name: two, stage: run, needs: one, foreach: { s: [p, q] }, command: \"echo ${s.key} > ${output.x}\", outputs: { x: \"${s.key}.txt\" } }\n" + command("three", written, "needs: two"));
    CHECK(ends_of(items.run({.until = "two[q]"})) == "one:done two[q]:done");
    CHECK(ends_of(items.run({.until = "two"})) == "one:done two[p]:done two[q]:done");
    const Pipeline pipeline = items.read();
    CHECK(stages_until(pipeline, "") == pipeline.order);
    CHECK(stages_until(pipeline, "two[p]") == std::vector<std::size_t>{0, 1});
}

TEST_CASE("a fresh run forgets all results first", "[stages]") {
    const SmallPipeline small(whole);
    small.run();
    const auto before = tree_of(small.folder / "out");
    CHECK(ends_of(small.run({.fresh = true})) == "align:done count:done keep:done load:done parse:done");
    CHECK(tree_of(small.folder / "out") == before);
    CHECK(ends_of(small.run()) == "align:reused count:reused keep:reused load:reused parse:reused");
}

TEST_CASE("the items of a foreach go hand in hand, one that fails takes down its own", "[stages]") {
    const SmallPipeline small("  - name: make\n    stage: run\n    foreach: { s: { p: 1, q: 2, r: 3 } }\n    outputs: { x: \"${s.key}.txt\" }\n    command: test ${s.value} != 2; echo ${s.value} > ${output.x}\n"
                              "  - name: twice\n    stage: run\n    needs: make\n    foreach: { s: { p: 1, q: 2, r: 3 } }\n    outputs: { x: \"twice-${s.key}.txt\" }\n    command: cat ${input.make.x} ${input.make.x} > ${output.x}\n"
                              "  - { name: all, stage: run, needs: twice, outputs: { x: all.txt }, command: \"cat ${input.twice.x} > ${output.x}\" }\n",
                              "on_error: keep-going\n");
    const PipelineReport report = small.run();
    CHECK(ends_of(report) == "all:skipped make[p]:done make[q]:failed make[r]:done twice[p]:done twice[q]:skipped twice[r]:done");
    CHECK(report.exit_code == 3);
    CHECK(outcome_of(report, "twice[q]").cause == "make[q]");
    CHECK(content_of(small.out("twice-p.txt")) == "1\n1\n");
    CHECK(content_of(small.out("twice-r.txt")) == "3\n3\n");
    const PipelineReport left_out = small.run({}, {"on_error=skip"});
    CHECK(outcome_of(left_out, "twice[q]").end != StageEnd::skipped);
}

TEST_CASE("poison_test: one bad record among 10,000 leaves 9,999 right answers and one row", "[stages]") {
    SmallGenome genome(0, 40'000, 21);
    std::mt19937_64 random(22);
    std::string fastq;
    std::map<std::string, std::string> truth;
    for (int i = 0; i < 10'000; ++i) {
        const std::size_t contig = random() % 2, begin = random() % 39'900;
        const std::string name = "f" + std::to_string(i);
        std::string sequence = genome.contigs[contig].substr(begin, 100);
        const bool reverse = random() % 2 == 0;
        if (reverse) sequence = reverse_complement(sequence);
        if (i == 4'321) sequence[50] = '-';
        else truth[name] = std::string(reverse ? "16" : "0") + " chr" + std::to_string(contig + 1) + " " + std::to_string(begin + 1) + " 100M";
        fastq += "@" + name + "\n" + sequence + "\n+\n" + std::string(100, 'I') + "\n";
    }
    SmallPipeline small(std::string(SmallPipeline::load) + "  - { name: parse, stage: parse, needs: load, on_bad_record: skip }\n" + SmallPipeline::align, "", std::move(genome));
    small.write("features.fa", fastq);
    const PipelineReport report = small.run();
    CHECK(ends_of(report) == "align:done load:done parse:done");
    CHECK(report.exit_code == 3);
    std::map<std::string, std::string> found;
    for (const std::string& line : lines_of(small.out("out.sam"), true)) {
        const std::vector<std::string> columns = columns_of(line);
        CHECK(found.emplace(columns[0], columns[1] + " " + columns[2] + " " + columns[3] + " " + columns[5]).second);
    }
    CHECK(found.size() == 9'999);
    CHECK(found == truth);
    const std::vector<std::string> rows = lines_of(small.out("failures.tsv"));
    REQUIRE(rows.size() == 2);
    CHECK(columns_of(rows[1])[0] == "parse");
    CHECK(columns_of(rows[1])[1] == "f4321");
    CHECK_THAT(columns_of(rows[1])[3], Catch::EndsWith("features.fa:17286"));
}

TEST_CASE("a run that is asked to end before it begins starts nothing, and the next one does it all", "[stages]") {
    const SmallPipeline small(whole);
    const Pipeline pipeline = small.read();
    {
        PipelineRun run(pipeline, {});
        run.drain();
        const PipelineReport report = run.execute();
        CHECK(report.count(StageEnd::cancelled) == 5);
        CHECK(report.exit_code == 1);
        CHECK(report.status() == "cancelled");
        CHECK(report.failures.empty());
    }
    CHECK(ResultStore(small.folder / "work").keys().empty());
    CHECK(ends_of(small.run()) == "align:done count:done keep:done load:done parse:done");
}

TEST_CASE("a run that is asked to end while it works finishes what has begun", "[stages]") {
    const SmallPipeline small(command("first", "sleep 0.3; " + written, "pure: true") + command("second", written, "needs: first\n    pure: true"));
    const Pipeline pipeline = small.read();
    {
        PipelineOptions options;
        std::atomic<bool> begun{false};
        options.events = [&](const TaskEvent& event) {
            if (event.task == "first" && event.kind == TaskEventKind::started) begun.store(true);
        };
        PipelineRun run(pipeline, options);
        const std::jthread drainer([&] {
            while (!begun.load()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
            run.drain();
        });
        const PipelineReport report = run.execute();
        CHECK(ends_of(report) == "first:done second:cancelled");
        CHECK(report.exit_code == 1);
    }
    CHECK(ends_of(small.run()) == "first:reused second:done");
}

TEST_CASE("a run that is stopped leaves nothing half, and the next one goes on", "[stages]") {
    const SmallPipeline small(command("first", written, "pure: true") + command("second", "echo half > ${output.x}; touch \"$PIPELINE_FOLDER/reached\"; test -e \"$PIPELINE_FOLDER/go\" || sleep 100", "needs: first\n    pure: true"));
    const Pipeline pipeline = small.read();
    {
        CancellationSource cancel;
        PipelineRun run(pipeline, {});
        const std::jthread canceller([&] {
            for (int i = 0; i < 2'000 && !std::filesystem::exists(small.folder / "reached"); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
            cancel.request("stopped by a test");
        });
        const PipelineReport report = run.execute(cancel.token());
        CHECK(ends_of(report) == "first:done second:cancelled");
        CHECK(report.exit_code == 1);
        CHECK(report.status() == "cancelled");
        CHECK_FALSE(small.published("second.txt"));
    }
    small.write("go", "");
    CHECK(ends_of(small.run()) == "first:reused second:done");
    CHECK(content_of(small.out("second.txt")) == "half\n");
}

TEST_CASE("a second run in one work folder is refused and names the first", "[stages]") {
    const SmallPipeline small(whole);
    const Pipeline pipeline = small.read();
    {
        PipelineRun first(pipeline, {});
        CHECK_THROWS_WITH(PipelineRun(pipeline, {}), Contains("another run is at work here: process " + std::to_string(::getpid()) + " on " + host_name()));
        CHECK_THROWS_AS(PipelineRun(pipeline, {}), SystemError);
        CHECK(first.execute().exit_code == 0);
    }
    CHECK(small.run().count(StageEnd::reused) == 5);
}

TEST_CASE("limits_test: no more tasks of a named limit run at once than it says", "[stages]") {
    const std::string alone = "mkdir \"$PIPELINE_FOLDER/alone\"; sleep 0.05; rmdir \"$PIPELINE_FOLDER/alone\"; " + written;   // fails beside another one
    std::string stages;
    for (const char* name : {"a", "b", "c", "d", "e"}) stages += command(name, alone, "uses: gate");
    const SmallPipeline small(stages, "limits: { gate: 1 }\n");
    const PipelineReport report = small.run({}, {"threads=4"});
    CHECK(ends_of(report) == "a:done b:done c:done d:done e:done");
}

TEST_CASE("limits_test: stages start no faster than their rate", "[stages]") {
    std::string stages = "  - { name: a, stage: run, rate: 2/s, foreach: { s: [p, q, r, t] }, command: \"date +%s%N > ${output.x}\", outputs: { x: \"${s.key}.txt\" } }\n";
    const SmallPipeline small(stages);
    REQUIRE(small.run({}, {"threads=4"}).exit_code == 0);
    std::vector<std::int64_t> starts;
    for (const char* key : {"p", "q", "r", "t"}) starts.push_back(std::stoll(content_of(small.out(std::string(key) + ".txt"))));
    std::sort(starts.begin(), starts.end());
    CHECK(starts[2] - starts[0] > 700'000'000);   // two at once, and the third a second after the first
}

TEST_CASE("order_test: of stages that could start, the one of highest priority does", "[stages]") {
    const SmallPipeline small(command("a", written, "priority: -1") + command("b", written) + command("c", written, "priority: 5") + command("d", written, "priority: 1") + command("e", written, "needs: a\n    priority: 9"));
    REQUIRE(small.run({}, {"threads=1"}).exit_code == 0);
    CHECK(order_of(small) == "c d b a e ");
}

TEST_CASE("deadlock_test: who runs and who waits is told when nothing happens for long", "[stages]") {
    // The first stage waits for what the telling writes.
    const SmallPipeline small(command("slow", "until test -e \"$PIPELINE_FOLDER/told\"; do sleep 0.01; done; " + std::string(written)) + command("behind", written, "needs: slow"));
    const Pipeline pipeline = small.read();
    std::string text;
    PipelineOptions options{.stalled = [&](const std::string& told) {
        text = told;
        small.write("told", "");
    }};
    options.stall.silence_after = std::chrono::milliseconds(40);
    CHECK(PipelineRun(pipeline, options).execute().exit_code == 0);
    CHECK_THAT(text, Contains("slow") && Contains("behind"));
}

TEST_CASE("summary_test: the report counts stages by how they ended, and says so in words", "[stages]") {
    PipelineReport report;
    for (const StageEnd end : {StageEnd::done, StageEnd::reused, StageEnd::reused, StageEnd::failed, StageEnd::skipped, StageEnd::cancelled}) report.stages.push_back({.end = end});
    CHECK(report.count(StageEnd::reused) == 2);
    CHECK(report.count(StageEnd::failed) == 1);
    struct Row {
        int exit_code;
        StageEnd end;
        const char* status;
    };
    for (const Row& row : {Row{0, StageEnd::done, "done"}, Row{3, StageEnd::failed, "partial"}, Row{3, StageEnd::done, "partial"}, Row{1, StageEnd::failed, "failed"}, Row{1, StageEnd::cancelled, "cancelled"}}) {
        report.stages = {{.end = row.end}};
        report.exit_code = row.exit_code;
        CHECK(report.status() == row.status);
    }
    CHECK(name_of(StageEnd::skipped) == "skipped");
}

TEST_CASE("the events of a run are told to whoever asks, and are in its log", "[stages]") {
    const SmallPipeline small(whole);
    std::mutex mutex;
    std::set<std::string> begun, ended;
    PipelineOptions options;
    options.events = [&](const TaskEvent& event) {
        const std::lock_guard lock{mutex};
        if (event.kind == TaskEventKind::started) begun.emplace(event.task);
        if (event.kind == TaskEventKind::ended) ended.emplace(event.task);
    };
    small.run(options);
    CHECK(begun == std::set<std::string>{"load", "parse", "align", "align/index", "align/chunk 1", "keep", "count"});
    CHECK(ended == begun);
    const std::string log = content_of(small.folder / "work/events.jsonl");
    for (const std::string& task : begun) CHECK_THAT(log, Contains("\"" + task + "\""));
}

TEST_CASE("two runs of one pipeline in two folders publish the same bytes", "[stages]") {
    const SmallPipeline one(whole), two(whole);
    one.run({}, {"threads=1"});
    two.run({}, {"threads=3", "align.cpu=2"});
    CHECK(tree_of(one.folder / "out") == tree_of(two.folder / "out"));
}
