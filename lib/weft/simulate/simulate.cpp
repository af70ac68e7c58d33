#include "weft/simulate/simulate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <system_error>

#include "weft/bytes/output_file.hpp"
#include "weft/bytes/system_call.hpp"
#include "weft/model/error.hpp"
#include "weft/record/gff3_reader.hpp"
#include "weft/record/reference_reader.hpp"

namespace weft {
namespace {

constexpr std::size_t line_width = 80;

// The files of a set under way. They appear one after the other when all of them are complete; a set that fails before that
// leaves nothing. (A rename that fails in between leaves the files before it: what they replaced cannot be brought back.)
class SetFiles {
public:
    explicit SetFiles(const std::string& directory) : directory_(directory) {
        std::error_code error;
        std::filesystem::create_directories(directory, error);
        if (error) throw_system_error(directory, "create", error.value());
    }

    OutputFile& add(const std::string& name) {
        files_.push_back(std::make_unique<OutputFile>((std::filesystem::path(directory_) / name).string()));
        return *files_.back();
    }

    std::vector<std::string> commit() {
        std::vector<std::string> paths;
        for (const auto& file : files_) {
            file->commit();
            paths.push_back(file->target());
        }
        return paths;
    }

private:
    std::string directory_;
    std::vector<std::unique_ptr<OutputFile>> files_{};
};

void write_fasta(OutputFile& file, std::string_view name, std::string_view comment, std::string_view sequence) {
    file.write(fmt::format(">{}{}{}\n", name, comment.empty() ? "" : " ", comment));
    for (std::size_t at = 0; at < sequence.size(); at += line_width) {
        file.write(sequence.substr(at, line_width));
        file.write("\n");
    }
}

void write_fastq(OutputFile& file, const Feature& read) {
    file.write(fmt::format("@{} {}\n", read.name, read.comment));
    file.write(read.sequence);
    file.write("\n+\n");
    file.write(read.qualities);
    file.write("\n");
}

// Commas separate places in a truth table, so a contig name must not have one.
void check_names(const std::vector<ReferenceContig>& genome, const std::string& path) {
    for (const ReferenceContig& contig : genome)
        if (contig.name.find(',') != std::string::npos)
            throw FormatError({path, "contig name '" + contig.name + "' has a comma, which separates places in a truth table", "rename the contig"});
}

std::vector<ReferenceContig> source_genome(const SimulateOptions& options, SetFiles& files) {
    if (!options.random) {
        std::vector<ReferenceContig> genome = read_reference(options.genome).contigs;
        check_names(genome, options.genome);
        return genome;
    }
    std::vector<ReferenceContig> genome = make_random_genome(*options.random, options.seed);
    OutputFile& file = files.add("source.fa");
    for (const ReferenceContig& contig : genome) write_fasta(file, contig.name, "", contig.sequence);
    return genome;
}

// Evolves contig by contig, so that at most one of the target is in memory; the map keeps the blocks.
CoordinateMap evolve_genome(const std::vector<ReferenceContig>& source, const SimulateOptions& options, SetFiles& files, SimulateReport& report) {
    const Arrangement arrangement = rearrange(source, options.events, options.seed);
    report.events = arrangement.events;
    OutputFile& target = files.add("target.fa");
    OutputFile& table = files.add("blocks.tsv");
    std::vector<SharedBlock> blocks;
    for (std::size_t i = 0; i < arrangement.contigs.size(); ++i) {
        const EvolvedContig evolved = evolve(arrangement.contigs[i], static_cast<ContigId>(i), source, options.mutations, options.seed);
        write_fasta(target, evolved.contig.name, "", evolved.contig.sequence);
        for (const SharedBlock& block : evolved.blocks) table.write(block_line(block, source, evolved.contig.name) + "\n");
        report.target_bases += std::ssize(evolved.contig.sequence);
        report.changes += evolved.changes;
        blocks.insert(blocks.end(), evolved.blocks.begin(), evolved.blocks.end());
    }
    return CoordinateMap(blocks);
}

// Features of the annotation. Lines may share an ID (a CDS in pieces): later ones get a number.
std::vector<FeatureSite> annotated_sites(const SimulateOptions& options, const std::vector<ReferenceContig>& source, SimulateReport& report) {
    std::map<std::string, ContigId, std::less<>> contigs;
    for (std::size_t i = 0; i < source.size(); ++i) contigs.emplace(source[i].name, static_cast<ContigId>(i));
    std::map<std::string, int> seen;
    std::vector<FeatureSite> sites;
    Gff3Reader reader(options.annotation);
    Gff3Line line;
    while (reader.read(line)) {
        if (std::find(options.kinds.begin(), options.kinds.end(), line.type) == options.kinds.end()) continue;
        const auto contig = contigs.find(line.sequence_id);
        if (contig == contigs.end())
            throw FormatError({reader.where(), "sequence '" + line.sequence_id + "' is not in " + (options.genome.empty() ? "the random genome" : options.genome),
                               "give the annotation of this genome"});
        const auto length = std::ssize(source[rank(contig->second)].sequence);
        if (line.end > length)
            throw FormatError({reader.where(), fmt::format("the feature ends at base {}, but {} has only {} bases", line.end, line.sequence_id, length),
                               "give the annotation of this genome"});
        if (line.end - line.begin < options.shortest) {
            ++report.annotation_left_out;
            continue;
        }
        const std::string id(line.attribute("ID"));
        const std::string name = id.empty() ? fmt::format("{}_{}_{}", line.type, line.sequence_id, line.begin + 1) : id;
        const int number = ++seen[name];
        sites.push_back({number == 1 ? name : fmt::format("{}.{}", name, number), contig->second, {line.begin, line.end},
                         line.strand.value_or(Strand::forward)});
    }
    return sites;
}

void check_unique(const std::vector<FeatureSite>& sites) {
    std::set<std::string_view> names;
    for (const FeatureSite& site : sites)
        if (!names.insert(site.name).second)
            throw FormatError({"features", "two features are named '" + site.name + "'", "rename one in the annotation"});
}

void cut_features(const std::vector<ReferenceContig>& source, const SimulateOptions& options, const CoordinateMap& map, SetFiles& files,
                  SimulateReport& report) {
    std::vector<FeatureSite> sites;
    if (!options.annotation.empty()) sites = annotated_sites(options, source, report);
    const std::vector<FeatureSite> windows = pick_windows(source, options.windows, options.shortest, options.seed);
    report.windows_left_out = -std::ssize(windows);
    for (std::size_t i = 0; i < options.windows.sizes.size(); ++i) report.windows_left_out += options.windows.count_of(i);
    sites.insert(sites.end(), windows.begin(), windows.end());
    check_unique(sites);

    OutputFile& sequences = files.add("features.fa");
    OutputFile& truths = files.add("truth.tsv");
    const auto write = [&](const Feature& feature, const TrueFeature& truth) {
        write_fasta(sequences, feature.name, feature.comment, feature.sequence);
        truths.write(truth_line(truth, source) + "\n");
        ++report.features;
        report.feature_bases += feature.length();
        ++report.features_by_presence[static_cast<std::size_t>(truth.presence)];
    };
    for (const FeatureSite& site : sites) write(cut(site, source), truth_of(site.name, site.contig, site.interval, site.strand, map));
    for (const Feature& feature : make_absent_features(options.absent, options.shortest, options.seed))
        write(feature, {feature.name, Presence::absent, 0, {}});
}

void sequence_reads(const std::vector<ReferenceContig>& source, const SimulateOptions& options, const CoordinateMap& map, SetFiles& files,
                    SimulateReport& report) {
    if (options.reads.count == 0) return;
    const Sequencer sequencer(source, options.reads, options.seed);
    OutputFile& sequences = files.add("reads.fq");
    OutputFile& truths = files.add("reads.truth.tsv");
    for (int i = 0; i < options.reads.count; ++i) {
        const std::optional<SimulatedRead> read = sequencer.read(i);
        if (!read) continue;
        write_fastq(sequences, read->feature);
        truths.write(truth_line(truth_of(read->site.name, read->site.contig, read->site.interval, read->site.strand, map), source) + "\n");
        ++report.reads;
        report.read_bases += read->feature.length();
    }
}

}  // namespace

std::vector<std::string> SimulateOptions::problems() const {
    std::vector<std::string> found;
    if (genome.empty() == !random.has_value())
        found.push_back(random ? "--genome and --random exclude each other" : "give a genome: --genome FASTA or --random LENGTH,GC,CONTIGS");
    const auto add = [&](std::vector<std::string> more) { found.insert(found.end(), more.begin(), more.end()); };
    if (random) add(random->problems());
    add(events.problems());
    add(mutations.problems());
    add(windows.problems());
    add(reads.problems());
    if (shortest < 1) found.push_back("--shortest must be at least 1 base");
    if (absent < 0) found.push_back("--absent must be 0 or more");
    return found;
}

std::vector<std::string> set_files(const SimulateOptions& options, const std::string& directory) {
    std::vector<std::string> names{"target.fa", "blocks.tsv", "features.fa", "truth.tsv"};
    if (options.random) names.push_back("source.fa");
    if (options.reads.count > 0) names.insert(names.end(), {"reads.fq", "reads.truth.tsv"});
    for (std::string& name : names) name = (std::filesystem::path(directory) / name).string();
    return names;
}

SimulateReport simulate(const SimulateOptions& options, const std::string& directory) {
    if (const std::vector<std::string> problems = options.problems(); !problems.empty())
        throw UsageError({"simulate", fmt::format("{}", fmt::join(problems, "; ")), ""});
    SimulateReport report;
    SetFiles files(directory);
    const std::vector<ReferenceContig> source = source_genome(options, files);
    report.contigs = source.size();
    for (const ReferenceContig& contig : source) report.source_bases += std::ssize(contig.sequence);

    const CoordinateMap map = evolve_genome(source, options, files, report);   // from here on the target and its truth are fixed
    cut_features(source, options, map, files, report);
    sequence_reads(source, options, map, files, report);
    report.files = files.commit();
    return report;
}

}  // namespace weft
