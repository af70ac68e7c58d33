// Features of a small genome in blocks, its index in a file, and what the aligner finds for them in a thread: what workers are held to.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "support/small_genome.hpp"
#include "support/small_reference.hpp"
#include "support/temporary_folder.hpp"
#include "weft/stages/align_job.hpp"
#include "weft/stages/alignment_archive.hpp"

namespace weft::test {

struct PreparedChunk {
    TemporaryFolder folder{};
    SmallGenome genome;
    std::vector<FeatureBlock> blocks{};
    AlignJob job{};

    explicit PreparedChunk(std::size_t count) : genome(count, 20'000) {
        FeatureBlockWriter writer(folder / "features.fa");
        for (const SmallFeature& feature : genome.all_features) writer.add({.name = feature.name, .sequence = feature.sequence});
        blocks = writer.close();
        const Index index = small_index({genome.contigs[0], genome.contigs[1]});
        index.save(folder / "index.weft");
        job.index = folder / "index.weft";
        job.reference = index.source();
        job.engine = options_of(Preset::feature);
        job.features = {folder / "features.fa", blocks.front(), blocks.back(), 0, count};
        job.archive = folder / "archive";
        job.report = folder / "report.json";
    }

    /// The archive that a thread writes.
    std::string in_thread() const {
        const Index index = Index::open(job.index);
        const ParallelAligner aligner(index, {.engine = job.engine, .threads = 1, .place = false});
        align_chunk(aligner, job.features, folder / "expected", nullptr, [](std::uint64_t) {});
        return content_of(folder / "expected");
    }

    /// An archive with the results of some features replaced by failures.
    static std::string with_failures(const std::string& archive, const std::vector<std::size_t>& at, const std::string& message) {
        ArchiveReader reader(archive, "archive");
        std::string bytes(archive_mark);
        FeatureAlignments result;
        for (std::size_t i = 0; reader.read(result); ++i) {
            const bool failed = std::find(at.begin(), at.end(), i) != at.end();
            append_to_archive(failed ? FeatureAlignments{.unaligned = Unaligned::failed, .message = message} : result, bytes);
        }
        return bytes;
    }
};

}  // namespace weft::test
