#include "weft/bytes/download.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <thread>

#include "support/one_answer.hpp"
#include "support/temporary_folder.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using weft::test::content_of;
using weft::test::OneAnswer;
using weft::test::response;
using weft::test::TemporaryFolder;
using Catch::Matchers::Contains;

namespace {

/// A port that nobody listens at: it was given to us and closed again.
std::string refused_url() {
    const OneAnswer server("");
    return server.url();
}

}  // namespace

TEST_CASE("a URL is told from a path", "[bytes]") {
    for (const char* url : {"http://a/b", "https://a.org/b?c=d", "ftp://a/b", "s3://bucket/key", "gs://bucket/key", "s3+https://bucket/key"}) {
        INFO(url);
        CHECK(is_url(url));
    }
    for (const char* path : {"", "-", "genome.fa", "/a/b", "a://", "://a", "file:///a/b", "./http://a", "a b://c", "C:\\a", "http:/a", "http"}) {
        INFO(path);
        CHECK(is_url(path) == (std::string_view(path) == "a://"));
    }
}

TEST_CASE("what a server gives becomes a file", "[bytes]") {
    const TemporaryFolder folder;
    std::string content = ">c\n" + std::string(3'000'000, 'A') + "\n";
    content[1'000'000] = '\0';
    const OneAnswer server(response("200 OK", content, content.size()));
    std::vector<std::uint64_t> told;
    try {
        download(server.url(), folder / "x", nullptr, [&](std::uint64_t bytes) { told.push_back(bytes); });
    } catch (const SystemError& error) {
        if (std::string_view(error.what()).find("Protocol not supported") == std::string_view::npos) throw;
        WARN("skipped: HTSlib was built without HTTP");
        return;
    }
    CHECK(content_of(folder / "x") == content);
    CHECK(std::is_sorted(told.begin(), told.end()));
    REQUIRE_FALSE(told.empty());
    CHECK(told.back() == content.size());
}

TEST_CASE("a connection that is refused or breaks off leaves no file", "[bytes]") {
    const TemporaryFolder folder;
    const std::string url = refused_url();
    CHECK_THROWS_WITH(download(url, folder / "x"), Contains(url + ": cannot be opened") && Contains("check the address and the network"));
    CHECK_THROWS_AS(download(url, folder / "x"), SystemError);
    CHECK_THROWS_AS(download("none://host/x", folder / "x"), SystemError);
    CHECK(folder.entries() == 0);
    const OneAnswer missing(response("404 Not Found", "nothing", 7));
    CHECK_THROWS_AS(download(missing.url(), folder / "x"), SystemError);
    const std::string half(100'000, 'A');
    const OneAnswer broken(response("200 OK", half, 200'000));
    CHECK_THROWS_AS(download(broken.url(), folder / "x"), SystemError);
    CHECK(folder.entries() == 0);
}

TEST_CASE("what was there stays until the download is whole", "[bytes]") {
    const TemporaryFolder folder;
    folder.file("x", "old");
    CHECK_THROWS_AS(download(refused_url(), folder / "x"), SystemError);
    CHECK(content_of(folder / "x") == "old");
}

TEST_CASE("a download that is stopped leaves no file", "[bytes]") {
    const TemporaryFolder folder;
    const OneAnswer server(response("200 OK", "ACGT", 4));
    const std::atomic<bool> stop{true};
    try {
        CHECK_THROWS_AS(download(server.url(), folder / "x", &stop), Cancelled);
    } catch (const SystemError&) {
        WARN("skipped: HTSlib was built without HTTP");
    }
    CHECK(folder.entries() == 0);
}

TEST_CASE("standard input is kept whole, be it a file or a pipe", "[bytes]") {
    const TemporaryFolder folder;
    const int before = ::dup(STDIN_FILENO);
    std::string content(3'000'000, 'x');
    content[5] = '\0';
    {
        const int file = ::open(folder.file("in", content).c_str(), O_RDONLY);
        ::dup2(file, STDIN_FILENO);
        ::close(file);
        keep_standard_input(folder / "kept");
        CHECK(content_of(folder / "kept") == content);
    }
    {
        int ends[2];
        REQUIRE(::pipe(ends) == 0);
        ::dup2(ends[0], STDIN_FILENO);
        ::close(ends[0]);
        const std::jthread writer([&] {
            for (std::string_view rest = content; !rest.empty();) rest.remove_prefix(static_cast<std::size_t>(::write(ends[1], rest.data(), rest.size())));
            ::close(ends[1]);
        });
        keep_standard_input(folder / "piped");
    }
    CHECK(content_of(folder / "piped") == content);
    ::close(STDIN_FILENO);
    CHECK_THROWS_AS(keep_standard_input(folder / "closed"), SystemError);
    CHECK(folder.entries() == 3);
    ::dup2(before, STDIN_FILENO);
    ::close(before);
}
