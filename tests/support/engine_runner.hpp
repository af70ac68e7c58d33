// One feature through the engine, with every promise of an answer checked on the way.
#pragma once

#include <catch2/catch.hpp>
#include <span>
#include <string>

#include "support/alignment_judge.hpp"
#include "support/print_intervals.hpp"
#include "support/small_reference.hpp"
#include "weft/parallel/align_batch.hpp"

namespace weft::test {

/// "feature" with changes, as a lambda makes them.
template <class Change>
EngineOptions changed(Preset preset, Change change) {
    EngineOptions options = options_of(preset);
    change(options);
    return options;
}

class EngineRunner {
public:
    explicit EngineRunner(const std::vector<std::string>& contigs, const EngineOptions& options = options_of(Preset::feature))
        : index_(small_index(contigs, options.k, options.w)), scoring_(options.align.scoring), engine_(index_, options) {}

    /// Every alignment must be sound, the first one the only primary and the best; secondaries last and by falling score.
    FeatureAlignments align(const std::string& letters, const ForEach& for_each = for_each_serially) {
        const Feature feature{.name = "query", .sequence = letters};
        FeatureAlignments result;
        engine_.align(std::span(&feature, 1), std::span(&result, 1), scratch_, for_each);
        INFO(letters);
        CHECK(result.aligned() == (result.unaligned == Unaligned::no));
        CHECK(result.message.empty() == (result.unaligned != Unaligned::failed));
        for (std::size_t i = 0; i < result.alignments.size(); ++i) {
            const Alignment& own = result.alignments[i];
            INFO(text_of(index_, own));
            CHECK(faults_of(index_, letters, own, scoring_) == "");
            CHECK((own.role == Role::primary) == (i == 0));
            CHECK(own.placement_score <= result.alignments.front().placement_score);
            CHECK(own.mapq <= (own.role == Role::secondary ? 0 : 60));
            CHECK((own.ties == 0 || own.mapq <= 3));
            CHECK(own.minimizers > 0);
            CHECK(own.chain_score > 0);
            if (i == 0) continue;
            const Alignment& before = result.alignments[i - 1];
            CHECK(own.role >= before.role);
            if (own.role == before.role) CHECK(own.placement_score <= before.placement_score);
        }
        return result;
    }

    /// The primary of a feature that must be aligned.
    Alignment primary(const std::string& letters) {
        const FeatureAlignments result = align(letters);
        INFO(letters << " is unaligned: " << reason(result.unaligned));
        REQUIRE(result.aligned());
        return result.alignments.front();
    }

    const Index& index() const { return index_; }

private:
    Index index_;
    Scoring scoring_;
    Engine engine_;
    Engine::Scratch scratch_{};
};

/// "P c0+[10,60) of [0,50); S ...": role, place and part of every alignment.
inline std::string places_of(const Index& index, const FeatureAlignments& result) {
    std::string text;
    for (const Alignment& alignment : result.alignments) {
        std::string one = text_of(index, alignment);
        one.erase(one.find(')', one.find(" of ")) + 1);
        text += (text.empty() ? "" : "; ") + std::string(1, "PUS"[static_cast<int>(alignment.role)]) + " " + one;
    }
    return text.empty() ? reason(result.unaligned) : text;
}

}   // namespace weft::test
