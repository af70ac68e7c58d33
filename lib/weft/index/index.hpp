// The reference index: contigs, packed bases and a minimizer table, shared by every thread and every process.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "weft/index/options.hpp"
#include "weft/model/coordinates.hpp"
#include "weft/model/reference.hpp"

namespace weft {

struct IndexView;

/// How the bytes of an index file reach memory.
enum class LoadMode : std::uint8_t {
    lazy,       // map; pages arrive when they are touched
    populate,   // map and read everything now
    copy,       // read into private memory with huge pages; fastest for long runs, not shared
};

struct OpenOptions {
    LoadMode load = LoadMode::lazy;
    bool verify = false;   // compare the checksum of every section and check its content; reads the whole file
    int threads = 0;       // that read in parallel for LoadMode::copy; 0: as many as the machine has
};

/// An immutable reference index. Cheap to move; all const members are safe from any number of threads.
class Index {
public:
    /// Opens an index file: checks the header, maps the rest, parses nothing. Microseconds, whatever the size.
    /// Throws SystemError (missing, unreadable) or FormatError (no index, other version, truncated, damaged header).
    static Index open(const std::string& path, const OpenOptions& options = {});

    /// Builds an index in memory. Throws UsageError for bad options, FormatError for duplicate or empty contig names or no bases.
    /// `stop`, when given and set by anyone, ends the work soon with Cancelled.
    static Index build(std::vector<ReferenceContig> contigs, const IndexOptions& options = {}, const ReferenceSource& source = {},
                       const std::atomic<bool>* stop = nullptr);

    /// Writes the index to `path` through a temporary file that is renamed when it is complete and on the disk. The bytes depend
    /// on the reference, k and w, and the version of weft alone. Throws SystemError.
    void save(const std::string& path) const;

    Index(Index&&) noexcept;
    Index& operator=(Index&&) noexcept;
    ~Index();

    int k() const;
    int w() const;
    std::size_t contigs() const;
    std::int64_t total_length() const;                         // bases of all contigs
    std::string_view name(ContigId contig) const;
    std::int64_t length(ContigId contig) const;
    std::string_view md5(ContigId contig) const;               // 32 hex digits over the upper-case sequence, as in @SQ M5
    std::optional<ContigId> find(std::string_view name) const;
    /// Upper-case letters of an interval. Throws UsageError when it leaves the contig.
    std::string sequence(ContigId contig, ReferenceInterval interval) const;
    std::size_t minimizers() const;
    std::size_t distinct_minimizers() const;
    const ReferenceSource& source() const;

    /// Smallest occurrence count such that at most `fraction` of the distinct minimizers occur more often.
    std::uint32_t occurrence_at(double fraction) const;

    /// Internal: the arrays, for the engine.
    const IndexView& view() const;

private:
    struct Content;
    explicit Index(std::unique_ptr<Content> content);
    std::unique_ptr<Content> content_;
};

}  // namespace weft
