# Style, scripts and licences of the report page, as one C++ source in the build folder: the binary then needs no file beside it.
#
# Included, this file says how that source is made; run by `cmake -P`, it makes it. The scripts of the page are joined in the order
# below. Every script goes with its SHA-256, by which the page's Content-Security-Policy allows it and no other.
set(report_assets_style style/base.css style/layout.css style/parts.css style/print.css)
set(report_assets_region_style style/regions.css)
set(report_assets_dark_style style/dark.css)
set(report_assets_page format.js colours.js chart.js histograms.js error_profile.js depth.js dot_plot.js
    times.js stage_graph.js tables.js page.js)
set(report_assets_page_with_regions ${report_assets_page})
list(INSERT report_assets_page_with_regions 0 regions.js)
set(report_assets_echarts third_party/echarts-6.1.0/echarts.min.js)
set(report_assets_dagre third_party/dagre-3.1.3/dagre.min.js)
set(report_assets_igv third_party/igv-3.8.10/igv.min.js)
set(report_assets_theme theme.js)
set(report_assets_echarts_licence third_party/echarts-6.1.0/LICENSE third_party/echarts-6.1.0/NOTICE)
set(report_assets_d3_licence third_party/echarts-6.1.0/LICENSE-d3)
set(report_assets_zrender_licence third_party/echarts-6.1.0/LICENSE-zrender)
set(report_assets_dagre_licence third_party/dagre-3.1.3/LICENSE)
set(report_assets_igv_licence third_party/igv-3.8.10/LICENSE third_party/igv-3.8.10/NOTICE)
set(report_assets_weft_licence ../../../../LICENSE)
# The fields of PageAssets (lib/weft/report/page_assets.hpp), in their order.
set(report_assets_texts style dark_style echarts_licence d3_licence zrender_licence dagre_licence igv_licence weft_licence region_style)
set(report_assets_scripts theme echarts dagre page page_with_regions igv)

if(NOT CMAKE_SCRIPT_MODE_FILE)
    set(folder "${PROJECT_SOURCE_DIR}/lib/weft/report/assets")
    set(source "${PROJECT_BINARY_DIR}/report_assets/page_assets.cpp")
    set(files "")
    foreach(name IN LISTS report_assets_texts report_assets_scripts)
        list(APPEND files ${report_assets_${name}})
    endforeach()
    list(TRANSFORM files PREPEND "${folder}/")
    add_custom_command(OUTPUT "${source}"
        COMMAND "${CMAKE_COMMAND}" "-DFOLDER=${folder}" "-DSOURCE=${source}" -P "${CMAKE_CURRENT_LIST_FILE}"
        DEPENDS "${CMAKE_CURRENT_LIST_FILE}" ${files} COMMENT "Embedding the report page" VERBATIM)
    target_sources(weft PRIVATE "${source}")
    return()
endif()

# Sets `result` to the joined files of an asset.
function(read_asset name result)
    set(joined "")
    foreach(file IN LISTS report_assets_${name})
        file(READ "${FOLDER}/${file}" text)
        string(APPEND joined "${text}")
    endforeach()
    # A browser would look for the source map beside the page.
    string(REGEX REPLACE "\n//# sourceMappingURL=[^\n]*" "" joined "${joined}")
    if(joined MATCHES "</script|<!--|</style|\r|\\)asset\"")
        message(FATAL_ERROR "the asset ${name} holds '${CMAKE_MATCH_0}', which would end the element or the literal that holds it")
    endif()
    set(${result} "${joined}" PARENT_SCOPE)
endfunction()

set(fields "")
foreach(name IN LISTS report_assets_texts)
    read_asset(${name} text)
    string(APPEND fields "        .${name} = R\"asset(${text})asset\",\n")
endforeach()
foreach(name IN LISTS report_assets_scripts)
    read_asset(${name} text)
    if(name MATCHES "^page")
        set(text "\"use strict\";\n(() => {\n${text}})();\n")
    endif()
    string(SHA256 digest "${text}")
    string(APPEND fields "        .${name} = {.text = R\"asset(${text})asset\", .sha256 = \"${digest}\"},\n")
endforeach()
file(WRITE "${SOURCE}" "// Made by cmake/WeftReportAssets.cmake.
#include \"weft/report/page_assets.hpp\"

namespace weft {

const PageAssets& page_assets() {
    static const PageAssets assets{
${fields}    };
    return assets;
}

}  // namespace weft
")
