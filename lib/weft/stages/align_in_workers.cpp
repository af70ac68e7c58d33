#include "weft/stages/align_in_workers.hpp"

#include <bit>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "weft/bytes/mapped_file.hpp"
#include "weft/bytes/output_file.hpp"
#include "weft/executor/child_process.hpp"
#include "weft/executor/file_steps.hpp"
#include "weft/model/error.hpp"
#include "weft/stages/alignment_archive.hpp"

namespace weft {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t last_words = 3;   // lines of a worker that are repeated

/// A range of features that is still to be done.
struct Part {
    std::uint64_t skipped = 0;
    std::uint64_t features = 0;
    bool died_before = false;   // a worker that had these features, and maybe others
};

struct Death {
    std::string how{};          // "was killed by signal 11 (SIGSEGV)"
    int signal = 0;             // 0: an exit code that weft does not give
};

class ChunkInWorkers {
public:
    ChunkInWorkers(const AlignJob& job, const Workers& workers) : job_(job), workers_(workers), file_(job.archive) {
        file_.write(archive_mark);
    }

    void run() {
        std::vector<Part> left{{job_.features.skipped, job_.features.features}};
        while (!left.empty()) {
            const Part part = left.back();
            left.pop_back();
            const std::optional<Death> death = part.features == 0 ? std::nullopt : death_of_worker(part);
            if (!death) continue;
            if (part.features == 1 && part.died_before) {
                lose(*death);
                continue;
            }
            count(*death);
            if (part.features == 1) {
                left.push_back({part.skipped, 1, true});
                continue;
            }
            const std::uint64_t half = part.features / 2;
            left.push_back({part.skipped + half, part.features - half, true});
            left.push_back({part.skipped, half, true});   // the next one: archives are in the order of the features
        }
        file_.commit();
    }

private:
    /// Runs a worker and takes over what it has written; or says how it died.
    std::optional<Death> death_of_worker(const Part& part) {
        fs::remove_all(workers_.folder);
        fs::create_directories(workers_.folder);
        AlignJob job = job_;
        job.features.skipped = part.skipped;
        job.features.features = part.features;
        job.archive = workers_.folder + "/alignments";
        job.report = workers_.folder + "/report.json";
        const std::string order = workers_.folder + "/order.json";
        const std::string messages = workers_.folder + "/messages";
        OutputFile order_file(order);
        order_file.write(text_of(job));
        order_file.commit();
        std::optional<Death> death;
        try {
            const ChildProcess worker{.arguments = {workers_.program, "worker", order}, .folder = ".", .output = messages};
            death = death_by_code(run_child(worker, workers_.cancel), messages);
        } catch (const ProcessOutOfMemory&) {
            throw;
        } catch (const ProcessKilled& killed) {
            death = Death{fmt::format("was killed by {}", signal_text(killed.signal())), killed.signal()};
        }
        if (!death) take_over(job);
        else tell(part, *death, messages);
        return death;
    }

    /// Nothing when the worker has done its work. A worker that says why it failed has not died.
    static std::optional<Death> death_by_code(int code, const std::string& messages) {
        if (static_cast<WorkerEnd>(code) == WorkerEnd::done) return std::nullopt;
        std::string text;
        for (const std::string& line : tail_of(messages, last_words)) text += (text.empty() ? "" : "; ") + line;
        if (text.starts_with("weft: ")) text.erase(0, std::string_view("weft: ").size());
        switch (static_cast<WorkerEnd>(code)) {
            case WorkerEnd::done: break;
            case WorkerEnd::failed: throw Error{{"", text, ""}};
            case WorkerEnd::usage: throw UsageError{{"", text, ""}};
            case WorkerEnd::system: throw SystemError{{"", text, ""}};
            case WorkerEnd::memory: throw ProcessOutOfMemory{{"", text, "see `memory` and `retry`"}, 0};
        }
        return Death{fmt::format("ended with exit code {}", code)};
    }

    void take_over(const AlignJob& job) {
        const MappedFile archive = MappedFile::open(job.archive);
        const std::string_view bytes(reinterpret_cast<const char*>(archive.bytes().data()), archive.size());
        if (!bytes.starts_with(archive_mark)) throw FormatError{{job.archive, "is no archive of alignments", ""}};
        file_.write(bytes.substr(archive_mark.size()));
        workers_.ended(read_worker_report(content_of_file(job.report), job.report));
        workers_.told(done_ += job.features.features);
    }

    void tell(const Part& part, const Death& death, const std::string& messages) const {
        const std::uint64_t first = job_.features.first.first + part.skipped + 1;   // as people count
        std::string text = fmt::format("the aligner {} ", death.how);
        if (part.features == 1) text += fmt::format("at feature {}", first);
        else text += fmt::format("within features {} to {}", first, first + part.features - 1);
        for (const std::string& line : tail_of(messages, last_words)) text += "\n    " + line;
        workers_.log(text);
    }

    void lose(const Death& death) {
        workers_.lost.add(death.how, death.signal);
        std::string bytes;
        append_to_archive({.unaligned = Unaligned::failed, .message = fmt::format("the aligner {} at this feature", death.how)}, bytes);
        file_.write(bytes);
        ++lost_;
        workers_.told(++done_);
    }

    /// On the way to a feature at which workers die no more than log2(n) + 2 die, it among them. One way may lead to no such feature:
    /// somebody killed a worker.
    void count(const Death& death) {
        const std::uint64_t way = std::bit_width(job_.features.features) + std::uint64_t{1};
        if (++deaths_ > (lost_ + 2) * way)
            throw ProcessKilled{{"", fmt::format("workers died {} times, and not at some features; the last one {}", deaths_, death.how),
                                 "what they said is in the log of the stage"},
                                death.signal};
    }

    const AlignJob& job_;
    const Workers& workers_;
    OutputFile file_;
    std::uint64_t done_ = 0;
    std::uint64_t lost_ = 0;
    std::uint64_t deaths_ = 0;   // that are not yet blamed on a feature alone
};

}  // namespace

void DeathToll::add(const std::string& how, int signal) {
    const std::uint64_t lost = lost_.fetch_add(1) + 1;
    if (lost <= most_) return;
    throw ProcessKilled{{"", fmt::format("workers died at {} of {} features, {} are accepted; the last {}", lost, features_, most_, how),
                         "the program or the machine is at fault, not the features; what workers said is in the log of the stage"},
                        signal};
}

void align_in_workers(const AlignJob& job, const Workers& workers) { ChunkInWorkers(job, workers).run(); }

}  // namespace weft
