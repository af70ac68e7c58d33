#include "weft/parallel/batch_filler.hpp"

#include <deque>

#include <catch2/catch.hpp>

using namespace weft;

namespace {

const SizeClassTable classes{{{10, 4, 100}, {100, 3, 120}, {INT64_MAX, 2, 1'000}}};

struct Filling {
    std::vector<std::int64_t> lengths;
    std::size_t next = 0;
    std::vector<CirculatingBatch> batches;
    std::deque<CirculatingBatch*> sent{};
    BatchFiller filler;

    Filling(std::vector<std::int64_t> all_lengths, std::size_t count, FillOptions options)
        : lengths(std::move(all_lengths)), batches(count), filler(options, [this](Feature& feature) {
              if (next == lengths.size()) return false;
              feature.sequence.assign(static_cast<std::size_t>(lengths[next++]), 'C');
              return true;
          }) {
        for (CirculatingBatch& batch : batches) filler.take_back(batch);
    }
    void fill() {
        filler.fill([this](CirculatingBatch& batch) { sent.push_back(&batch); });
    }
    std::vector<std::vector<std::uint64_t>> numbers() const {
        std::vector<std::vector<std::uint64_t>> all;
        for (const CirculatingBatch* batch : sent) {
            all.emplace_back();
            for (const Feature& feature : batch->features) all.back().push_back(feature.number);
        }
        return all;
    }
};

using Numbers = std::vector<std::vector<std::uint64_t>>;

}  // namespace

TEST_CASE("a batch is full by features or by bases, and the rest is sent at the end, oldest first", "[parallel]") {
    Filling filling{{5, 5, 5, 5, 70, 5, 60, 500, 5}, 8, {.classes = classes}};
    filling.fill();
    CHECK(filling.numbers() == Numbers{{0, 1, 2, 3}, {4, 6}, {5, 8}, {7}});
    CHECK(filling.filler.at_end());
    CHECK(filling.filler.features_read() == 9);
}

TEST_CASE("without an idle batch the oldest open ones are sent until one of them can come back", "[parallel]") {
    // Two batches, open for 5 (number 0) and 50 (number 1). The long one needs a third: sending the first is enough.
    Filling filling{{5, 50, 500, 5}, 2, {.classes = classes}};
    filling.fill();
    CHECK(filling.numbers() == Numbers{{0}});
    CHECK_FALSE(filling.filler.at_end());

    SECTION("interleaved batches hold each other up, so both are sent") {
        Filling interleaved{{5, 50, 5, 500}, 2, {.classes = classes}};
        interleaved.fill();
        CHECK(interleaved.numbers() == Numbers{{0, 2}, {1}});
    }
    SECTION("a returning batch lets the reading go on") {
        CirculatingBatch* batch = filling.sent.front();
        filling.filler.take_back(*batch);
        filling.fill();   // takes the 500 into the returned batch, then needs one for the last 5
        REQUIRE(filling.sent.size() == 2);
        CHECK(filling.sent.back()->features.front().number == 1);
    }
}

TEST_CASE("the limit of bases makes the reading wait", "[parallel]") {
    Filling filling{{500, 500, 500, 5}, 8, {.classes = classes, .bases_in_flight = 700}};
    filling.fill();
    CHECK(filling.filler.features_read() == 2);
    CHECK(filling.numbers() == Numbers{{0, 1}});
    filling.filler.take_back(*filling.sent.front());
    filling.sent.clear();
    filling.fill();
    CHECK(filling.filler.at_end());
    CHECK(filling.numbers() == Numbers{{2}, {3}});
}

TEST_CASE("an open batch does not wait for ever for features of its class", "[parallel]") {
    FillOptions options{.classes = classes, .send_after = 2};
    Filling filling{{50, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5}, 20, options};
    filling.fill();
    CHECK(filling.numbers() == Numbers{{1, 2, 3, 4}, {5, 6, 7, 8}, {0}, {9, 10, 11, 12}});
}

TEST_CASE("a huge query has a batch of its own", "[parallel]") {
    Filling filling{{500, 900, 500, 900, 5}, 20, {.classes = classes, .shared_query = 900}};
    filling.fill();
    CHECK(filling.numbers() == Numbers{{0}, {1}, {2}, {3}, {4}});
}
