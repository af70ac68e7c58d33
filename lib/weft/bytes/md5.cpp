#include "weft/bytes/md5.hpp"

#include <htslib/hts.h>

#include <array>
#include <memory>
#include <new>

namespace weft {
namespace {

struct DestroyMd5 {
    void operator()(hts_md5_context* context) const { hts_md5_destroy(context); }
};
using Md5Context = std::unique_ptr<hts_md5_context, DestroyMd5>;

}  // namespace

std::string md5_hex(std::string_view text) {
    const Md5Context context{hts_md5_init()};
    if (!context) throw std::bad_alloc();
    constexpr std::size_t piece = std::size_t{1} << 30;   // HTSlib counts the bytes of one call in an unsigned long
    for (std::size_t begin = 0; begin < text.size(); begin += piece) {
        const std::string_view part = text.substr(begin, piece);
        hts_md5_update(context.get(), part.data(), part.size());
    }
    std::array<unsigned char, 16> digest{};
    hts_md5_final(digest.data(), context.get());
    std::array<char, 33> hex{};
    hts_md5_hex(hex.data(), digest.data());
    return std::string(hex.data(), 32);
}

}  // namespace weft
