#include "weft/record/oriented_feature.hpp"

#include <algorithm>

#include "weft/model/sequence.hpp"

namespace weft {
namespace {

using LetterTable = std::array<char, 256>;

LetterTable make_table(bool complemented) {
    LetterTable table;
    table.fill('N');
    for (const char letter : std::string_view("ACGTRYKMSWBDHVNacgtrykmswbdhvnUu")) {
        const char shown = upper(letter) == 'U' ? 'T' : upper(letter);
        table[static_cast<unsigned char>(letter)] = complemented ? complement_letter(shown) : shown;
    }
    return table;
}

const std::array<LetterTable, 2> tables{make_table(false), make_table(true)};

}  // namespace

void OrientedFeature::assign(const Feature& feature) {
    feature_ = &feature;
    ready_ = {};
    qualities_ready_ = false;
}

std::string_view OrientedFeature::letters(Strand strand) {
    const auto which = static_cast<std::size_t>(strand);
    std::string& letters = letters_[which];
    if (!ready_[which]) {
        const std::string& given = feature_->sequence;
        const LetterTable& table = tables[which];
        const auto shown = [&table](char letter) { return table[static_cast<unsigned char>(letter)]; };
        letters.resize(given.size());
        if (strand == Strand::forward)
            std::transform(given.begin(), given.end(), letters.begin(), shown);
        else
            std::transform(given.rbegin(), given.rend(), letters.begin(), shown);
        ready_[which] = true;
    }
    return letters;
}

std::string_view OrientedFeature::qualities(Strand strand) {
    if (strand == Strand::forward) return feature_->qualities;
    if (!qualities_ready_) {
        reversed_qualities_.assign(feature_->qualities.rbegin(), feature_->qualities.rend());
        qualities_ready_ = true;
    }
    return reversed_qualities_;
}

}  // namespace weft
