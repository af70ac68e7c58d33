#include "weft/executor/event_log.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <memory>

#include <nlohmann/json.hpp>

#include "weft/bytes/system_call.hpp"
#include "weft/executor/json_text.hpp"
#include "weft/model/error.hpp"

namespace weft {
namespace {

using namespace std::chrono_literals;

constexpr auto flush_interval = 100ms;
constexpr auto shortest_pause = 5ms;         // between two flushes, however many stages end
constexpr auto sample_interval = 250ms;
constexpr std::size_t full = 256 << 10;      // bytes: then it is written at once
constexpr std::size_t too_full = 16 << 20;   // bytes: then who has something to tell waits for the disk

/// One line in the making. Short ones, which are almost all, stay on the stack.
class Line {
public:
    explicit Line(std::size_t room) {
        if (room <= small_.size()) return;
        large_ = std::make_unique<char[]>(room);
        begin_ = end_ = large_.get();
    }
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

    /// The room for the fixed parts and all numbers of a line.
    static constexpr std::size_t fixed = 300;

    Line& add(std::string_view text) {
        end_ = std::copy(text.begin(), text.end(), end_);
        return *this;
    }
    Line& add(std::uint64_t number) {
        end_ = std::to_chars(end_, end_ + 20, number).ptr;
        return *this;
    }
    Line& add_string(std::string_view text) {
        end_ = write_json_string(end_, text);
        return *this;
    }
    std::string_view text() const { return {begin_, static_cast<std::size_t>(end_ - begin_)}; }

private:
    std::array<char, 512> small_;   // not cleared: that would cost as much as the line
    std::unique_ptr<char[]> large_{};
    char* begin_ = small_.data();
    char* end_ = small_.data();
};

std::string_view event_name(TaskEventKind kind) {
    constexpr std::string_view names[] = {"started", "progress", "log", "retrying", "ended"};
    return names[static_cast<std::size_t>(kind)];
}

std::uint64_t whole_microseconds(std::chrono::nanoseconds time) {
    return time.count() <= 0 ? 0 : static_cast<std::uint64_t>(time.count()) / 1'000;
}

Line& begin_line(Line& line, std::uint64_t at, std::string_view event, std::string_view task) {
    return line.add(R"({"at":)").add(at).add(R"(,"event":")").add(event).add(R"(","task":)").add_string(task);
}

std::string head_line(const RunHead& head) {
    nlohmann::ordered_json stages = nlohmann::ordered_json::array();
    for (const StageHead& stage : head.stages) {
        nlohmann::ordered_json one{{"name", stage.name}, {"kind", stage.kind}, {"needs", stage.needs}, {"cpu", stage.demand.cpu}};
        if (stage.demand.memory > 0) one["memory"] = stage.demand.memory;
        if (stage.demand.io > 0) one["io"] = stage.demand.io;
        if (!stage.demand.named.empty()) one["uses"] = stage.demand.named;
        if (stage.blocking) one["blocking"] = true;
        if (stage.external) one["external"] = true;
        stages.push_back(std::move(one));
    }
    const nlohmann::ordered_json line{
        {"weft_events", event_log_version}, {"pipeline", head.pipeline}, {"command", head.command}, {"started", head.started},
        {"threads", head.threads},          {"memory", head.memory},     {"io", head.io},           {"limits", head.limits},
        {"stages", std::move(stages)},
    };
    return line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

}  // namespace

EventLog::EventLog(const std::string& work_folder, const RunHead& head) : path_(event_log_path(work_folder)), buffer_(head_line(head)) {
    const std::string previous = previous_event_log_path(work_folder);
    if (std::rename(path_.c_str(), previous.c_str()) != 0 && errno != ENOENT) throw_system_error(path_, "rename to " + previous, errno);
    file_ = OpenFile(path_, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND);
    buffer_.reserve(2 * full);
    written_.reserve(2 * full);
    std::unique_lock lock{mutex_};
    flush(lock);
    if (!problem_.empty()) throw SystemError({path_, problem_, ""});
    thread_ = std::thread([this] { keep_writing(); });
}

EventLog::~EventLog() { end(""); }

EventSink EventLog::sink() {
    return [this](const TaskEvent& event) { add(event); };
}

void EventLog::add(const TaskEvent& event) {
    if (zero_.load(std::memory_order_relaxed) == 0)
        zero_.store((Clock::now() - event.time).time_since_epoch().count(), std::memory_order_relaxed);
    if (event.kind == TaskEventKind::progress) return add_progress(event);

    Line line(Line::fixed + json_string_room(event.task) + json_string_room(event.text) + json_string_room(event.cause));
    begin_line(line, whole_microseconds(event.time), event_name(event.kind), event.task);
    if (event.kind == TaskEventKind::started) line.add(R"(,"ready":)").add(whole_microseconds(event.ready));
    if (event.kind == TaskEventKind::ended) line.add(R"(,"status":")").add(name_of(event.status)).add("\"");
    if (event.attempt != 1) line.add(R"(,"attempt":)").add(static_cast<std::uint64_t>(event.attempt));
    if (!event.text.empty()) line.add(R"(,"text":)").add_string(event.text);
    if (!event.cause.empty()) line.add(R"(,"cause":)").add_string(event.cause);
    line.add("}\n");

