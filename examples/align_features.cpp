// Aligns the features of a FASTA to a genome and prints where each lies: weft as a library, from an installed prefix.
//     align_features genome.fa genes.fa
#include <iostream>
#include <weft/parallel_aligner.hpp>

int main(int argc, char** argv) try {
    if (argc != 3) throw weft::UsageError({"align_features", "give a genome and a file of features", ""});

    const weft::Index index = weft::Index::build(weft::read_reference(argv[1]).contigs);
    const weft::ParallelAligner aligner(index, {.preset = weft::Preset::feature});

    weft::FeatureReader features({argv[2]});
    aligner.align_features([&](weft::Feature& feature) { return features.read(feature); },
                           [&](const weft::Feature& feature, const weft::FeatureAlignments& found) {
                               for (const weft::Alignment& hit : found.alignments)
                                   std::cout << feature.name << '\t' << index.name(hit.contig) << '\t' << hit.reference.begin
                                             << '\t' << hit.reference.end << '\t' << weft::symbol(hit.strand) << '\t'
                                             << weft::to_string(hit.cigar) << '\n';
                           });
    return 0;
} catch (const weft::Error& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
