#include "weft/executor/retry.hpp"

#include <algorithm>
#include <cmath>
#include <new>
#include <system_error>

#include "weft/executor/child_process.hpp"
#include "weft/model/error.hpp"

namespace weft {

std::string_view name_of(Failure failure) {
    switch (failure) {
        case Failure::error: return "error";
        case Failure::io: return "io";
        case Failure::timeout: return "timeout";
        case Failure::memory: return "memory";
        case Failure::signal: return "signal";
    }
    return "";
}

Failure failure_of(const std::exception_ptr& thrown) {
    try {
        std::rethrow_exception(thrown);
    } catch (const std::bad_alloc&) {
        return Failure::memory;
    } catch (const ProcessOutOfMemory&) {
        return Failure::memory;
    } catch (const ProcessKilled&) {
        return Failure::signal;
    } catch (const SystemError&) {
        return Failure::io;
    } catch (const std::system_error&) {
        return Failure::io;
    } catch (...) {
        return Failure::error;
    }
}

std::chrono::milliseconds RetryPolicy::pause(int attempt) const {
    const double wanted = static_cast<double>(backoff.count()) * std::pow(factor, attempt - 1);
    return std::chrono::milliseconds{static_cast<std::int64_t>(std::min(wanted, static_cast<double>(cap.count())))};
}

}  // namespace weft
