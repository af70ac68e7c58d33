#include "weft/report/alignment_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "weft/model/error.hpp"
#include "weft/model/sequence.hpp"
#include "weft/report/text_table.hpp"

namespace weft {
namespace {

constexpr int narrowest = 40;            // columns of a terminal
constexpr std::size_t longest_label = 16;
constexpr int shortest_fold = 40;        // identical bases that a fold must save

enum class Column : char { match = '|', mismatch = '*', insertion = '+', deletion = '-' };

constexpr std::string_view reset = "\x1b[0m";
std::string_view color_of(Column column) {
    switch (column) {
        case Column::mismatch: return "\x1b[1;31m";    // bold red
        case Column::insertion: return "\x1b[1;34m";   // bold blue
        case Column::deletion: return "\x1b[1;33m";    // bold yellow
        case Column::match: break;
    }
    return {};
}

// The alignment laid out column by column: both rows with '-' for gaps. An intron takes no column, it is a break.
struct Layout {
    std::string reference{};
    std::string query{};
    std::vector<Column> columns{};
    struct Break {
        std::size_t column;    // the intron lies in front of this column
        std::int64_t bases;
    };
    std::vector<Break> introns{};
};

[[noreturn]] void refuse(const ShownAlignment& alignment, const std::string& problem) {
    throw FormatError({"alignment of '" + alignment.record.name + "'", problem, "does the file belong to this reference?"});
}

bool same_base(char a, char b) {
    const Code code = code_of_letter[static_cast<unsigned char>(a)];
    return code != ambiguous_code && code == code_of_letter[static_cast<unsigned char>(b)];
}

void check(const ShownAlignment& alignment) {
    const AlignmentRecord& record = alignment.record;
    const std::int64_t reference = reference_length(record.cigar);
    const std::int64_t query = query_length(record.cigar);
    if (reference != record.reference.length() || reference != std::ssize(alignment.reference))
        refuse(alignment, fmt::format("the CIGAR covers {} reference bases, {} are at hand", reference, alignment.reference.size()));
    if (query != record.query.length() || query != std::ssize(alignment.query))
        refuse(alignment, fmt::format("the CIGAR covers {} query bases, {} are at hand", query, alignment.query.size()));
}

Layout lay_out(const ShownAlignment& alignment) {
    check(alignment);
    Layout layout;
    std::size_t at_reference = 0;
    std::size_t at_query = 0;
    for (const CigarElement& element : alignment.record.cigar) {
        if (element.op == CigarOp::skip) {
            layout.introns.push_back({layout.columns.size(), element.length});
            at_reference += element.length;
            continue;
        }
        const bool on_reference = consumes_reference(element.op);
        const bool on_query = consumes_query(element.op);
        if (!on_reference && !on_query) continue;   // padding
        layout.reference += on_reference ? alignment.reference.substr(at_reference, element.length) : std::string(element.length, '-');
        layout.query += on_query ? alignment.query.substr(at_query, element.length) : std::string(element.length, '-');
        for (std::uint32_t i = 0; i < element.length; ++i) {
            if (!on_reference) layout.columns.push_back(Column::insertion);
            else if (!on_query) layout.columns.push_back(Column::deletion);
            else layout.columns.push_back(same_base(alignment.reference[at_reference + i], alignment.query[at_query + i]) ? Column::match : Column::mismatch);
        }
        at_reference += on_reference ? element.length : 0;
        at_query += on_query ? element.length : 0;
    }
    return layout;
}

AlignmentSummary summary_of(const Layout& layout) {
    AlignmentSummary summary;
    Column previous = Column::match;
    for (const Column column : layout.columns) {
        switch (column) {
            case Column::match: ++summary.matches; break;
            case Column::mismatch: ++summary.mismatches; break;
            case Column::insertion:
                ++summary.inserted_bases;
                summary.insertions += previous != Column::insertion;
                break;
            case Column::deletion:
                ++summary.deleted_bases;
                summary.deletions += previous != Column::deletion;
                break;
        }
        previous = column;
    }
    for (const Layout::Break& intron : layout.introns) {
        ++summary.introns;
        summary.intron_bases += intron.bases;
    }
    return summary;
}

std::string counted(std::int64_t count, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", with_commas(count), count == 1 ? one : many);
}

std::string run_text(std::int64_t runs, std::int64_t bases, std::string_view one, std::string_view many) {
    return fmt::format(", {} ({})", counted(runs, one, many), counted(bases, "base", "bases"));
}

std::string_view role_text(Role role) {
    switch (role) {
        case Role::primary: return "primary";
        case Role::supplementary: return "supplementary";
        case Role::secondary: return "secondary";
    }
    return "unknown";
}

std::vector<std::string> heading(const AlignmentRecord& record, const AlignmentSummary& summary, bool color) {
    std::string first = fmt::format("{}  {}  {}:{}-{} {}  MAPQ {}", record.name, role_text(record.role), record.contig,
                                    record.reference.begin + 1, record.reference.end, symbol(record.strand),
                                    record.mapq == 255 ? "unknown" : std::to_string(record.mapq));
    if (record.score) first += fmt::format("  AS {}", *record.score);
    first += fmt::format("  identity {:.2f} %", summary.identity() * 100);
    std::string second = fmt::format("  {}", counted(summary.matches, "match", "matches"));
    if (summary.mismatches > 0) second += ", " + counted(summary.mismatches, "mismatch", "mismatches");
    if (summary.insertions > 0) second += run_text(summary.insertions, summary.inserted_bases, "insertion", "insertions");
    if (summary.deletions > 0) second += run_text(summary.deletions, summary.deleted_bases, "deletion", "deletions");
    if (summary.introns > 0) second += run_text(summary.introns, summary.intron_bases, "intron", "introns");
    second += fmt::format("; query {}-{}", record.query.begin + 1, record.query.end);
    if (record.query_length > 0) second += fmt::format(" of {}", record.query_length);
    return {color ? fmt::format("\x1b[1m{}{}", first, reset) : first, second};
}

std::string label(std::string_view name) {
    if (name.size() <= longest_label) return std::string(name);
    return std::string(name.substr(0, longest_label - 2)) + "..";
}

// Columns [begin, end) that are shown, in pieces between folds and introns.
struct Stretch {
    std::size_t begin;
    std::size_t end;
    std::int64_t intron_before = 0;   // bases, 0: none
    std::size_t folded_before = 0;    // identical columns left out
};

void add_folded(std::vector<Stretch>& stretches, const Layout& layout, Stretch piece, const AlignmentTextOptions& options) {
    const auto context = static_cast<std::size_t>(std::max(options.context, 0));
    for (std::size_t at = piece.begin; options.fold && at < piece.end;) {
        if (layout.columns[at] != Column::match) {
            ++at;
            continue;
        }
        std::size_t run_end = at;
        while (run_end < piece.end && layout.columns[run_end] == Column::match) ++run_end;
        const std::size_t from = at + context;
        const std::size_t until = run_end > context ? run_end - context : 0;
        if (until > from && until - from >= shortest_fold) {
            stretches.push_back({piece.begin, from, piece.intron_before, piece.folded_before});
            piece = {until, piece.end, 0, until - from};
        }
        at = run_end;
    }
    stretches.push_back(piece);
}

std::vector<Stretch> stretches_of(const Layout& layout, const AlignmentTextOptions& options) {
    std::vector<Stretch> stretches;
    std::size_t begin = 0;
    std::int64_t intron = 0;
    for (const Layout::Break& next : layout.introns) {
        add_folded(stretches, layout, {begin, next.column, intron, 0}, options);
        begin = next.column;
        intron = next.bases;
    }
    add_folded(stretches, layout, {begin, layout.columns.size(), intron, 0}, options);
    return stretches;
}

// Writes the blocks of lines while it counts along both sequences.
class BlockWriter {
public:
    BlockWriter(const ShownAlignment& alignment, const Layout& layout, const AlignmentTextOptions& options, std::vector<std::string>& lines)
        : layout_(layout), options_(options), lines_(lines), record_(alignment.record), reference_at_(record_.reference.begin),
          query_at_(record_.strand == Strand::forward ? record_.query.begin : record_.query.end) {
        reference_label_ = label(record_.contig);
        query_label_ = label(record_.name);
        label_width_ = std::max(reference_label_.size(), query_label_.size());
        number_width_ = fmt::formatted_size("{}", std::max(record_.reference.end, record_.query.end));
        const std::size_t around = label_width_ + 2 * number_width_ + 3;
        const auto width = static_cast<std::size_t>(std::max(options.width, narrowest));
        letters_ = width > around + 10 ? width - around : 10;
        if (letters_ >= 20) letters_ -= letters_ % 10;
    }

