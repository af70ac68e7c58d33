// The region view: for each region that was asked for a box in which the page's script shows reference and records letter by
// letter, and the records as a table, which needs no script.
#include <fmt/format.h>

#include <algorithm>

#include "weft/report/page_html.hpp"
#include "weft/report/page_section.hpp"
#include "weft/report/text_table.hpp"

namespace weft {
namespace {

constexpr std::size_t most_rows = 200;

std::string place_text(std::string_view contig, ReferenceInterval place) {
    return fmt::format("{}:{}-{}", contig, with_commas(place.begin + 1), with_commas(place.end));
}

std::string_view role_word(Role role) {
    return role == Role::primary ? "primary" : role == Role::supplementary ? "another part" : "another place";
}

std::string table_html(const RegionSlice& slice) {
    HtmlTable table("Records that overlap " + place_text(slice.region.contig, slice.region.interval));
    table.text_column("Name")
        .text_column("Place")
        .number_column("Length")
        .text_column("Strand")
        .number_column("Identity")
        .number_column("MAPQ")
        .text_column("Kind");
    const std::size_t shown = std::min(slice.rows.size(), most_rows);
    for (const SliceRow& row : std::span(slice.rows).first(shown))
        table.row({code_cell(row.name),
                   {escaped(place_text(slice.region.contig, row.place)), static_cast<double>(row.place.begin)},
                   bases_cell(row.place.length()),
                   text_cell(row.strand == Strand::forward ? "forward" : "reverse"),
                   share_cell(row.identity),
                   row.mapq == 255 ? text_cell("") : count_cell(row.mapq),
                   text_cell(role_word(row.role))});
    if (table.empty()) return "<p>No record overlaps this region.</p>";
    const std::string cut =
        shown == slice.rows.size()
            ? ""
            : fmt::format(R"(<p class="shown">The first {} of {} records of the picture are in the table.</p>)",
                          with_commas(std::ssize(std::span(slice.rows).first(shown))), with_commas(std::ssize(slice.rows)));
    return cut + table.html();
}

// How much of the file is in the slice: a sample must not pass for all.
std::string count_text(const RegionSlice& slice) {
    const std::string all = counted(slice.overlapping, "record") + (slice.overlapping == 1 ? " overlaps it." : " overlap it.");
    if (std::ssize(slice.rows) == slice.overlapping) return all;
    return fmt::format("{} <strong>{} of them are shown</strong>, drawn evenly from all: a page holds no more.", all,
                       with_commas(std::ssize(slice.rows)));
}

}   // namespace

PageSection regions_section(std::span<const RegionSlice> slices) {
    std::string html;
    for (std::size_t i = 0; i < slices.size(); ++i) {
        const RegionSlice& slice = slices[i];
        const std::string place = escaped(place_text(slice.region.contig, slice.region.interval));
        html += fmt::format("<h3 id=\"region-{0}\">{1}</h3><p>{2}: {3}</p>", i + 1, place,
                            bases_html(slice.region.interval.length()), count_text(slice));
        if (!slice.rows.empty())
            html += fmt::format(
                R"(<div class="region" data-region="{}" role="group" aria-label="Records at {}, drawn along the reference; )"
                R"(the table below has the same records."></div>)",
                i, place);
        html += table_html(slice) + "\n";
    }
    return {"regions", "Regions", html};
}

}   // namespace weft
