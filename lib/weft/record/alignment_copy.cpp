#include "weft/record/alignment_copy.hpp"

#include <cerrno>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "weft/bytes/hts_sink.hpp"
#include "weft/bytes/input_file.hpp"
#include "weft/bytes/line_reader.hpp"
#include "weft/bytes/output_file.hpp"
#include "weft/bytes/system_call.hpp"
#include "weft/model/error.hpp"
#include "weft/record/sam_file.hpp"

namespace weft {
namespace {

constexpr int csi_smallest_shift = 14;
constexpr std::int64_t longest_bai_contig = std::int64_t{1} << 29;

bool has_long_contig(const sam_hdr_t& header) {
    for (int i = 0; i < sam_hdr_nref(&header); ++i)
        if (sam_hdr_tid2len(&header, i) > longest_bai_contig) return true;
    return false;
}

bool is_sorted(sam_hdr_t& header) {
    HtsString order;
    return sam_hdr_find_tag_hd(&header, "SO", &order) == 0 && std::string_view(order.s, order.l) == "coordinate";
}

}  // namespace

struct AlignmentCopy::State {
    std::string target;
    OutputFormat format;
    OutputFile file;
    std::optional<SamFile> records{};
    std::optional<HtsSink> sink{};
    std::optional<LineReader> lines{};
    std::string line{};

    State(const std::string& input, const std::string& reference, const std::string& output, OutputFormat wanted)
        : target(output), format(wanted), file(output) {
        InputFile opened = open_input(input);
        const bool paf = !holds_alignments(opened);
        if (paf != (format == OutputFormat::paf) || format == OutputFormat::cram)
            throw UsageError{{input, paf ? "is PAF and can only be copied as PAF" : "holds SAM records, which can be copied as SAM or BAM",
                              "convert it with a program of its own"}};
        if (paf) {
            lines.emplace(ByteReader(std::move(opened)));
            return;
        }
        records.emplace(std::move(opened), SamFileOptions{.reference = reference});
        sink.emplace(file.hand_over(), target, format == OutputFormat::bam ? "wb" : "w");
        sink->check(sam_hdr_write(sink->get(), &records->header()));
    }
};

AlignmentCopy::AlignmentCopy(const std::string& input, const std::string& reference, const std::string& output, OutputFormat format)
    : state_(std::make_unique<State>(input, reference, output, format)) {}

AlignmentCopy::~AlignmentCopy() = default;

bool AlignmentCopy::next() {
    if (state_->records) return state_->records->next();
    while (const std::optional<std::string_view> line = state_->lines->line()) {
        if (line->empty()) continue;
        state_->line = *line;
        return true;
    }
    return false;
}

void AlignmentCopy::keep() {
    if (state_->records)
        state_->sink->check(sam_write1(state_->sink->get(), &state_->records->header(), &state_->records->record()));
    else
        state_->file.write(state_->line + "\n");
}

void AlignmentCopy::close() {
    State& state = *state_;
    if (state.sink) state.sink->close();
    state.file.commit();
    if (state.format != OutputFormat::bam || !is_sorted(state.records->header())) return;
    const bool csi = has_long_contig(state.records->header());
    errno = 0;
    if (sam_index_build3(state.target.c_str(), (state.target + (csi ? ".csi" : ".bai")).c_str(), csi ? csi_smallest_shift : 0, 0) < 0)
        throw_system_error(state.target, "index", errno);
}

OutputFormat format_of_alignments(const std::string& path) {
    const InputFile file = open_input(path);
    if (!holds_alignments(file)) return OutputFormat::paf;
    htsFormat format{};
    if (hts_detect_format(file.stream.get(), &format) != 0) throw FormatError{{path, "its format cannot be told", ""}};
    return format.format == cram ? OutputFormat::cram : format.format == bam ? OutputFormat::bam : OutputFormat::sam;
}

}  // namespace weft
