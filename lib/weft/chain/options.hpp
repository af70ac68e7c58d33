// Which anchors may follow each other in a chain.
#pragma once

#include <string>
#include <vector>

namespace weft {

struct ChainOptions {
    int max_gap = 5'000;          // bases between neighbouring blocks, on query or reference (-g)
    int bandwidth = 500;          // difference of the two gaps within a chain (-r first value)
    int long_bandwidth = 20'000;  // the same when chains are joined over long gaps (-r second value)
    int max_lookback = 100;       // predecessors tried per block
    int min_score = 30;           // matched bases a chain needs (-m)
    int min_minimizers = 2;       // minimizers a chain needs (-n)
    double gap_scale = 1.0;       // cost of a gap of length difference d: scale x 0.01 x k x d + 0.5 log2 d (-chain-gap-scale)
    double skip_scale = 0.0;      // cost per base of unmatched stretch between blocks

    std::vector<std::string> problems() const;
};

}  // namespace weft
