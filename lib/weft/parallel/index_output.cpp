#include "weft/parallel/index_output.hpp"

#include "weft/index/index_view.hpp"

namespace weft {

OutputHeader header_of(const Index& index) {
    OutputHeader header;
    header.contigs.reserve(index.contigs());
    for (std::size_t i = 0; i < index.contigs(); ++i) {
        const ContigId contig{static_cast<std::uint32_t>(i)};
        header.contigs.push_back({std::string{index.name(contig)}, index.length(contig), std::string{index.md5(contig)}});
    }
    header.program_version = WEFT_VERSION;
    return header;
}

ReferenceLetters letters_of(const Index& index) {
    return [&view = index.view()](ContigId contig, ReferenceInterval interval, std::span<char> letters) {
        view.letters(view.contig_begin[rank(contig)] + static_cast<std::uint64_t>(interval.begin), letters);
    };
}

}  // namespace weft
