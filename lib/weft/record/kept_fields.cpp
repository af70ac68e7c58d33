#include "weft/record/kept_fields.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "weft/record/alignment_fields.hpp"
#include "weft/record/optional_fields.hpp"

namespace weft {
namespace {

// Positions counted along the sequence, or one value per base of it. OQ runs along SEQ, so it turns around with it; the
// others are defined in the direction of the read.
constexpr auto about_every_base = std::to_array<std::string_view>({"MM", "ML", "MN", "Mm", "Ml", "OQ"});

bool contains(auto const& names, std::string_view name) { return std::find(names.begin(), names.end(), name) != names.end(); }

// A comment as fields in BAM encoding.
std::string encoded_comment(std::string_view comment) {
    std::string encoded;
    for (std::string_view rest = comment; !rest.empty();) {
        const std::string_view part = rest.substr(0, rest.find('\t'));
        if (!append_encoded(part, encoded)) {
            std::string line(comment);
            std::replace_if(line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; }, ' ');
            encoded = "COZ" + line + '\0';
            break;
        }
        rest.remove_prefix(std::min(part.size() + 1, rest.size()));
    }
    return encoded;
}

class Collector {
public:
    Collector(const RecordContext& context, KeptFields& kept) : context_(context), kept_(kept) {}

    void add(std::string_view encoded, const std::string& where) {
        for (const OptionalField& field : optional_fields(encoded, where)) {
            if (!wanted(field.name)) continue;
            if (field.name == "RG")
                kept_.read_group = written(field);
            else
                append(field);
        }
    }

private:
    bool wanted(std::string_view name) {
        if (describes_alignment(name) || contains(seen_, name)) return false;
        if (name == "RG" && !context_.read_group.empty()) return false;
        seen_.push_back(name);
        return true;
    }

    void append(const OptionalField& field) {
        const std::string form = written(field);
        kept_.forward += form;
        if (!contains(about_every_base, field.name)) kept_.partial += form;
        if (field.name == "OQ" && field.type == 'Z') {
            std::string turned(field.whole);
            std::reverse(turned.begin() + 3, turned.end() - 1);
            kept_.reverse += written(optional_fields(turned, "").front());
        } else {
            kept_.reverse += form;
        }
    }

    std::string written(const OptionalField& field) const {
        if (context_.binary()) return std::string(field.whole);
        std::string text = "\t";
        append_as_text(field, text);
        return text;
    }

    const RecordContext& context_;
    KeptFields& kept_;
    std::vector<std::string_view> seen_{};
};

}  // namespace

void collect_kept_fields(const Feature& feature, const RecordContext& context, KeptFields& kept) {
    kept.forward.clear();
    kept.reverse.clear();
    kept.partial.clear();
    kept.read_group.clear();
    const bool paf = context.options.format == OutputFormat::paf;
    const bool tags = !feature.tags.empty() && (!paf || context.options.copy_comment);
    const bool comment = !feature.comment.empty() && context.options.copy_comment;
    if (!tags && !comment) return;

    const std::string from_comment = comment ? encoded_comment(feature.comment) : std::string{};
    Collector collector(context, kept);
    if (tags) collector.add(feature.tags, "feature " + feature.name);
    if (comment) collector.add(from_comment, "feature " + feature.name);
}

}  // namespace weft
