#include "run_summary.hpp"

#include <sys/resource.h>

#include <vector>

#include <fmt/format.h>

#include "quantities.hpp"

namespace weft {
namespace {

std::string classes_text(const RunReport& report, const SizeClassTable& classes) {
    std::vector<std::string> parts;
    for (std::size_t i = 0; i + 1 < classes.size(); ++i)
        parts.push_back(fmt::format("{} up to {}", with_commas(report.features_by_class[i]), bases_text(static_cast<std::uint64_t>(classes[i].longest))));
    parts.push_back(fmt::format("{} longer", with_commas(report.features_by_class.back())));
    return fmt::format("{}", fmt::join(parts, ", "));
}

std::string unaligned_text(const RunReport& report) {
    std::vector<std::string> parts;
    for (std::size_t why = 1; why < report.unaligned_by_reason.size(); ++why)
        if (report.unaligned_by_reason[why] > 0)
            parts.push_back(fmt::format("{} {}", with_commas(report.unaligned_by_reason[why]), reason(static_cast<Unaligned>(why))));
    return parts.empty() ? "none" : fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace

std::string summary_text(const RunReport& report, const SizeClassTable& classes, const RunMeasures& measures) {
    std::string text = fmt::format("weft: {} features, {} of them aligned ({}), {} alignments\n", with_commas(report.features),
                                   with_commas(report.aligned), percent_text(report.aligned, report.features), with_commas(report.alignments));
    text += fmt::format("  bases      {}, {} of them aligned ({})\n", bases_text(report.bases), bases_text(report.aligned_bases),
                        percent_text(report.aligned_bases, report.bases));
    text += fmt::format("  features   {}\n", classes_text(report, classes));
    text += fmt::format("  unaligned  {}\n", unaligned_text(report));
    text += fmt::format("  time       {:.2f} s, {:.2f} s CPU, {} thread{}, {}/s\n", measures.seconds, measures.cpu_seconds, measures.threads,
                        measures.threads == 1 ? "" : "s",
                        bases_text(static_cast<std::uint64_t>(static_cast<double>(report.bases) / (report.seconds > 1e-3 ? report.seconds : 1e-3))));
    text += fmt::format("  memory     {} private at most, {} of mapped files\n", bytes_text(measures.private_bytes), bytes_text(measures.shared_bytes));
    return text;
}

double cpu_seconds() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec); };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

}  // namespace weft
