// The facade: checks options and limits of the format, then joins encoder, sorter and file.
#include "weft/record/alignment_writer.hpp"

#include <limits>

#include "weft/bytes/temporary_file.hpp"
#include "weft/model/error.hpp"
#include "weft/record/packed_record.hpp"
#include "weft/record/paf_record.hpp"
#include "weft/record/record_output.hpp"
#include "weft/record/record_source.hpp"
#include "weft/record/sam_header.hpp"
#include "weft/record/sam_record.hpp"

namespace weft {
namespace {

void check_options(const OutputOptions& options) {
    const bool sortable = options.format == OutputFormat::bam || options.format == OutputFormat::cram;
    if (options.sort && !sortable) throw UsageError({"--sort", "only BAM and CRAM can be written sorted", "choose -o OUT.bam or OUT.cram"});
    if (options.sort && options.sort_memory <= 0)
        throw UsageError({"--sort-memory", "it is " + std::to_string(options.sort_memory) + " bytes", "give at least 1"});
    if (options.compression_level < -1 || options.compression_level > 9)
        throw UsageError({"--compression-level", "it is " + std::to_string(options.compression_level), "choose 0 to 9"});
    if (options.extended_cigar && options.format == OutputFormat::cram)
        throw UsageError({"--eqx", "CRAM stores = and X as M", "write BAM, or leave --eqx out"});
}

void check_contigs(const OutputOptions& options, const std::vector<ContigRecord>& contigs) {
    if (options.format == OutputFormat::sam || options.format == OutputFormat::paf) return;
    constexpr std::int64_t longest = std::numeric_limits<std::int32_t>::max();
    for (const ContigRecord& contig : contigs)
        if (contig.length > longest)
            throw FormatError({"contig " + contig.name,
                               "it has " + std::to_string(contig.length) + " bases, BAM and CRAM allow " + std::to_string(longest),
                               "write SAM or PAF, or cut the contig"});
    if (options.format != OutputFormat::cram) return;
    for (const ContigRecord& contig : contigs)
        if (contig.md5.empty())
            throw UsageError({"contig " + contig.name, "its MD5 is not known, which CRAM needs", "write BAM, or give ContigRecord::md5"});
}

std::unique_ptr<RecordOutput> open_output(const std::string& path, const RecordContext& context, const OutputHeader& header) {
    const OutputOptions& options = context.options;
    if (options.format == OutputFormat::paf) return open_text_output(path, "");
    const std::string text = sam_header(options, header);
    if (options.format == OutputFormat::sam) return open_text_output(path, text);
    std::unique_ptr<RecordOutput> output = open_hts_output(path, context, text, options.sort);
    if (!options.sort) return output;
    return open_sorted_output(std::move(output), options.sort_memory, scratch_directory(path));
}

}  // namespace

std::optional<OutputFormat> format_of_path(std::string_view path) {
    if (path.ends_with(".sam")) return OutputFormat::sam;
    if (path.ends_with(".bam")) return OutputFormat::bam;
    if (path.ends_with(".cram")) return OutputFormat::cram;
    if (path.ends_with(".paf")) return OutputFormat::paf;
    return std::nullopt;
}

struct AlignmentWriter::State {
    RecordContext context{};
    std::unique_ptr<RecordOutput> output{};   // refers to the context
};

AlignmentWriter::AlignmentWriter(const std::string& path, const OutputOptions& options, const OutputHeader& header,
                                 ReferenceLetters letters)
    : state_(std::make_unique<State>()) {
    check_options(options);
    check_contigs(options, header.contigs);
    state_->context = {options, header.contigs, std::move(letters), options.read_group.empty() ? "" : read_group_id(options.read_group)};
    state_->output = open_output(path, state_->context, header);
}

AlignmentWriter::~AlignmentWriter() = default;

void AlignmentWriter::encode(std::span<const Feature> features, std::span<const FeatureAlignments> results,
                             EncodedRecords& records) const {
    records.bytes.clear();
    records.feature_end.clear();
    RecordSource source(state_->context);
    const OutputOptions& options = state_->context.options;
    for (std::size_t i = 0; i < features.size(); ++i) {
        const bool left_out = options.sam_hit_only && options.format != OutputFormat::paf && !results[i].aligned();
        if (!left_out) {
            source.assign(features[i], results[i]);
            switch (options.format) {
                case OutputFormat::sam: append_sam_records(source, records.bytes); break;
                case OutputFormat::paf: append_paf_records(source, records.bytes); break;
                case OutputFormat::bam:
                case OutputFormat::cram: append_packed_records(source, records.bytes); break;
            }
        }
        records.feature_end.push_back(records.bytes.size());
    }
}

void AlignmentWriter::write(const EncodedRecords& records, std::size_t index) {
    const std::size_t begin = index == 0 ? 0 : records.feature_end[index - 1];
    const std::size_t end = records.feature_end[index];
    state_->output->write(std::string_view(records.bytes).substr(begin, end - begin));
}

void AlignmentWriter::close(const std::atomic<bool>* stop) { state_->output->close(stop); }

}  // namespace weft
