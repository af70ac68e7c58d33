// BAM and CRAM through HTSlib, with the index of sorted files.
//
// HTSlib gets no threads of its own: `-t` counts all threads of a run. File and index are written under temporary names; the
// file takes its place first, because an index newer than its file is trusted by readers, and an older one is not.
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "weft/bytes/hts_sink.hpp"
#include "weft/bytes/output_file.hpp"
#include "weft/bytes/system_call.hpp"
#include "weft/model/error.hpp"
#include "weft/record/cram_reference.hpp"
#include "weft/record/packed_record.hpp"
#include "weft/record/record_output.hpp"

namespace weft {
namespace {

constexpr std::int64_t longest_bai_contig = std::int64_t{1} << 29;   // bases that the bins of a BAI reach
constexpr int csi_smallest_shift = 14;                               // smallest bin of a CSI: 16 kb, as in a BAI

enum class IndexKind : std::uint8_t { none, bai, csi, crai };

const char* extension(IndexKind kind) {
    switch (kind) {
        case IndexKind::bai: return ".bai";
        case IndexKind::csi: return ".csi";
        case IndexKind::crai: return ".crai";
        case IndexKind::none: break;
    }
    return "";
}

IndexKind index_kind(const RecordContext& context) {
    if (context.options.format == OutputFormat::cram) return IndexKind::crai;
    const bool long_contig = std::any_of(context.contigs.begin(), context.contigs.end(),
                                         [](const ContigRecord& contig) { return contig.length > longest_bai_contig; });
    return context.options.csi_index || long_contig ? IndexKind::csi : IndexKind::bai;
}

std::string open_mode(const OutputOptions& options) {
    std::string mode = options.format == OutputFormat::cram ? "wc" : "wb";
    if (options.compression_level >= 0) mode += static_cast<char>('0' + options.compression_level);
    return mode;
}

class HtsOutput final : public RecordOutput {
public:
    HtsOutput(const std::string& path, const RecordContext& context, std::string_view header, bool indexed)
        : context_(context), file_(path), index_kind_(indexed && !file_.is_stream() ? index_kind(context) : IndexKind::none) {
        if (index_kind_ != IndexKind::none) index_file_.emplace(file_.target() + extension(index_kind_));
        hts_.emplace(file_.hand_over(), file_.target(), open_mode(context.options));
        header_.reset(sam_hdr_parse(header.size(), header.data()));
        if (!header_) throw FormatError({"header", "HTSlib does not accept it", "check the contig names and read groups"});
        if (context.options.format == OutputFormat::cram) set_cram_options();
        hts_->check(sam_hdr_write(hts_->get(), header_.get()));
        if (context.options.format == OutputFormat::cram) open_cram_reference();
        if (index_file_) open_index();
    }

    void write(std::string_view records) override {
        while (!records.empty()) {
            const bam1_t record = packed_view(records.data());
            if (cram_reference_) cram_reference_->provide(record.core.tid);
            hts_->check(sam_write1(hts_->get(), header_.get(), &record));
            records.remove_prefix(packed_head(records.data()).bytes);
        }
    }

    void close(const std::atomic<bool>*) override {
        hts_->hold_back();
        errno = 0;
        if (index_kind_ == IndexKind::bai || index_kind_ == IndexKind::csi)
            if (sam_idx_save(hts_->get()) < 0) throw_system_error(index_file_->target(), "write", errno);
        hts_->close();
        cram_reference_.reset();
        // Readers warn of an index that is older than its file.
        if (index_file_ && ::utimensat(AT_FDCWD, index_path_.c_str(), nullptr, 0) != 0)
            throw_system_error(index_file_->target(), "write", errno);
        file_.commit();
        remove_old_indexes();
        if (index_file_) index_file_->commit();
    }

private:
    // Indexes of the file that was replaced: readers would take a CSI that is left over rather than the new BAI.
    void remove_old_indexes() const {
        if (file_.is_stream()) return;
        for (const IndexKind kind : {IndexKind::bai, IndexKind::csi, IndexKind::crai}) {
            std::error_code ignored;   // there is none, or it may not be removed: then its age tells readers
            if (kind != index_kind_) std::filesystem::remove(file_.target() + extension(kind), ignored);
        }
    }

    // A CRAM that needs another reference, or none, than the one aligned to would be the silent kind of wrong. NM and MD are
    // stored as they are: derived ones come back in another place, or where there were none.
    void set_cram_options() {
        hts_->check(hts_set_opt(hts_->get(), CRAM_OPT_VERSION, "3.0"));   // which every reader knows; HTSlib's own default moves on
        hts_->check(hts_set_opt(hts_->get(), CRAM_OPT_NO_REF, 0));
        hts_->check(hts_set_opt(hts_->get(), CRAM_OPT_EMBED_REF, 0));
        hts_->check(hts_set_opt(hts_->get(), CRAM_OPT_STORE_NM, 1));
        hts_->check(hts_set_opt(hts_->get(), CRAM_OPT_STORE_MD, 1));
    }

    // Behind the header, because HTSlib writes the name of a reference that it knows by then into every @SQ line.
    void open_cram_reference() {
        cram_reference_ = std::make_unique<CramReference>(context_, scratch_directory(file_.target()));
        hts_->check(hts_set_opt(hts_->get(), CRAM_OPT_REFERENCE, cram_reference_->name().c_str()));
        cram_reference_->forget_names();
    }

    void open_index() {
        index_path_ = index_file_->hand_over();
        hts_->check(sam_idx_init(hts_->get(), header_.get(), index_kind_ == IndexKind::csi ? csi_smallest_shift : 0, index_path_.c_str()));
    }

    const RecordContext& context_;
    OutputFile file_;
    IndexKind index_kind_;
    std::optional<OutputFile> index_file_{};
    std::string index_path_{};   // HTSlib keeps a pointer to it
    SamHeader header_{};
    std::unique_ptr<CramReference> cram_reference_{};
    std::optional<HtsSink> hts_{};   // closed first
};

}  // namespace

std::unique_ptr<RecordOutput> open_hts_output(const std::string& path, const RecordContext& context, std::string_view header,
                                              bool indexed) {
    return std::make_unique<HtsOutput>(path, context, header, indexed);
}

}  // namespace weft