    const bool ended = event.kind == TaskEventKind::ended;
    std::unique_lock lock{mutex_};
    if (ended && !progress_.empty()) append_progress_of(event.task);
    append(line.text(), ended && event.task.find('/') == std::string_view::npos);   // a sub-task's name has its task's before a slash
    room_.wait(lock, [&] { return buffer_.size() < too_full || closed_; });
}

void EventLog::add_progress(const TaskEvent& event) {
    const Progress told{whole_microseconds(event.time), event.progress};
    const std::lock_guard lock{mutex_};
    const auto known = progress_.find(event.task);
    if (known != progress_.end()) known->second = told;
    else if (!closed_) progress_.emplace(event.task, told);
}

void EventLog::reused(std::string_view stage) {
    Line line(Line::fixed + json_string_room(stage));
    begin_line(line, microseconds(Clock::now()), "reused", stage).add("}\n");
    const std::lock_guard lock{mutex_};
    append(line.text(), false);
}

/// Under the lock.
void EventLog::append(std::string_view line, bool urgent) {
    if (closed_) return;
    buffer_.append(line);
    if (urgent_ || !(urgent || buffer_.size() >= full)) return;
    urgent_ = true;
    work_.notify_one();
}

void EventLog::append_progress_of(std::string_view task) {
    const auto known = progress_.find(task);
    if (known == progress_.end()) return;
    const auto& [at, progress] = known->second;
    Line line(Line::fixed + json_string_room(task));
    begin_line(line, at, event_name(TaskEventKind::progress), task).add(R"(,"done":)").add(progress.done);
    if (progress.total > 0) line.add(R"(,"total":)").add(progress.total);
    append(line.add("}\n").text(), false);
    progress_.erase(known);
}

void EventLog::append_all_progress() {
    while (!progress_.empty()) append_progress_of(std::string(progress_.begin()->first));
}

std::uint64_t EventLog::microseconds(Clock::time_point now) const {
    const Clock::rep zero = zero_.load(std::memory_order_relaxed);
    return zero == 0 ? 0 : whole_microseconds(now.time_since_epoch() - Clock::duration(zero));
}

void EventLog::keep_writing() {
    std::unique_lock lock{mutex_};
    Clock::time_point next_flush = Clock::now() + flush_interval;
    while (!ending_) {
        const bool sampling = sampled_ != Clock::time_point{};
        work_.wait_until(lock, sampling ? std::min(next_flush, sampled_ + sample_interval) : next_flush,
                         [&] { return ending_ || urgent_; });
        const Clock::time_point now = Clock::now();
        if (zero_.load(std::memory_order_relaxed) != 0 && now - sampled_ >= sample_interval) {
            lock.unlock();
            sample(now);
            lock.lock();
        }
        append_all_progress();
        flush(lock);
        next_flush = now + flush_interval;
        work_.wait_for(lock, shortest_pause, [&] { return ending_; });
    }
    append_all_progress();
    flush(lock);
}

/// The first one only says where the next one starts from.
void EventLog::sample(Clock::time_point now) {
    const ProcessUsage usage = usage_of_this_process();
    const std::chrono::nanoseconds wall = now - sampled_;
    if (sampled_ != Clock::time_point{}) {
        const auto add_percent = [&](Line& line, std::chrono::nanoseconds before, std::chrono::nanoseconds after) {
            const double share = static_cast<double>(std::max(after - before, 0ns).count()) / static_cast<double>(wall.count());
            const auto tenths = static_cast<std::uint64_t>(1e3 * share + 0.5);   // of a percent
            line.add(tenths / 10).add(".").add(tenths % 10);
        };
        Line line(Line::fixed);
        line.add(R"({"at":)").add(microseconds(now)).add(R"(,"event":"sample","cpu":)");
        add_percent(line, used_.cpu, usage.cpu);
        line.add(R"(,"crowded":)");
        add_percent(line, used_.crowded, usage.crowded);
        line.add(R"(,"rss":)").add(usage.resident).add(R"(,"swap":)").add(usage.swapped);
        line.add(R"(,"read":)").add(usage.read_bytes).add(R"(,"written":)").add(usage.written_bytes).add("}\n");
        const std::lock_guard lock{mutex_};
        append(line.text(), false);
    }
    used_ = usage;
    sampled_ = now;
}

/// Writes what there is; the lock is open meanwhile. One call of `write`, unless the disk takes only a part.
void EventLog::flush(std::unique_lock<std::mutex>& lock) {
    urgent_ = false;
    if (buffer_.empty()) return;
    buffer_.swap(written_);
    lock.unlock();
    int error_number = 0;
    for (std::string_view rest = written_; !rest.empty() && error_number == 0;) {
        const ssize_t count = ::write(file_.number(), rest.data(), rest.size());
        if (count >= 0) rest.remove_prefix(static_cast<std::size_t>(count));
        else if (errno != EINTR) error_number = errno;
    }
    written_.clear();
    lock.lock();
    if (error_number != 0 && problem_.empty()) {
        closed_ = true;   // half a line stands at its end: nothing may follow
        buffer_.clear();
        progress_.clear();
        try {
            throw_system_error(path_, "write", error_number);
        } catch (const SystemError& error) {
            problem_ = error.what();
        }
    }
    room_.notify_all();
}

void EventLog::finish(std::string_view status, int exit_code) {
    Line line(Line::fixed + json_string_room(status));
    line.add(R"({"at":)").add(microseconds(Clock::now())).add(R"(,"event":"end","status":)").add_string(status);
    line.add(R"(,"exit_code":)").add(static_cast<std::uint64_t>(exit_code < 0 ? 0 : exit_code));
    line.add(R"(,"peak_rss":)").add(usage_of_this_process().peak_resident).add("}\n");
    end(line.text());
}

void EventLog::end(std::string_view last_line) {
    if (!thread_.joinable()) return;
    {
        const std::lock_guard lock{mutex_};
        append_all_progress();
        if (!last_line.empty()) append(last_line, false);
        closed_ = true;
        ending_ = true;
    }
    work_.notify_all();
    room_.notify_all();
    thread_.join();
}

std::string EventLog::problem() const {
    const std::lock_guard lock{mutex_};
    return problem_;
}

}  // namespace weft
