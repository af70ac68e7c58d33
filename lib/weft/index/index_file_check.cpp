#include "weft/index/index_file_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "weft/model/error.hpp"

namespace weft {
namespace {

class ContentCheck {
public:
    ContentCheck(const IndexView& view, const std::string& path) : view_(view), path_(path) {}

    void check_runs() const {
        std::uint64_t end = 0;
        for (const AmbiguousRun& run : view_.runs) {
            must(run.begin >= end && run.length > 0 && run.begin < view_.bases && run.length <= view_.bases - run.begin, "RUNS", "runs are not in order");
            end = run.begin + run.length;
            const ContigId contig = view_.contig_of(run.begin);
            must(end <= view_.contig_end(contig), "RUNS", "a run leaves its contig");
        }
    }

    void check_directory() const {
        must(std::is_sorted(view_.directory.begin(), view_.directory.end()), "DIRS", "buckets are not in order");
    }

    /// Sorted within buckets, positions inside contigs; returns how many minimizers occur how often.
    std::map<std::uint64_t, std::uint64_t> check_entries() const {
        std::map<std::uint64_t, std::uint64_t> occurrences;
        for (std::size_t bucket = 0; bucket + 1 < view_.directory.size(); ++bucket) {
            std::uint64_t run = 0;
            for (std::uint32_t i = view_.directory[bucket]; i < view_.directory[bucket + 1]; ++i) {
                const std::uint64_t entry = view_.entries[i];
                const bool first = i == view_.directory[bucket];
                must(first || view_.entries[i - 1] < entry, "ENTR", "entries are not in order");
                check_place(view_.position(entry));
                must(2 * view_.k - view_.directory_bits + view_.position_bits + 1 == 64 || entry >> (2 * view_.k - view_.directory_bits + view_.position_bits + 1) == 0,
                     "ENTR", "an entry has too many bits");
                if (!first && remainder(view_.entries[i - 1]) != remainder(entry)) {
                    ++occurrences[run];
                    run = 0;
                }
                ++run;
            }
            if (run > 0) ++occurrences[run];
        }
        return occurrences;
    }

    void must(bool holds, std::string_view section, std::string_view what) const {
        if (!holds)
            throw FormatError({path_, fmt::format("index is damaged: section {}: {}", section, what), "build it again with `weft index REFERENCE.fa`"});
    }

private:
    std::uint64_t remainder(std::uint64_t entry) const { return entry >> (view_.position_bits + 1); }

    void check_place(std::uint64_t position) const {
        must(position < view_.bases, "ENTR", "a position lies behind the last base");
        const std::uint64_t end = position + static_cast<std::uint64_t>(view_.k);
        must(end <= view_.contig_end(view_.contig_of(position)), "ENTR", "a k-mer leaves its contig");
    }

    const IndexView& view_;
    const std::string& path_;
};

}  // namespace

void check_content(const IndexView& view, std::span<const OccurrenceClass> occurrences, std::uint64_t distinct, const std::string& path) {
    const ContentCheck check(view, path);
    check.check_runs();
    check.check_directory();
    std::uint64_t sum = 0;
    std::size_t classes = 0;
    for (const auto& [times, minimizers] : check.check_entries()) {
        check.must(classes < occurrences.size() && occurrences[classes] == OccurrenceClass{times, minimizers}, "HIST",
                   "differs from the entries");
        sum += minimizers;
        ++classes;
    }
    check.must(classes == occurrences.size() && sum == distinct, "HIST", "differs from the entries");
}

}  // namespace weft
