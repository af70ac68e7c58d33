// parse: whatever holds features becomes one file of named sequences, checked record by record.
#include <algorithm>
#include <filesystem>
#include <unordered_set>

#include <fmt/format.h>

#include "weft/model/error.hpp"
#include "weft/record/content_format.hpp"
#include "weft/record/feature_reader.hpp"
#include "weft/stages/feature_blocks.hpp"
#include "weft/stages/feature_sequences.hpp"
#include "weft/stages/skipped_items.hpp"
#include "weft/stages/stage_factories.hpp"

namespace weft {
namespace {

constexpr std::uint64_t progress_step = 1'000;   // features

/// A stream of features of either sort, which goes on behind bad records where the format allows.
class Source {
public:
    virtual ~Source() = default;
    virtual bool read(Feature& feature) = 0;
    virtual bool skip_record() = 0;
    virtual std::vector<std::string> read_groups() { return {}; }   // @RG lines
    virtual std::uint64_t done() const { return 0; }
    virtual std::uint64_t total() const { return 0; }
};

class SequenceSource final : public Source {
public:
    explicit SequenceSource(const std::string& path) : reader_({path}) {}
    bool read(Feature& feature) override { return reader_.read(feature); }
    bool skip_record() override { return reader_.skip_record(); }
    std::vector<std::string> read_groups() override { return reader_.collect_read_groups(); }
    std::uint64_t done() const override { return reader_.bytes_done(); }
    std::uint64_t total() const override { return reader_.bytes_total(); }

private:
    FeatureReader reader_;
};

class AnnotationSource final : public Source {
public:
    explicit AnnotationSource(const AnnotationOptions& options) : features_(options) {}
    bool read(Feature& feature) override { return features_.read(feature); }
    bool skip_record() override { return true; }

private:
    AnnotationFeatures features_;
};

class ParseStage final : public Stage {
public:
    explicit ParseStage(const StageConfig& config) : config_(config), skip_(config.settings.get<std::string>("on_bad_record") == "skip") {
        if (const auto* types = config.settings.get_if<std::vector<std::string>>("select")) types_ = *types;
    }

    std::vector<std::pair<std::string, std::string>> files() const override {
        return {{"features", "features.fa"},
                {"features", "features.fq"},
                {"blocks", "blocks.tsv"},
                {"read_groups", "read_groups.sam"},
                {"failures", std::string(skipped_items_file)}};
    }

    StageKey key(const StageInputs& inputs, InputDigests&) const override {
        const StageOutput& features = features_of(inputs);
        StageKey key;
        key.add("features", features.digest);
        key.parameters["on_bad_record"] = config_.settings.get<std::string>("on_bad_record");
        if (!is_annotation(features.path)) return key;
        key.add("reference", reference_of(inputs).digest);
        key.parameters["id_from"] = config_.settings.get<std::string>("id_from");
        std::vector<ParameterValue> types(types_.begin(), types_.end());
        key.parameters["select"] = std::move(types);
        return key;
    }

