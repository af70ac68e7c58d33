#include "weft/report/find_alignments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>
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

using Names = std::set<std::string, std::less<>>;

// Records of one query, or of one region, with the letters found so far.
struct Found {
    std::vector<AlignmentRecord> records{};
    QueryLetters letters;

    explicit Found(const QueryLetters& known) : letters(&known) {}

    void take(const AlignmentRecord& record) {
        letters.offer(record);
        if (record.aligned) records.push_back(record);
    }
    void add_unknown(Names& names) const {
        for (const AlignmentRecord& record : records)
            if (!letters.knows(record)) names.insert(record.name);
    }
    std::int64_t show_with(const ShowAlignment& show) const {
        for (const AlignmentRecord& record : records) show(record, letters);
        return std::ssize(records);
    }
};

bool is_mate_of(std::string_view record, std::string_view name) {
    return record.size() == name.size() + 2 && record.starts_with(name) && (record.ends_with("/1") || record.ends_with("/2"));
}

// A pipe is gone once it is read, also one with a name.
bool can_be_read_again(const AlignmentSource& source) {
    std::error_code unknown;
    return source.path != "-" && std::filesystem::is_regular_file(source.path, unknown);
}

// Looks through the whole file for the letters of queries.
void find_letters(const AlignmentSource& source, const Names& wanted, QueryLetters& letters) {
    if (wanted.empty() || !can_be_read_again(source)) return;
    AlignmentReader reader = open(source);
    for (AlignmentRecord record; reader.read(record);)
        if (wanted.contains(record.name)) letters.offer(record);
}

// Calls take(group) for every run of neighbouring records of one query.
template <class Take>
void for_each_group(const AlignmentSource& source, const QueryLetters& known, Take&& take) {
    AlignmentReader reader = open(source);
    AlignmentRecord record;
    bool more = reader.read(record);
    while (more) {
        Found group(known);
        const std::string name = record.name;
        while (more && record.name == name) {
            group.take(record);
            more = reader.read(record);
        }
        take(group);
    }
}

// Letters of all queries that have a record apart from the one with their letters, as in a file sorted by position.
void find_letters_apart(const AlignmentSource& source, const QueryLetters& known, QueryLetters& letters) {
    if (!can_be_read_again(source)) return;
    Names unknown;
    for_each_group(source, known, [&](const Found& group) { group.add_unknown(unknown); });
    find_letters(source, unknown, letters);
}

}  // namespace

std::int64_t show_all(const AlignmentSource& source, const QueryLetters& known, const ShowAlignment& show) {
    std::int64_t shown = 0;
    QueryLetters apart(&known);
    bool searched = false;   // only when the first letters are missing: files in the order of the queries are read once
    for_each_group(source, apart, [&](const Found& group) {
        Names unknown;
        if (!searched) group.add_unknown(unknown);
        if (!unknown.empty()) {
            searched = true;
            find_letters_apart(source, known, apart);
        }
        shown += group.show_with(show);
    });
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
    Names unknown;
    found.add_unknown(unknown);
    find_letters(source, unknown, found.letters);
    std::stable_sort(found.records.begin(), found.records.end(),
                     [](const AlignmentRecord& a, const AlignmentRecord& b) { return a.reference < b.reference; });
    return found.show_with(show);
}

}  // namespace weft
