#include "weft/bytes/mapped_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <thread>
#include <utility>
#include <vector>

#include "weft/bytes/system_call.hpp"
#include "weft/model/error.hpp"

namespace weft {
namespace {

constexpr std::size_t huge_page = std::size_t{2} << 20;
constexpr std::size_t copy_piece = std::size_t{16} << 20;   // bytes per read: long enough to stream, short enough to share out

struct Descriptor {
    int number;
    ~Descriptor() { ::close(number); }
};

// Private memory that starts on a huge-page boundary and may be backed by huge pages; nullptr when there is none.
void* huge_page_memory(std::size_t size) {
    const std::size_t padded = size + huge_page;
    void* const raw = ::mmap(nullptr, padded, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (raw == MAP_FAILED) return nullptr;
    const auto begin = reinterpret_cast<std::uintptr_t>(raw);
    const std::size_t before = (huge_page - begin % huge_page) % huge_page;
    auto* const aligned = static_cast<std::byte*>(raw) + before;
    if (before > 0) ::munmap(raw, before);
    ::munmap(aligned + size, padded - before - size);
    (void)::madvise(aligned, size, MADV_HUGEPAGE);   // a wish: 4-KiB pages work, only slower
    return aligned;
}

struct CopyResult {
    std::atomic<int> error_number{0};
    std::atomic<bool> shrank{false};
};

// Reads pieces of the file, whichever is next, until none is left or one failed.
void copy_pieces(int descriptor, std::span<std::byte> memory, std::atomic<std::size_t>& next, CopyResult& result) {
    while (result.error_number == 0 && !result.shrank) {
        const std::size_t begin = next.fetch_add(copy_piece);
        if (begin >= memory.size()) return;
        std::span<std::byte> piece = memory.subspan(begin, std::min(copy_piece, memory.size() - begin));
        std::size_t offset = begin;
        while (!piece.empty()) {
            const ssize_t count = ::pread(descriptor, piece.data(), piece.size(), static_cast<off_t>(offset));
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) {
                result.error_number = errno;
                return;
            }
            if (count == 0) {
                result.shrank = true;
                return;
            }
            piece = piece.subspan(static_cast<std::size_t>(count));
            offset += static_cast<std::size_t>(count);
        }
    }
}

}  // namespace

MappedFile MappedFile::open(const std::string& path, Access access, int threads) {
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (file.number < 0) throw_system_error(path, "open", errno);
    struct stat status {};
    if (::fstat(file.number, &status) != 0) throw_system_error(path, "open", errno);
    if (S_ISDIR(status.st_mode)) throw_system_error(path, "open", EISDIR);
    if (!S_ISREG(status.st_mode)) throw SystemError({path, "cannot map a pipe or device into memory", "give a regular file"});

    MappedFile result;
    result.size_ = static_cast<std::size_t>(status.st_size);
    if (result.size_ == 0) return result;   // the system maps no empty files
    if (access != Access::copy) {
        const int populate = access == Access::populate ? MAP_POPULATE : 0;
        void* const begin = ::mmap(nullptr, result.size_, PROT_READ, MAP_SHARED | populate, file.number, 0);
        if (begin == MAP_FAILED) throw_system_error(path, "map into memory", errno);
        result.begin_ = begin;
        result.reserved_ = result.size_;
        return result;
    }

    const std::size_t reserved = (result.size_ + huge_page - 1) / huge_page * huge_page;
    result.begin_ = huge_page_memory(reserved);
    if (result.begin_ == nullptr) throw_system_error(path, "copy into memory", ENOMEM);
    result.reserved_ = reserved;
    const std::span<std::byte> memory(static_cast<std::byte*>(result.begin_), result.size_);
    CopyResult copied;
    std::atomic<std::size_t> next{0};
    {
        const std::size_t pieces = (result.size_ + copy_piece - 1) / copy_piece;
        std::vector<std::jthread> helpers;
        for (std::size_t i = 1; i < std::min(pieces, static_cast<std::size_t>(std::max(1, threads))); ++i) {
            helpers.emplace_back([&] { copy_pieces(file.number, memory, next, copied); });
        }
        copy_pieces(file.number, memory, next, copied);
    }   // joins
    if (copied.error_number != 0) throw_system_error(path, "read", copied.error_number);
    if (copied.shrank) throw FormatError({path, "became shorter while it was read", "let whoever writes it finish first"});
    (void)::mprotect(result.begin_, result.reserved_, PROT_READ);   // a stray write is a bug: make it loud
    return result;
}

MappedFile::~MappedFile() {
    if (begin_ != nullptr) ::munmap(begin_, reserved_);
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : begin_(std::exchange(other.begin_, nullptr)),
      size_(std::exchange(other.size_, 0)),
      reserved_(std::exchange(other.reserved_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
    std::swap(begin_, other.begin_);
    std::swap(size_, other.size_);
    std::swap(reserved_, other.reserved_);
    return *this;
}

void MappedFile::expect(Pattern pattern, std::span<const std::byte> part) const {
    if (part.empty()) return;
    constexpr int advice[] = {MADV_NORMAL, MADV_SEQUENTIAL, MADV_RANDOM, MADV_WILLNEED};
    static const std::size_t page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    const std::size_t offset = static_cast<std::size_t>(part.data() - static_cast<const std::byte*>(begin_));
    const std::size_t before = offset % page;
    (void)::madvise(static_cast<std::byte*>(begin_) + (offset - before), part.size() + before, advice[static_cast<int>(pattern)]);
}

}  // namespace weft
