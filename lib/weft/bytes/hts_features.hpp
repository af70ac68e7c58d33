// What the HTSlib that weft runs with can do. It is a shared library: another build of it may lack the network or a codec of
// CRAM, and a file that needs them then fails far from the cause.
#pragma once

#include <string>
#include <vector>

namespace weft {

struct HtsFeature {
    std::string name{};     // "libcurl"
    std::string serves{};   // "files at http, https and ftp addresses"
    bool there = false;
};

/// Version of the library that is loaded, which need not be the one weft was built with.
std::string hts_runtime_version();

/// Version of its codecs for CRAM 3.1; empty when they are not told.
std::string hts_codecs_version();

/// Always all of them, in the same order.
std::vector<HtsFeature> hts_runtime_features();

}   // namespace weft
