// What a feature brought along and its records carry on: the tags of BAM input, the comment of a FASTA or FASTQ header.
//
// Fields that describe an older alignment are left out, because the new record has its own or none. Fields that describe
// every base of the sequence (base modifications) are left out of records that do not show the whole sequence: there they
// would be read against the wrong bases.
#pragma once

#include <string>

#include "weft/model/feature.hpp"
#include "weft/record/record_context.hpp"

namespace weft {

/// Ready to be appended to a record: text with a leading tab each, or BAM encoding, as the output needs it.
struct KeptFields {
    std::string forward{};      // for records with the whole sequence as it was given
    std::string reverse{};      // for records with its reverse complement
    std::string partial{};      // for records with less than the whole sequence
    std::string read_group{};   // RG, which goes last: CRAM has a place of its own for it and gives it back there
};

/// Replaces `kept` by the fields of a feature. A comment becomes tags when each tab-separated part is one ("BC:Z:ACGT"),
/// else one CO:Z tag; a tag that occurs twice is kept once. Throws FormatError when the tags of BAM input are damaged.
void collect_kept_fields(const Feature& feature, const RecordContext& context, KeptFields& kept);

}  // namespace weft
