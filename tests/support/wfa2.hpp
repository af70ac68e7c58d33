// WFA2 as a judge and as a peer: an exact wavefront aligner with the scoring of ours.
#pragma once

#include <memory>

#include "weft/kernel/scoring.hpp"

extern "C" {
#include <wavefront/wavefront_align.h>
}

namespace weft::test {

struct DeleteWavefrontAligner {
    void operator()(wavefront_aligner_t* aligner) const { wavefront_aligner_delete(aligner); }
};
using WavefrontAligner = std::unique_ptr<wavefront_aligner_t, DeleteWavefrontAligner>;

/// Wavefronts want matches to be free. Every base takes half a match along, so with doubled numbers a mismatch costs
/// 2 (match + mismatch), a gap 2 open + (2 extend + match) per base, and 2 score = match x (both lengths) - penalty.
/// (Eizenga & Paten 2022.)
inline WavefrontAligner wavefront_aligner(const Scoring& scoring, alignment_scope_t scope) {
    wavefront_aligner_attr_t attributes = wavefront_aligner_attr_default;
    attributes.distance_metric = gap_affine_2p;
    attributes.affine2p_penalties = {0, 2 * (scoring.match + scoring.mismatch), 2 * scoring.gap_open, 2 * scoring.gap_extend + scoring.match,
                                     2 * scoring.gap_open2, 2 * scoring.gap_extend2 + scoring.match};
    attributes.alignment_scope = scope;
    attributes.heuristic.strategy = wf_heuristic_none;
    return WavefrontAligner(wavefront_aligner_new(&attributes));
}

}  // namespace weft::test
