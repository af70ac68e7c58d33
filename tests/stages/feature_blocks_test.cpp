#include "weft/stages/feature_blocks.hpp"

#include <catch2/catch.hpp>
#include <cstring>
#include <random>

#include "support/read_features.hpp"
#include "support/temporary_folder.hpp"
#include "weft/model/error.hpp"
#include "weft/record/optional_fields.hpp"

using namespace weft;
using namespace weft::test;
using Catch::Matchers::Contains;

namespace {

std::string tags_of(const std::vector<std::string>& fields) {
    std::string tags;
    for (const std::string& field : fields) REQUIRE(append_encoded(field, tags));
    return tags;
}

std::string text_of(const Feature& feature) {
    std::string text = std::to_string(feature.number) + "|" + feature.name + "|" + feature.comment + "|" + feature.sequence + "|" + feature.qualities;
    for (const OptionalField& field : optional_fields(feature.tags, feature.name)) {
        text += "|";
        append_as_text(field, text);
    }
    return text;
}

std::string letters(std::mt19937& random, std::size_t length, std::string_view alphabet) {
    std::string text(length, ' ');
    for (char& letter : text) letter = alphabet[random() % alphabet.size()];
    return text;
}

std::vector<Feature> random_features(std::uint32_t seed, std::size_t count, std::size_t longest, bool qualities) {
    const std::vector<std::string> fields{"RG:Z:two words", "xi:i:-70000", "xu:i:4000000000", "de:f:0.0103", "xh:H:0AFF", "xa:A:!", "ML:B:C,1,2,255", "xs:B:s,-1,300",
                                          "xf:B:f,0.5,2", "xe:B:i", "co:Z:>@+ :\\"};
    std::mt19937 random(seed);
    std::vector<Feature> features;
    for (std::size_t i = 0; i < count; ++i) {
        Feature feature{.name = ">@" + letters(random, random() % 4, "ab|:+@>") + std::to_string(i), .number = i};
        if (random() % 2 == 0) feature.comment = "of " + letters(random, random() % 9, "ab >@+=;") + ".";
        feature.sequence = letters(random, random() % 9 == 0 ? 0 : random() % longest + 1, "ACGTNacgtnRYK");
        if (qualities) feature.qualities = letters(random, feature.sequence.size(), "!+@IJ~>");
        std::vector<std::string> chosen;
        for (const std::string& field : fields)
            if (random() % 6 == 0) chosen.push_back(field);
        feature.tags = tags_of(chosen);
        features.push_back(std::move(feature));
    }
    if (features.front().sequence.empty()) features.front().sequence = "A", features.front().qualities = qualities ? "I" : "";
    return features;
}

std::vector<FeatureBlock> written(const std::string& path, const std::vector<Feature>& features) {
    FeatureBlockWriter writer(path);
    for (const Feature& feature : features) writer.add(feature);
    return writer.close();
}

std::vector<std::string> read_back(const std::string& path, const FeatureBlock& first, const FeatureBlock& last) {
    FeatureBlockReader reader(path, first, last);
    Feature feature{"left", "over", "ACGT", "IIII", "from before", 99};
    std::vector<std::string> all;
    while (reader.read(feature)) all.push_back(text_of(feature));
    CHECK_FALSE(reader.read(feature));
    return all;
}

std::vector<Feature> short_features(std::size_t count, const std::string& prefix) {
    std::vector<Feature> features;
    for (std::size_t i = 0; i < count; ++i) features.push_back({.name = prefix + std::to_string(i), .sequence = "ACGTACGTAC"});
    return features;
}

template <class Thrown>
std::string refusal(const std::function<void()>& action) {
    try {
        action();
    } catch (const Thrown& error) {
        return error.what();
    }
    return "nothing";
}

}  // namespace

TEST_CASE("features come back from any blocks as they were written", "[stages]") {
    const TemporaryFolder folder;
    for (const bool qualities : {false, true})
        for (const std::uint32_t seed : {1u, 2u}) {
            const std::vector<Feature> features = random_features(seed, seed == 1 ? 1'200 : 90, seed == 1 ? 60 : 30'000, qualities);
            const std::string path = folder / "features";
            const std::vector<FeatureBlock> blocks = written(path, features);
            REQUIRE(blocks.size() >= 3);
            std::vector<std::string> expected;
            for (const Feature& feature : features) expected.push_back(text_of(feature));
            CHECK(read_back(path, blocks.front(), blocks.back()) == expected);
            for (std::size_t from = 0; from < blocks.size(); ++from)
                for (std::size_t to = from; to < blocks.size(); ++to) {
                    const auto begin = expected.begin() + static_cast<std::ptrdiff_t>(blocks[from].first);
                    const auto end = expected.begin() + static_cast<std::ptrdiff_t>(blocks[to].first + blocks[to].features);
                    CHECK(read_back(path, blocks[from], blocks[to]) == std::vector<std::string>(begin, end));
                }
        }
}

