// What decides the content of an index.
#pragma once

#include <string>
#include <vector>

namespace weft {

struct IndexOptions {
    int k = 15;        // bases per minimizer, 9 to 28
    int w = 10;        // k-mers per window, one of which is kept, 1 to 255
    int threads = 0;   // 0: as many as the machine has; never changes the bytes of the index

    /// Every fault of these values, empty when they are fine.
    std::vector<std::string> problems() const;
};

}  // namespace weft
