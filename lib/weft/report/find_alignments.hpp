// Which records of an alignment file are to be shown: all, those of one query, or those in a region; and with them the letters
// of their queries, which may stand elsewhere in the file.
#pragma once

#include <functional>
#include <string>

#include "weft/record/alignment_reader.hpp"
#include "weft/report/query_letters.hpp"
#include "weft/report/region.hpp"

namespace weft {

/// The file that is looked into.
struct AlignmentSource {
    std::string path{};             // "-" is standard input
    std::string cram_reference{};   // FASTA; empty: HTSlib's own search
};

/// Takes one aligned record, and what is known of the letters of the queries. Called in the order of showing.
using ShowAlignment = std::function<void(const AlignmentRecord&, const QueryLetters&)>;

/// Every alignment in the order of the file. Letters that a record lacks are taken from neighbouring records of the same query, from
/// `known`, or from records elsewhere in the file, if that can be read again. Memory holds the records of one query, and the letters
/// of those that need records from elsewhere. Returns how many were shown.
std::int64_t show_all(const AlignmentSource& source, const QueryLetters& known, const ShowAlignment& show);

/// The alignments of one query: primary, supplementary, secondary. `name` without /1 or /2 finds both mates. Throws UsageError
/// with the nearest names when the file does not have the name, Error when the query is not aligned.
std::int64_t show_query(const AlignmentSource& source, const std::string& name, const QueryLetters& known, const ShowAlignment& show);

/// Alignments that overlap a region, by position. Letters that stand outside are looked up in a second pass, if the file can be
/// read twice. Throws Error when there is no alignment.
std::int64_t show_region(const AlignmentSource& source, const Region& region, const QueryLetters& known, const ShowAlignment& show);

}  // namespace weft
