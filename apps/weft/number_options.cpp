#include "number_options.hpp"

#include <charconv>
#include <cmath>
#include <string_view>

#include <fmt/format.h>

#include "weft/model/error.hpp"
#include "weft/parallel/circulation.hpp"

namespace weft {
namespace {

template <class Number>
[[noreturn]] void refuse(const std::string& option, const std::string& text, const char* kind, Range<Number> range) {
    throw UsageError{{option, fmt::format("'{}' is not {} from {} to {}", text, kind, range.least, range.most), ""}};
}

template <class Number>
Number checked(Number number, const std::string& text, const std::string& option, Range<Number> range) {
    if (number < range.least) throw UsageError{{option, fmt::format("{} is too small", text), fmt::format("give at least {}", range.least)}};
    if (number > range.most) throw UsageError{{option, fmt::format("{} is too large", text), fmt::format("give at most {}", range.most)}};
    return number;
}

/// The number at the start of `text` and what follows it; nothing when there is no number.
template <class Number>
std::optional<std::pair<Number, std::string_view>> leading_number(const std::string& text) {
    Number number{};
    const char* const end = text.data() + text.size();
    const std::from_chars_result result = std::from_chars(text.data(), end, number);
    if (result.ec == std::errc::result_out_of_range)
        number = text.starts_with('-') ? std::numeric_limits<Number>::lowest() : std::numeric_limits<Number>::max();
    else if (result.ec != std::errc{})
        return std::nullopt;
    return std::pair{number, std::string_view{result.ptr, static_cast<std::size_t>(end - result.ptr)}};
}

/// Power of ten of a unit, nothing for an unknown one.
std::optional<double> factor_of_unit(std::string_view unit) {
    if (unit.empty()) return 1.0;
    if (unit == "k" || unit == "K") return 1e3;
    if (unit == "m" || unit == "M") return 1e6;
    if (unit == "g" || unit == "G") return 1e9;
    return std::nullopt;
}

/// The name that complaints show: the last, longest one.
std::string shown_name(const std::string& names) { return names.substr(names.rfind(',') + 1); }

template <class Value, class Parse>
CLI::Option* add_parsed(CLI::App& command, const std::string& names, Value& value, const std::string& meaning, const char* type, Parse parse) {
    return command
        .add_option_function<std::string>(
            names, [&value, parse, name = shown_name(names)](const std::string& text) { value = parse(text, name); }, meaning)
        ->type_name(type)
        ->multi_option_policy(CLI::MultiOptionPolicy::Throw);
}

}  // namespace

std::int64_t parse_whole(const std::string& text, const std::string& option, Range<std::int64_t> range) {
    const auto number = leading_number<std::int64_t>(text);
    if (!number || !number->second.empty()) refuse(option, text, "a whole number", range);
    return checked(number->first, text, option, range);
}

std::int64_t parse_size(const std::string& text, const std::string& option, Range<std::int64_t> range) {
    const auto whole = leading_number<std::int64_t>(text);
    if (whole && whole->second.empty()) return checked(whole->first, text, option, range);
    const auto number = leading_number<double>(text);
    const std::optional<double> factor = number ? factor_of_unit(number->second) : std::nullopt;
    if (!factor || !std::isfinite(number->first)) refuse(option, text, "a size such as 500k, 20M or 2G", range);
    const double size = number->first * *factor;
    if (std::abs(size) >= 9e18) return checked(size < 0 ? INT64_MIN : INT64_MAX, text, option, range);
    return checked(static_cast<std::int64_t>(std::llround(size)), text, option, range);
}

double parse_real(const std::string& text, const std::string& option, Range<double> range) {
    const auto number = leading_number<double>(text);
    if (!number || !number->second.empty() || std::isnan(number->first)) refuse(option, text, "a number", range);
    return checked(number->first, text, option, range);
}

CLI::Option* add_whole(CLI::App& command, const std::string& names, int& value, Range<std::int64_t> range, const std::string& meaning) {
    const auto parse = [range](const std::string& text, const std::string& name) { return static_cast<int>(parse_whole(text, name, range)); };
    return add_parsed(command, names, value, meaning, "N", parse)->default_str(std::to_string(value));
}

CLI::Option* add_whole(CLI::App& command, const std::string& names, std::uint64_t& value, Range<std::int64_t> range, const std::string& meaning) {
    const auto parse = [range](const std::string& text, const std::string& name) {
        return static_cast<std::uint64_t>(parse_whole(text, name, range));
    };
    return add_parsed(command, names, value, meaning, "N", parse)->default_str(std::to_string(value));
}

CLI::Option* add_size(CLI::App& command, const std::string& names, std::int64_t& value, Range<std::int64_t> range, const std::string& meaning) {
    const auto parse = [range](const std::string& text, const std::string& name) { return parse_size(text, name, range); };
    return add_parsed(command, names, value, meaning, "SIZE", parse)->default_str(std::to_string(value));
}

CLI::Option* add_real(CLI::App& command, const std::string& names, double& value, Range<double> range, const std::string& meaning) {
    const auto parse = [range](const std::string& text, const std::string& name) { return parse_real(text, name, range); };
    return add_parsed(command, names, value, meaning, "X", parse)->default_str(fmt::format("{}", value));
}

CLI::Option* add_whole(CLI::App& command, const std::string& names, std::optional<int>& value, Range<std::int64_t> range, const std::string& meaning) {
    const auto parse = [range](const std::string& text, const std::string& name) { return static_cast<int>(parse_whole(text, name, range)); };
    return add_parsed(command, names, value, meaning, "N", parse);
}

CLI::Option* add_size(CLI::App& command, const std::string& names, std::optional<std::int64_t>& value, Range<std::int64_t> range, const std::string& meaning) {
    const auto parse = [range](const std::string& text, const std::string& name) { return parse_size(text, name, range); };
    return add_parsed(command, names, value, meaning, "SIZE", parse);
}

CLI::Option* add_real(CLI::App& command, const std::string& names, std::optional<double>& value, Range<double> range, const std::string& meaning) {
    const auto parse = [range](const std::string& text, const std::string& name) { return parse_real(text, name, range); };
    return add_parsed(command, names, value, meaning, "X", parse);
}

CLI::Option* add_threads(CLI::App& command, int& threads) {
    return add_whole(command, "-t,--threads", threads, {0, most_threads}, "Threads; 0 is as many as the machine has");
}

}  // namespace weft
