#include "weft/report/length_identity.hpp"

#include <algorithm>

namespace weft {

void LengthIdentity::add(const FeatureRow& row) {
    const std::optional<double> identity = row.identity();
    if (!identity || row.length <= 0) return;
    const auto length = static_cast<double>(row.length);
    lengths_.add(length);
    identities_.add(*identity);
    ++counts_[identities_.bin_of(*identity) * lengths_.counts().size() + lengths_.bin_of(length)];
}

void LengthIdentity::merge(const LengthIdentity& other) {
    lengths_.merge(other.lengths_);
    identities_.merge(other.identities_);
    std::transform(counts_.begin(), counts_.end(), other.counts_.begin(), counts_.begin(), std::plus<>{});
}

LengthIdentityGrid LengthIdentity::grid() const {
    const Histogram lengths = lengths_.trimmed();
    const Histogram identities = identities_.trimmed();
    if (lengths.counts() == std::vector<std::int64_t>{0}) return {};
    LengthIdentityGrid grid{lengths.edges(), identities.edges(), {}};
    const std::size_t first_length = lengths_.bin_of(lengths.edges().front());
    const std::size_t first_identity = identities_.bin_of(identities.edges().front());
    for (std::size_t i = 0; i < identities.counts().size(); ++i) {
        const auto row = counts_.begin() + static_cast<std::ptrdiff_t>((first_identity + i) * lengths_.counts().size() + first_length);
        grid.counts.emplace_back(row, row + static_cast<std::ptrdiff_t>(lengths.counts().size()));
    }
    return grid;
}

}  // namespace weft
