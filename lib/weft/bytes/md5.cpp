#include "weft/bytes/md5.hpp"

#include <htslib/hts.h>

#include <algorithm>
#include <array>
#include <new>

#include "weft/model/sequence.hpp"

namespace weft {

void SequenceMd5::Free::operator()(hts_md5_context* context) const noexcept { hts_md5_destroy(context); }

SequenceMd5::SequenceMd5() : context_(hts_md5_init()) {
    if (!context_) throw std::bad_alloc();
}

void SequenceMd5::update(std::string_view letters) {
    std::array<char, 4096> folded;   // small enough to stay in the first-level cache between folding and hashing
    while (!letters.empty()) {
        const std::string_view piece = letters.substr(0, folded.size());
        std::transform(piece.begin(), piece.end(), folded.begin(), upper);
        hts_md5_update(context_.get(), folded.data(), piece.size());
        letters.remove_prefix(piece.size());
    }
}

std::string SequenceMd5::hex() {
    std::array<unsigned char, 16> digest;
    hts_md5_final(digest.data(), context_.get());
    std::array<char, 33> text;
    hts_md5_hex(text.data(), digest.data());
    return std::string(text.data(), 32);
}

std::string sequence_md5(std::string_view letters) {
    SequenceMd5 md5;
    md5.update(letters);
    return md5.hex();
}

}  // namespace weft
