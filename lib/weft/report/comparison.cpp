#include "weft/report/comparison.hpp"

#include <fmt/format.h>

namespace weft {
namespace {

bool is_aligned(const Placement* placement) { return placement != nullptr && placement->aligned; }

Agreement agreement_of(const Placement* a, const Placement* b) {
    if (!is_aligned(a)) return is_aligned(b) ? Agreement::only_b : Agreement::neither;
    if (!is_aligned(b)) return Agreement::only_a;
    if (!same_place(a->place, b->place)) return Agreement::elsewhere;
    if (a->place != b->place || a->query != b->query) return Agreement::other_ends;
    const bool comparable = !a->cigar.empty() && !b->cigar.empty();
    return comparable && a->cigar != b->cigar ? Agreement::other_cigar : Agreement::same;
}

void prefer(Preference& preference, std::int64_t a, std::int64_t b) {
    ++(a > b ? preference.a_higher : a < b ? preference.b_higher : preference.equal);
}

void judge_both(ElsewhereVerdicts& verdicts, const TruthRow& truth, const Placement& a, const Placement& b, int slack) {
    const bool a_right = judge(truth, &a, slack) >= Verdict::right;
    const bool b_right = judge(truth, &b, slack) >= Verdict::right;
    ++(a_right && b_right ? verdicts.both_right : a_right ? verdicts.a_right : b_right ? verdicts.b_right : verdicts.none_right);
}

std::string place_text(const Placement* placement) {
    if (!is_aligned(placement)) return ".";
    const NamedPlace& place = placement->place;
    return fmt::format("{}:{}-{}:{}", place.contig, place.interval.begin, place.interval.end, symbol(place.strand));
}

std::string number_text(const std::optional<std::int64_t>& number) { return number ? std::to_string(*number) : "."; }

const TruthRow* row_of(const TruthTable* truth, std::string_view name) {
    if (truth == nullptr) return nullptr;
    const auto found = truth->find(name);
    return found == truth->end() ? nullptr : &found->second;
}

std::string verdict_text(const TruthRow* truth, const Placement* placement, int slack) {
    if (truth == nullptr || !is_aligned(placement)) return ".";
    switch (judge(*truth, placement, slack)) {
        case Verdict::exact: return "exact";
        case Verdict::right: return "right";
        default: return "wrong";
    }
}

}  // namespace

std::string_view name_of(Agreement agreement) {
    constexpr std::array<std::string_view, agreements> names{"same", "other_cigar", "other_ends", "elsewhere", "only_a", "only_b", "neither"};
    return names[static_cast<std::size_t>(agreement)];
}

Comparison compare(const Placements& a, const Placements& b, const TruthTable* truth, int slack,
                   const std::function<void(const Disagreement&)>& each) {
    Comparison result;
    const auto take = [&](const std::string& name, const Placement* in_a, const Placement* in_b) {
        const Agreement agreement = agreement_of(in_a, in_b);
        ++result.queries[static_cast<std::size_t>(agreement)];
        result.missing_in_a += in_a == nullptr;
        result.missing_in_b += in_b == nullptr;
        bool other_score = false;
        if (is_aligned(in_a) && is_aligned(in_b)) {
            prefer(result.mapq, in_a->mapq, in_b->mapq);
            if (in_a->score && in_b->score) {
                prefer(result.score, *in_a->score, *in_b->score);
                other_score = *in_a->score != *in_b->score;
            }
        }
        if (agreement == Agreement::elsewhere) {
            result.elsewhere_confident += in_a->mapq >= confident_mapq && in_b->mapq >= confident_mapq;
            const TruthRow* row = row_of(truth, name);
            if (row != nullptr && row->presence == Presence::present) judge_both(result.verdicts, *row, *in_a, *in_b, slack);
        }
        const bool differs = agreement != Agreement::same && agreement != Agreement::neither;
        if (each && (differs || other_score)) each({name, agreement, in_a, in_b});
    };
    for (const std::string& name : a.names) take(name, a.find(name), b.find(name));
    for (const std::string& name : b.names)
        if (a.find(name) == nullptr) take(name, nullptr, b.find(name));
    return result;
}

std::string disagreement_head() {
    return "name\tagreement\tplace_a\tplace_b\tmapq_a\tmapq_b\tscore_a\tscore_b\tedits_a\tedits_b\tverdict_a\tverdict_b";
}

std::string disagreement_line(const Disagreement& disagreement, const TruthTable* truth, int slack) {
    const TruthRow* row = row_of(truth, disagreement.name);
    const Placement nothing;
    const Placement& a = is_aligned(disagreement.a) ? *disagreement.a : nothing;
    const Placement& b = is_aligned(disagreement.b) ? *disagreement.b : nothing;
    const auto mapq_text = [](const Placement& placement) { return placement.aligned ? std::to_string(placement.mapq) : std::string("."); };
    return fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}", disagreement.name, name_of(disagreement.agreement), place_text(&a),
                       place_text(&b), mapq_text(a), mapq_text(b), number_text(a.score), number_text(b.score), number_text(a.edit_distance),
                       number_text(b.edit_distance), verdict_text(row, &a, slack), verdict_text(row, &b, slack));
}

}  // namespace weft
