#include "weft/stages/align_chunk.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <random>

#include "support/small_genome.hpp"
#include "support/small_reference.hpp"
#include "support/temporary_folder.hpp"
#include "weft/executor/cancellation.hpp"
#include "weft/model/error.hpp"
#include "weft/stages/alignment_archive.hpp"

using namespace weft;
using namespace weft::test;

namespace {

struct Size {
    std::uint64_t features;
    std::int64_t bases;
    std::int64_t longest;
};

std::vector<FeatureBlock> blocks_of(const std::vector<Size>& sizes) {
    std::vector<FeatureBlock> blocks;
    for (const Size& size : sizes) blocks.push_back({.features = size.features, .bases = size.bases, .longest = size.longest});
    return blocks;
}

/// "0-2:30f,300b,90" of every chunk: blocks, features, bases, longest.
std::string text_of(const std::vector<Chunk>& chunks) {
    std::string text;
    for (const Chunk& chunk : chunks)
        text += (text.empty() ? "" : " ") + std::to_string(chunk.first_block) + "-" + std::to_string(chunk.last_block) + ":" + std::to_string(chunk.features) + "f," +
                std::to_string(chunk.bases) + "b," + std::to_string(chunk.longest);
    return text;
}

/// Features of a small genome in blocks, and its index.
struct Prepared {
    TemporaryFolder folder{};
    SmallGenome genome;
    Index index;
    std::vector<FeatureBlock> blocks{};
    std::string features = folder / "features.fa";

    explicit Prepared(std::size_t count) : genome(count, 20'000), index(small_index({genome.contigs[0], genome.contigs[1]})) {
        FeatureBlockWriter writer(features);
        for (const SmallFeature& feature : genome.all_features) writer.add({.name = feature.name, .sequence = feature.sequence});
        blocks = writer.close();
    }

    FeatureRange all() const { return {features, blocks.front(), blocks.back()}; }
};

std::vector<FeatureAlignments> archive_content(const std::string& path) {
    const std::string bytes = content_of(path);
    ArchiveReader reader(bytes, path);
    std::vector<FeatureAlignments> results;
    for (FeatureAlignments result; reader.read(result);) results.push_back(result);
    return results;
}

}  // namespace

