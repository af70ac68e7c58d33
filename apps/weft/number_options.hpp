// Options that take numbers, read strictly: the whole word must be a number within its range, and the complaint says which
// values are possible. CLI11's own conversion would report every fault with the same words.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <CLI/App.hpp>

namespace weft {

/// Values that an option takes, both ends included.
template <class Number>
struct Range {
    Number least;
    Number most;
};

/// Numbers behind an option, "where" in complaints being `option` ("-k", "--sort-memory"). Throw UsageError.
std::int64_t parse_whole(const std::string& text, const std::string& option, Range<std::int64_t> range);
/// As above, with an optional decimal unit: 500k, 1.5M, 2G (lower or upper case; powers of 1000).
std::int64_t parse_size(const std::string& text, const std::string& option, Range<std::int64_t> range);
double parse_real(const std::string& text, const std::string& option, Range<double> range);

/// Options on a command line. `names` as for CLI11 ("-k", "-o,--output"); `value` holds the default before and must outlive the app.
CLI::Option* add_whole(CLI::App& command, const std::string& names, int& value, Range<std::int64_t> range, const std::string& meaning);
CLI::Option* add_whole(CLI::App& command, const std::string& names, std::uint64_t& value, Range<std::int64_t> range, const std::string& meaning);
CLI::Option* add_size(CLI::App& command, const std::string& names, std::int64_t& value, Range<std::int64_t> range, const std::string& meaning);
CLI::Option* add_real(CLI::App& command, const std::string& names, double& value, Range<double> range, const std::string& meaning);

/// The same without a default: empty unless the option is given.
CLI::Option* add_whole(CLI::App& command, const std::string& names, std::optional<int>& value, Range<std::int64_t> range, const std::string& meaning);
CLI::Option* add_size(CLI::App& command, const std::string& names, std::optional<std::int64_t>& value, Range<std::int64_t> range, const std::string& meaning);
CLI::Option* add_real(CLI::App& command, const std::string& names, std::optional<double>& value, Range<double> range, const std::string& meaning);

/// -t,--threads: 0 (the default) stands for as many as the machine has.
CLI::Option* add_threads(CLI::App& command, int& threads);

}  // namespace weft
