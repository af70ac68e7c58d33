// A genome and features cut from it, for benchmarks of the aligner: of three lengths, mixed as in an annotation, each base changed with
// a chance of two in a hundred.
#pragma once

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "weft/index/index.hpp"
#include "weft/model/feature.hpp"
#include "weft/simulate/random_genome.hpp"

namespace weft::bench {

struct AlignSample {
    Index index;
    std::vector<Feature> features{};
};

inline AlignSample make_align_sample() {
    std::vector<ReferenceContig> contigs = make_random_genome({.length = 3'000'000, .contigs = 3}, 1);
    std::vector<std::pair<std::size_t, int>> lengths{{100, 1'200}, {1'500, 300}, {12'000, 30}};   // bases, how many
    std::mt19937 random(1);
    std::vector<Feature> features;
    for (const auto& [length, count] : lengths)
        for (int i = 0; i < count; ++i) {
            const std::string& sequence = contigs[random() % 2].sequence;
            std::string bases = sequence.substr(random() % (sequence.size() - length), length);
            for (char& base : bases)
                if (random() % 50 == 0) base = "ACGT"[random() % 4];
            Feature feature;
            feature.name = "f" + std::to_string(features.size());
            feature.sequence = std::move(bases);
            features.push_back(std::move(feature));
        }
    std::shuffle(features.begin(), features.end(), random);
    return {Index::build(std::move(contigs)), std::move(features)};
}

inline const AlignSample& align_sample() {
    static const AlignSample sample = make_align_sample();
    return sample;
}

}  // namespace weft::bench
