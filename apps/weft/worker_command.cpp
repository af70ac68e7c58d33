// weft worker: what a stage with `isolation: process` starts for each chunk of its features. People have no use for it, so the list of
// commands does not show it.
#include <iostream>
#include <iterator>
#include <memory>
#include <new>
#include <string>

#include "commands.hpp"
#include "console.hpp"
#include "signals.hpp"
#include "weft/executor/file_steps.hpp"
#include "weft/model/error.hpp"
#include "weft/stages/align_job.hpp"

namespace weft {
namespace {

constexpr const char* about = R"(An order is a small JSON document that `weft run` writes for each of its workers:
the index, the features, the options of the aligner and the files to write.
Exit codes: 0 done, 1 failed, 2 wrong usage, 12 out of memory, 74 the system refused.)";
constexpr const char* summary = "Align a range of features as a stage with `isolation: process` orders it; for weft's own use";

[[noreturn]] void end_with(WorkerEnd end, const std::string& message) {
    if (caught_signal() == 0) say(message);
    throw EndCommand{static_cast<ExitCode>(end)};
}

void work(const std::string& path) {
    try {
        const std::string order = path == "-" ? std::string(std::istreambuf_iterator<char>(std::cin), {}) : content_of_file(path);
        do_align_job(read_align_job(order, path == "-" ? "standard input" : path), &stop_requested());
    } catch (const std::bad_alloc&) {
        end_with(WorkerEnd::memory, "the memory is not sufficient");
    } catch (const SystemError& error) {
        end_with(WorkerEnd::system, error.what());
    }
}

}  // namespace

void add_worker_command(CLI::App& app) {
    CLI::App* command = app.add_subcommand("worker", summary)->group("");
    const auto path = std::make_shared<std::string>();
    command->footer(about);
    command->add_option("ORDER", *path, "File with the order; - is standard input")->required();
    command->callback([path] { work(*path); });
}

}  // namespace weft
