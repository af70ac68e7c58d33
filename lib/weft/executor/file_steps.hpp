// The steps on files that resume is built from. Each is checked, each waits for the disk where its name says so, and each is
// a fault point ("write", "fsync", "rename"), so that tests can stop a run before any of them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace weft {

/// Owner of an open file. Closing is not checked: whoever needs the bytes on the disk syncs them before.
class OpenFile {
public:
    OpenFile() = default;
    /// `flags` as for open(2); O_CLOEXEC is added. Throws SystemError naming the file.
    OpenFile(const std::string& path, int flags, unsigned mode = 0666);
    /// Takes over a file that is open.
    explicit OpenFile(int number) : number_(number) {}
    ~OpenFile();
    OpenFile(OpenFile&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    OpenFile& operator=(OpenFile&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }

    int number() const { return number_; }

private:
    int number_ = -1;
};

/// Writes a read-only file that did not exist, and waits until its bytes are on the disk (its name is not: `sync_folder`).
void write_new_file(const std::string& path, std::string_view content);

/// The bytes of a small file. Throws SystemError when it is missing or cannot be read.
std::string content_of_file(const std::string& path);

/// The same, or nothing when there is no file of that name.
std::optional<std::string> content_of_file_if_there(const std::string& path);

/// Waits until a file's bytes are on the disk.
void sync_file(const std::string& path);

/// Waits until the names in a folder are on the disk, where the file system can do so.
void sync_folder(const std::string& path);

/// Creates a folder and makes its name durable; harmless when it exists.
void make_folder(const std::string& path);

/// Renames a folder to a name that must be free. False: the name is taken, and nothing was changed.
bool rename_to_free_name(const std::string& from, const std::string& to);

/// Full paths of what a folder holds, sorted.
std::vector<std::string> entries_of_folder(const std::string& path);

/// Removes a file or a folder with everything in it; harmless when it does not exist.
void remove_tree(const std::string& path);

}  // namespace weft
