// What a file holds, told by its first bytes: for lists of inputs and for checks, before anything is read in earnest.
#pragma once

#include <string>
#include <string_view>

namespace weft {

/// One of fasta, fastq, sam (SAM, BAM or CRAM), paf, gff3, gtf, bed, vcf, weft (an index of weft), text, unknown; of what is inside when
/// the file is compressed by gzip. Throws SystemError when the file cannot be read, FormatError when its compression is damaged.
std::string_view content_format(const std::string& path);

/// The same for the beginning of a text: all but sam and weft.
std::string_view text_format(std::string_view begin);

}  // namespace weft
