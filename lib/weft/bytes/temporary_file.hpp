// Scratch space on disk that never outlives its owner.
//
// Once its name is forgotten the file exists only through its descriptor: the kernel frees it when the process ends, whatever
// ends it. Sorting spills into such files, and HTSlib reads the reference of CRAM output from one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace weft {

/// Where scratch files for an output belong: $TMPDIR when it is set, else beside the output, else (standard output, and
/// what lies in /dev or /proc) the system's place.
std::string scratch_directory(const std::string& output_path);

/// A file for one thread at a time. Throws SystemError naming the directory when the disk is full or fails.
class TemporaryFile {
public:
    explicit TemporaryFile(const std::string& directory);
    /// A companion of a file that still has its name: the same name with a suffix.
    TemporaryFile(const TemporaryFile& companion, const char* suffix);
    ~TemporaryFile();   // the file is gone
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    /// For libraries that open files by name; empty once forgotten.
    const std::string& path() const { return path_; }
    /// Takes the name away. What is open stays readable and writable.
    void forget_name() noexcept;

    void write_at(std::uint64_t offset, std::span<const char> bytes);
    /// Fills `bytes`, which must have been written before.
    void read_at(std::uint64_t offset, std::span<char> bytes) const;
    /// Sets the length; bytes never written read as 0 and take no space.
    void set_size(std::uint64_t size);

private:
    [[noreturn]] void fail(const char* action, int error_number) const;

    std::string directory_;
    std::string path_{};
    int descriptor_ = -1;
};

}  // namespace weft