    void write(const Stretch& stretch) {
        if (stretch.intron_before > 0) {
            note(fmt::format(">>> intron of {} >>>", counted(stretch.intron_before, "base", "bases")));
            reference_at_ += stretch.intron_before;
        }
        if (stretch.folded_before > 0) {
            note(fmt::format("... {} ...", counted(static_cast<std::int64_t>(stretch.folded_before), "identical base", "identical bases")));
            advance(static_cast<std::int64_t>(stretch.folded_before), static_cast<std::int64_t>(stretch.folded_before));
        }
        for (std::size_t at = stretch.begin; at < stretch.end; at += letters_) write_block(at, std::min(at + letters_, stretch.end));
    }

private:
    bool forward() const { return record_.strand == Strand::forward; }

    void note(const std::string& text) {
        lines_.push_back(std::string(label_width_ + number_width_ + 2, ' ') + text);
        lines_.emplace_back();
    }

    void advance(std::int64_t reference, std::int64_t query) {
        reference_at_ += reference;
        query_at_ += forward() ? query : -query;
    }

    void write_block(std::size_t begin, std::size_t end) {
        const std::string_view reference = std::string_view(layout_.reference).substr(begin, end - begin);
        const std::string_view query = std::string_view(layout_.query).substr(begin, end - begin);
        const auto on_reference = std::ssize(reference) - std::count(reference.begin(), reference.end(), '-');
        const auto on_query = std::ssize(query) - std::count(query.begin(), query.end(), '-');
        std::string bars;
        for (std::size_t i = begin; i < end; ++i) bars += layout_.columns[i] == Column::match ? '|' : layout_.columns[i] == Column::mismatch ? '*' : ' ';
        while (bars.ends_with(' ')) bars.pop_back();

        const std::int64_t reference_first = reference_at_ + 1;
        const std::int64_t query_first = forward() ? query_at_ + 1 : query_at_;
        advance(on_reference, on_query);
        const std::int64_t query_last = forward() ? query_at_ : query_at_ + 1;
        row(reference_label_, on_reference > 0, reference_first, reference_at_, colored(reference, begin));
        lines_.push_back(bars.empty() ? "" : std::string(label_width_ + number_width_ + 2, ' ') + bars);
        row(query_label_, on_query > 0, query_first, query_last, colored(query, begin));
        lines_.emplace_back();
    }

