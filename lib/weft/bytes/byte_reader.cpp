#include "weft/bytes/byte_reader.hpp"

#include <array>
#include <cassert>
#include <utility>

#include "weft/bytes/system_call.hpp"
#include "weft/model/error.hpp"

namespace weft {
namespace {

constexpr char make_again[] = "fetch or write the file again";

bool starts_like_gzip(hFILE* stream) {
    std::array<unsigned char, 2> first{};
    return hpeek(stream, first.data(), first.size()) == 2 && first[0] == 0x1f && first[1] == 0x8b;
}

}  // namespace

ByteReader::ByteReader(InputFile file, Checksum* raw) : name_(std::move(file.name)), raw_stream_(file.stream.get()), raw_(raw) {
    if (!starts_like_gzip(raw_stream_)) {
        plain_ = std::move(file.stream);
        return;
    }
    assert(raw == nullptr && "only the bytes of an uncompressed file pass through here");
    bgzf_.reset(bgzf_hopen(raw_stream_, "r"));
    if (bgzf_) (void)file.stream.release();   // bgzf_ owns it now
    // HTSlib takes a file for plain text when not even the gzip header is whole.
    if (!bgzf_ || bgzf_compression(bgzf_.get()) == no_compression) {
        throw FormatError({name_, "the compressed data are truncated or damaged within their header", make_again});
    }
    if (bgzf_compression(bgzf_.get()) == bgzf && bgzf_check_EOF(bgzf_.get()) == 0) {
        throw FormatError({name_, "is truncated: the end marker of its BGZF compression is missing", make_again});
    }
}

std::size_t ByteReader::read(std::span<char> bytes) {
    if (bytes.empty()) return 0;
    if (plain_) {
        const ssize_t count = hread(plain_.get(), bytes.data(), bytes.size());
        if (count < 0) throw_system_error(name_, "read", herrno(plain_.get()));
        if (raw_ != nullptr) raw_->update(std::string_view(bytes.data(), static_cast<std::size_t>(count)));
        return static_cast<std::size_t>(count);
    }
    const ssize_t count = damaged_ ? -1 : bgzf_read(bgzf_.get(), bytes.data(), bytes.size());
    if (count < 0) {
        damaged_ = true;   // whoever asks again, to pass over a bad record, is to hear the same
        if (herrno(raw_stream_) != 0) throw_system_error(name_, "read", herrno(raw_stream_));
        throw FormatError({name_, "the compressed data are truncated or damaged near byte " + std::to_string(bytes_done()), make_again});
    }
    // A pipe cannot be asked for its end marker beforehand; HTSlib notes its absence when the end comes.
    if (static_cast<std::size_t>(count) < bytes.size() && bgzf_->no_eof_block) {
        throw FormatError({name_, "is truncated: the end marker of its BGZF compression is missing", make_again});
    }
    return static_cast<std::size_t>(count);
}

std::uint64_t ByteReader::bytes_done() const { return static_cast<std::uint64_t>(htell(raw_stream_)); }

}  // namespace weft
