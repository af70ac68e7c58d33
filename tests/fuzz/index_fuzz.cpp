// An index file with some bytes changed and its header's checksum made right again, so that what stands behind it is reached too.
//
// The input is a list of edits: two bytes of truncation, then triples of offset (little endian) and new byte.
#include <cstring>

#include "fuzz/fuzz_target.hpp"
#include "support/temporary_folder.hpp"
#include "weft/index/index.hpp"
#include "weft/index/index_file.hpp"
#include "weft/index/index_view.hpp"

namespace {

using namespace weft;

std::string sound_index() {
    std::vector<ReferenceContig> contigs{{"first", ""}, {"second, longer name", "acgtNNNNNNacgtryACGTTGCAAGGCTTACGATCGGATCTAGCTTAGCGAT"}};
    std::uint32_t state = 1;
    for (int i = 0; i < 3'000; ++i) contigs[0].sequence += "ACGT"[(state = state * 1'664'525 + 1'013'904'223) >> 30];
    const test::TemporaryFolder folder;
    Index::build(std::move(contigs), {.threads = 1}).save(folder / "sound.weft");
    return test::content_of(folder / "sound.weft");
}

void use(const Index& index) {
    const IndexView& view = index.view();
    for (std::size_t rank = 0; rank < index.contigs(); ++rank) {
        const ContigId contig{static_cast<std::uint32_t>(rank)};
        index.find(index.name(contig));
        index.md5(contig);
        index.sequence(contig, {0, std::min<std::int64_t>(index.length(contig), 10'000)});
    }
    index.occurrence_at(2e-4);
    for (std::uint64_t hash = 0; hash < 2'000; ++hash) {
        const Occurrences found = view.find(hash * 0x9E3779B97F4A7C15U >> (64 - 2 * view.k));
        std::uint64_t sum = 0;
        for (std::uint32_t i = 0; i < found.count; ++i) sum += view.position(found.first[i]);
        fuzz::must(found.count == 0 || sum + 1 > 0);   // every entry was read
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::string sound = sound_index();
    std::string file = sound;
    if (size >= 2 && data[1] < 0x40) file.resize(file.size() - (data[0] | std::size_t{data[1]} << 8) % file.size());
    for (std::size_t i = 2; i + 3 <= size && !file.empty(); i += 3)
        file[(data[i] | std::size_t{data[i + 1]} << 8) % file.size()] = static_cast<char>(data[i + 2]);
    if (file.size() >= sizeof(IndexFileFront)) {
        IndexFileFront front;
        std::memcpy(&front, file.data(), sizeof front);
        front.header.header_checksum = front.checksum();
        std::memcpy(file.data(), &front, sizeof front);
    }
    const fuzz::MemoryFile opened(file);
    fuzz::run([&] { use(Index::open(opened.path())); });
    return fuzz::run([&] { Index::open(opened.path(), {.verify = true, .threads = 1}); });
}
