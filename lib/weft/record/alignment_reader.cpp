#include "weft/record/alignment_reader.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <variant>

#include "weft/bytes/line_reader.hpp"
#include "weft/model/error.hpp"
#include "weft/record/known_content.hpp"
#include "weft/record/paf_reader.hpp"
#include "weft/record/sam_file.hpp"
#include "weft/record/unaligned_reason.hpp"

namespace weft {
namespace {

constexpr std::size_t enough = 4096;   // bytes that tell a format

bool is_clip(CigarOp op) { return op == CigarOp::soft_clip || op == CigarOp::hard_clip; }

std::optional<std::int64_t> number_tag(const bam1_t& record, const char* tag) {
    const std::uint8_t* const field = bam_aux_get(&record, tag);
    return field == nullptr ? std::nullopt : std::optional<std::int64_t>(bam_aux2i(field));
}

std::string text_tag(const bam1_t& record, const char* tag) {
    const std::uint8_t* const field = bam_aux_get(&record, tag);
    return field == nullptr || *field != 'Z' ? std::string() : std::string(bam_aux2Z(field));
}

// Takes the CIGAR apart: clips say where the aligned part lies on the query, the rest is the alignment.
void take_cigar(const bam1_t& bam, AlignmentRecord& record) {
    const std::uint32_t* const elements = bam_get_cigar(&bam);
    std::int64_t before = 0;   // query bases clipped in front of the alignment, along the reference
    std::int64_t hard_before = 0;
    std::int64_t after = 0;
    std::int64_t hard_after = 0;
    for (std::uint32_t i = 0; i < bam.core.n_cigar; ++i) {
        const auto op = static_cast<CigarOp>(bam_cigar_op(elements[i]));
        const std::uint32_t length = bam_cigar_oplen(elements[i]);
        if (!is_clip(op)) {
            append(record.cigar, op, length);
            continue;
        }
        (record.cigar.empty() ? before : after) += length;
        if (op == CigarOp::hard_clip) (record.cigar.empty() ? hard_before : hard_after) += length;
    }
    const std::int64_t aligned = query_length(record.cigar);
    record.query_length = before + aligned + after;
    const bool reverse = record.strand == Strand::reverse;
    const std::int64_t begin = reverse ? after : before;
    record.query = {begin, begin + aligned};
    record.sequence_begin = reverse ? hard_after : hard_before;
    record.reference = {bam.core.pos, bam.core.pos + reference_length(record.cigar)};
}

void take_record(const SamFile& file, bool sequences, AlignmentRecord& record) {
    record = AlignmentRecord{};
    const bam1_t& bam = file.record();
    file.copy_name(record.name);
    const int flag = bam.core.flag;
    record.role = (flag & BAM_FSECONDARY) != 0 ? Role::secondary : (flag & BAM_FSUPPLEMENTARY) != 0 ? Role::supplementary : Role::primary;
    record.aligned = (flag & BAM_FUNMAP) == 0;
    record.query_length = bam.core.l_qseq;
    if (sequences) file.copy_sequence(record.sequence);
    // HTSlib passes SAM records at unknown contigs or at position 0 off as unmapped; their CIGAR gives them away.
    if (record.aligned ? bam.core.tid < 0 || bam.core.pos < 0 || bam.core.n_cigar == 0 : bam.core.tid < 0 && bam.core.n_cigar > 0)
        throw FormatError(
            {file.where(), "'" + record.name + "' is aligned but lacks a position, a CIGAR or a contig that an @SQ line names", ""});
    if (!record.aligned) {
        record.reason = unaligned_reason(text_tag(bam, "zr"), text_tag(bam, "ze"));
        return;
    }
    record.contig = sam_hdr_tid2name(&file.header(), bam.core.tid);
    record.contig_length = sam_hdr_tid2len(&file.header(), bam.core.tid);
    record.strand = (flag & BAM_FREVERSE) != 0 ? Strand::reverse : Strand::forward;
    record.mapq = bam.core.qual;
    take_cigar(bam, record);
    record.score = number_tag(bam, "AS");
    record.edit_distance = number_tag(bam, "NM");
    if (!sequences) return;
    record.difference = text_tag(bam, "cs");
    record.reference_letters = text_tag(bam, "MD");
}

PafReader open_paf(InputFile file, bool sequences) {
    LineReader lines{ByteReader(std::move(file))};
    const std::string_view begin = lines.look_ahead(enough);
    if (begin.empty())
        throw FormatError({lines.name(), "is empty", "a run that aligns nothing writes a SAM header or lines of PAF without a place"});
    refuse_known_content(lines.name(), begin);
    refuse_binary_content(lines.name(), begin, "SAM, BAM, CRAM or PAF");
    if (begin.front() == '>' || begin.front() == '@')
        throw FormatError({lines.name(), "holds sequences, not alignments", "align them first with `weft align`"});
    return PafReader(std::move(lines), sequences);
}

}  // namespace

struct AlignmentReader::State {
    std::variant<SamFile, PafReader> file;
    bool sequences;
    std::string contig{};              // of restrict_to; empty: every record is wanted
    ReferenceInterval interval{};

    bool read_any(AlignmentRecord& record) {
        if (auto* const paf = std::get_if<PafReader>(&file)) return paf->read(record);
        if (!std::get<SamFile>(file).next()) return false;
        take_record(std::get<SamFile>(file), sequences, record);
        return true;
    }
    bool wants(const AlignmentRecord& record) const {
        return contig.empty() || (record.aligned && record.contig == contig && overlap(record.reference, interval) > 0);
    }
};

AlignmentReader::AlignmentReader(const std::string& path, const AlignmentReaderOptions& options) {
    InputFile file = open_input(path);
    if (holds_alignments(file))
        state_.reset(
            new State{SamFile(std::move(file), {options.reference, options.sequences, !options.reference.empty()}), options.sequences});
    else
        state_.reset(new State{open_paf(std::move(file), options.sequences), options.sequences});
}

AlignmentReader::~AlignmentReader() = default;

void AlignmentReader::restrict_to(const std::string& contig, ReferenceInterval interval) {
    state_->contig = contig;
    state_->interval = interval;
    if (auto* const sam = std::get_if<SamFile>(&state_->file)) (void)sam->seek(contig, interval);
}

bool AlignmentReader::read(AlignmentRecord& record) {
    while (state_->read_any(record))
        if (state_->wants(record)) return true;
    return false;
}

std::vector<ContigRecord> AlignmentReader::contigs() const {
    std::vector<ContigRecord> contigs;
    const auto* const sam = std::get_if<SamFile>(&state_->file);
    if (sam == nullptr) return contigs;
    const int count = sam_hdr_nref(&sam->header());
    for (int i = 0; i < count; ++i) contigs.push_back({sam_hdr_tid2name(&sam->header(), i), sam_hdr_tid2len(&sam->header(), i), ""});
    return contigs;
}

bool AlignmentReader::sorted_by_place() const {
    const auto* const sam = std::get_if<SamFile>(&state_->file);
    HtsString order;
    return sam != nullptr && sam_hdr_find_tag_hd(&sam->header(), "SO", &order) == 0 && std::string_view(order.s, order.l) == "coordinate";
}

bool AlignmentReader::roles_marked() const { return std::holds_alternative<SamFile>(state_->file); }

}  // namespace weft
