// What is needed to do it again: the command, every setting with its origin, inputs by their digests, versions; and the licences of what
// the page contains.
#include <fmt/format.h>

#include "weft/report/page_assets.hpp"
#include "weft/report/page_html.hpp"
#include "weft/report/page_section.hpp"

namespace weft {
namespace {

std::string command_html(const RunDocument& run) {
    return run.command.empty() ? "" : fmt::format("<h3>Command</h3><pre class=\"command\"><code>{}</code></pre>\n", escaped(run.command));
}

std::string settings_html(const RunDocument& run) {
    HtmlTable table("Settings and their origins");
    table.searchable().text_column("Setting").text_column("Value").text_column("Origin");
    for (const auto& [key, value, origin] : run.config) table.row({code_cell(key), code_cell(value), text_cell(origin)});
    return table.empty() ? "" : "<h3>Settings</h3>" + table.html() + "\n";
}

std::string inputs_html(const RunDocument& run) {
    HtmlTable table("Inputs");
    table.text_column("Input").text_column("Path").number_column("Size").text_column("Digest");
    for (const auto& [name, path, digest, bytes] : run.inputs)
        table.row({text_cell(name), code_cell(path), {bytes_text(bytes), static_cast<double>(bytes)}, code_cell(digest)});
    return table.empty() ? "" : "<h3>Inputs</h3>" + table.html() + "\n";
}

std::string versions_html(const RunDocument& run) {
    HtmlTable table("Versions");
    table.text_column("Program or library").text_column("Version");
    for (const auto& [name, version] : run.versions) table.row({text_cell(name), text_cell(version)});
    return table.empty() ? "" : "<h3>Versions</h3>" + table.html() + "\n";
}

std::string licence_html(std::string_view what, std::string_view licence) {
    std::string text;   // a licence keeps its lines
    for (std::size_t begin = 0; begin < licence.size();) {
        const std::size_t end = std::min(licence.find('\n', begin), licence.size());
        text += escaped(licence.substr(begin, end - begin)) + "\n";
        begin = end + 1;
    }
    return fmt::format("<details class=\"licence\"><summary>{}</summary><pre tabindex=\"0\">{}</pre></details>\n", escaped(what), text);
}

std::string licences_html(bool regions) {
    const PageAssets& assets = page_assets();
    return "<h3>Licences</h3>\n" + licence_html("weft, and the style and scripts of this page: MIT", assets.weft_licence) +
           licence_html("Apache ECharts 6.1.0, draws the charts: Apache-2.0", assets.echarts_licence) +
           licence_html("ZRender 6.1.0, within ECharts: BSD-3-Clause", assets.zrender_licence) +
           licence_html("d3, parts of it within ECharts: BSD-3-Clause", assets.d3_licence) +
           licence_html("@dagrejs/dagre 3.1.3 and graphlib 4.0.6, place the stages in their graph: MIT", assets.dagre_licence) +
           (regions ? licence_html("igv.js 3.8.10, shows the regions: MIT, with parts under Apache-2.0, ISC and Zlib", assets.igv_licence)
                    : "");
}

}  // namespace

PageSection configuration_section(const RunDocument* run, bool regions) {
    std::string html;
    if (run) html += command_html(*run) + settings_html(*run) + inputs_html(*run) + versions_html(*run);
    return {"configuration", run ? "Configuration" : "Licences", html + licences_html(regions)};
}

}  // namespace weft
