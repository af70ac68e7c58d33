// What all records of one output share. Immutable while records are encoded, so any number of threads may read it.
#pragma once

#include <string>
#include <vector>

#include "weft/model/reference.hpp"
#include "weft/record/alignment_writer.hpp"

namespace weft {

struct RecordContext {
    OutputOptions options{};
    std::vector<ContigRecord> contigs{};
    ReferenceLetters letters{};
    std::string read_group{};   // ID of the -R line, the RG tag of every record; empty: none was given

    const ContigRecord& contig(ContigId id) const { return contigs[rank(id)]; }
    /// BAM and CRAM records are kept in BAM encoding until they are written, SAM and PAF as text.
    bool binary() const { return options.format == OutputFormat::bam || options.format == OutputFormat::cram; }
};

}  // namespace weft
