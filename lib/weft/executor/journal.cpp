#include "weft/executor/journal.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <utility>

#include "weft/bytes/output_file.hpp"
#include "weft/bytes/system_call.hpp"
#include "weft/executor/fault.hpp"
#include "weft/model/error.hpp"

namespace weft {
namespace {

constexpr std::chrono::milliseconds commit_interval{50};   // a wait for the disk costs 2 ms: at most 4 % of a thread's time

void add(JournalEntry entry, JournalContent& content) {
    ++content.entries;
    const std::string task = entry.task;
    const bool done = entry.status == JournalStatus::done;
    const std::int64_t milliseconds = entry.milliseconds;
    const auto place = content.tasks.find(task);
    if (place == content.tasks.end()) {
        content.tasks.emplace(task, TaskHistory{std::move(entry), done ? std::optional(milliseconds) : std::nullopt});
    } else {
        place->second.last = std::move(entry);
        if (done) place->second.milliseconds = milliseconds;
    }
}

}  // namespace

JournalContent read_journal(const std::string& path) {
    JournalContent content;
    if (::access(path.c_str(), F_OK) != 0 && errno == ENOENT) return content;
    const std::string text = content_of_file(path);
    std::string_view rest = text;
    std::uint64_t number = 0;
    for (std::size_t end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end + 1);
        ++number;
        try {
            add(journal_entry_from_json(line), content);
        } catch (const FormatError&) {
            content.damaged_lines.push_back(number);
        }
    }
    return content;
}

Journal::Journal(std::string path, const ResultStore& store) : path_(std::move(path)) {
    if (::access(path_.c_str(), F_OK) != 0) {
        // By a rename: half a journal, made by a run that was killed in the middle, would not be made again.
        OutputFile file(path_, Durability::disk);
        for (const JournalEntry& entry : store.entries()) file.write(to_json(entry) + '\n');
        file.commit();
    }
    file_ = OpenFile(path_, O_RDWR | O_APPEND);
    cut_off_torn_line();
}

Journal::~Journal() {
    try {
        commit();
    } catch (const Error&) {
        return;   // the lines are lost, the results are not
    }
}

void Journal::cut_off_torn_line() {
    struct stat status {};
    if (::fstat(file_.number(), &status) != 0) throw_system_error(path_, "read", errno);
    std::array<char, 65'536> piece;
    off_t end = status.st_size;   // what lies behind it has no line end
    while (end > 0) {
        const off_t begin = std::max<off_t>(0, end - static_cast<off_t>(piece.size()));
        const ssize_t count = ::pread(file_.number(), piece.data(), static_cast<std::size_t>(end - begin), begin);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) throw_system_error(path_, "read", errno);
        const std::size_t line_end = std::string_view(piece.data(), static_cast<std::size_t>(count)).rfind('\n');
        end = line_end == std::string_view::npos ? begin : begin + static_cast<off_t>(line_end) + 1;
        if (line_end != std::string_view::npos) break;
    }
    if (end < status.st_size && ::ftruncate(file_.number(), end) != 0) throw_system_error(path_, "write", errno);
}

void Journal::append(const JournalEntry& entry) {
    std::string line = to_json(entry) + '\n';
    bool due = false;
    {
        const std::scoped_lock lock(mutex_);
        fault_point("journal");
        // A line that was cut by a full disk gets its end now: it costs itself, not the next one.
        if (torn_) line.insert(line.begin(), '\n');
        for (std::string_view rest = line; !rest.empty();) {   // one call, unless the disk fails half way: the second says why
            const ssize_t count = ::write(file_.number(), rest.data(), rest.size());
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) throw_system_error(path_, "write", errno);
            rest.remove_prefix(static_cast<std::size_t>(count));
            torn_ = !rest.empty();
        }
        uncommitted_ = true;
        due = std::chrono::steady_clock::now() - last_commit_ >= commit_interval;
    }
    if (due) commit();
}

void Journal::commit() {
    const std::scoped_lock one_at_a_time(commit_mutex_);   // who comes second must not return before the first has waited
    {
        const std::scoped_lock lock(mutex_);
        if (!uncommitted_) return;
        uncommitted_ = false;
        last_commit_ = std::chrono::steady_clock::now();
    }
    fault_point("fsync");
    // Without the other mutex: other threads go on writing while this one waits.
    if (::fdatasync(file_.number()) != 0) throw_system_error(path_, "write", errno);
}

}  // namespace weft
