#include "weft/report/feature_groups.hpp"

#include <utility>

namespace weft {

bool FeatureGroups::next(std::vector<AlignmentRecord>& group) {
    group.clear();
    if (!has_ahead_) has_ahead_ = reader_->read(ahead_);
    bool has_primary = false;
    while (has_ahead_) {
        const bool primary = ahead_.role == Role::primary;
        if (!group.empty() && (ahead_.name != group.front().name || (primary && has_primary))) break;
        has_primary |= primary;
        group.push_back(std::move(ahead_));
        has_ahead_ = reader_->read(ahead_);
    }
    return !group.empty();
}

}  // namespace weft
