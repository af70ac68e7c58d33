// What the report page is made of beside the data: its style, its scripts and the licences of what others wrote.
//
// The files lie in assets/ and are compiled into the binary (cmake/WeftReportAssets.cmake), so that a report needs nothing but the binary.
#pragma once

#include <string_view>

namespace weft {

/// A script, and its SHA-256 in hexadecimal digits: the page allows this very text to run.
struct PageScript {
    std::string_view text{};
    std::string_view sha256{};
};

struct PageAssets {
    std::string_view style{};
    std::string_view dark_style{};   // for screens in the dark: over `style`
    std::string_view echarts_licence{}, d3_licence{}, zrender_licence{}, dagre_licence{}, igv_licence{}, weft_licence{};
    std::string_view region_style{};   // of the region view: over `style`, in pages that have one
    PageScript theme{};     // runs before the page is drawn: light or dark
    PageScript echarts{};   // charts
    PageScript dagre{};     // places of the stages in their graph
    PageScript page{};      // everything else
    PageScript page_with_regions{};   // the same and the region view
    PageScript igv{};       // igv.js, packed into pages with a region view, which unpack it
};

const PageAssets& page_assets();

}  // namespace weft
