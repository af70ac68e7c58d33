#include "weft/index/index_file.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstring>
#include <limits>
#include <random>

#include "support/temporary_folder.hpp"
#include "weft/bytes/checksum.hpp"
#include "weft/index/index.hpp"
#include "weft/index/index_view.hpp"
#include "weft/model/error.hpp"

using namespace weft;

namespace {

std::string random_letters(std::mt19937_64& random, std::size_t length) {
    std::string letters(length, 'N');
    for (char& letter : letters) letter = "ACGT"[random() % 4];
    return letters;
}

std::vector<ReferenceContig> small_reference() {
    std::mt19937_64 random(41);
    const std::string repeat = random_letters(random, 200);
    return {{"one", repeat + random_letters(random, 3'000) + "NNNNNRYK" + repeat},
            {"two", random_letters(random, 33)},
            {std::string(5'000, 'n'), repeat + std::string(100, 'N')}};
}

Index small_index() { return Index::build(small_reference(), {.k = 11, .w = 4}, {"some/folder/small.fa", 1'234, 0x1234567890ABCDEF}); }

template <class Value>
bool same(std::span<const Value> a, std::span<const Value> b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}

void check_same(const Index& a, const Index& b) {
    REQUIRE(a.contigs() == b.contigs());
    CHECK(a.k() == b.k());
    CHECK(a.w() == b.w());
    CHECK(a.total_length() == b.total_length());
    CHECK(a.minimizers() == b.minimizers());
    CHECK(a.distinct_minimizers() == b.distinct_minimizers());
    CHECK(a.source().bytes == b.source().bytes);
    CHECK(a.source().checksum == b.source().checksum);
    for (std::uint32_t i = 0; i < a.contigs(); ++i) {
        const ContigId contig{i};
        CHECK(a.name(contig) == b.name(contig));
        CHECK(a.md5(contig) == b.md5(contig));
        CHECK(a.length(contig) == b.length(contig));
        CHECK(b.find(a.name(contig)) == contig);
        CHECK(a.sequence(contig, {0, a.length(contig)}) == b.sequence(contig, {0, b.length(contig)}));
    }
    CHECK(same(a.view().contig_begin, b.view().contig_begin));
    CHECK(same(a.view().packed, b.view().packed));
    CHECK(same(a.view().runs, b.view().runs));
    CHECK(same(a.view().directory, b.view().directory));
    CHECK(same(a.view().entries, b.view().entries));
    CHECK(a.view().directory_bits == b.view().directory_bits);
    CHECK(a.view().position_bits == b.view().position_bits);
    for (const double fraction : {0.0, 0.001, 0.1, 1.0}) CHECK(a.occurrence_at(fraction) == b.occurrence_at(fraction));
}

/// Reads the first and the last place of whatever look-ups find; their number.
std::uint64_t touch_entries(const Index& index) {
    std::uint64_t found = 0;
    const std::uint64_t mask = (std::uint64_t{1} << 2 * index.k()) - 1;
    for (std::uint64_t i = 0; i < 3'000; ++i) {
        const Occurrences occurrences = index.view().find(i * 0x9E3779B97F4A7C15 & mask);
        if (occurrences.count == 0) continue;
        found += 1 + (occurrences.first[0] ^ occurrences.first[occurrences.count - 1]) % 2;
    }
    return found;
}

/// A saved index, and copies of it with changes.
class SavedIndex {
public:
    SavedIndex() {
        small_index().save(path_);
        content_ = test::content_of(path_);
    }

    const std::string& path() const { return path_; }
    const std::string& content() const { return content_; }
    IndexFileFront front() const {
        IndexFileFront front;
        std::memcpy(&front, content_.data(), sizeof(front));
        return front;
    }
    std::string changed(const std::string& content) const { return folder_.file("changed.weft", content); }
    /// A copy with another front whose checksum is right: what somebody could make on purpose.
    std::string forged(IndexFileFront front) const {
        front.header.header_checksum = front.checksum();
        std::string content = content_;
        std::memcpy(content.data(), &front, sizeof(front));
        return changed(content);
    }

private:
    test::TemporaryFolder folder_;
    std::string path_ = folder_ / "small.weft";
    std::string content_;
};

}  // namespace

TEST_CASE("what is opened is what was saved, in every load mode", "[index]") {
    const SavedIndex saved;
    const Index built = small_index();
    for (const LoadMode load : {LoadMode::lazy, LoadMode::populate, LoadMode::copy}) {
        for (const bool verify : {false, true}) check_same(built, Index::open(saved.path(), {.load = load, .verify = verify}));
    }
    CHECK(Index::open(saved.path()).source().path == "small.fa");   // no folder of the machine it was built on
}

TEST_CASE("the bytes depend on the reference and the options alone", "[index]") {
    const test::TemporaryFolder folder;
    std::mt19937_64 random(42);
    std::vector<ReferenceContig> contigs{{"a", random_letters(random, 600'000)}, {"b", random_letters(random, 1'000)}};
    contigs[0].sequence.replace(131'060, 30, std::string(30, 'N'));
    Index::build(contigs, {.threads = 1}).save(folder / "1");
    Index::build(contigs, {.threads = 3}).save(folder / "3");
    Index::open(folder / "1").save(folder / "again");
    CHECK(test::content_of(folder / "1") == test::content_of(folder / "3"));
    CHECK(test::content_of(folder / "1") == test::content_of(folder / "again"));
    CHECK_NOTHROW(Index::open(folder / "1", {.verify = true}));

    Index::build(contigs, {.w = 11}).save(folder / "w11");
    CHECK(test::content_of(folder / "1") != test::content_of(folder / "w11"));
}

TEST_CASE("an index without any minimizer can be kept", "[index]") {
    const test::TemporaryFolder folder;
    Index::build({{"gap", std::string(100, 'N')}}).save(folder / "gap.weft");
    const Index index = Index::open(folder / "gap.weft", {.verify = true});
    CHECK(index.minimizers() == 0);
    CHECK(index.sequence(ContigId{0}, {0, 3}) == "NNN");
    CHECK(index.view().find(12345).count == 0);
    CHECK(index.occurrence_at(0.5) == 0);
}

TEST_CASE("the file is laid out as documented", "[index]") {
    const SavedIndex saved;
    const std::string& content = saved.content();
    const auto number = [&](std::size_t offset, std::size_t bytes) {
        std::uint64_t value = 0;
        for (std::size_t i = bytes; i-- > 0;) value = value << 8 | static_cast<unsigned char>(content[offset + i]);
        return value;
    };
    CHECK(content.substr(0, 8) == "\x89WEFT\r\n\x1A");
    CHECK(number(8, 4) == 1);
    CHECK(number(12, 4) == 520);
    CHECK(number(16, 8) == content.size());
    CHECK(number(24, 2) == 11);
    CHECK(number(26, 2) == 4);
    CHECK(number(48, 8) == 3);
    CHECK(number(76, 4) == 13);
    CHECK(number(80, 8) == 1'234);
    CHECK(number(88, 8) == 0x1234567890ABCDEF);
    std::string front = content.substr(0, 520);
    front.replace(96, 8, std::string(8, '\0'));
    CHECK(number(96, 8) == checksum(std::string_view(front)));
    for (std::size_t i = 0; i < 13; ++i) {
        const std::size_t row = 104 + 32 * i;
        CHECK(content.substr(row, 4) == section_names[i]);
        CHECK(number(row + 8, 8) % 4'096 == 0);
        CHECK(number(row + 24, 8) == checksum(std::string_view(content).substr(number(row + 8, 8), number(row + 16, 8))));
    }
}

TEST_CASE("a truncated index is refused wherever it ends", "[index]") {
    const SavedIndex saved;
    std::vector<std::size_t> lengths{1, 7, 8, 9, 12, 103, 104, 105, 519, 520, 521, 4'095, 4'096, 4'097, saved.content().size() - 1};
    for (const IndexFileSection& section : saved.front().table) {
        if (section.offset < saved.content().size()) lengths.push_back(section.offset);
        if (section.offset + section.bytes < saved.content().size()) lengths.push_back(section.offset + section.bytes);
    }
    for (std::size_t length = 0; length < saved.content().size(); length += 997) lengths.push_back(std::max<std::size_t>(1, length));
    for (const std::size_t length : lengths) {
        const std::string path = saved.changed(saved.content().substr(0, length));
        INFO("length " << length);
        REQUIRE_THROWS_AS(Index::open(path), FormatError);
        REQUIRE_THROWS_WITH(Index::open(path), Catch::Contains("truncated: " + std::to_string(length) + " bytes, expected"));
    }
    const std::string expected = "expected " + std::to_string(saved.content().size());
    CHECK_THROWS_WITH(Index::open(saved.changed(saved.content().substr(0, 5'000))), Catch::Contains(expected));
    CHECK_THROWS_WITH(Index::open(saved.changed(saved.content() + "x")), Catch::Contains("bytes behind its end"));
}

TEST_CASE("files that are no index of this version are refused with the reason", "[index]") {
    const SavedIndex saved;
    CHECK_THROWS_WITH(Index::open(saved.changed("")), Catch::Contains("not a weft index"));
    CHECK_THROWS_WITH(Index::open(saved.changed(">chr1\nACGT\n")), Catch::Contains("not a weft index"));
    CHECK_THROWS_WITH(Index::open(saved.changed(std::string(10'000, '\0'))), Catch::Contains("not a weft index"));
    CHECK_THROWS_AS(Index::open(saved.path() + ".missing"), SystemError);
    CHECK_THROWS_AS(Index::open("."), SystemError);

    IndexFileFront other = saved.front();
    other.header.format = 2;
    CHECK_THROWS_WITH(Index::open(saved.forged(other)), Catch::Contains("index format is 2, this version of weft reads format 1; build it again"));
}

TEST_CASE("every flipped byte of the header is noticed", "[index]") {
    const SavedIndex saved;
    for (std::size_t at = 0; at < sizeof(IndexFileFront); ++at) {
        for (const int flip : {0x01, 0x80, 0xFF}) {
            std::string content = saved.content();
            content[at] = static_cast<char>(content[at] ^ flip);
            INFO("byte " << at << " flipped by " << flip);
            REQUIRE_THROWS_AS(Index::open(saved.changed(content)), FormatError);
        }
    }
}

TEST_CASE("every flipped byte of the rest is noticed when the index is verified", "[index]") {
    const SavedIndex saved;
    std::mt19937_64 random(43);
    for (int trial = 0; trial < 300; ++trial) {
        std::string content = saved.content();
        const std::size_t at = sizeof(IndexFileFront) + random() % (content.size() - sizeof(IndexFileFront));
        content[at] = static_cast<char>(content[at] ^ 1 << random() % 8);
        INFO("byte " << at);
        REQUIRE_THROWS_AS(Index::open(saved.changed(content), {.verify = true}), FormatError);
    }
}

TEST_CASE("a forged header leads to an error or to an index, never out of the file", "[index]") {
    const SavedIndex saved;
    const IndexFileFront original = saved.front();
    const std::vector<std::uint64_t> values{0, 1, 2, 31, 32, 63, 64, 255, 4'096, 65'535, saved.content().size(), 0x7FFFFFFF, 0xFFFFFFFF,
                                            0x7FFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFF000, std::numeric_limits<std::uint64_t>::max()};
    int opened = 0;
    std::uint64_t touched = 0;   // reads of everything that was found; the sanitizers watch them
    const auto attempt = [&](const IndexFileFront& front) {
        try {
            const Index index = Index::open(saved.forged(front));
            ++opened;
            for (std::uint32_t i = 0; i < index.contigs(); ++i) {
                touched += index.sequence(ContigId{i}, {0, index.length(ContigId{i})}).size();
                touched += index.find(index.name(ContigId{i})) ? 1 : 0;
            }
            touched += touch_entries(index);
        } catch (const FormatError&) {
        }
    };
    const auto* const bytes = reinterpret_cast<const unsigned char*>(&original);
    for (std::size_t at = 8; at + 8 <= sizeof(IndexFileFront); at += 2) {
        for (const std::uint64_t value : values) {
            for (const std::size_t width : {2u, 4u, 8u}) {
                IndexFileFront front;
                std::memcpy(&front, bytes, sizeof(front));
                std::memcpy(reinterpret_cast<unsigned char*>(&front) + at, &value, width);
                attempt(front);
            }
        }
    }
    CHECK(touched > 0);
    CHECK(opened > 0);   // fields that no look-up depends on, such as checksums of sections
}

TEST_CASE("tables that contradict each other are refused", "[index]") {
    const SavedIndex saved;
    struct Row {
        SectionId section;
        std::size_t at;         // which value of the section
        std::uint64_t value;
        std::size_t width;
        std::string message;
    };
    const std::vector<Row> rows{
        {SectionId::contigs, 0, 32, 8, "section CONT"},
        {SectionId::contigs, 1, 64, 8, "section CONT"},
        {SectionId::lengths, 1, 34 + 64, 8, "section CONT"},
        {SectionId::lengths, 2, ~std::uint64_t{0} - 31, 8, "section CONT"},
        {SectionId::name_offsets, 1, 5'000'000, 8, "section NOFF"},
        {SectionId::name_offsets, 3, 7, 8, "section NOFF"},
        {SectionId::directory, 0, 1, 4, "section DIRS"},
    };
    for (const Row& row : rows) {
        std::string content = saved.content();
        std::memcpy(content.data() + saved.front().section(row.section).offset + row.at * row.width, &row.value, row.width);
        CHECK_THROWS_WITH(Index::open(saved.changed(content)), Catch::Contains("index is damaged: " + row.message));
    }
}

TEST_CASE("verification also finds wrong content under right checksums", "[index]") {
    const SavedIndex saved;
    struct Row {
        SectionId section;
        std::size_t at;
        std::uint64_t value;
        std::string message;
    };
    const std::size_t last_entry = saved.front().header.minimizers - 1;
    const std::vector<Row> rows{
        {SectionId::entries, 0, ~std::uint64_t{0}, "section ENTR"},
        {SectionId::entries, last_entry, 2 * (saved.front().header.bases - 5), "section ENTR"},
        {SectionId::occurrences, 0, 7, "section HIST"},
        {SectionId::runs, 0, 1'000'000, "section RUNS"},
        {SectionId::directory, 10, 0x7FFFFFFF7FFFFFFF, "section DIRS"},
    };
    for (const Row& row : rows) {
        std::string content = saved.content();
        IndexFileFront front = saved.front();
        IndexFileSection& section = front.table[static_cast<std::size_t>(row.section)];
        std::memcpy(content.data() + section.offset + row.at * 8, &row.value, 8);
        section.checksum = checksum(std::string_view(content).substr(section.offset, section.bytes));
        front.header.header_checksum = front.checksum();
        std::memcpy(content.data(), &front, sizeof(front));
        const std::string path = saved.changed(content);
        CHECK_THROWS_WITH(Index::open(path, {.verify = true}), Catch::Contains("index is damaged: " + row.message));
        const Index lazy = Index::open(path);   // believed, and yet look-ups stay inside the file
        CHECK(touch_entries(lazy) > 0);
        CHECK(lazy.sequence(ContigId{0}, {0, lazy.length(ContigId{0})}).size() == static_cast<std::size_t>(lazy.length(ContigId{0})));
    }
}

TEST_CASE("an index that cannot be written leaves nothing behind", "[index]") {
    const test::TemporaryFolder folder;
    CHECK_THROWS_AS(small_index().save(folder / "missing/small.weft"), SystemError);
    CHECK_THROWS_AS(small_index().save(folder.path().string()), SystemError);
    CHECK(folder.entries() == 0);
}
