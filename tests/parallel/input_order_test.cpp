#include "weft/parallel/input_order.hpp"

#include <catch2/catch.hpp>

using namespace weft;

TEST_CASE("features leave in input order from batches that arrive in any order", "[parallel]") {
    std::vector<CirculatingBatch> batches(3);
    const std::vector<std::vector<std::uint64_t>> numbers{{0, 3, 4}, {1, 5}, {2, 6}};
    for (std::size_t i = 0; i < batches.size(); ++i)
        for (const std::uint64_t number : numbers[i]) {
            batches[i].features.emplace_back();
            batches[i].features.back().number = number;
        }
    std::vector<std::uint64_t> written;
    std::vector<const CirculatingBatch*> back;
    InputOrder order{[&](const CirculatingBatch& batch, std::size_t index) { written.push_back(batch.features[index].number); },
                     [&](CirculatingBatch& batch) { back.push_back(&batch); }};
    order.arrive(batches[2]);
    CHECK(written.empty());
    order.arrive(batches[0]);
    CHECK(written == std::vector<std::uint64_t>{0});
    order.arrive(batches[1]);
    CHECK(written == std::vector<std::uint64_t>{0, 1, 2, 3, 4, 5, 6});
    CHECK(back == std::vector<const CirculatingBatch*>{&batches[0], &batches[1], &batches[2]});
    CHECK(order.features_written() == 7);
}
