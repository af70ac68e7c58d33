#include "weft/record/sam_reader.hpp"

#include <fmt/format.h>
#include <htslib/cram.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <new>
#include <string_view>
#include <utility>

#include "weft/bytes/system_call.hpp"
#include "weft/model/error.hpp"
#include "weft/model/sequence.hpp"
#include "weft/record/kept_tags.hpp"
#include "weft/record/sequence_text.hpp"

namespace weft {
namespace {

constexpr char make_again[] = "fetch or write the file again";
constexpr std::uint8_t highest_quality = 93;   // '~' as a letter

// The decompressor of a BAM file or of compressed SAM; nullptr for plain SAM and CRAM.
const BGZF* bgzf_of(const htsFile& file) { return file.is_bgzf ? file.fp.bgzf : nullptr; }

}  // namespace

SamReader::SamReader(InputFile file, const InputOptions& options)
    : name_(std::move(file.name)), keep_tags_(options.keep_tags.value_or(true)), record_(bam_init1()) {
    if (!record_) throw std::bad_alloc();
    file_.reset(hts_hopen(file.stream.get(), name_.c_str(), "r"));
    if (!file_) throw FormatError({name_, "its beginning is damaged", make_again});
    stream_ = file.stream.release();   // file_ owns it now
    if (hts_check_EOF(file_.get()) == 0) throw FormatError({name_, "is truncated: its end marker is missing", make_again});
    if (file_->format.format == cram) {
        // MD and NM describe the old alignment; computing them would only cost time.
        (void)hts_set_opt(file_.get(), CRAM_OPT_DECODE_MD, 0);
        if (!options.reference.empty()) {
            (void)check_input(options.reference);
            if (hts_set_opt(file_.get(), CRAM_OPT_REFERENCE, options.reference.c_str()) != 0) {
                throw FormatError({options.reference, "cannot be used as the reference of CRAM input",
                                   "give a FASTA, plain or BGZF, whose index can be written beside it (samtools faidx)"});
            }
        }
    }
    header_.reset(sam_hdr_read(file_.get()));
    if (!header_) throw FormatError({name_, "its header is truncated or damaged", make_again});
}

bool SamReader::read(Feature& feature) {
    constexpr int repeats = BAM_FSECONDARY | BAM_FSUPPLEMENTARY;
    do {
        const int code = sam_read1(file_.get(), header_.get(), record_.get());
        if (code == -1) {
            check_end();
            return false;
        }
        ++records_;
        if (code < -1) refuse_record(code);
    } while ((record_->core.flag & repeats) != 0);

    const int flag = record_->core.flag;
    feature.name.assign(bam_get_qname(record_.get()));
    if ((flag & BAM_FREAD1) != 0 && (flag & BAM_FREAD2) == 0) feature.name += "/1";
    if ((flag & BAM_FREAD2) != 0 && (flag & BAM_FREAD1) == 0) feature.name += "/2";
    feature.comment.clear();
    copy_sequence(feature);
    copy_qualities(feature);
    feature.tags.clear();
    if (keep_tags_) copy_tags(feature);
    return true;
}

void SamReader::copy_sequence(Feature& feature) const {
    // Codes of SAM, 4 bits with one bit per base, so that the complement is the code read backwards.
    constexpr std::string_view letters = "=ACMGRSVTWYHKDBN";
    constexpr std::string_view complements = "=TGKCYSBAWRDMHVN";
    const auto length = static_cast<std::size_t>(record_->core.l_qseq);
    const std::uint8_t* const codes = bam_get_seq(record_.get());
    feature.sequence.resize(length);
    if (bam_is_rev(record_.get())) {
        for (std::size_t i = 0; i < length; ++i) feature.sequence[length - 1 - i] = complements[bam_seqi(codes, i)];
    } else {
        for (std::size_t i = 0; i < length; ++i) feature.sequence[i] = letters[bam_seqi(codes, i)];
    }
    if (feature.sequence.find('=') != std::string::npos) {
        throw FormatError({where(), fmt::format("the sequence of '{}' has '=' in place of bases", bam_get_qname(record_.get())),
                           "write the bases with `samtools calmd`"});
    }
}

void SamReader::copy_qualities(Feature& feature) const {
    const auto length = static_cast<std::size_t>(record_->core.l_qseq);
    const std::uint8_t* const values = bam_get_qual(record_.get());
    feature.qualities.clear();
    if (length == 0 || values[0] == 0xff) return;   // 0xff: not stored
    feature.qualities.resize(length);
    std::transform(values, values + length, feature.qualities.begin(),
                   [](std::uint8_t value) { return static_cast<char>('!' + std::min(value, highest_quality)); });
    if (bam_is_rev(record_.get())) std::reverse(feature.qualities.begin(), feature.qualities.end());
}

void SamReader::copy_tags(Feature& feature) const {
    const auto* const tags = reinterpret_cast<const char*>(bam_get_aux(record_.get()));
    if (!append_kept_tags({tags, static_cast<std::size_t>(bam_get_l_aux(record_.get()))}, feature.tags)) {
        throw FormatError({where(), fmt::format("the optional fields of '{}' are damaged", bam_get_qname(record_.get()))});
    }
    if (bam_is_rev(record_.get())) turn_tags(feature.tags);
}

// The end of the records is the end of the file only if the end marker says so; on a pipe that is known first here.
void SamReader::check_end() const {
    const BGZF* const compressed = bgzf_of(*file_);
    const bool marker_missing = (compressed != nullptr && compressed->no_eof_block) ||
                                (file_->format.format == cram && cram_eof(file_->fp.cram) == 2);
    if (marker_missing) throw FormatError({name_, "is truncated: its end marker is missing", make_again});
}

std::string SamReader::where() const {
    if (file_->format.format == sam) return at_line(name_, static_cast<std::uint64_t>(file_->lineno));
    return fmt::format("{}: record {}", name_, records_);
}

void SamReader::refuse_record(int code) const {
    if (herrno(stream_) != 0) throw_system_error(name_, "read", herrno(stream_));
    const BGZF* const compressed = bgzf_of(*file_);
    const bool damaged = compressed != nullptr && compressed->errcode != 0;
    switch (file_->format.format) {
        case cram:
            throw FormatError({where(), "cannot be decoded: the file is damaged, or its reference is not at hand or another one",
                               "name the reference of the CRAM file, or convert it to BAM"});
        case bam: {
            const bool cut = damaged || code == -2;
            throw FormatError({where(), cut ? "the file is truncated or damaged" : "the record is malformed", make_again});
        }
        default:
            if (damaged) throw FormatError({name_, "the compressed data are truncated or damaged", make_again});
            throw FormatError({where(), "malformed SAM record: 11 fields between tabs are needed, a CIGAR, SEQ and QUAL of one length, "
                                        "and an @SQ line for the contig"});
    }
}

std::uint64_t SamReader::bytes_done() const { return static_cast<std::uint64_t>(htell(stream_)); }

std::vector<std::string> SamReader::read_groups() const {
    std::vector<std::string> lines;
    const int count = sam_hdr_count_lines(header_.get(), "RG");
    for (int i = 0; i < count; ++i) {
        HtsString line;
        if (sam_hdr_find_line_pos(header_.get(), "RG", i, &line) == 0) lines.emplace_back(line.s, line.l);
    }
    return lines;
}

}  // namespace weft
