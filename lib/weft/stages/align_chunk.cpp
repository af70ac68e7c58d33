#include "weft/stages/align_chunk.hpp"

#include <algorithm>

#include "weft/stages/alignment_archive.hpp"

namespace weft {
namespace {

constexpr std::size_t write_at = std::size_t{1} << 20;   // bytes
constexpr std::uint64_t tell_every = 100;                // features

}  // namespace

std::vector<Chunk> cut_chunks(std::span<const FeatureBlock> blocks, const ChunkSize& size) {
    std::vector<Chunk> chunks;
    Chunk chunk;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        chunk.last_block = i;
        chunk.features += blocks[i].features;
        chunk.bases += blocks[i].bases;
        chunk.longest = std::max(chunk.longest, blocks[i].longest);
        if (chunk.bases < size.bases && chunk.features < size.features) continue;
        chunks.push_back(chunk);
        chunk = {.first_block = i + 1};
    }
    if (chunk.features > 0) chunks.push_back(chunk);
    return chunks;
}

RunReport align_chunk(const ParallelAligner& aligner, const std::string& features, const FeatureBlock& first, const FeatureBlock& last,
                 const std::string& target, const CancellationToken& cancel, const std::function<void(std::uint64_t)>& told) {
    FeatureBlockReader reader(features, first, last);
    OutputFile file(target);
    std::string bytes(archive_mark);
    std::uint64_t done = 0;
    const AlignmentSink keep = [&](const Feature&, const FeatureAlignments& result) {
        append_to_archive(result, bytes);
        if (bytes.size() >= write_at) {
            file.write(bytes);
            bytes.clear();
        }
        if (++done % tell_every == 0) told(done);
    };
    std::uint64_t number = 0;   // the aligner counts its own input from 0
    const FeatureSource source = [&](Feature& feature) {
        const bool any = reader.read(feature);
        feature.number = number++;
        return any;
    };
    const RunReport report = aligner.align_features(source, keep, nullptr, cancel.flag());
    file.write(bytes);
    file.commit();
    told(done);
    return report;
}

}  // namespace weft
