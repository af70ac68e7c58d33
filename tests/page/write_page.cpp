// Writes a report page from files of JSON, for the test in the browser:
//     weft_write_page TITLE ANALYSIS RUN GRAPH OUTPUT [--no-times]
// where ANALYSIS, RUN and GRAPH are files or `-` for none.
#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

#include "weft/report/page.hpp"

namespace {

std::string content_of(const std::string& path) {
    if (path == "-") return "";
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

int main(int count, char** words) try {
    if (count < 6) throw std::runtime_error("usage: weft_write_page TITLE ANALYSIS RUN GRAPH OUTPUT [--no-times]");
    const bool times = count < 7 || std::string_view(words[6]) != "--no-times";
    std::ofstream output(words[5], std::ios::binary);
    output << weft::report_html({.title = words[1],
                                 .analysis_json = content_of(words[2]),
                                 .run_json = content_of(words[3]),
                                 .stage_graph_svg = content_of(words[4]),
                                 .times = times});
    output.close();
    if (!output) throw std::runtime_error(std::string("cannot write ") + words[5]);
    return 0;
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}
