#include "weft/report/letter_changes.hpp"

#include <algorithm>
#include <utility>

#include "weft/model/sequence.hpp"

namespace weft {
namespace {

constexpr std::int64_t stretch = 4'096;   // bases fetched at once

bool is_base(char letter) { return code_of_letter[static_cast<unsigned char>(letter)] < ambiguous_code; }
bool all_bases(std::string_view letters) { return std::all_of(letters.begin(), letters.end(), is_base); }

std::string upper_case(std::string_view letters) {
    std::string text(letters);
    std::transform(text.begin(), text.end(), text.begin(), upper);
    return text;
}

std::string letters_between(ContigLetters& letters, std::int64_t begin, std::int64_t end) {
    std::string text;
    for (std::int64_t at = begin; at < end; ++at) text += letters.at(at);
    return text;
}

// Moves inserted or deleted letters that end in front of `position` (on the reference or as if they stood there) to the left: each
// step takes the base in front of them in and their last one out. Returns how far; the letters turn by as many places.
std::int64_t moved_left(std::int64_t position, std::string_view changed, ContigLetters& letters) {
    const auto length = static_cast<std::int64_t>(changed.size());
    std::int64_t moved = 0;
    while (moved < position) {
        const char last = changed[static_cast<std::size_t>(length - 1 - moved % length)];
        const char front = letters.at(position - 1 - moved);
        if (front != last || !is_base(front)) break;
        ++moved;
    }
    return moved;
}

// Gives the change its neighbouring base: the one in front, or at the begin of the contig the one behind.
void add_completed(std::int64_t position, const std::string& deleted, const std::string& inserted, ContigLetters& letters,
                   std::vector<LetterChange>& changes) {
    const auto fits = [](char letter) { return is_base(letter) || letter == 'N'; };
    if (position > 0) {
        const char front = letters.at(position - 1);
        if (fits(front)) changes.push_back({position - 1, front + deleted, front + inserted});
        return;
    }
    const auto behind = static_cast<std::int64_t>(deleted.size());
    if (behind >= letters.length()) return;   // the whole contig
    const char next = letters.at(behind);
    if (fits(next)) changes.push_back({0, deleted + next, inserted + next});
}

void add_gap(std::int64_t position, std::string changed, bool insertion, ContigLetters& letters, std::vector<LetterChange>& changes) {
    if (!all_bases(changed)) return;
    const std::int64_t moved = moved_left(position, changed, letters);
    const auto turn = static_cast<std::ptrdiff_t>(moved % static_cast<std::int64_t>(changed.size()));
    std::rotate(changed.begin(), changed.end() - turn, changed.end());
    add_completed(position - moved, insertion ? "" : changed, insertion ? changed : "", letters, changes);
}

}  // namespace

ContigLetters::ContigLetters(const ReferenceText& reference, std::string contig)
    : reference_(&reference), contig_(std::move(contig)), length_(reference.length(contig_)) {}

char ContigLetters::at(std::int64_t position) {
    if (!loaded_.contains(position)) {
        const std::int64_t begin = position / stretch * stretch;
        loaded_ = {begin, std::max(position + 1, std::min(begin + stretch, length_))};
        letters_ = upper_case(reference_->letters(contig_, loaded_));
    }
    return letters_[static_cast<std::size_t>(position - loaded_.begin)];
}

std::vector<LetterChange> letter_changes(const AlignmentRecord& record, std::string_view query, std::int64_t longest,
                                         ContigLetters& letters) {
    std::vector<LetterChange> changes;
    std::int64_t reference = record.reference.begin;
    std::size_t at = 0;   // on the query
    for (const CigarElement& element : record.cigar) {
        const bool on_query = consumes_query(element.op);
        const bool on_reference = consumes_reference(element.op);
        if (on_query && on_reference && element.op != CigarOp::match) {
            for (std::size_t i = 0; i < element.length; ++i) {
                const char from = letters.at(reference + static_cast<std::int64_t>(i));
                const char to = upper(query[at + i]);
                if (from != to && is_base(from) && is_base(to)) changes.push_back({reference + static_cast<std::int64_t>(i), {from}, {to}});
            }
        } else if (on_query != on_reference && element.op != CigarOp::skip && element.length <= longest) {
            const std::string changed = on_query ? upper_case(query.substr(at, element.length))
                                                 : letters_between(letters, reference, reference + element.length);
            add_gap(reference, changed, on_query, letters, changes);
        }
        if (on_query) at += element.length;
        if (on_reference) reference += element.length;
    }
    return changes;
}

}  // namespace weft
