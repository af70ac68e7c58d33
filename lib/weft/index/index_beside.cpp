#include "weft/index/index_beside.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "weft/index/index_file.hpp"
#include "weft/model/error.hpp"

namespace weft {

std::string index_path_for(const std::string& fasta) { return fasta + ".weft"; }

bool begins_like_index(const std::string& path) {
    // Reading from a pipe would take bytes away from whoever reads it next.
    if (!std::filesystem::is_regular_file(path)) {
        if (std::filesystem::exists(path) || path == "-") return false;
        throw SystemError({path, fmt::format("cannot open: {}", std::strerror(ENOENT))});
    }
    std::ifstream file(path, std::ios::binary);
    if (!file) throw SystemError({path, fmt::format("cannot open: {}", std::strerror(errno))});
    std::array<char, index_magic.size()> first{};
    file.read(first.data(), first.size());
    return file.gcount() == static_cast<std::streamsize>(first.size()) && std::memcmp(first.data(), index_magic.data(), first.size()) == 0;
}

bool is_index_file(const std::string& path) { return path.ends_with(".weft") || begins_like_index(path); }

bool belongs_to(const Index& index, const ReferenceSource& source) {
    return index.source().bytes == source.bytes && index.source().checksum == source.checksum;
}

std::optional<Index> open_index_beside(const ReferenceSource& source, const OpenOptions& options) {
    const std::string path = index_path_for(source.path);
    if (!std::filesystem::exists(path)) return std::nullopt;
    Index index = Index::open(path, options);
    if (!belongs_to(index, source)) {
        const ReferenceSource& other = index.source();
        throw FormatError({path,
                           fmt::format("index was built from another file ({} bytes, XXH3 {:016x}) than {} ({} bytes, XXH3 {:016x})",
                                       other.bytes, other.checksum, source.path, source.bytes, source.checksum),
                           fmt::format("build it again with `weft index {}`, or remove it", source.path)});
    }
    return index;
}

}  // namespace weft
