#include "weft/bytes/output_file.hpp"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <utility>

#include "support/temporary_folder.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using weft::test::content_of;
using weft::test::TemporaryFolder;
using Catch::Matchers::Contains;

TEST_CASE("an output appears on commit, whole, and not before", "[bytes]") {
    const TemporaryFolder folder;
    const std::string target = folder / "genes.paf";
    for (const std::size_t size : {0, 1, 100, 300'000, 1'000'003}) {
        std::string content(size, 'x');
        for (std::size_t i = 0; i < size; ++i) content[i] = static_cast<char>(i * 31 + i / 251);
        std::filesystem::remove(target);
        OutputFile file(target, size % 2 ? Durability::disk : Durability::kernel);
        CHECK_FALSE(file.is_stream());
        for (std::size_t at = 0; at < size;) {
            const std::size_t piece = std::min(size - at, at % 7 == 0 ? std::size_t{270'001} : std::size_t{1 + at % 1000});
            file.write(std::string_view(content).substr(at, piece));
            at += piece;
        }
        CHECK(file.size() == size);
        CHECK_FALSE(std::filesystem::exists(target));
        file.commit();
        CHECK(content_of(target) == content);
        CHECK(folder.entries() == 1);
    }
}

TEST_CASE("an output that is not committed leaves an older file as it was, and nothing else", "[bytes]") {
    const TemporaryFolder folder;
    const std::string target = folder.file("out.sam", "old");
    {
        OutputFile file(target);
        file.write("new");
        CHECK(folder.entries() == 2);
    }
    CHECK(content_of(target) == "old");
    CHECK(folder.entries() == 1);
    {
        OutputFile file(target);
        file.write("newer");
        file.discard();
        CHECK(folder.entries() == 1);
    }
    CHECK(content_of(target) == "old");
}

TEST_CASE("moving an output moves the duty to finish it", "[bytes]") {
    const TemporaryFolder folder;
    OutputFile kept(folder / "kept");
    {
        OutputFile first(folder / "first");
        first.write("one");
        OutputFile second(std::move(first));
        second.write(" two");
        kept = std::move(second);
    }
    CHECK(folder.entries() == 1);   // the temporary file of "kept" went when it was assigned to
    kept.commit();
    CHECK(content_of(folder / "first") == "one two");
    CHECK(folder.entries() == 1);
}

TEST_CASE("a replaced file keeps its permissions, and a link stays a link", "[bytes]") {
    const TemporaryFolder folder;
    const std::string target = folder.file("real.bam", "old");
    std::filesystem::permissions(target, std::filesystem::perms{0640});
    std::filesystem::create_symlink("real.bam", folder / "link.bam");
    OutputFile file(folder / "link.bam");
    file.write("new");
    file.commit();
    CHECK(content_of(target) == "new");
    CHECK(std::filesystem::is_symlink(folder / "link.bam"));
    CHECK(std::filesystem::status(target).permissions() == std::filesystem::perms{0640});
}

TEST_CASE("a library that opens by name writes to the temporary path", "[bytes]") {
    const TemporaryFolder folder;
    const std::string target = folder / "by-name.csi";
    for (const Durability durability : {Durability::kernel, Durability::disk}) {
        OutputFile file(target, durability);
        const std::string path = file.hand_over();
        CHECK(path != target);
        CHECK(std::filesystem::path(path).parent_path() == folder.path());
        std::ofstream(path) << "from a library";
        file.commit();
        CHECK(content_of(target) == "from a library");
    }
    {
        OutputFile file(target);
        std::ofstream(file.hand_over()) << "never";
    }
    CHECK(content_of(target) == "from a library");
    CHECK(folder.entries() == 1);
}

TEST_CASE("two outputs of one name do not share a temporary file", "[bytes]") {
    const TemporaryFolder folder;
    OutputFile a(folder / "same");
    OutputFile b(folder / "same");
    a.write("a");
    b.write("b");
    b.commit();
    a.commit();
    CHECK(content_of(folder / "same") == "a");
    CHECK(folder.entries() == 1);
}

TEST_CASE("temporary files are told from those of other processes and targets", "[bytes]") {
    for (const char* own : {"genes.bam.471.part", "genes.bam.471-1.part", "genes.bam.471-12.part"})
        CHECK(is_temporary_name(own, "genes.bam", 471));
    for (const char* other : {"genes.bam.4711.part", "genes.bam.1471.part", "genes.bam.471", "genes.bam.471.bam", "genes.bam.471-.part",
                              "genes.bam.471-x.part", "genes.bam.471.old.part", "genes.bam.bai.471.part", "other.bam.471.part",
                              "genes.bam"})
        CHECK_FALSE(is_temporary_name(other, "genes.bam", 471));

    const TemporaryFolder folder;
    const OutputFile first(folder / "genes.bam"), second(folder / "genes.bam");
    for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
        CHECK(is_temporary_name(entry.path().filename().string(), "genes.bam", ::getpid()));
    CHECK(folder.entries() == 2);
}

TEST_CASE("links are followed to where a file is or would be", "[bytes]") {
    const TemporaryFolder folder;
    std::filesystem::create_symlink("second", folder / "first");
    std::filesystem::create_symlink("nothing", folder / "second");
    CHECK(followed(folder / "first") == folder / "nothing");
    CHECK(followed("plain") == "plain");
}

TEST_CASE("an output that cannot be written is refused before the work starts", "[bytes]") {
    const TemporaryFolder folder;
    std::filesystem::create_directory(folder / "directory");
    CHECK_THROWS_WITH(OutputFile(folder / "directory"), Contains("directory: cannot write: Is a directory"));
    CHECK_THROWS_WITH(OutputFile(folder / "missing/out.sam"), Contains("missing/out.sam: cannot create: No such file or directory"));
    CHECK_THROWS_WITH(OutputFile(folder / std::string(300, 'n')), Contains("File name too long"));
    if (::geteuid() != 0) {   // root may write anywhere
        std::filesystem::permissions(folder / "directory", std::filesystem::perms{0555});
        CHECK_THROWS_WITH(OutputFile(folder / "directory/out"), Contains("Permission denied"));
        std::filesystem::permissions(folder.file("protected", "x"), std::filesystem::perms{0444});
        CHECK_THROWS_WITH(OutputFile(folder / "protected"), Contains("Permission denied"));
    }
}

TEST_CASE("a full disk is an error that names the file, at the write or at the commit", "[bytes]") {
    if (!std::filesystem::exists("/dev/full")) {
        WARN("skipped: no /dev/full");
        return;
    }
    OutputFile late("/dev/full");
    CHECK(late.is_stream());
    late.write("fits the buffer");
    CHECK_THROWS_WITH(late.commit(), Contains("/dev/full: cannot write: No space left on device"));
    OutputFile early("/dev/full");
    CHECK_THROWS_AS(early.write(std::string(1'000'000, 'x')), SystemError);
}

TEST_CASE("devices and pipes are written to, never replaced", "[bytes]") {
    for (const char* stream : {"", "-", "/dev/null", "/dev/stdout", "/proc/self/fd/1"}) CHECK(is_stream_target(stream));
    for (const char* file : {"genes.bam", "/dev", "/dev/shm/not-there"}) CHECK_FALSE(is_stream_target(file));
    OutputFile null("/dev/null");
    null.write("gone");
    null.commit();
    CHECK(std::filesystem::is_character_file("/dev/null"));

    const TemporaryFolder folder;
    const std::string fifo = folder / "fifo";
    REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
    const pid_t reader = ::fork();
    if (reader == 0) {
        std::ifstream stream(fifo);
        std::string word;
        stream >> word;
        ::_exit(word == "hello" ? 0 : 1);
    }
    OutputFile file(fifo);
    file.write("hello\n");
    file.commit();
    int status = -1;
    REQUIRE(::waitpid(reader, &status, 0) == reader);
    CHECK(status == 0);
    CHECK(std::filesystem::is_fifo(fifo));
}

TEST_CASE("a pipe whose reader has gone is told apart from a failing disk", "[bytes]") {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const auto previous = ::signal(SIGPIPE, SIG_IGN);
    const int standard_output = ::dup(STDOUT_FILENO);
    ::dup2(ends[1], STDOUT_FILENO);
    {
        OutputFile file("-");
        CHECK(file.is_stream());
        file.write("first");
        ::close(ends[0]);
        ::close(ends[1]);
        CHECK_THROWS_AS(file.commit(), ClosedPipe);
    }
    ::dup2(standard_output, STDOUT_FILENO);
    ::close(standard_output);
    ::signal(SIGPIPE, previous);
}

TEST_CASE("a killed run leaves no target", "[bytes]") {
    const TemporaryFolder folder;
    const std::string target = folder / "killed.sam";
    const pid_t child = ::fork();
    if (child == 0) {
        OutputFile file(target);
        file.write(std::string(1'000'000, 'x'));
        ::kill(::getpid(), SIGKILL);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(WIFSIGNALED(status));
    CHECK_FALSE(std::filesystem::exists(target));
}
