// The stage `run`: a command gets its inputs and outputs as words that a shell cannot misread, and only what it declares is kept.
#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "support/example_alignments.hpp"
#include "support/small_pipeline.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using namespace weft::test;
using Catch::Matchers::Contains;

namespace {

/// A stage `s` with a command, given as a block of YAML so that nothing in it needs quotes.
std::string command(const std::string& text, const std::string& settings = "outputs: { x: x.txt }", const std::string& name = "s") {
    return "  - name: " + name + "\n    stage: run\n    " + settings + "\n    command: |\n      " + text + "\n";
}

std::string reason_of(const SmallPipeline& small, const std::string& stage = "s") { return outcome_of(small.run(), stage).reason; }

}  // namespace

TEST_CASE("declared outputs are published, and nothing else is kept", "[stages]") {
    const SmallPipeline small(command("echo a > ${output.x}; mkdir ${output.many}; echo b > ${output.many}/b; echo c > c.txt; echo spoken; pwd > ${output.deep}",
                                      "outputs: { x: x.txt, many: many, deep: sub/folder/pwd.txt }"));
    REQUIRE(small.run().exit_code == 0);
    const std::string scratch = content_of(small.out("sub/folder/pwd.txt"));
    CHECK(tree_of(small.folder / "out") == std::map<std::string, std::string>{{"x.txt", "a\n"}, {"many", "/"}, {"many/b", "b\n"}, {"sub", "/"}, {"sub/folder", "/"}, {"sub/folder/pwd.txt", scratch}});
    CHECK_FALSE(std::filesystem::exists(scratch.substr(0, scratch.size() - 1)));   // the folder it ran in is gone with c.txt
    CHECK_THAT(small.log("s"), Contains("echo a > ") && Catch::EndsWith("\nspoken\n"));
}

TEST_CASE("a command that fails is told with its exit code and the end of its log, and publishes nothing", "[stages]") {
    const SmallPipeline small(command("for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo \"line $i\"; done; echo half > ${output.x}; exit 3"));
    const std::string reason = reason_of(small);
    CHECK_THAT(reason, Contains("the command ended with exit code 3; its output is in ") && Contains("work/logs/s.log:") && Contains("\n    line 3\n") && Catch::EndsWith("\n    line 12"));
    CHECK_THAT(reason, !Contains("line 2\n"));
    for (const auto& published : std::filesystem::directory_iterator(small.folder / "out")) CHECK(published.path().filename() == "failures.tsv");
    CHECK_FALSE(std::filesystem::is_empty(small.folder / "work/quarantine"));   // for whoever wants to know why
    CHECK(std::filesystem::is_empty(small.folder / "work/scratch"));
}

TEST_CASE("the shell stops at the first failure, at unset variables and inside pipes", "[stages]") {
    CHECK_THAT(reason_of(SmallPipeline(command("false; echo a > ${output.x}"))), Contains("exit code 1"));
    CHECK_THAT(reason_of(SmallPipeline(command("false | echo a > ${output.x}"))), Contains("exit code 1"));
    CHECK_THAT(reason_of(SmallPipeline(command("echo \"$nobody_set_this\" > ${output.x}"))), Contains("exit code"));
    CHECK_THAT(reason_of(SmallPipeline(command("false; echo a > ${output.x}", "outputs: { x: x.txt }\n    shell: sh"))), Contains("exit code 1"));
    CHECK(reason_of(SmallPipeline(command("false | echo a > ${output.x}", "outputs: { x: x.txt }\n    shell: sh"))).empty());   // sh has no pipefail
}

TEST_CASE("an output that is missing or empty is an error, unless it may be empty", "[stages]") {
    const std::string two = "outputs: { x: x.txt, y: y.txt }";
    CHECK_THAT(reason_of(SmallPipeline(command("echo said; echo a > ${output.x}", two))), Contains("the command has not written its output 'y' (y.txt)") && Contains("\n    said"));
    CHECK_THAT(reason_of(SmallPipeline(command("echo a > ${output.x}; : > ${output.y}", two))), Contains("the output 'y' (y.txt) is empty; `allow_empty: [y]` says that this is fine"));
    CHECK_THAT(reason_of(SmallPipeline(command("mkdir ${output.x}"))), Contains("the output 'x' (x.txt) is empty"));
    const SmallPipeline allowed(command("echo a > ${output.x}; : > ${output.y}", "outputs: { x: x.txt, y: y.txt }\n    allow_empty: y"));
    CHECK(reason_of(allowed).empty());
    for (const char* link : {"ln -s /dev/null ${output.x}", "ln -s nowhere ${output.x}", "echo a > real; ln -s $PWD/real ${output.x}", "mkfifo ${output.x}"})
        CHECK_THAT(reason_of(SmallPipeline(command(link))), Contains("the output 'x' (x.txt) is a link or a device; write the content itself"));
}

