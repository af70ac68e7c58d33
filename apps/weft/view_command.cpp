// weft view: alignments at base level in the terminal.
#include <sys/ioctl.h>
#include <unistd.h>

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "commands.hpp"
#include "console.hpp"
#include "number_options.hpp"
#include "signals.hpp"
#include "weft/model/error.hpp"
#include "weft/record/feature_reader.hpp"
#include "weft/report/alignment_text.hpp"
#include "weft/report/find_alignments.hpp"
#include "weft/report/reference_text.hpp"

namespace weft {
namespace {

constexpr int usual_width = 80;

struct ViewChoices {
    std::string alignments{};
    std::string reference{};
    std::string what{};           // NAME or REGION
    std::string name{};           // --name
    std::string region{};         // --region
    std::vector<std::string> queries{};
    std::string query_reference{};
    std::string color = "auto";
    std::optional<int> width{};
    bool fold = false;
    std::optional<int> most{};
};

constexpr const char* examples = R"(Examples:
  weft view genes.bam genome.fa YAL001C                     one gene, base by base
  weft view genes.bam genome.fa chrIV:10,000-12,000         what lies there
  weft view genes.bam genome.fa.weft --fold | less          all, without the middle of identical stretches
  weft view genes.paf genome.fa YAL001C --query genes.fa    PAF has no sequences: they come from the queries

Positions shown are 1-based and inclusive, as in SAM and in genome browsers. On the reverse strand the query
is complemented and its positions fall. | is a match, * a mismatch, - a gap.)";

void declare(CLI::App& command, ViewChoices& choices) {
    command.footer(examples);
    command.add_option("ALIGNMENTS", choices.alignments, "SAM, BAM, CRAM, or PAF with a cg or cs tag, told by content; - is standard input")->type_name("");
    command.add_option("REF", choices.reference, "The reference they were made with: FASTA (plain, gzip, BGZF) or an index of `weft index`")->type_name("");
    command.add_option("WHAT", choices.what, "A query's name, or a region CONTIG, CONTIG:FIRST-LAST; everything when left out")->type_name("");
    command.add_option("--name", choices.name, "A query's name, even if it looks like a region")->type_name("NAME");
    command.add_option("--region", choices.region, "A region, even if a query has that name")->type_name("REGION");
    command.add_option("--query", choices.queries, "Sequences of the queries, where the alignments lack them: FASTA, FASTQ, SAM, BAM or CRAM")
        ->type_name("FILE")->allow_extra_args(false);
    command.add_option("--query-reference", choices.query_reference, "FASTA that a CRAM file of --query was written against, to decode it")
        ->type_name("FASTA");
    command.add_flag("--fold", choices.fold, "Leave out the middle of long identical stretches");
    add_whole(command, "--most", choices.most, {1, INT32_MAX}, "Show at most this many alignments");
    add_whole(command, "--width", choices.width, {40, 100'000}, "Columns of a line; the terminal's width, or 80");
    command.add_option("--color", choices.color, "auto (on a terminal, unless NO_COLOR is set), always or never")->type_name("WHEN")->capture_default_str();
}

bool wants_color(const std::string& when) {
    if (when == "always") return true;
    if (when == "never") return false;
    if (when != "auto") throw UsageError{{"--color", fmt::format("'{}' is unknown", when), "give auto, always or never"}};
    const char* const forbidden = std::getenv("NO_COLOR");   // no-color.org: set and not empty
    return is_terminal(STDOUT_FILENO) && (forbidden == nullptr || *forbidden == '\0');
}

int terminal_width() {
    winsize size{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    return usual_width;
}

// Sequences of the query files, by name.
QueryLetters read_queries(const std::vector<std::string>& paths, const std::string& cram_reference) {
    QueryLetters letters;
    if (paths.empty()) return letters;
    FeatureReader reader{paths, {.keep_tags = false, .reference = cram_reference}};
    for (Feature feature; reader.read(feature);) letters.offer(feature);
    return letters;
}

/// Thrown to end the reading when enough was shown.
struct EnoughShown {};

// Prints alignments one by one and remembers those that could not be shown.
class Printer {
public:
    Printer(const ReferenceText& reference, const ViewChoices& choices) : reference_(reference), most_(choices.most) {
        options_.width = choices.width.value_or(terminal_width());
        options_.color = wants_color(choices.color);
        options_.fold = choices.fold;
    }

    void print(const AlignmentRecord& record, const QueryLetters& letters) {
        if (stop_requested() || (most_ && shown_ == *most_)) throw EnoughShown{};
        if (shown_++ == 0 && options_.color) fmt::print("{}\n\n", color_legend());
        ShownAlignment shown;
        shown.record = record;
        shown.reference = reference_.letters(record.contig, record.reference);
        std::optional<std::string> query;
        if (!record.cigar.empty()) query = letters.letters(record, shown.reference);
        if (!query) {
            print_unshowable(record);
            return;
        }
        shown.query = std::move(*query);
        for (const std::string& line : alignment_text(shown, options_)) fmt::print("{}\n", line);
    }

    std::int64_t unshowable() const { return without_cigar_ + without_letters_; }
    std::int64_t shown() const { return shown_; }

    std::string complaint() const {
        if (without_cigar_ > 0)
            return fmt::format("{} of {} alignments have neither a CIGAR nor a cg or cs tag; align again with -c or --cs to see their bases", without_cigar_, shown_);
        return fmt::format("{} of {} alignments are without their query's bases in this file; give the file that was aligned with --query", without_letters_, shown_);
    }

private:
    void print_unshowable(const AlignmentRecord& record) {
        ++(record.cigar.empty() ? without_cigar_ : without_letters_);
        fmt::print("{}  {}:{}-{} {}  MAPQ {}\n  {}\n\n", record.name, record.contig, record.reference.begin + 1, record.reference.end, symbol(record.strand),
                   record.mapq, record.cigar.empty() ? "the file does not say how the bases are aligned" : "the file does not have the bases of this query");
    }

    const ReferenceText& reference_;
    std::optional<int> most_;
    AlignmentTextOptions options_{};
    std::int64_t shown_ = 0;
    std::int64_t without_cigar_ = 0;
    std::int64_t without_letters_ = 0;
};

void check(const ViewChoices& choices) {
    if (choices.alignments.empty()) throw UsageError{{"view", "ALIGNMENTS is missing", "see `weft view --help`"}};
    if (choices.reference.empty()) throw UsageError{{"view", "REF is missing", "see `weft view --help`"}};
    const int given = !choices.what.empty() + !choices.name.empty() + !choices.region.empty();
    if (given > 1) throw UsageError{{"view", "more than one of WHAT, --name and --region is given", "give one"}};
}

// What is typed is a region when it names a contig of the reference, else the name of a query.
std::optional<Region> chosen_region(const ViewChoices& choices, const ReferenceText& reference) {
    if (!choices.region.empty()) {
        const std::optional<Region> region = parse_region(choices.region, reference.contigs());
        if (!region) throw UsageError{{"--region", fmt::format("'{}' does not begin with a contig of {}", choices.region, choices.reference), ""}};
        return region;
    }
    return choices.what.empty() ? std::nullopt : parse_region(choices.what, reference.contigs());
}

void view(const ViewChoices& choices) {
    check(choices);
    (void)wants_color(choices.color);   // refuses a wrong value before any reading
    const ReferenceText reference = ReferenceText::open(choices.reference);
    const AlignmentSource source{choices.alignments, reference.is_fasta() ? choices.reference : std::string()};
    const std::optional<Region> region = chosen_region(choices, reference);
    const QueryLetters letters = read_queries(choices.queries, choices.query_reference);
    const std::string& name = choices.name.empty() ? choices.what : choices.name;

    Printer printer(reference, choices);
    const ShowAlignment print = [&](const AlignmentRecord& record, const QueryLetters& known) { printer.print(record, known); };
    try {
        if (region) show_region(source, *region, letters, print);
        else if (!name.empty()) show_query(source, name, letters, print);
        else if (show_all(source, letters, print) == 0) throw Error{{choices.alignments, "nothing in it is aligned", ""}};
    } catch (const EnoughShown&) {
        // --most, or a signal
    }
    if (printer.unshowable() == 0) return;
    say(choices.alignments + ": " + printer.complaint());
    throw EndCommand{printer.unshowable() == printer.shown() ? ExitCode::failed : ExitCode::partial};
}

}  // namespace

void add_view_command(CLI::App& app) {
    CLI::App* command = app.add_subcommand("view", "Show alignments base by base");
    const auto choices = std::make_shared<ViewChoices>();
    declare(*command, *choices);
    command->callback([choices] { view(*choices); });
}

}  // namespace weft
