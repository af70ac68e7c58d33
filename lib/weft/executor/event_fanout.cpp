#include "weft/executor/event_fanout.hpp"

#include <exception>
#include <utility>

namespace weft {

EventSink to_all(std::vector<EventSink> sinks) {
    return [sinks = std::move(sinks)](const TaskEvent& event) {
        std::exception_ptr thrown;
        for (const EventSink& sink : sinks) {
            try {
                sink(event);
            } catch (...) {
                if (!thrown) thrown = std::current_exception();
            }
        }
        if (thrown) std::rethrow_exception(thrown);
    };
}

}  // namespace weft
