#include "weft/report/find_alignments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <vector>

#include "weft/model/error.hpp"
#include "weft/model/nearest_names.hpp"

namespace weft {
namespace {

AlignmentReader open(const AlignmentSource& source) {
    AlignmentReaderOptions options;
    options.sequences = true;
    options.reference = source.cram_reference;
    return AlignmentReader(source.path, options);
}

// Records of one query, or of one region, with the letters found so far.
struct Found {
    std::vector<AlignmentRecord> records{};
    QueryLetters letters{};

    explicit Found(const QueryLetters& known) : letters(known) {}

    void take(const AlignmentRecord& record) {
        letters.offer(record);
        if (record.aligned) records.push_back(record);
    }
    std::int64_t show_with(const ShowAlignment& show) const {
        for (const AlignmentRecord& record : records) show(record, letters);
        return std::ssize(records);
    }
};

bool is_mate_of(std::string_view record, std::string_view name) {
    return record.size() == name.size() + 2 && record.starts_with(name) && (record.ends_with("/1") || record.ends_with("/2"));
}

// Looks through the whole file for the letters of queries that the records at hand lack.
void find_letters(const AlignmentSource& source, Found& found) {
    std::set<std::string, std::less<>> wanted;
    for (const AlignmentRecord& record : found.records)
        if (!found.letters.knows(record)) wanted.insert(record.name);
    if (wanted.empty() || source.path == "-") return;
    AlignmentReader reader = open(source);
    for (AlignmentRecord record; reader.read(record);)
        if (wanted.contains(record.name)) found.letters.offer(record);
}

}  // namespace

std::int64_t show_all(const AlignmentSource& source, const QueryLetters& known, const ShowAlignment& show) {
    AlignmentReader reader = open(source);
    std::int64_t shown = 0;
    AlignmentRecord record;
    bool more = reader.read(record);
    while (more) {
        Found group(known);
        const std::string name = record.name;
        while (more && record.name == name) {
            group.take(record);
            more = reader.read(record);
        }
        shown += group.show_with(show);
    }
    return shown;
}

std::int64_t show_query(const AlignmentSource& source, const std::string& name, const QueryLetters& known, const ShowAlignment& show) {
    Found found(known);
    NearestNames nearest(name);
    bool named = false;
    AlignmentReader reader = open(source);
    for (AlignmentRecord record; reader.read(record);) {
        if (record.name == name || is_mate_of(record.name, name)) {
            named = true;
            found.take(record);
        } else if (!named) {
            nearest.offer(record.name);
        }
    }
    if (!named) throw UsageError({source.path, fmt::format("no query is named '{}'", name), nearest.question()});
    if (found.records.empty()) throw Error({source.path, fmt::format("'{}' is in the file, but not aligned", name), ""});
    std::stable_sort(found.records.begin(), found.records.end(),
                     [](const AlignmentRecord& a, const AlignmentRecord& b) { return std::tie(a.name, a.role) < std::tie(b.name, b.role); });
    return found.show_with(show);
}

std::int64_t show_region(const AlignmentSource& source, const Region& region, const QueryLetters& known, const ShowAlignment& show) {
    Found found(known);
    AlignmentReader reader = open(source);
    reader.restrict_to(region.contig, region.interval);
    for (AlignmentRecord record; reader.read(record);) found.take(record);
    if (found.records.empty())
        throw Error({source.path, fmt::format("no alignment overlaps {}:{}-{}", region.contig, region.interval.begin + 1, region.interval.end), ""});
    find_letters(source, found);
    std::stable_sort(found.records.begin(), found.records.end(),
                     [](const AlignmentRecord& a, const AlignmentRecord& b) { return a.reference < b.reference; });
    return found.show_with(show);
}

}  // namespace weft
