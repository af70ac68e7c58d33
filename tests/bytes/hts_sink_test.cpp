#include "weft/bytes/hts_sink.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "support/temporary_folder.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using weft::test::content_of;
using weft::test::TemporaryFolder;

namespace {

constexpr char header_text[] = "@HD\tVN:1.6\n@SQ\tSN:c\tLN:1000\tM5:0123456789abcdef0123456789abcdef\n";

// A header and unmapped records of 30 bases.
void write_records(HtsSink& sink, int records) {
    const SamHeader header(sam_hdr_parse(sizeof(header_text) - 1, header_text));
    sink.check(sam_hdr_write(sink.get(), header.get()));
    const BamRecord record(bam_init1());
    std::string bases(30, 'A'), qualities(30, '\x10');
    for (int i = 0; i < records; ++i) {
        for (std::size_t k = 0; k < bases.size(); ++k) bases[k] = "ACGT"[(i * 7919 + static_cast<int>(k * k) * 31 + i / 5) % 4];
        const std::string name = "r" + std::to_string(i);
        sink.check(bam_set1(record.get(), name.size(), name.c_str(), 4, -1, -1, 0, 0, nullptr, -1, -1, 0, bases.size(), bases.c_str(),
                            qualities.c_str(), 0));
        sink.check(sam_write1(sink.get(), header.get(), record.get()));
    }
}

int open_descriptors() {
    return static_cast<int>(std::distance(std::filesystem::directory_iterator("/proc/self/fd"), std::filesystem::directory_iterator()));
}

// The largest file that this process may write, for one scope. Beyond it a write fails as on a full disk, but for the reason.
class FileSizeLimit {
public:
    explicit FileSizeLimit(rlim_t bytes) : handler_(::signal(SIGXFSZ, SIG_IGN)) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        ::signal(SIGXFSZ, handler_);
    }

private:
    rlimit before_{};
    void (*handler_)(int);
};

}  // namespace

TEST_CASE("a sink writes what HTSlib writes by itself", "[bytes]") {
    const TemporaryFolder folder;
    for (const std::string mode : {"wb", "wb0", "wc"}) {
        HtsSink sink(folder.file("ours", "longer than nothing"), "ours", mode);
        write_records(sink, 3'000);
        sink.close();
        const HtsFile read(hts_open((folder / "ours").c_str(), "r"));
        const SamHeader header(sam_hdr_read(read.get()));
        const BamRecord record(bam_init1());
        int records = 0;
        while (sam_read1(read.get(), header.get(), record.get()) >= 0) ++records;
        CHECK(records == 3'000);
        CHECK(hts_check_EOF(read.get()) == 1);
    }
}

TEST_CASE("wherever the place ends, there is an error, and neither a crash nor an open descriptor", "[bytes]") {
    const TemporaryFolder folder;
    const int descriptors = open_descriptors();
    for (const std::string mode : {"wb1", "wc1"}) {
        const std::string path = folder.file("out", "");
        {
            HtsSink sink(path, "out", mode);
            write_records(sink, 10'500);   // more than a CRAM container
            sink.close();
        }
        const std::size_t size = content_of(path).size();
        // All the way, and every byte of the end marker.
        std::vector<std::size_t> limits{0, 1, 10, size / 10, size / 2, size * 9 / 10};
        for (std::size_t short_of = 60; short_of > 0; short_of -= 4) limits.push_back(size - short_of);
        for (const std::size_t limit : limits) {
            const FileSizeLimit full(limit);
            INFO(mode << " with room for " << limit << " of " << size);
            const auto run = [&] {
                HtsSink sink(path, "out", mode);
                write_records(sink, 10'500);
                sink.close();
            };
            CHECK_THROWS_AS(run(), SystemError);
        }
    }
    CHECK(open_descriptors() == descriptors);
}

TEST_CASE("the reader of a pipe may go", "[bytes]") {
    const auto before = ::signal(SIGPIPE, SIG_IGN);
    for (const std::string mode : {"wb", "wc"})
        for (const int records : {1, 25'000}) {
            int ends[2];
            REQUIRE(::pipe(ends) == 0);
            ::close(ends[0]);
            const auto run = [&] {
                HtsSink sink("/dev/fd/" + std::to_string(ends[1]), "pipe", mode);
                write_records(sink, records);
                sink.close();
            };
            CHECK_THROWS_AS(run(), SystemError);
            ::close(ends[1]);
        }
    ::signal(SIGPIPE, before);
}

TEST_CASE("a sink that is given up does not write on", "[bytes]") {
    const TemporaryFolder folder;
    for (const std::string mode : {"wb", "wc"}) {
        const std::string path = folder.file("out", "");
        std::size_t size = 0;
        {
            HtsSink sink(path, "out", mode);
            write_records(sink, 100);
            size = content_of(path).size();
        }
        CHECK(content_of(path).size() == size);
    }
    CHECK_THROWS_WITH(HtsSink(folder / "missing/out", "missing/out", "wb"), Catch::Contains("missing/out"));
}