TEST_CASE("values with blanks and quotes reach the command as one word", "[stages]") {
    const std::string value = "it's a \\\"b\\\" $HOME `id` $(id) * ; rm -rf / &";
    SmallPipeline small("", "");
    small.write("p.yaml", "weft: 1\nname: small\nout: 'o u t'\nwork: \"wo'rk\"\nvars: { value: \"" + value + "\" }\nstages:\n" +
                              command("printf '<%s>' ${value} \"$MORE\" > ${output.x}", "outputs: { x: \"a b'c.txt\" }\n    env: { MORE: \"${value}\" }"));
    REQUIRE(small.run().exit_code == 0);
    const std::string expected = "it's a \"b\" $HOME `id` $(id) * ; rm -rf / &";
    CHECK(content_of(small.folder / "o u t/a b'c.txt") == "<" + expected + "><" + expected + ">");
}

TEST_CASE("inputs come as paths, those of a foreach as a list in the order of its items", "[stages]") {
    const SmallPipeline small("  - { name: make, stage: run, foreach: { s: [b, a, 'c d'] }, command: \"echo ${s.value} > ${output.x}\", outputs: { x: \"x ${s.key}\" } }\n" +
                              command("cat ${input.make.x} > ${output.x}; printf '%s\\n' ${input.make.x} | wc -l >> ${output.x}", "needs: make\n    outputs: { x: all.txt }"));
    const PipelineReport report = small.run();
    REQUIRE(report.exit_code == 0);
    CHECK(content_of(small.out("all.txt")) == "b\na\nc d\n3\n");
    CHECK(content_of(small.out("x c d")) == "c d\n");
}

TEST_CASE("an output that a stage has not made this time is told", "[stages]") {
    const SmallPipeline small(std::string(SmallPipeline::load) + SmallPipeline::parse + command("cat ${input.parse.failures} > ${output.x}", "needs: parse\n    outputs: { x: x.txt }"));
    CHECK_THAT(reason_of(small), Contains("stage 's': 'parse' has made no 'failures' this time"));
}

TEST_CASE("a command knows its processors, its pipeline's folder and its own variables", "[stages]") {
    const SmallPipeline small(command("echo \"${cpu} $A $PIPELINE_FOLDER\" > ${output.x}; cat \"$PIPELINE_FOLDER/genome.fa\" | head -c 5 >> ${output.x}", "outputs: { x: x.txt }\n    cpu: 2\n    env: { A: one, LC_ALL: C }"));
    REQUIRE(small.run().exit_code == 0);
    CHECK(content_of(small.out("x.txt")) == "2 one " + small.folder.path().string() + "/\n>chr1");
}

TEST_CASE("cache_test: a pure command runs once for the same inputs, another one every time", "[stages]") {
    const std::string make = std::string(SmallPipeline::load) + SmallPipeline::parse;
    for (const bool pure : {true, false}) {
        SmallPipeline small(make + command("wc -l < ${input.parse.features} > ${output.x}; echo run >> \"$PIPELINE_FOLDER/runs\"", std::string("needs: parse\n    outputs: { x: x.txt }\n    pure: ") + (pure ? "true" : "false")));
        CHECK(ends_of(small.run()) == "load:done parse:done s:done");
        CHECK(ends_of(small.run()) == (pure ? "load:reused parse:reused s:reused" : "load:reused parse:reused s:done"));
        CHECK(ends_of(small.run({}, {"s.cpu=2", "s.memory=1M"})) == (pure ? "load:reused parse:reused s:reused" : "load:reused parse:reused s:done"));
        CHECK(ends_of(small.run({}, {"s.env={A: b}"})) == "load:reused parse:reused s:done");
        CHECK(ends_of(small.run({}, {"s.shell=sh"})) == "load:reused parse:reused s:done");
        CHECK(ends_of(small.run({}, {"s.outputs={x: y.txt}"})) == "load:reused parse:reused s:done");
        small.write("features.fa", ">a\nACGT\n");
        CHECK(ends_of(small.run()) == "load:done parse:done s:done");
        CHECK(content_of(small.out("x.txt")) == "2\n");
        const std::string runs = content_of(small.folder / "runs");
        CHECK(runs.size() / 4 == (pure ? 5 : 7));
    }
}

