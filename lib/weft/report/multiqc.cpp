#include "weft/report/multiqc.hpp"

#include <nlohmann/json.hpp>
#include <string_view>

#include "weft/report/table.hpp"

namespace weft {
namespace {

using Json = nlohmann::ordered_json;

std::string sample_of(const std::string& label) {
    for (const std::string_view ending : {".bam", ".sam", ".cram", ".paf", ".sam.gz", ".paf.gz"})
        if (label.size() > ending.size() && label.ends_with(ending)) return label.substr(0, label.size() - ending.size());
    return label;
}

std::string text_of(const Json& document) { return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

Json percent_column(const char* title, const char* description, const char* scale) {
    return {{"title", title}, {"description", description}, {"min", 0}, {"max", 100}, {"suffix", "%"},
            {"scale", scale}, {"format", "{:,.1f}"}};
}

Json general_of(const std::string& sample, const Analysis& analysis) {
    const FeatureCounts& features = analysis.features;
    Json values{{"features", features.total()}};
    if (features.total() > 0)
        values["mapped"] = rounded(100.0 * static_cast<double>(features.placed()) / static_cast<double>(features.total()));
    if (const auto identity = features.identity().median()) values["identity"] = rounded(100 * *identity);
    if (const auto coverage = features.coverage.median()) values["coverage"] = rounded(100 * *coverage);

    Json columns = Json::array();
    columns.push_back(Json::object(
        {{"features", {{"title", "Features"}, {"description", "Features read"}, {"min", 0}, {"format", "{:,.0f}"}, {"scale", "Blues"}}}}));
    columns.push_back(Json::object({{"mapped", percent_column("Mapped", "Features that were placed", "RdYlGn")}}));
    columns.push_back(Json::object({{"identity", percent_column("Identity", "Median identity of placed features", "PuBu")}}));
    columns.push_back(
        Json::object({{"coverage", percent_column("Coverage", "Median share of the bases of placed features that is aligned", "BuGn")}}));

    Json document{{"id", "weft_general"}, {"plot_type", "generalstats"}};
    document["pconfig"] = std::move(columns);
    document["data"][sample] = std::move(values);
    return document;
}

Json section(const char* id, const char* name, const char* description, const char* plot) {
    return {{"id", id}, {"section_name", name}, {"description", description}, {"parent_id", "weft"}, {"parent_name", "weft"},
            {"parent_description", "Features aligned to a genome by weft."}, {"plot_type", plot}};
}

Json classes_of(const std::string& sample, const Analysis& analysis) {
    Json document = section("weft_classes", "Features by class", "How well features were placed.", "bargraph");
    document["pconfig"] = {{"id", "weft_classes_plot"}, {"title", "weft: features by class"}, {"ylab", "Features"}};
    Json values = Json::object();
    for (const FeatureClass feature_class : feature_classes)
        values[std::string(word_of(feature_class))] = analysis.features.features(feature_class);
    document["data"][sample] = std::move(values);
    return document;
}

// A line from the lowest bin with features to identity 1. MultiQC takes the keys for numbers.
Json identity_of(const std::string& sample, const Analysis& analysis) {
    Json document = section("weft_identity", "Identity", "Placed features by identity in percent.", "linegraph");
    document["pconfig"] = {{"id", "weft_identity_plot"}, {"title", "weft: identity"}, {"xlab", "Identity (%)"}, {"ylab", "Features"}};
    const Histogram& histogram = analysis.features.identity_histogram;
    const std::size_t first = histogram.bin_of(histogram.trimmed().edges().front());
    Json values = Json::object();
    for (std::size_t i = first; i < histogram.counts().size(); ++i) values[number_text(100 * histogram.edges()[i])] = histogram.counts()[i];
    document["data"][sample] = std::move(values);
    return document;
}

}  // namespace

std::vector<MultiqcFile> multiqc_files(const Analysis& analysis) {
    const std::string sample = sample_of(analysis.label);
    return {{"weft_general_mqc.json", text_of(general_of(sample, analysis))},
            {"weft_classes_mqc.json", text_of(classes_of(sample, analysis))},
            {"weft_identity_mqc.json", text_of(identity_of(sample, analysis))}};
}

}  // namespace weft
