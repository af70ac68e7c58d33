#include "weft/stages/feature_sequences.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "weft/model/error.hpp"
#include "weft/model/nearest_names.hpp"
#include "weft/model/sequence.hpp"
#include "weft/record/gff3_reader.hpp"
#include "weft/record/reference_reader.hpp"

namespace weft {
namespace {

/// Types that stand for a contig itself.
constexpr std::array<std::string_view, 8> whole_contigs{"region", "chromosome", "contig", "scaffold", "supercontig", "databank_entry",
                                                        "biological_region", "landmark"};

}  // namespace

struct AnnotationFeatures::State {
    AnnotationOptions options;
    Reference genome;
    Gff3Reader lines;
    std::unordered_map<std::string_view, const ReferenceContig*> contigs{};
    std::unordered_set<std::string> names{};                  // given so far
    std::unordered_map<std::string, std::uint64_t> uses{};    // of names that came again
    std::uint64_t next = 0;
    Gff3Line line{};

    explicit State(const AnnotationOptions& given) : options(given), genome(read_reference(given.genome)), lines(given.annotation) {
        for (const ReferenceContig& contig : genome.contigs) contigs.emplace(contig.name, &contig);
    }

    bool wanted() const {
        if (!options.types.empty()) return std::find(options.types.begin(), options.types.end(), line.type) != options.types.end();
        return line.attribute("Parent").empty() && std::find(whole_contigs.begin(), whole_contigs.end(), line.type) == whole_contigs.end();
    }

    const ReferenceContig& contig() const {
        const auto found = contigs.find(line.sequence_id);
        if (found == contigs.end()) {
            NearestNames near(line.sequence_id);
            for (const ReferenceContig& known : genome.contigs) near.offer(known.name);
            throw FormatError{{lines.where(), fmt::format("the contig '{}' is not in {}", line.sequence_id, options.genome), near.question()}};
        }
        const auto length = static_cast<std::int64_t>(found->second->sequence.size());
        if (line.end > length)
            throw FormatError{{lines.where(), fmt::format("the feature ends at {}, its contig '{}' has {} bases", line.end, line.sequence_id, length),
                               "use the genome that the annotation was made for"}};
        return *found->second;
    }

    std::string name() {
        std::string name(line.attribute(options.name_from));
        if (name.empty()) name = fmt::format("{}:{}:{}-{}", line.type, line.sequence_id, line.begin + 1, line.end);
        // What stands behind a blank would be read as the comment of a header.
        std::replace_if(name.begin(), name.end(), [](unsigned char letter) { return letter <= ' ' || letter == 0x7f; }, '_');
        if (names.insert(name).second) return name;
        // "a:2" may be the name of another line already.
        std::uint64_t& use = uses.try_emplace(name, 1).first->second;
        for (;;)
            if (std::string numbered = fmt::format("{}:{}", name, ++use); names.insert(numbered).second) return numbered;
    }
};

AnnotationFeatures::AnnotationFeatures(const AnnotationOptions& options) : state_(std::make_unique<State>(options)) {}
AnnotationFeatures::~AnnotationFeatures() = default;

bool AnnotationFeatures::read(Feature& feature) {
    State& state = *state_;
    while (state.lines.read(state.line)) {
        if (!state.wanted()) continue;
        const Gff3Line& line = state.line;
        feature.name = state.name();   // first: a line that is refused has its name all the same
        const ReferenceContig& contig = state.contig();
        const char strand = !line.strand ? '.' : symbol(*line.strand);
        feature.comment = fmt::format("{}:{}-{}({}) {}", line.sequence_id, line.begin + 1, line.end, strand, line.type);
        feature.sequence = contig.sequence.substr(static_cast<std::size_t>(line.begin), static_cast<std::size_t>(line.end - line.begin));
        if (strand == '-') feature.sequence = reverse_complement(feature.sequence);
        feature.qualities.clear();
        feature.tags.clear();
        feature.number = state.next++;
        return true;
    }
    return false;
}

}  // namespace weft
