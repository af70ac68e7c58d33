#include "weft/report/regions_document.hpp"

#include <nlohmann/json.hpp>

#include "weft/model/error.hpp"
#include "weft/report/page_browser_data.hpp"

namespace weft {
namespace {

using nlohmann::json;   // keeps the fields of objects sorted by name

constexpr int version = 1;
constexpr const char* role_words[] = {"primary", "supplementary", "secondary"};

std::string dumped(const json& document) { return document.dump(-1, ' ', false, json::error_handler_t::replace); }

json row_json(const SliceRow& row) {
    json made{{"name", row.name},
              {"begin", row.place.begin},
              {"end", row.place.end},
              {"strand", row.strand == Strand::forward ? 1 : -1},
              {"role", role_words[static_cast<int>(row.role)]}};
    if (row.identity) made["identity"] = *row.identity;
    if (row.mapq != 255) made["mapq"] = row.mapq;
    return made;
}

Role role_of(const std::string& word) {
    if (word == role_words[1]) return Role::supplementary;
    return word == role_words[2] ? Role::secondary : Role::primary;
}

SliceRow row_of(const json& made) {
    SliceRow row{.name = made.at("name").get<std::string>(),
                 .place = {made.at("begin").get<std::int64_t>(), made.at("end").get<std::int64_t>()},
                 .strand = made.at("strand").get<int>() < 0 ? Strand::reverse : Strand::forward,
                 .role = role_of(made.at("role").get<std::string>()),
                 .mapq = made.value("mapq", 255)};
    if (made.contains("identity")) row.identity = made.at("identity").get<double>();
    return row;
}

json parsed(std::string_view text) {
    json document = json::parse(text, nullptr, false);
    if (!document.is_object() || document.value("weft_regions", json()) != version || !document.contains("regions"))
        throw FormatError({"regions", "this is no document of regions of version 1", ""});
    return document;
}

}   // namespace

std::string regions_json(std::span<const RegionSlice> slices) {
    json regions = json::array();
    for (const RegionSlice& slice : slices) {
        json records = json::array();
        for (const SliceRow& row : slice.rows) records.push_back(row_json(row));
        regions.push_back({{"contig", slice.region.contig},
                           {"contig_length", slice.contig_length},
                           {"begin", slice.region.interval.begin},
                           {"end", slice.region.interval.end},
                           {"letters_begin", slice.letters_begin},
                           {"letters", slice.letters},
                           {"bam", base64(slice.bam)},
                           {"records", std::move(records)},
                           {"overlapping", slice.overlapping}});
    }
    return dumped({{"weft_regions", version}, {"regions", std::move(regions)}}) + "\n";
}

std::vector<RegionSlice> read_regions_document(std::string_view text) {
    const json document = parsed(text);
    try {
        std::vector<RegionSlice> slices;
        for (const json& made : document.at("regions")) {
            RegionSlice slice{.region = {made.at("contig").get<std::string>(),
                                         {made.at("begin").get<std::int64_t>(), made.at("end").get<std::int64_t>()}},
                              .contig_length = made.at("contig_length").get<std::int64_t>(),
                              .letters_begin = made.at("letters_begin").get<std::int64_t>(),
                              .overlapping = made.at("overlapping").get<std::int64_t>()};
            for (const json& row : made.at("records")) slice.rows.push_back(row_of(row));
            slices.push_back(std::move(slice));
        }
        return slices;
    } catch (const json::exception& error) {
        throw FormatError({"regions", error.what(), ""});
    }
}

std::string regions_browser_json(std::string_view text) {
    json document = parsed(text);
    for (json& region : document.at("regions")) region.erase("records");
    return dumped(document.at("regions"));
}

}   // namespace weft
