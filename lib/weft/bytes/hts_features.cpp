#include "weft/bytes/hts_features.hpp"

#include <htslib/hts.h>

#include <string_view>

namespace weft {

std::string hts_runtime_version() { return hts_version(); }

std::string hts_codecs_version() {
    const char* const text = hts_test_feature(HTS_FEATURE_HTSCODECS);
    const std::string_view version = text == nullptr ? "" : text;
    return std::string(version.substr(version.find('=') + 1));   // "htscodecs=1.2.2", or the version alone
}

std::vector<HtsFeature> hts_runtime_features() {
    const unsigned there = hts_features();
    return {{"libcurl", "files at http, https and ftp addresses", (there & HTS_FEATURE_LIBCURL) != 0},
            {"s3", "files in Amazon S3", (there & HTS_FEATURE_S3) != 0},
            {"gcs", "files in Google Cloud Storage", (there & HTS_FEATURE_GCS) != 0},
            {"libdeflate", "faster BAM", (there & HTS_FEATURE_LIBDEFLATE) != 0},
            {"lzma", "CRAM blocks packed with lzma", (there & HTS_FEATURE_LZMA) != 0},
            {"bzip2", "CRAM blocks packed with bzip2", (there & HTS_FEATURE_BZIP2) != 0},
            {"plugins", "further kinds of addresses", (there & HTS_FEATURE_PLUGINS) != 0}};
}

}   // namespace weft
