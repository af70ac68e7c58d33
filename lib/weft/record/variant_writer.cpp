#include "weft/record/variant_writer.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <htslib/vcf.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <new>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "weft/bytes/hts_sink.hpp"
#include "weft/bytes/output_file.hpp"
#include "weft/bytes/system_call.hpp"
#include "weft/model/error.hpp"

namespace weft {
namespace {

constexpr std::int64_t longest_tbi_contig = std::int64_t{1} << 29;   // bases that the bins of a TBI reach
constexpr int csi_smallest_shift = 14;

constexpr std::array header_lines{
    "##source=weft",
    R"(##INFO=<ID=DP,Number=1,Type=Integer,Description="Features aligned over the position">)",
    R"(##INFO=<ID=AD,Number=R,Type=Integer,Description="Features without and with the alternative">)",
    R"(##INFO=<ID=AF,Number=A,Type=Float,Description="Share of the features that has the alternative">)",
    R"(##INFO=<ID=NAMES,Number=.,Type=String,Description="Features with the alternative, the first five; special letters as %XX">)",
};

struct CloseVariants {
    void operator()(bcf_hdr_t* header) const noexcept { bcf_hdr_destroy(header); }
    void operator()(bcf1_t* record) const noexcept { bcf_destroy(record); }
};
using VariantHeader = std::unique_ptr<bcf_hdr_t, CloseVariants>;
using VariantLine = std::unique_ptr<bcf1_t, CloseVariants>;

// A name inside INFO, where commas, semicolons and white space have a meaning of their own.
std::string encoded(std::string_view name) {
    std::string text;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= ' ' || byte >= 0x7f || std::string_view(",;=%").find(c) != std::string_view::npos)
            text += fmt::format("%{:02X}", byte);
        else
            text += c;
    }
    return text;
}

// Letters that would end the entry of the header or make a breakend of a line.
bool fits_vcf(const std::string& contig) { return !contig.empty() && contig.find_first_of("<>[]:*,\"' \t") == std::string::npos; }

VariantHeader make_header(const std::string& path, const std::vector<ContigRecord>& contigs) {
    VariantHeader header(bcf_hdr_init("w"));
    if (!header) throw std::bad_alloc();
    for (const char* const line : header_lines)
        if (bcf_hdr_append(header.get(), line) != 0) throw FormatError({path, "HTSlib does not accept a line of the header", ""});
    for (const ContigRecord& contig : contigs) {
        const std::string line = fmt::format("##contig=<ID={},length={}>", contig.name, contig.length);
        if (!fits_vcf(contig.name) || bcf_hdr_append(header.get(), line.c_str()) != 0)
            throw FormatError({path, fmt::format("VCF cannot hold the contig name '{}'", contig.name), "rename the contig"});
    }
    if (bcf_hdr_sync(header.get()) != 0) throw std::bad_alloc();
    return header;
}

bool is_compressed(const std::string& path) { return path.ends_with(".gz"); }

const char* index_extension(const std::vector<ContigRecord>& contigs) {
    const bool long_contig =
        std::any_of(contigs.begin(), contigs.end(), [](const ContigRecord& c) { return c.length > longest_tbi_contig; });
    return long_contig ? ".csi" : ".tbi";
}

}  // namespace

struct VariantWriter::State {
    OutputFile file;
    std::optional<OutputFile> index_file{};
    std::string index_path{};   // HTSlib keeps a pointer to it
    VariantHeader header{};
    VariantLine line{bcf_init()};
    std::optional<HtsSink> hts{};   // closed first

    State(const std::string& path, const std::vector<ContigRecord>& contigs) : file(path) {
        if (!line) throw std::bad_alloc();
        header = make_header(file.target(), contigs);
        const bool compressed = is_compressed(path);
        const char* const extension = index_extension(contigs);
        if (compressed && !file.is_stream()) index_file.emplace(file.target() + extension);
        hts.emplace(file.hand_over(), file.target(), compressed ? "wz" : "w");
        hts->check(bcf_hdr_write(hts->get(), header.get()));
        if (!index_file) return;
        index_path = index_file->hand_over();
        const int shift = std::string_view(extension) == ".csi" ? csi_smallest_shift : 0;
        hts->check(bcf_idx_init(hts->get(), header.get(), shift, index_path.c_str()));
    }

    void fill(const VariantRecord& variant) {
        bcf_clear(line.get());
        line->rid = static_cast<std::int32_t>(variant.contig);
        line->pos = variant.position;
        bcf_float_set_missing(line->qual);
        const std::string alleles = variant.reference + "," + variant.alternative;
        const auto depth = static_cast<std::int32_t>(variant.depth);
        const std::array counts{static_cast<std::int32_t>(variant.depth - variant.support), static_cast<std::int32_t>(variant.support)};
        const float share = variant.depth > 0 ? static_cast<float>(variant.support) / static_cast<float>(variant.depth) : 0.0F;
        std::string names;
        for (const std::string& name : variant.names) names += (names.empty() ? "" : ",") + encoded(name);
        const bool sound = bcf_update_alleles_str(header.get(), line.get(), alleles.c_str()) == 0 &&
                           bcf_update_info_int32(header.get(), line.get(), "DP", &depth, 1) == 0 &&
                           bcf_update_info_int32(header.get(), line.get(), "AD", counts.data(), 2) == 0 &&
                           bcf_update_info_float(header.get(), line.get(), "AF", &share, 1) == 0 &&
                           (names.empty() || bcf_update_info_string(header.get(), line.get(), "NAMES", names.c_str()) == 0);
        if (!sound) throw FormatError({file.target(), fmt::format("HTSlib does not accept the difference {}", alleles), ""});
    }
};

VariantWriter::VariantWriter(const std::string& path, const std::vector<ContigRecord>& contigs)
    : state_(std::make_unique<State>(path, contigs)) {}

VariantWriter::~VariantWriter() = default;

void VariantWriter::write(const VariantRecord& variant) {
    state_->fill(variant);
    state_->hts->check(bcf_write(state_->hts->get(), state_->header.get(), state_->line.get()));
}

void VariantWriter::close() {
    State& state = *state_;
    state.hts->hold_back();
    errno = 0;
    if (state.index_file && bcf_idx_save(state.hts->get()) < 0) throw_system_error(state.index_file->target(), "write", errno);
    state.hts->close();
    // Readers warn of an index that is older than its file, and would take one of the other kind that is left over.
    if (state.index_file && ::utimensat(AT_FDCWD, state.index_path.c_str(), nullptr, 0) != 0)
        throw_system_error(state.index_file->target(), "write", errno);
    state.file.commit();
    if (!state.index_file) return;
    for (const char* const extension : {".tbi", ".csi"}) {
        std::error_code ignored;
        if (!state.index_file->target().ends_with(extension)) std::filesystem::remove(state.file.target() + extension, ignored);
    }
    state.index_file->commit();
}

}  // namespace weft