TEST_CASE("a command that does not change what it writes does not make others run again", "[stages]") {
    const SmallPipeline small(command("echo same > ${output.x}", "outputs: { x: x.txt }", "first") + command("cat ${input.first.x} > ${output.y}", "needs: first\n    pure: true\n    outputs: { y: y.txt }", "second"));
    CHECK(ends_of(small.run()) == "first:done second:done");
    CHECK(ends_of(small.run()) == "first:done second:reused");
    CHECK(ends_of(small.run({}, {"first.command=echo other > ${output.x}"})) == "first:done second:done");
    CHECK(content_of(small.out("y.txt")) == "other\n");
}

TEST_CASE("a file of a command may have any name, also that of our lists", "[stages]") {
    const SmallPipeline small(command("echo free text > ${output.x}", "outputs: { x: sub/failures.tsv }"));
    CHECK(small.run().exit_code == 0);
    CHECK(content_of(small.out("sub/failures.tsv")) == "free text\n");
    CHECK_THROWS_WITH(SmallPipeline(command("echo > ${output.x}", "outputs: { x: failures.tsv }")).run(), Contains("stage 's' publishes 'failures.tsv', which is the run's own list"));
}

TEST_CASE("hang_test: a command that takes too long is ended with all that it started", "[stages]") {
    const SmallPipeline small(command("sleep 100 & echo $! > \"$PIPELINE_FOLDER/pid\"; sleep 100", "outputs: { x: x.txt }\n    timeout: 300ms"));
    const auto begin = std::chrono::steady_clock::now();
    const PipelineReport report = small.run();
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(20));
    CHECK(ends_of(report) == "s:failed");
    CHECK_THAT(outcome_of(report, "s").reason, Contains("it took longer than its timeout of 300 ms"));
    const std::string pid = content_of(small.folder / "pid");
    const std::string place = "/proc/" + pid.substr(0, pid.size() - 1) + "/stat";
    for (int i = 0; i < 500; ++i) {
        std::ifstream stat(place);
        std::string text;
        if (!std::getline(stat, text) || text.find(") Z ") != std::string::npos) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    FAIL("a process is left");
}

TEST_CASE("flaky_stage_test: a command that was killed is tried again, one that says no is not", "[stages]") {
    const std::string flaky = "echo try >> \"$PIPELINE_FOLDER/tries\"; if [ $(wc -l < \"$PIPELINE_FOLDER/tries\") -lt 3 ]; then kill -KILL $$; fi; echo well > ${output.x}";
    const SmallPipeline killed(command(flaky, "outputs: { x: x.txt }\n    retry: { max: 2, backoff: 10ms, on: [signal] }"));
    CHECK(ends_of(killed.run()) == "s:done");
    CHECK(content_of(killed.out("x.txt")) == "well\n");
    CHECK(content_of(killed.folder / "tries") == "try\ntry\ntry\n");
    CHECK_THAT(killed.log("s"), Contains("attempt 1 failed: bash: was ended by signal 9") && Contains("attempt 2 failed"));

    const SmallPipeline too_often(command(flaky, "outputs: { x: x.txt }\n    retry: { max: 1, backoff: 10ms, on: [signal] }"));
    CHECK_THAT(reason_of(too_often), Contains("bash: was ended by signal 9 (Killed); out of memory? see `memory` and `retry`"));
    const SmallPipeline refuses(command("echo try >> \"$PIPELINE_FOLDER/tries\"; exit 1", "outputs: { x: x.txt }\n    retry: { max: 2, backoff: 10ms }"));
    CHECK_THAT(reason_of(refuses), Contains("exit code 1"));
    CHECK(content_of(refuses.folder / "tries") == "try\n");
    const SmallPipeline any(command("echo try >> \"$PIPELINE_FOLDER/tries\"; exit 1", "outputs: { x: x.txt }\n    retry: { max: 2, backoff: 10ms, on: [error] }"));
    CHECK_THAT(reason_of(any), Contains("exit code 1"));
    CHECK(content_of(any.folder / "tries") == "try\ntry\ntry\n");
}