TEST_CASE("chunks are cut from the front and end where they reach a limit", "[stages]") {
    const std::vector<FeatureBlock> blocks = blocks_of({{10, 100, 50}, {10, 100, 90}, {10, 100, 20}, {1, 900, 900}, {500, 400, 9}, {10, 100, 50}});
    struct Row {
        ChunkSize size;
        const char* chunks;
    };
    for (const Row& row : {Row{{.bases = 1, .features = 1}, "0-0:10f,100b,50 1-1:10f,100b,90 2-2:10f,100b,20 3-3:1f,900b,900 4-4:500f,400b,9 5-5:10f,100b,50"},
                           Row{{.bases = 200, .features = 1'000}, "0-1:20f,200b,90 2-3:11f,1000b,900 4-4:500f,400b,9 5-5:10f,100b,50"},
                           Row{{.bases = 1'000'000, .features = 30}, "0-2:30f,300b,90 3-4:501f,1300b,900 5-5:10f,100b,50"},
                           Row{{.bases = 1'000'000, .features = 1'000}, "0-5:541f,1700b,900"}}) {
        CHECK(text_of(cut_chunks(blocks, row.size)) == row.chunks);
    }
    CHECK(cut_chunks({}, {}).empty());
}

TEST_CASE("what is appended to the features leaves all chunks but the last as they were", "[stages]") {
    std::mt19937 random(3);
    std::vector<Size> sizes;
    const ChunkSize size{.bases = 700, .features = 40};
    std::string before;
    for (int i = 0; i < 200; ++i) {
        const auto longest = static_cast<std::int64_t>(1 + random() % 300);
        sizes.push_back({1 + random() % 30, longest + static_cast<std::int64_t>(random() % 300), longest});
        const std::vector<Chunk> chunks = cut_chunks(blocks_of(sizes), size);
        const std::string all_but_last = text_of({chunks.begin(), chunks.end() - 1});
        INFO(i);
        // Either the last chunk took the new block in, or it was full and a new one began.
        CHECK((before.starts_with(all_but_last) || all_but_last == before));
        before = text_of(chunks);
        std::size_t next = 0;
        for (const Chunk& chunk : chunks) {
            CHECK(chunk.first_block == next);
            next = chunk.last_block + 1;
        }
        CHECK(next == sizes.size());
    }
}

TEST_CASE("an archive holds what the aligner finds, in the order of the features", "[stages]") {
    const Prepared prepared(700);
    REQUIRE(prepared.blocks.size() >= 3);
    for (const int threads : {1, 2}) {
        const ParallelAligner aligner(prepared.index, {.threads = threads, .place = false});
        std::vector<std::uint64_t> told;
        const auto tell = [&](std::uint64_t done) { told.push_back(done); };
        const FeatureBlock& first = prepared.blocks[1];
        const FeatureBlock& last = prepared.blocks[2];
        const RunReport report = align_chunk(aligner, {prepared.features, first, last}, prepared.folder / "archive", nullptr, tell);
        const std::vector<FeatureAlignments> found = archive_content(prepared.folder / "archive");
        REQUIRE(found.size() == first.features + last.features);
        CHECK(report.features == found.size());
        std::size_t aligned = 0;
        for (std::size_t i = 0; i < found.size(); ++i) {
            const SmallFeature& feature = prepared.genome.all_features[first.first + i];
            const FeatureAlignments alone = aligner.align({.name = feature.name, .sequence = feature.sequence});
            INFO(feature.name);
            CHECK(found[i].unaligned == alone.unaligned);
            REQUIRE(found[i].alignments.size() == alone.alignments.size());
            if (alone.alignments.empty()) continue;
            ++aligned;
            CHECK(found[i].alignments[0].reference == alone.alignments[0].reference);
            CHECK(found[i].alignments[0].cigar == alone.alignments[0].cigar);
            CHECK(rank(found[i].alignments[0].contig) == feature.contig);
        }
        CHECK(aligned > found.size() * 9 / 10);
        CHECK(std::is_sorted(told.begin(), told.end()));
        REQUIRE(told.size() >= 2);
        CHECK(told.back() == found.size());
    }
}

TEST_CASE("a chunk gives the same bytes whatever the threads", "[stages]") {
    const Prepared prepared(300);
    std::string first;
    for (const int threads : {1, 2, 3}) {
        const ParallelAligner aligner(prepared.index, {.threads = threads, .place = false});
        align_chunk(aligner, prepared.all(), prepared.folder / "archive", nullptr, [](std::uint64_t) {});
        const std::string bytes = content_of(prepared.folder / "archive");
        if (first.empty()) first = bytes;
        CHECK(bytes == first);
    }
}

TEST_CASE("ranges of a chunk, one behind the other, are the chunk", "[stages]") {
    const Prepared prepared(300);
    const ParallelAligner aligner(prepared.index, {.threads = 2, .place = false});
    const auto archive_of = [&](std::uint64_t skipped, std::uint64_t features) {
        FeatureRange range = prepared.all();
        range.skipped = skipped;
        range.features = features;
        const RunReport report = align_chunk(aligner, range, prepared.folder / "archive", nullptr, [](std::uint64_t) {});
        CHECK(report.features == (skipped > 300 ? 0 : std::min(features, 300 - skipped)));
        return content_of(prepared.folder / "archive").substr(archive_mark.size());
    };
    const std::string whole = archive_of(0, 300);
    CHECK(archive_of(0, 1) + archive_of(1, 150) + archive_of(151, 0) + archive_of(151, 149) == whole);
    CHECK(archive_of(200, 1'000) == archive_of(200, 100));   // fewer are left
    CHECK(archive_of(400, 5).empty());
}

TEST_CASE("a chunk that is stopped leaves no archive", "[stages]") {
    const Prepared prepared(700);
    const ParallelAligner aligner(prepared.index, {.threads = 2, .place = false});
    CancellationSource cancel;
    const auto stop_at_once = [&](std::uint64_t) { cancel.request(); };
    CHECK_THROWS_AS(align_chunk(aligner, prepared.all(), prepared.folder / "archive", cancel.token().flag(), stop_at_once), Cancelled);
    CHECK_FALSE(std::filesystem::exists(prepared.folder / "archive"));
    CHECK(prepared.folder.entries() == 1);   // the features
}