    // A row without bases (a block that is all gap) has no positions.
    void row(const std::string& name, bool has_bases, std::int64_t first, std::int64_t last, const std::string& letters) {
        if (has_bases)
            lines_.push_back(fmt::format("{:<{}} {:>{}} {} {}", name, label_width_, first, number_width_, letters, last));
        else
            lines_.push_back(fmt::format("{:<{}} {:>{}} {}", name, label_width_, "", number_width_, letters));
    }

    std::string colored(std::string_view letters, std::size_t begin) const {
        if (!options_.color) return std::string(letters);
        std::string text;
        Column current = Column::match;
        for (std::size_t i = 0; i < letters.size(); ++i) {
            const Column column = layout_.columns[begin + i];
            if (column != current) {
                if (current != Column::match) text += reset;
                text += color_of(column);
                current = column;
            }
            text += letters[i];
        }
        if (current != Column::match) text += reset;
        return text;
    }

    const Layout& layout_;
    const AlignmentTextOptions& options_;
    std::vector<std::string>& lines_;
    const AlignmentRecord& record_;
    std::int64_t reference_at_;   // 0-based, of the next base
    std::int64_t query_at_;       // forward: of the next base; reverse: one past it
    std::string reference_label_{};
    std::string query_label_{};
    std::size_t label_width_ = 0;
    std::size_t number_width_ = 0;
    std::size_t letters_ = 0;     // columns per block
};

}  // namespace

double AlignmentSummary::identity() const {
    return columns() == 0 ? 0.0 : static_cast<double>(matches) / static_cast<double>(columns());
}

AlignmentSummary summarize(const ShownAlignment& alignment) { return summary_of(lay_out(alignment)); }

std::vector<std::string> alignment_text(const ShownAlignment& alignment, const AlignmentTextOptions& options) {
    const Layout layout = lay_out(alignment);
    std::vector<std::string> lines = heading(alignment.record, summary_of(layout), options.color);
    lines.emplace_back();
    BlockWriter writer(alignment, layout, options, lines);
    for (const Stretch& stretch : stretches_of(layout, options)) writer.write(stretch);
    return lines;
}

std::string color_legend() {
    return fmt::format("{0}mismatch{3}  {1}insertion{3}  {2}deletion{3}", color_of(Column::mismatch), color_of(Column::insertion),
                       color_of(Column::deletion), reset);
}

}  // namespace weft