TEST_CASE("blocks lie side by side, count what they hold and end soon after their limits", "[stages]") {
    const TemporaryFolder folder;
    const std::vector<Feature> features = random_features(3, 700, 5'000, true);
    FeatureBlockWriter writer(folder / "features.fq");
    std::int64_t all_bases = 0;
    for (const Feature& feature : features) {
        writer.add(feature);
        all_bases += feature.length();
        CHECK(writer.bases() == all_bases);
    }
    CHECK(writer.features() == features.size());
    const std::vector<FeatureBlock> blocks = writer.close();
    const std::string file = content_of(folder / "features.fq");
    std::uint64_t end = 0, next = 0;
    for (const FeatureBlock& block : blocks) {
        CHECK(block.begin == std::exchange(end, block.end));
        CHECK(block.first == next);
        std::int64_t bases = 0, longest = 0;
        for (std::uint64_t i = 0; i < block.features; ++i, ++next) {
            CHECK((bases < 250'000 && i < 500));   // it had not reached its limit before
            bases += features[next].length();
            longest = std::max(longest, features[next].length());
        }
        CHECK(block.bases == bases);
        CHECK(block.longest == longest);
        CHECK(block.digest == digest_of(std::string_view(file).substr(block.begin, block.end - block.begin)));
    }
    CHECK(end == file.size());
    CHECK(next == features.size());
}

TEST_CASE("any reader of FASTA and FASTQ understands the file", "[stages]") {
    const TemporaryFolder folder;
    for (const bool qualities : {false, true}) {
        std::vector<Feature> features = random_features(4, 300, 80, qualities);
        std::vector<std::string> expected;
        for (Feature& feature : features) {
            feature.tags.clear();
            if (feature.sequence.empty()) feature.sequence = "G", feature.qualities = qualities ? "#" : "";
            expected.push_back(feature.name + "|" + feature.comment + "|" + feature.sequence + "|" + feature.qualities);
        }
        written(folder / "features", features);
        CHECK(features_of({folder / "features"}) == expected);
    }
}

TEST_CASE("a block is known by its content, whatever stands before and behind it", "[stages]") {
    const TemporaryFolder folder;
    std::vector<Feature> some = short_features(500, "a");
    std::vector<Feature> others = short_features(500, "something_longer");
    const std::vector<Feature> shared = short_features(1'000, "b");
    some.insert(some.end(), shared.begin(), shared.end());
    others.insert(others.end(), shared.begin(), shared.end());
    const std::vector<FeatureBlock> before = written(folder / "some", some);
    const std::vector<FeatureBlock> moved = written(folder / "others", others);
    REQUIRE(before.size() == 3);
    REQUIRE(moved.size() == 3);
    CHECK(before[0].digest != moved[0].digest);
    CHECK(before[1].begin != moved[1].begin);
    CHECK(before[1].digest == moved[1].digest);
    CHECK(before[2].digest == moved[2].digest);

    std::vector<Feature> more = some;
    more.push_back({.name = "one_more", .sequence = "ACGT"});
    const std::vector<FeatureBlock> appended = written(folder / "more", more);
    REQUIRE(appended.size() == 4);
    CHECK(std::equal(before.begin(), before.end(), appended.begin()));

    std::vector<Feature> changed = some;
    changed[700].sequence[3] = 'A';
    CHECK(written(folder / "changed", changed)[1].digest != before[1].digest);
}

TEST_CASE("the first feature decides whether there are qualities", "[stages]") {
    const TemporaryFolder folder;
    const Feature with{.name = "with", .sequence = "ACGT", .qualities = "IIII"};
    const Feature without{.name = "without", .sequence = "ACGT"};
    const Feature empty{.name = "empty"};
    FeatureBlockWriter fasta(folder / "x.fa");
    for (const Feature* feature : {&without, &with, &empty}) fasta.add(*feature);
    CHECK(fasta.qualities_dropped() == 1);
    fasta.close();
    CHECK(content_of(folder / "x.fa") == ">without\nACGT\n>with\nACGT\n>empty\n\n");
    FeatureBlockWriter fastq(folder / "x.fq");
    fastq.add(with);
    fastq.add(empty);
    CHECK(refusal<FormatError>([&] { fastq.add(without); }) ==
          "without: has no qualities, features before it have; put features with and without qualities into two runs");
    CHECK(fastq.qualities_dropped() == 0);
    fastq.close();
    CHECK(content_of(folder / "x.fq") == "@with\nACGT\n+\nIIII\n@empty\n\n+\n\n");
}

TEST_CASE("features without bases in front do not take the qualities of the others", "[stages]") {
    const TemporaryFolder folder;
    FeatureBlockWriter writer(folder / "x.fq");
    for (const char* name : {"empty1", "empty2"}) writer.add({.name = name});
    writer.add({.name = "with", .sequence = "AC", .qualities = "IJ"});
    CHECK(writer.qualities_dropped() == 0);
    CHECK(writer.with_qualities());
    const std::vector<FeatureBlock> blocks = writer.close();
    CHECK(content_of(folder / "x.fq") == "@empty1\n\n+\n\n@empty2\n\n+\n\n@with\nAC\n+\nIJ\n");
    REQUIRE(blocks.size() == 1);
    CHECK(blocks[0].features == 3);

    FeatureBlockWriter only(folder / "only.fa");
    only.add({.name = "empty"});
    CHECK_FALSE(only.with_qualities());
    CHECK(only.close().size() == 1);
    CHECK(content_of(folder / "only.fa") == ">empty\n\n");
}

TEST_CASE("tabs and line ends of a comment break no record, and floats keep every digit", "[stages]") {
    const TemporaryFolder folder;
    std::string tags = tags_of({"xf:f:0.1", "xb:B:f,1e-7,33.3333"});
    const float odd = 0.123456789F;
    tags += std::string("xofABCD");
    std::memcpy(tags.data() + tags.size() - 4, &odd, 4);
    const Feature feature{.name = "a", .comment = "one\ttwo\nthree\tNM:i:3\r", .sequence = "ACGT", .tags = tags};
    const std::vector<FeatureBlock> blocks = written(folder / "x.fa", {feature});
    FeatureBlockReader reader(folder / "x.fa", blocks.front(), blocks.back());
    Feature back;
    REQUIRE(reader.read(back));
    CHECK(back.comment == "one two three NM:i:3 ");
    CHECK(back.tags == tags);
}

TEST_CASE("optional fields that text cannot hold are refused while the feature is still known", "[stages]") {
    const TemporaryFolder folder;
    FeatureBlockWriter writer(folder / "x.fa");
    const auto add = [&](const std::string& tags) { return refusal<FormatError>([&] { writer.add({.name = "odd", .sequence = "A", .tags = tags}); }); };
    CHECK(add(std::string("RGZa\tb\0", 7)) == "odd: its optional field RG cannot be written as text; remove it (samtools view -x RG)");
    CHECK(add(std::string("xff\0\0\x80\x7f", 7)) == "odd: its optional field xf cannot be written as text; remove it (samtools view -x xf)");
    CHECK(add("damaged") == "odd: its optional fields are damaged");
    writer.add({.name = "good", .sequence = "A"});
    CHECK(writer.features() == 1);
    writer.close();
    CHECK(content_of(folder / "x.fa") == ">good\nA\n");   // nothing is left of the ones that were refused
}

TEST_CASE("a table of blocks is read as it was written", "[stages]") {
    const TemporaryFolder folder;
    const std::vector<FeatureBlock> blocks = written(folder / "x.fa", random_features(5, 1'200, 40, false));
    write_block_table(folder / "blocks.tsv", blocks);
    CHECK(read_block_table(folder / "blocks.tsv") == blocks);
    write_block_table(folder / "none.tsv", {});
    CHECK(read_block_table(folder / "none.tsv").empty());
    CHECK_THROWS_AS(read_block_table(folder / "missing.tsv"), SystemError);
}

TEST_CASE("a damaged table of blocks is refused with its line", "[stages]") {
    const TemporaryFolder folder;
    const std::string head = "begin\tend\tfirst\tfeatures\tbases\tlongest\tdigest\n";
    const std::string hex = "00000000000000ff00000000000000ff";
    const std::string good = "0\t20\t0\t2\t8\t4\t" + hex + "\n";
    REQUIRE(read_block_table(folder.file("x", head + good)).size() == 1);
    struct Row {
        std::string text;
        const char* message;
    };
    const std::vector<Row> rows{
        {"", "x: is empty"},
        {"begin\tend\n" + good, "x:1: is no table of blocks"},
        {head + "0\t20\t0\t2\t8\t" + hex + "\n", "x:2: is no line of a table of blocks"},
        {head + good + "20\t40\t2\t2\t8\t4\t" + hex.substr(1) + "\n", "x:3: is no line of a table of blocks"},
        {head + "0\t20\t0\t2\t8\t4\t" + hex + "\tmore\n", "x:2: is no line of a table of blocks"},
        {head + "\n", "x:2: is no line of a table of blocks"},
        {head + "-1\t20\t0\t2\t8\t4\t" + hex + "\n", "x:2: '-1' is no number"},
        {head + "0\t20x\t0\t2\t8\t4\t" + hex + "\n", "x:2: '20x' is no number"},
        {head + "0\t20\t0\t\t8\t4\t" + hex + "\n", "x:2: '' is no number"},
        {head + "0\t20\t0\t99999999999999999999\t8\t4\t" + hex + "\n", "x:2: '99999999999999999999' is no number"},
        {head + "30\t20\t0\t2\t8\t4\t" + hex + "\n", "x:2: the block does not follow the one before it"},
        {head + good + "21\t40\t2\t2\t8\t4\t" + hex + "\n", "x:3: the block does not follow the one before it"},
        {head + good + "20\t40\t3\t2\t8\t4\t" + hex + "\n", "x:3: the block does not follow the one before it"},
        {head + "0\t20\t0\t2\t-8\t4\t" + hex + "\n", "x:2: the block does not follow the one before it"},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        CHECK_THAT(refusal<FormatError>([&] { read_block_table(folder.file("x", row.text)); }), Contains(row.message));
    }
}

TEST_CASE("a damaged file of features is refused with the rank of the feature", "[stages]") {
    const TemporaryFolder folder;
    const std::vector<Feature> features{{.name = "a", .sequence = "ACGT", .qualities = "IIII"}, {.name = "b", .sequence = "GG", .qualities = "!!", .tags = tags_of({"NM:i:3"})}};
    const std::vector<FeatureBlock> blocks = written(folder / "good", features);
    const std::string good = content_of(folder / "good");
    REQUIRE(good == "@a\nACGT\n+\nIIII\n@b\tNM:i:3\nGG\n+\n!!\n");
    const auto message_of = [&](const std::string& content) {
        return refusal<FormatError>([&] { read_back(folder.file("x", content), blocks.front(), blocks.back()); });
    };
    CHECK(message_of(good) == "nothing");
    CHECK_THAT(message_of(good.substr(0, good.size() - 1)), Contains("the file is shorter than the table of its blocks says"));
    CHECK_THAT(message_of(""), Contains("the file is shorter than the table of its blocks says"));
    struct Row {
        std::size_t at;
        char letter;
        const char* message;
    };
    for (const Row& row : {Row{0, 'x', "feature 1: its header does not begin with > or @"}, Row{8, '-', "feature 1: its third line is not '+'"},
                           Row{13, '\n', "feature 1: there are not as many qualities as bases"}, Row{20, 'q', "feature 2: 'NMqi:3' is no optional field"},
                           Row{good.size() - 1, 'x', "feature 2: the file ends before the record does"}}) {
        std::string bad = good;
        bad[row.at] = row.letter;
        INFO(bad);
        CHECK_THAT(message_of(bad), Contains(row.message));
    }
    FeatureBlock turned = blocks.front();
    turned.begin = turned.end + 1;
    CHECK_THROWS_AS(FeatureBlockReader(folder / "good", turned, blocks.back()), FormatError);
    CHECK_THROWS_AS(FeatureBlockReader(folder / "missing", blocks.front(), blocks.back()), SystemError);
}

TEST_CASE("whatever the bytes, a reader of features gives features or refuses", "[stages]") {
    const TemporaryFolder folder;
    for (const bool qualities : {false, true}) {
        const std::vector<FeatureBlock> blocks = written(folder / "good", random_features(6, 20, 20, qualities));
        const std::string good = content_of(folder / "good");
        std::mt19937 random(7);
        int refused = 0;
        for (int round = 0; round < 300; ++round) {
            std::string bad = good;
            for (std::uint32_t i = random() % 4; i < 4; ++i) bad[random() % bad.size()] = "\n\t>@+:A\0\xff"[random() % 9];
            try {
                read_back(folder.file("bad", bad), blocks.front(), blocks.back());
            } catch (const FormatError&) {
                ++refused;
            }
        }
        CHECK(refused > 50);
    }
}
