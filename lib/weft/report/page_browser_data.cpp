#include "weft/report/page_browser_data.hpp"

#include <zlib.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace weft {
namespace {

using nlohmann::json;   // keeps the fields of objects sorted by name

// The fields of an object that are named, as far as they are there.
json picked(const json& object, std::initializer_list<const char*> keys) {
    json result = json::object();
    for (const char* key : keys)
        if (object.contains(key)) result[key] = object[key];
    return result;
}

std::string dumped(const json& document) { return document.dump(-1, ' ', false, json::error_handler_t::replace); }

}  // namespace

std::string base64(std::string_view bytes) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t taken = std::min<std::size_t>(3, bytes.size() - i);
        unsigned group = 0;
        for (std::size_t j = 0; j < 3; ++j) group = group << 8 | (j < taken ? static_cast<unsigned char>(bytes[i + j]) : 0U);
        for (std::size_t j = 0; j < 4; ++j) text += j <= taken ? letters[group >> (18 - 6 * j) & 63] : '=';
    }
    return text;
}

std::string lasting_browser_json(std::string_view analysis_json, std::string_view run_json) {
    json data = json::object();
    if (!analysis_json.empty())
        data["analysis"] = picked(json::parse(analysis_json), {"features", "identity", "coverage", "classes", "size_classes", "mapq",
                                                               "histograms", "length_identity", "depth", "errors", "dot_plot"});
    if (!run_json.empty()) {
        json stages = json::array();
        for (const json& stage : json::parse(run_json).value("stages", json::array())) {
            stages.push_back(picked(stage, {"name", "kind", "status", "needs"}));
            if (stages.back().value("status", "") == "reused")
                stages.back()["status"] = "done";   // reused or made: that is a matter of time
        }
        data["run"] = {{"stages", stages}};
    }
    return dumped(data);
}

std::string times_browser_json(std::string_view run_json) {
    const json run = json::parse(run_json);
    json times = picked(run, {"wall_ms", "threads", "memory_budget", "tasks", "tasks_total", "running", "resources", "throughput"});
    times["stages"] = json::array();
    for (const json& stage : run.value("stages", json::array()))
        times["stages"].push_back(picked(stage, {"name", "status", "ready_ms", "begin_ms", "end_ms", "critical"}));
    return dumped(times);
}

std::string gzip_base64(std::string_view text) {
    constexpr int gzip_window = 15 + 16;
    constexpr int memory_level = 9;
    z_stream stream{};
    gz_header header{};
    header.os = 255;   // unknown
    std::string packed(text.size() + text.size() / 1'000 + 128, '\0');
    bool good = deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzip_window, memory_level, Z_DEFAULT_STRATEGY) == Z_OK;
    good = good && deflateSetHeader(&stream, &header) == Z_OK;
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    good = good && deflate(&stream, Z_FINISH) == Z_STREAM_END;
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    if (!good) throw std::runtime_error("zlib cannot compress the data of the report");
    return base64(packed);
}

std::string base64_of_hex(std::string_view digits) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
        bytes += static_cast<char>(std::stoi(std::string(digits.substr(i, 2)), nullptr, 16));
    return base64(bytes);
}

}  // namespace weft
