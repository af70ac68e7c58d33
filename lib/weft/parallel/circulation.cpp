#include "weft/parallel/circulation.hpp"

#include <algorithm>
#include <exception>
#include <mutex>
#include <optional>
#include <tuple>
#include <vector>

#include <fmt/format.h>
#include <oneapi/tbb/concurrent_queue.h>
#include <oneapi/tbb/flow_graph.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include "weft/model/current_feature.hpp"
#include "weft/model/error.hpp"
#include "weft/parallel/input_order.hpp"

namespace weft {
namespace {

namespace flow = tbb::flow;

/// Whether the run is to end early, on request or because a stage failed, and why.
class Ending {
public:
    explicit Ending(const std::atomic<bool>* stop) : stop_(stop) {}

    /// Throws Cancelled when the run is to end.
    void check() const {
        const bool stopped = stop_ != nullptr && stop_->load(std::memory_order_relaxed);
        if (stopped || failed_.load(std::memory_order_relaxed)) throw Cancelled{{"", "the run was stopped", ""}};
    }

    /// Runs one stage. Its exception cancels what the graph has not begun and tells the other stages to end. The first one is
    /// kept here: the graph would keep whichever reaches it first, which may be the Cancelled of a stage that was only told.
    template <class Stage>
    void guard(Stage stage) {
        try {
            check();
            stage();
        } catch (...) {
            {
                const std::lock_guard lock{mutex_};
                if (!failed_.exchange(true)) first_ = std::current_exception();
            }
            throw;
        }
    }

    /// Throws what ended the run; to be called when no stage runs any more.
    [[noreturn]] void rethrow() const { std::rethrow_exception(first_); }

private:
    const std::atomic<bool>* stop_;
    std::atomic<bool> failed_{false};
    std::mutex mutex_;
    std::exception_ptr first_;
};

/// The hook for a huge query: its parts are tasks of this arena, so idle threads take them. While the thread that owns the
/// query waits for the parts of others, isolation keeps it from starting another batch, which would hold up this one and
/// pile up on its stack. The context is not bound to the graph's: a cancelled graph must not make the loop return with
/// parts missing; they end by the exception of `check` instead, which the engine sees.
ForEach on_all_threads(const Ending& ending) {
    return [&ending](std::size_t count, const std::function<void(std::size_t)>& body) {
        tbb::this_task_arena::isolate([&] {
            tbb::task_group_context context{tbb::task_group_context::isolated};
            const auto part = [&, name = current_feature()](std::size_t i) {
                const CurrentFeature here(name);
                ending.check();
                body(i);
            };
            tbb::parallel_for(std::size_t{0}, count, part, tbb::simple_partitioner{}, context);
        });
    };
}

ForEach one_by_one(const Ending& ending) {
    return [&ending](std::size_t count, const std::function<void(std::size_t)>& body) {
        for (std::size_t i = 0; i < count; ++i) {
            ending.check();
            body(i);
        }
    };
}

bool holds_shared_query(const Batch& batch, std::int64_t shared_query) {
    return std::any_of(batch.features.begin(), batch.features.end(),
                       [&](const Feature& feature) { return feature.length() >= shared_query; });
}

std::uint64_t run_graph(const CirculationOptions& options, const CirculationStages& stages) {
    Ending ending{options.stop};
    std::vector<CirculatingBatch> batches(options.batches);   // the owner of every batch
    BatchFiller filler{options.fill, [&](Feature& feature) {
                           ending.check();
                           return stages.read(feature);
                       }};

    flow::graph graph;
    using Passing = flow::multifunction_node<CirculatingBatch*, std::tuple<CirculatingBatch*>>;

    // Threads take the newest of their own tasks first. The order of writing asks for the oldest batch first: a message to
    // the aligning node only says that a batch is ready, and which one is decided by this queue.
    tbb::concurrent_queue<CirculatingBatch*> ready;

    Passing read{graph, flow::serial, [&](CirculatingBatch* returned, Passing::output_ports_type& out) {
                     ending.guard([&] {
                         filler.take_back(*returned);
                         filler.fill([&](CirculatingBatch& batch) {
                             ready.push(&batch);
                             std::get<0>(out).try_put(&batch);
                         });
                     });
                 }};

    flow::function_node<CirculatingBatch*, CirculatingBatch*> align{
        graph, flow::unlimited, [&](CirculatingBatch*) {
            CirculatingBatch* batch = nullptr;
            ready.try_pop(batch);   // one message per batch: there is one
            ending.guard([&] {
                const bool shared = options.threads > 1 && holds_shared_query(*batch, options.fill.shared_query);
                stages.align(*batch, shared ? on_all_threads(ending) : one_by_one(ending));
                ending.check();   // what the engine made of an end in the middle of a query is not an answer
            });
            return batch;
        }};

    Passing::output_ports_type* back = nullptr;
    InputOrder order{[&](CirculatingBatch& batch, std::size_t index) {
                         ending.check();
                         stages.write(batch, index);
                     },
                     [&](CirculatingBatch& batch) { std::get<0>(*back).try_put(&batch); }};
    Passing write{graph, flow::serial, [&](CirculatingBatch* aligned, Passing::output_ports_type& out) {
                      ending.guard([&] {
                          back = &out;
                          order.arrive(*aligned);
                      });
                  }};

    flow::make_edge(flow::output_port<0>(read), align);
    flow::make_edge(align, write);
    flow::make_edge(flow::output_port<0>(write), read);

    for (std::size_t i = 1; i < batches.size(); ++i) filler.take_back(batches[i]);
    read.try_put(&batches[0]);
    try {
        graph.wait_for_all();   // all stages have been left, also when it throws
    } catch (...) {
        ending.rethrow();
    }

    if (order.features_written() != filler.features_read() || filler.idle() != batches.size() || !filler.at_end())
        throw Error{{"aligner", fmt::format("{} features were read and {} written, {} of {} batches came back", filler.features_read(),
                                            order.features_written(), filler.idle(), batches.size()),
                     "the output is not complete; please report this as a fault of weft"}};
    return filler.features_read();
}

}  // namespace

std::uint64_t circulate(const CirculationOptions& options, const CirculationStages& stages) {
    // oneTBB starts no more workers than the machine has cores unless it is allowed to. The allowance is one number for all
    // runs: while several are in force the smallest counts, and a run with few threads must not starve another one.
    std::optional<tbb::global_control> more_workers;
    if (options.threads > tbb::info::default_concurrency())
        more_workers.emplace(tbb::global_control::max_allowed_parallelism, most_threads);
    tbb::task_arena arena{options.threads};
    return arena.execute([&] { return run_graph(options, stages); });
}

}  // namespace weft
