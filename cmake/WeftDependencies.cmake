# The packages of Debian 12 that weft builds on; scripts/test installs them where they are missing.
find_package(PkgConfig REQUIRED)
pkg_check_modules(htslib REQUIRED IMPORTED_TARGET htslib)       # libhts-dev
pkg_check_modules(hwy REQUIRED IMPORTED_TARGET libhwy)          # libhwy-dev
pkg_check_modules(xxhash REQUIRED IMPORTED_TARGET libxxhash)    # libxxhash-dev
find_package(TBB REQUIRED)                                      # libtbb-dev
find_package(fmt REQUIRED)                                      # libfmt-dev
find_package(CLI11 REQUIRED)                                    # libcli11-dev
pkg_check_modules(yaml_cpp REQUIRED IMPORTED_TARGET yaml-cpp)   # libyaml-cpp-dev
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)             # libre2-dev
find_package(OpenSSL REQUIRED COMPONENTS Crypto)               # libssl-dev
pkg_check_modules(zlib REQUIRED IMPORTED_TARGET zlib)           # zlib1g-dev
find_package(nlohmann_json REQUIRED)                            # nlohmann-json3-dev
find_package(tsl-robin-map REQUIRED)                            # robin-map-dev

# What `weft --version` says about them.
string(CONCAT weft_dependency_versions
    "htslib ${htslib_VERSION}, oneTBB ${TBB_VERSION}, Highway ${hwy_VERSION}, xxHash ${xxhash_VERSION}, fmt ${fmt_VERSION}, CLI11 ${CLI11_VERSION}"
    ", yaml-cpp ${yaml_cpp_VERSION}, RE2 ${re2_VERSION}, nlohmann-json ${nlohmann_json_VERSION}, zlib ${zlib_VERSION}, robin-map ${tsl-robin-map_VERSION}")
