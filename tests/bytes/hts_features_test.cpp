#include "weft/bytes/hts_features.hpp"

#include <htslib/hts.h>
#include <catch2/catch.hpp>

#include <set>

using namespace weft;

TEST_CASE("versions and features are those of the library that is loaded", "[bytes]") {
    CHECK(hts_runtime_version() == hts_version());
    const std::string codecs = hts_codecs_version();
    CHECK(codecs.find('=') == std::string::npos);
    std::set<std::string> names;
    for (const HtsFeature& feature : hts_runtime_features()) {
        names.insert(feature.name);
        CHECK_FALSE(feature.serves.empty());
        if (feature.name == "lzma") CHECK(feature.there == ((hts_features() & HTS_FEATURE_LZMA) != 0));
        if (feature.name == "libcurl") CHECK(feature.there == ((hts_features() & HTS_FEATURE_LIBCURL) != 0));
    }
    CHECK(names.size() == hts_runtime_features().size());
    CHECK(names.contains("bzip2"));
}
