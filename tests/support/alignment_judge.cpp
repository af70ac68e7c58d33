#include "support/alignment_judge.hpp"

#include <algorithm>

#include "weft/model/sequence.hpp"

namespace weft::test {
namespace {

bool is_base(char letter) { return std::string_view("ACGT").find(letter) != std::string_view::npos; }

/// Letters as the engine sees them: upper case, U as T.
std::string plain(std::string letters) {
    for (char& letter : letters) letter = upper(letter) == 'U' ? 'T' : upper(letter);
    return letters;
}

struct Recount {
    std::int64_t score = 0, matches = 0, mismatches = 0, ambiguous = 0, inserted = 0, deleted = 0, gap_opens = 0;
};

}   // namespace

std::string aligned_query(std::string_view query, const Alignment& alignment) {
    const std::string given(
        query.substr(static_cast<std::size_t>(alignment.query.begin), static_cast<std::size_t>(alignment.query.length())));
    return plain(alignment.strand == Strand::forward ? given : reverse_complement(given));
}

std::string aligned_reference(const Index& index, const Alignment& alignment) {
    return plain(index.sequence(alignment.contig, alignment.reference));
}

std::string text_of(const Index& index, const Alignment& alignment) {
    const auto interval = [](auto of) { return "[" + std::to_string(of.begin) + "," + std::to_string(of.end) + ")"; };
    return std::string(index.name(alignment.contig)) + symbol(alignment.strand) + interval(alignment.reference) + " of " +
           interval(alignment.query) + " " + to_string(alignment.cigar) + " AS " + std::to_string(alignment.score);
}

std::string faults_of(const Index& index, std::string_view query, const Alignment& alignment, const Scoring& scoring) {
    std::string faults;
    const auto fault = [&](const std::string& what) { faults += what + "\n"; };
    const auto length = static_cast<std::int64_t>(query.size());
    if (alignment.query.begin < 0 || alignment.query.empty() || alignment.query.end > length)
        return "query interval leaves the query\n";
    if (alignment.reference.begin < 0 || alignment.reference.empty() || alignment.reference.end > index.length(alignment.contig))
        return "reference interval leaves the contig\n";
    const Cigar& cigar = alignment.cigar;
    if (query_length(cigar) != alignment.query.length())
        return "the CIGAR covers " + std::to_string(query_length(cigar)) + " query bases\n";
    if (reference_length(cigar) != alignment.reference.length())
        return "the CIGAR covers " + std::to_string(reference_length(cigar)) + " reference bases\n";

    const std::string on_query = aligned_query(query, alignment), on_reference = aligned_reference(index, alignment);
    Recount count;
    std::size_t q = 0, r = 0;
    for (std::size_t i = 0; i < cigar.size(); ++i) {
        const auto [bases, op] = cigar[i];
        if (bases == 0) fault("an element of length 0");
        if (i > 0 && cigar[i - 1].op == op) fault("two neighbouring elements of one kind");
        const bool gap = op == CigarOp::insertion || op == CigarOp::deletion;
        if (gap) {
            if (i == 0 || i + 1 == cigar.size()) fault("a gap at an end");
            // A gap moves one to the left when the column before it is equal and the last base of the gap equals that column's
            // base; it never takes the first column of the alignment.
            const bool may_move = i > 0 && cigar[i - 1].op == CigarOp::match && (i > 1 || cigar[0].length > 1);
            if (may_move && (op == CigarOp::insertion ? on_query[q + bases - 1] == on_query[q - 1]
                                                      : on_reference[r + bases - 1] == on_reference[r - 1]))
                fault("element " + std::to_string(i) + " could stand further left");
            ++count.gap_opens;
            (op == CigarOp::insertion ? count.inserted : count.deleted) += bases;
            count.score -= scoring.gap(bases);
        }
        for (std::uint32_t base = 0; base < bases; ++base) {
            if (!gap) {
                const bool known = is_base(on_query[q]) && is_base(on_reference[r]),
                           equal = known && on_query[q] == on_reference[r];
                if (equal != (op == CigarOp::match)) fault("column " + std::to_string(q) + " is wrongly called");
                ++(equal ? count.matches : count.mismatches);
                count.ambiguous += !known;
                count.score += equal ? scoring.match : known ? -scoring.mismatch : -scoring.ambiguous;
            }
            q += consumes_query(op);
            r += consumes_reference(op);
        }
    }
    const auto compare = [&](const char* what, std::int64_t claimed, std::int64_t counted) {
        if (claimed != counted)
            fault(std::string(what) + " is " + std::to_string(claimed) + ", counted " + std::to_string(counted));
    };
    compare("score", alignment.score, count.score);
    compare("matches", alignment.matches, count.matches);
    compare("mismatches", alignment.mismatches, count.mismatches);
    compare("ambiguous", alignment.ambiguous, count.ambiguous);
    compare("inserted", alignment.inserted, count.inserted);
    compare("deleted", alignment.deleted, count.deleted);
    compare("gap_opens", alignment.gap_opens, count.gap_opens);
    if (alignment.placement_score < alignment.score) fault("placement score below the score");
    if (alignment.best_segment_score < alignment.score) fault("best segment below the score");
    return faults;
}

}   // namespace weft::test