    void run(StageRun& run) const override {
        const StageOutput& features = features_of(run.inputs);
        const std::unique_ptr<Source> source = open(features.path, run.inputs);
        write_read_groups(source->read_groups(), run / "read_groups.sam");
        const std::string path = run / "features.fa";
        FeatureBlockWriter writer(path);
        std::vector<SkippedItem> skipped;
        std::unordered_set<std::string> names;
        std::string last_fault;
        Feature feature;
        const auto skip = [&](const FormatError& error) {
            skipped.push_back({feature.name, error.problem(), error.where()});
            run.task->log(fmt::format("skipped: {}", error.what()));
        };
        for (;;) {
            feature.name.clear();
            try {
                if (!source->read(feature)) break;
            } catch (const FormatError& error) {
                // The same fault once more: there is no way past it, the file itself is broken.
                if (!skip_ || std::exchange(last_fault, error.what()) == error.what() || !source->skip_record()) throw;
                skip(error);
                continue;
            }
            if (!names.insert(feature.name).second) {
                const FormatError error{{features.path, fmt::format("two features are named '{}'", feature.name), "names must tell features apart"}};
                if (!skip_) throw error;
                skip(error);
                continue;
            }
            try {
                writer.add(feature);
            } catch (const FormatError& error) {
                const FormatError here{{features.path, fmt::format("'{}' {}", feature.name, error.problem()), error.advice()}};
                if (!skip_) throw here;
                skip(here);
                continue;
            }
            if (writer.features() % progress_step == 0) {
                run.task->cancel().throw_if_requested();
                run.task->progress(source->total() > 0 ? source->done() : writer.features(), source->total());
            }
        }
        if (writer.features() == 0)
            throw FormatError{{features.path, "holds no feature that could be used", types_.empty() ? "" : "see `select` of this stage"}};
        const std::uint64_t count = writer.features();
        const std::int64_t bases = writer.bases();
        if (writer.qualities_dropped() > 0)
            run.task->log(fmt::format("the qualities of {} features were dropped: the first feature has none", writer.qualities_dropped()));
        write_block_table(run / "blocks.tsv", writer.close());
        if (writer.with_qualities()) std::filesystem::rename(path, run / "features.fq");
        write_skipped_items(run / skipped_items_file, skipped);
        run.task->log(fmt::format("{} features, {} bases, {} skipped", count, bases, skipped.size()));
        run.task->progress(count, count);
    }

private:
    /// The tags of the features refer to them.
    static void write_read_groups(const std::vector<std::string>& lines, const std::string& path) {
        if (lines.empty()) return;
        OutputFile file(path);
        for (const std::string& line : lines) file.write(line + "\n");
        file.commit();
    }

    const StageOutput& features_of(const StageInputs& inputs) const {
        if (const auto* from = config_.settings.get_if<std::string>("from"))
            return inputs.get(*from, "`from` of this stage names an input of a load stage");
        for (const std::string_view name : {"features", "annotation", "reads", "queries", "alignments"})
            if (const StageOutput* const found = inputs.find(name)) return *found;
        return inputs.get("features", "give a load stage an input named features, annotation, reads, queries or alignments, or name another with `from`");
    }

    static const StageOutput& reference_of(const StageInputs& inputs) {
        return inputs.get("reference", "the sequences of an annotation come from its genome: give the load stage an input named reference");
    }

    static bool is_annotation(const std::string& path) {
        const std::string_view format = content_format(path);
        if (format == "gtf" || format == "bed")
            throw FormatError{{path, fmt::format("looks like {}", format), "give GFF3 (`gffread -E` or `agat` convert)"}};
        return format == "gff3";
    }

    std::unique_ptr<Source> open(const std::string& path, const StageInputs& inputs) const {
        if (is_annotation(path))
            return std::make_unique<AnnotationSource>(AnnotationOptions{
                path, reference_of(inputs).path, types_, config_.settings.get<std::string>("id_from")});
        if (!types_.empty())
            throw UsageError{{fmt::format("stage '{}'", config_.name), fmt::format("`select` chooses types of an annotation, but {} holds sequences", path),
                              "remove `select`"}};
        return std::make_unique<SequenceSource>(path);
    }

    StageConfig config_;
    bool skip_;
    std::vector<std::string> types_{};
};

}  // namespace

StageKind parse_kind() {
    using namespace value_kind;
    return {.name = "parse",
            .version = 1,
            .help = "annotation with its genome, FASTA, FASTQ, SAM, BAM or CRAM to features",
            .keys = {{.name = "from", .kind = text(), .help = "the input to read; without it features, annotation, reads, queries or alignments"},
                     {.name = "select", .kind = texts(), .help = "types of features of an annotation; without it all that have no parent"},
                     {.name = "on_bad_record",
                      .kind = choice({"fail", "skip"}),
                      .help = "a record that cannot be used ends the run, or is listed in failures.tsv",
                      .default_value = "fail"},
                     {.name = "id_from", .kind = text(), .help = "attribute that names the features of an annotation", .default_value = "ID"}},
            .outputs = {"features", "blocks", "read_groups", "failures"}};
}

std::unique_ptr<Stage> make_parse_stage(const StageConfig& config) { return std::make_unique<ParseStage>(config); }

}  // namespace weft
