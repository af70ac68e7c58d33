// An output file that is either complete and checked, or not there.
//
// Bytes go to a temporary file beside the target ("genes.bam.4711.part"), which takes the target's place by a rename, the
// one step that a file system does whole or not at all. A run that fails removes the temporary file; a run that is killed
// may leave it behind, but never a target that looks whole. Pipes and devices cannot be renamed, so they are streamed to.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace weft {

/// Whether a committed file has reached the disk, not only the kernel: costs a wait, survives a power cut.
enum class Durability : std::uint8_t { kernel, disk };

/// Whether an output of that name is streamed to rather than replaced: standard output ("-" or ""), a FIFO, a device, and what lies in
/// /dev and /proc (/dev/stdout may lead to a regular file that somebody else holds open).
bool is_stream_target(const std::string& target);

/// The file that a chain of symbolic links leads to, whether it exists or not: what a rename is to replace.
std::string followed(const std::string& path);

/// Whether a file name (without folder) is that of a temporary file which the process makes for a destination of that name.
bool is_temporary_name(std::string_view name, std::string_view destination, int process);

/// One output: a file that appears on `commit`, or a stream ("-" or "" is standard output; FIFOs and devices likewise).
/// For one thread at a time. The caller should ignore SIGPIPE, else a closed pipe ends the process before it can be reported.
class OutputFile {
public:
    /// Creates the temporary file, so that an output that cannot be written is known before the work starts. Throws
    /// SystemError: the target is a directory, its directory is missing or not writable, the target is write-protected.
    explicit OutputFile(std::string target, Durability durability = Durability::kernel);
    ~OutputFile();   // without `commit`: the temporary file is removed and the target is untouched

    OutputFile(OutputFile&& other) noexcept;
    OutputFile& operator=(OutputFile&& other) noexcept;

    /// Appends bytes. Throws SystemError when the disk is full or fails, ClosedPipe when the reader of a pipe has gone.
    void write(std::span<const std::byte> bytes);
    void write(std::string_view text) { write(std::as_bytes(std::span(text))); }

    /// Bytes written so far.
    std::uint64_t size() const { return written_; }

    /// For libraries that open files by name: closes the own descriptor and returns the path that the library should open and
    /// must have closed before `commit`. Nothing may have been written before; `write` is not allowed after. For a stream it
    /// is the name by which HTSlib knows standard output ("-"), or the path of the device.
    const std::string& hand_over();

    /// Writes what is buffered, closes and renames, checking each step. Throws as `write` does; the target is then untouched.
    void commit();

    /// Gives up: removes the temporary file. Harmless after `commit`.
    void discard() noexcept;

    const std::string& target() const { return target_; }
    bool is_stream() const { return stream_; }

private:
    void create_temporary();
    void write_through(std::span<const std::byte> bytes);
    void flush();
    void sync();
    void close_descriptor();

    std::string target_;         // as given, for messages
    std::string destination_;    // where a link named as target points to; what is opened or renamed to
    std::string temporary_{};    // empty: a stream, or done
    Durability durability_;
    bool stream_ = false;
    int descriptor_ = -1;
    std::uint64_t written_ = 0;
    std::string buffer_{};
};

}  // namespace weft
