#include "weft/report/placements.hpp"

namespace weft {

const Placement* Placements::find(std::string_view name) const {
    const auto found = by_name.find(std::string(name));
    return found == by_name.end() ? nullptr : &found->second;
}

void add_record(Placements& placements, const AlignmentRecord& record) {
    if (record.role != Role::primary) {
        ++(record.role == Role::secondary ? placements.secondary : placements.supplementary);
        return;
    }
    const auto [entry, is_new] = placements.by_name.try_emplace(record.name);
    if (!is_new) {
        ++placements.repeated;
        return;
    }
    placements.names.push_back(record.name);
    if (!record.aligned) return;
    ++placements.aligned;
    entry->second = {true,          {record.contig, record.reference, record.strand}, record.query, record.mapq,
                     record.score, record.edit_distance,                             with_merged_matches(record.cigar)};
}

Placements read_placements(const std::string& path, const std::string& cram_reference) {
    Placements placements;
    AlignmentReaderOptions options;
    options.reference = cram_reference;
    AlignmentReader reader(path, options);
    AlignmentRecord record;
    while (reader.read(record)) add_record(placements, record);
    return placements;
}

}  // namespace weft
