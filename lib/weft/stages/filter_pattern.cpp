#include "weft/stages/filter_pattern.hpp"

#include <re2/re2.h>

#include "weft/model/error.hpp"

namespace weft {
namespace {

re2::RE2::Options pattern_options() {
    re2::RE2::Options options;
    options.set_log_errors(false);   // a bad pattern is an exception here, not a line on standard error
    options.set_never_capture(true);
    return options;
}

}  // namespace

FilterPattern::FilterPattern(std::string_view text)
    : compiled_(std::make_shared<const re2::RE2>(re2::StringPiece(text.data(), text.size()), pattern_options())) {
    if (!compiled_->ok()) throw UsageError({"/" + std::string(text) + "/", compiled_->error(), ""});
}

bool FilterPattern::matches(std::string_view subject) const {
    return re2::RE2::FullMatch(re2::StringPiece(subject.data(), subject.size()), *compiled_);
}

const std::string& FilterPattern::text() const { return compiled_->pattern(); }

}  // namespace weft
