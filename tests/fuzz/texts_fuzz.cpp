// Small texts with a grammar of their own: cs tags, regions, and optional fields as text and in BAM encoding.
#include <array>
#include <vector>

#include "fuzz/fuzz_target.hpp"
#include "weft/record/cs_reader.hpp"
#include "weft/record/optional_fields.hpp"
#include "weft/report/region.hpp"

namespace {

using namespace weft;

void read_cs(std::string_view text) {
    fuzz::run([&] {
        const Cigar cigar = cigar_of_cs(text, "cs");
        const std::string query = query_of_cs(text, std::string(1'000, 'A'), "cs");
        fuzz::must(static_cast<std::int64_t>(query.size()) == query_length(cigar));
    });
}

void read_region(std::string_view text) {
    const std::array<ContigRecord, 2> contigs{{{"chr1", 1'000}, {"c:1-5", 20}}};
    fuzz::run([&] {
        if (const auto region = parse_region(text, contigs)) fuzz::must(region->interval.begin < region->interval.end);
    });
}

void read_fields(std::string_view encoded) {
    fuzz::run([&] {
        for (const OptionalField& field : optional_fields(encoded, "record")) {
            std::string text, again;
            append_as_text(field, text);
            append_encoded(text, again);
        }
    });
}

void encode_field(std::string_view text) {
    std::string encoded;
    if (!append_encoded(text, encoded)) return fuzz::must(encoded.empty());
    fuzz::must(optional_fields(encoded, "field").size() == 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = fuzz::text_of(data, size);
    read_cs(text);
    read_region(text);
    read_fields(text);
    encode_field(text);
    return 0;
}
