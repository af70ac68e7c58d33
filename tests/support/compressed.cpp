#include "support/compressed.hpp"

#include <htslib/bgzf.h>

#include <stdexcept>

namespace weft::test {
namespace {

constexpr std::size_t block_header = 18;   // bytes before the deflated data of a BGZF block

}  // namespace

std::string bgzf_block(std::string_view text) {
    std::string block(BGZF_MAX_BLOCK_SIZE, '\0');
    std::size_t length = block.size();
    if (bgzf_compress(block.data(), &length, text.data(), text.size(), 6) != 0) throw std::runtime_error("cannot compress");
    block.resize(length);
    return block;
}

std::string bgzf(std::string_view text) {
    std::string file;
    for (; !text.empty(); text.remove_prefix(std::min<std::size_t>(text.size(), BGZF_BLOCK_SIZE))) file += bgzf_block(text.substr(0, BGZF_BLOCK_SIZE));
    return file + bgzf_block({});
}

std::string gzip(std::string_view text) {
    // A BGZF block is a gzip member with an extra field; here it gets the plain header of RFC 1952 instead.
    if (text.size() > BGZF_BLOCK_SIZE) throw std::runtime_error("too long for one block");
    return std::string("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10) + bgzf_block(text).substr(block_header);
}

}  // namespace weft::test
