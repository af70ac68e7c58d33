#include "weft/record/unaligned_reason.hpp"

#include <algorithm>

namespace weft {

std::string reason_word(Unaligned why) {
    std::string word = reason(why);
    std::replace(word.begin(), word.end(), ' ', '_');
    return word;
}

std::string unaligned_reason(std::string_view word, std::string_view message) {
    std::string text(word);
    std::replace(text.begin(), text.end(), '_', ' ');
    if (!text.empty() && !message.empty()) text += ": ";
    return text.append(message);
}

}  // namespace weft
