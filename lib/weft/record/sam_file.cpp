#include "weft/record/sam_file.hpp"

#include <fmt/format.h>
#include <htslib/cram.h>

#include <filesystem>
#include <new>
#include <string_view>
#include <system_error>
#include <utility>

#include "weft/bytes/system_call.hpp"
#include "weft/model/error.hpp"
#include "weft/record/sequence_text.hpp"

namespace weft {
namespace {

constexpr char make_again[] = "fetch or write the file again";

// The decompressor of a BAM file or of compressed SAM; nullptr for plain SAM and CRAM.
const BGZF* bgzf_of(const htsFile& file) { return file.is_bgzf ? file.fp.bgzf : nullptr; }

void set_cram_options(htsFile& file, const SamFileOptions& options) {
    // MD and NM cost time and need the reference; so do letters, and fields that are not asked for are not decoded.
    (void)hts_set_opt(&file, CRAM_OPT_DECODE_MD, options.edit_tags ? 1 : 0);
    if (!options.sequences && !options.edit_tags)
        (void)hts_set_opt(&file, CRAM_OPT_REQUIRED_FIELDS, SAM_QNAME | SAM_FLAG | SAM_RNAME | SAM_POS | SAM_MAPQ | SAM_CIGAR | SAM_AUX);
    if (options.reference.empty()) return;
    (void)check_input(options.reference);
    if (hts_set_opt(&file, CRAM_OPT_REFERENCE, options.reference.c_str()) != 0) {
        throw FormatError({options.reference, "cannot be used as the reference of CRAM input",
                           "give a FASTA, plain or BGZF, whose index can be written beside it (samtools faidx)"});
    }
}

// The index of an alignment file, empty when there is none that is at least as new as the file.
std::string index_beside(const std::string& path) {
    for (const char* const extension : {".csi", ".bai", ".crai"}) {
        std::error_code none;
        const std::string index = path + extension;
        const auto index_time = std::filesystem::last_write_time(index, none);
        if (!none && index_time >= std::filesystem::last_write_time(path, none) && !none) return index;
    }
    return {};
}

}  // namespace

bool holds_alignments(const InputFile& file) {
    htsFormat format{};
    // Failure means damaged compression here; the byte reader says it better.
    if (hts_detect_format(file.stream.get(), &format) != 0) return false;
    return format.format == sam || format.format == bam || format.format == cram;
}

SamFile::SamFile(InputFile file, const SamFileOptions& options)
    : name_(std::move(file.name)), regular_(file.regular), record_(bam_init1()) {
    if (!record_) throw std::bad_alloc();
    file_.reset(hts_hopen(file.stream.get(), name_.c_str(), "r"));
    if (!file_) throw FormatError({name_, "its beginning is damaged", make_again});
    stream_ = file.stream.release();   // file_ owns it now
    if (hts_check_EOF(file_.get()) == 0) throw FormatError({name_, "is truncated: its end marker is missing", make_again});
    if (file_->format.format == cram) set_cram_options(*file_, options);
    header_.reset(sam_hdr_read(file_.get()));
    if (!header_) throw FormatError({name_, "its header is truncated or damaged", make_again});
}

bool SamFile::seek(const std::string& contig, ReferenceInterval interval) {
    if (!regular_ || file_->format.format == sam) return false;
    const std::string index_path = index_beside(name_);
    const int rank = sam_hdr_name2tid(header_.get(), contig.c_str());
    if (index_path.empty() || rank < 0) return false;
    index_.reset(sam_index_load3(file_.get(), name_.c_str(), index_path.c_str(), HTS_IDX_SILENT_FAIL));
    if (!index_) throw FormatError({index_path, "is damaged or is no index of " + name_, "make it again with `samtools index`"});
    iterator_.reset(sam_itr_queryi(index_.get(), rank, interval.begin, interval.end));
    if (!iterator_) throw FormatError({index_path, "cannot be searched", "make it again with `samtools index`"});
    return true;
}

bool SamFile::next() {
    const int code = iterator_ ? sam_itr_next(file_.get(), iterator_.get(), record_.get()) : sam_read1(file_.get(), header_.get(), record_.get());
    if (code == -1) {
        if (!iterator_) check_end();
        return false;
    }
    ++records_;
    if (code < -1) refuse_record(code);
    return true;
}

void SamFile::copy_name(std::string& name) const {
    name.assign(bam_get_qname(record_.get()));
    const int flag = record_->core.flag;
    if ((flag & BAM_FREAD1) != 0 && (flag & BAM_FREAD2) == 0) name += "/1";
    if ((flag & BAM_FREAD2) != 0 && (flag & BAM_FREAD1) == 0) name += "/2";
}

void SamFile::copy_sequence(std::string& sequence) const {
    // Codes of SAM, 4 bits with one bit per base, so that the complement is the code read backwards.
    constexpr std::string_view letters = "=ACMGRSVTWYHKDBN";
    constexpr std::string_view complements = "=TGKCYSBAWRDMHVN";
    const auto length = static_cast<std::size_t>(record_->core.l_qseq);
    const std::uint8_t* const codes = bam_get_seq(record_.get());
    sequence.resize(length);
    if (bam_is_rev(record_.get())) {
        for (std::size_t i = 0; i < length; ++i) sequence[length - 1 - i] = complements[bam_seqi(codes, i)];
    } else {
        for (std::size_t i = 0; i < length; ++i) sequence[i] = letters[bam_seqi(codes, i)];
    }
    if (sequence.find('=') != std::string::npos) {
        throw FormatError({where(), fmt::format("the sequence of '{}' has '=' in place of bases", bam_get_qname(record_.get())),
                           "write the bases with `samtools calmd`"});
    }
}

// The end of the records is the end of the file only if the end marker says so; on a pipe that is known first here.
void SamFile::check_end() const {
    const BGZF* const compressed = bgzf_of(*file_);
    const bool marker_missing = (compressed != nullptr && compressed->no_eof_block) ||
                                (file_->format.format == cram && cram_eof(file_->fp.cram) == 2);
    if (marker_missing) throw FormatError({name_, "is truncated: its end marker is missing", make_again});
}

std::string SamFile::where() const {
    if (file_->format.format == sam) return at_line(name_, static_cast<std::uint64_t>(file_->lineno));
    return fmt::format("{}: record {}", name_, records_);
}

void SamFile::refuse_record(int code) const {
    if (herrno(stream_) != 0) throw_system_error(name_, "read", herrno(stream_));
    const BGZF* const compressed = bgzf_of(*file_);
    const bool damaged = compressed != nullptr && compressed->errcode != 0;
    switch (file_->format.format) {
        case cram:
            throw FormatError({where(), "cannot be decoded: the file is damaged, or its reference is not at hand or another one",
                               "give the FASTA it was written against (--query-reference; compare: --reference), or convert it to BAM"});
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

std::uint64_t SamFile::bytes_done() const { return static_cast<std::uint64_t>(htell(stream_)); }

}  // namespace weft
