// A file's bytes in memory without parsing: mapped, so that every process shares one copy, or copied into huge pages.
//
// A mapping costs nothing to open and its pages arrive when touched; random look-ups in it pay for 4-KiB pages, though. A
// long run does better with a private copy in 2-MiB pages, read by several threads at once because one thread cannot
// saturate a modern disk or page cache.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace weft {

/// Read-only bytes of a whole file; constant from open to destruction. Safe to read from any number of threads.
/// Somebody who shortens a mapped file in place kills its readers (SIGBUS): replace such files by renaming, as OutputFile does.
class MappedFile {
public:
    enum class Access : std::uint8_t {
        lazy,       // map; pages arrive when they are touched
        populate,   // map and read every page now
        copy,       // read into private memory, with huge pages where the system grants them
    };

    MappedFile() = default;   // no file, no bytes

    /// Throws SystemError (missing, a directory, unreadable, out of memory) or FormatError (shrank while it was read).
    /// `threads` read in parallel for Access::copy.
    static MappedFile open(const std::string& path, Access access = Access::lazy, int threads = 1);

    ~MappedFile();
    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&& other) noexcept;

    std::span<const std::byte> bytes() const { return {static_cast<const std::byte*>(begin_), size_}; }
    std::size_t size() const { return size_; }

    /// What will be read of `part` (a part of `bytes()`), as a hint to the kernel; never changes an answer.
    enum class Pattern : std::uint8_t { normal, sequential, random, soon };
    void expect(Pattern pattern, std::span<const std::byte> part) const;

private:
    void* begin_ = nullptr;
    std::size_t size_ = 0;         // bytes of the file
    std::size_t reserved_ = 0;     // bytes of address space to give back
};

}  // namespace weft
