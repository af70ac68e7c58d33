// The reference as HTSlib wants it to write CRAM, made from our own letters.
//
// CRAM records are differences to the reference, which HTSlib reads by name from an indexed, uncompressed or BGZF FASTA. What
// the user has may be gzip, may lack an index (which we must not drop beside it), may have changed, or may not be there at
// all when a bare .weft index is used. So the letters of the index itself, the ones that were aligned to, go to a scratch
// file: a contig when its first record is about to be written, the others never. The file is sparse, has no headers or line
// ends, and its .fai, known beforehand, tells where each contig lies.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "weft/bytes/temporary_file.hpp"
#include "weft/record/record_context.hpp"

namespace weft {

class CramReference {
public:
    /// The context must outlive this object. Throws SystemError when the scratch directory cannot be written.
    CramReference(const RecordContext& context, const std::string& scratch_directory);

    /// What to give HTSlib as the name of the reference (option CRAM_OPT_REFERENCE).
    const std::string& name() const { return letters_.path(); }
    /// Call when HTSlib has opened it: the files disappear from their directory.
    void forget_names() noexcept;

    /// Makes sure that the letters of a contig are there. Call before handing HTSlib a record that lies on it.
    void provide(std::int32_t contig);

private:
    const RecordContext& context_;
    TemporaryFile letters_;
    TemporaryFile index_;   // HTSlib makes one itself when there is none of this name
    std::vector<std::uint64_t> offset_{};   // of each contig's letters in the file
    std::vector<bool> provided_{};
};

}  // namespace weft
