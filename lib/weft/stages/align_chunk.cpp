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

RunReport align_chunk(const ParallelAligner& aligner, const FeatureRange& range, const std::string& target, const std::atomic<bool>* stop,
                      const std::function<void(std::uint64_t)>& told) {
    FeatureBlockReader reader(range.file, range.first, range.last);
    Feature before;
    for (std::uint64_t i = 0; i < range.skipped && reader.read(before); ++i) {}
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
        if (number == range.features || !reader.read(feature)) return false;
        feature.number = number++;
        return true;
    };
    const RunReport report = aligner.align_features(source, keep, nullptr, stop);
    file.write(bytes);
    file.commit();
    told(done);
    return report;
}

}  // namespace weft
