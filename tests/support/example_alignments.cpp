#include "support/example_alignments.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <random>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "weft/bytes/hts_handle.hpp"
#include "weft/bytes/md5.hpp"
#include "weft/model/sequence.hpp"

namespace weft::test {
namespace {

char shown(char letter) {
    const char big = upper(letter);
    return big == 'U' ? 'T' : big;
}
bool plain(char letter) { return std::string_view("ACGT").find(shown(letter)) != std::string_view::npos; }

class Random {
public:
    explicit Random(std::uint32_t seed) : engine_(seed) {}
    std::int64_t between(std::int64_t low, std::int64_t high) { return std::uniform_int_distribution<std::int64_t>(low, high)(engine_); }
    bool happens(double probability) { return std::bernoulli_distribution(probability)(engine_); }
    char base() { return "ACGT"[between(0, 3)]; }
    std::string bases(std::int64_t length) {
        std::string text;
        for (; length > 0; --length) text += base();
        return text;
    }

private:
    std::mt19937 engine_;
};

// A mutated copy of a stretch of the reference and the CIGAR (M, I, D, N) that made it. Begins and ends with M.
std::pair<std::string, Cigar> mutated_copy(const std::string& contig, std::int64_t position, std::int64_t length, Random& random) {
    std::string copy;
    Cigar cigar;
    for (std::int64_t at = 0; at < length; ++at) {
        const bool inside = at > 5 && at + 60 < length;
        if (inside && random.happens(0.01)) {
            const std::int64_t run = random.happens(0.1) ? random.between(5, 30) : 1;
            append(cigar, CigarOp::deletion, static_cast<std::uint32_t>(run));
            at += run;
        } else if (inside && random.happens(0.01)) {
            const std::string extra = random.bases(random.happens(0.1) ? random.between(5, 30) : 1);
            append(cigar, CigarOp::insertion, static_cast<std::uint32_t>(extra.size()));
            copy += extra;
        } else if (inside && random.happens(0.001)) {
            append(cigar, CigarOp::skip, 40);
            at += 40;
        }
        char letter = contig[static_cast<std::size_t>(position + at)];
        if (random.happens(0.02)) letter = random.base();
        if (random.happens(0.003)) letter = "RYKMSWBDHVNn"[random.between(0, 11)];
        copy += random.happens(0.1) ? static_cast<char>(letter | 0x20) : letter;
        append(cigar, CigarOp::match_or_mismatch, 1);
    }
    return {copy, cigar};
}

}  // namespace

ReferenceLetters ExampleReference::letters() const {
    return [this](ContigId contig, ReferenceInterval interval, std::span<char> letters) {
        const std::string& sequence = contigs.at(rank(contig)).sequence;
        if (interval.begin < 0 || interval.end > static_cast<std::int64_t>(sequence.size()))
            throw std::out_of_range("letters outside the contig");
        for (std::size_t i = 0; i < letters.size(); ++i) letters[i] = upper(sequence[static_cast<std::size_t>(interval.begin) + i]);
    };
}

OutputHeader ExampleReference::header() const {
    OutputHeader header;
    for (const ReferenceContig& contig : contigs)
        header.contigs.push_back({contig.name, static_cast<std::int64_t>(contig.sequence.size()), sequence_md5(contig.sequence)});
    header.program_version = "0.0-test";
    header.command_line = "weft align ref.fa q.fa";
    return header;
}

std::string ExampleReference::write_fasta(const std::string& path) const {
    std::ofstream file(path);
    for (const ReferenceContig& contig : contigs) {
        file << '>' << contig.name << '\n';
        for (std::size_t at = 0; at < contig.sequence.size(); at += 60) file << contig.sequence.substr(at, 60) << '\n';
    }
    return path;
}

Cigar cigar_of(std::string_view text) {
    Cigar cigar;
    std::uint32_t length = 0;
    for (const char letter : text) {
        if (letter >= '0' && letter <= '9')
            length = 10 * length + static_cast<std::uint32_t>(letter - '0');
        else
            cigar.push_back({std::exchange(length, 0), static_cast<CigarOp>(std::string_view("MIDNSHP=X").find(letter))});
    }
    return cigar;
}

ExampleReference random_reference(std::uint32_t seed, int contigs, int length) {
    Random random(seed);
    ExampleReference reference;
    for (int i = 1; i <= contigs; ++i) {
        std::string sequence = random.bases(length);
        for (char& letter : sequence) {
            if (random.happens(0.002)) letter = "RYKMSWBDHV"[random.between(0, 9)];
            if (random.happens(0.1)) letter = static_cast<char>(letter | 0x20);
        }
        const std::int64_t gap = random.between(100, length - 100);
        std::fill_n(sequence.begin() + gap, 30, 'N');
        reference.contigs.push_back({"c" + std::to_string(i), sequence});
    }
    return reference;
}

Alignment example_alignment(const ExampleReference& reference, const Feature& feature, ContigId contig, Strand strand,
                            std::int64_t position, QueryInterval query, const Cigar& cigar) {
    Alignment alignment;
    alignment.contig = contig;
    alignment.strand = strand;
    alignment.query = query;
    alignment.reference = {position, position + reference_length(cigar)};
    std::string letters = feature.sequence.substr(static_cast<std::size_t>(query.begin), static_cast<std::size_t>(query.length()));
    if (strand == Strand::reverse) letters = reverse_complement(letters);
    const std::string& contig_letters = reference.contigs[rank(contig)].sequence;

    std::size_t in_query = 0;
    auto in_reference = static_cast<std::size_t>(position);
    for (const CigarElement& element : cigar) {
        if (element.op == CigarOp::match_or_mismatch) {
            for (std::uint32_t i = 0; i < element.length; ++i) {
                const char q = shown(letters.at(in_query++)), r = shown(contig_letters.at(in_reference++));
                const bool same = q == r && q != 'N';
                append(alignment.cigar, same ? CigarOp::match : CigarOp::mismatch, 1);
                (same ? alignment.matches : alignment.mismatches) += 1;
                if (!same && !(plain(q) && plain(r))) ++alignment.ambiguous;
            }
            continue;
        }
        append(alignment.cigar, element.op, element.length);
        if (element.op == CigarOp::insertion) alignment.inserted += element.length;
        if (element.op == CigarOp::deletion) alignment.deleted += element.length;
        if (element.op != CigarOp::skip) ++alignment.gap_opens;
        if (consumes_query(element.op)) in_query += element.length;
        if (consumes_reference(element.op)) in_reference += element.length;
    }
    alignment.score = static_cast<std::int32_t>(2 * alignment.matches - 4 * alignment.mismatches);
    alignment.best_segment_score = alignment.score + 1;
    alignment.chain_score = static_cast<std::int32_t>(alignment.matches / 2);
    alignment.minimizers = static_cast<std::int32_t>(alignment.matches / 6);
    return alignment;
}

ExampleRun random_run(const ExampleReference& reference, std::uint32_t seed, int features) {
    Random random(seed);
    ExampleRun run;
    for (int number = 0; number < features; ++number) {
        Feature feature;
        FeatureAlignments result;
        feature.name = "f" + std::to_string(number) + (random.happens(0.2) ? "|odd,name;x=\"1\"" : "");
        feature.number = static_cast<std::uint64_t>(number);
        if (random.happens(0.3)) feature.comment = "a comment, with words";
        if (random.happens(0.2)) feature.tags = std::string("BCZACGT\0xiC\x05XfBs\x02\0\0\0\x01\0\xff\xff", 24);

        struct Part {
            ContigId contig;
            Strand strand;
            std::int64_t position;
            QueryInterval query;
            Cigar cigar;
        };
        std::vector<Part> parts;
        const std::int64_t wanted = random.happens(0.1) ? 0 : random.happens(0.2) ? random.between(2, 3) : 1;
        feature.sequence = random.bases(random.happens(0.5) ? 0 : random.between(1, 40));
        for (std::int64_t i = 0; i < wanted; ++i) {
            Part part;
            part.contig = ContigId{static_cast<std::uint32_t>(random.between(0, static_cast<std::int64_t>(reference.contigs.size()) - 1))};
            part.strand = random.happens(0.5) ? Strand::forward : Strand::reverse;
            const std::string& contig = reference.contigs[rank(part.contig)].sequence;
            const std::int64_t length = random.between(100, 600);
            part.position = random.between(0, static_cast<std::int64_t>(contig.size()) - length);
            // Few positions, so that records tie when they are sorted.
            if (random.happens(0.5)) part.position = part.position / 1000 * 1000;
            auto [letters, cigar] = mutated_copy(contig, part.position, length, random);
            if (part.strand == Strand::reverse) letters = reverse_complement(letters);
            part.cigar = cigar;
            part.query.begin = feature.length();
            feature.sequence += letters;
            part.query.end = feature.length();
            parts.push_back(part);
        }
        feature.sequence += random.bases(random.happens(0.5) ? 0 : random.between(1, 40));
        if (random.happens(0.5))
            for (std::int64_t i = 0; i < feature.length(); ++i) feature.qualities += static_cast<char>(random.between(33, 93));

        for (const Part& part : parts) {
            Alignment alignment =
                example_alignment(reference, feature, part.contig, part.strand, part.position, part.query, part.cigar);
            alignment.role = result.alignments.empty() ? Role::primary : Role::supplementary;
            alignment.mapq = static_cast<std::uint8_t>(random.between(0, 60));
            alignment.second_chain_score = static_cast<std::int32_t>(random.between(0, 100));
            alignment.ties = random.happens(0.2) ? 3 : 0;
            result.alignments.push_back(alignment);
        }
        if (!parts.empty() && random.happens(0.3)) {
            // Somewhere else, without gaps: mostly mismatches, but a valid record.
            const Part& part = parts.front();
            Cigar whole;
            append(whole, CigarOp::match_or_mismatch, static_cast<std::uint32_t>(part.query.length()));
            const auto room = static_cast<std::int64_t>(reference.contigs[0].sequence.size()) - part.query.length();
            const std::int64_t place = random.between(0, room);
            Alignment alignment = example_alignment(reference, feature, ContigId{0}, opposite(part.strand), place, part.query, whole);
            alignment.role = Role::secondary;
            result.alignments.push_back(alignment);
        }
        result.repeat_length = static_cast<std::int32_t>(random.between(0, 50));
        if (!result.aligned()) result.unaligned = feature.length() == 0 ? Unaligned::empty_sequence : Unaligned::no_seed;
        run.features.push_back(std::move(feature));
        run.results.push_back(std::move(result));
    }
    return run;
}

void write_run(const std::string& path, const OutputOptions& options, const ExampleReference& reference, const ExampleRun& run,
               std::size_t batch) {
    AlignmentWriter writer(path, options, reference.header(), reference.letters());
    EncodedRecords records;
    for (std::size_t at = 0; at < run.features.size(); at += batch) {
        const std::size_t count = std::min(batch, run.features.size() - at);
        writer.encode(std::span(run.features).subspan(at, count), std::span(run.results).subspan(at, count), records);
        for (std::size_t i = 0; i < count; ++i) writer.write(records, i);
    }
    writer.close();
}

namespace {

struct Opened {
    HtsFile file;
    SamHeader header;
};

Opened open_records(const std::string& path, const std::string& fasta) {
    Opened opened{HtsFile(hts_open(path.c_str(), "r")), nullptr};
    if (!opened.file) throw std::runtime_error("cannot open " + path);
    if (!fasta.empty() && hts_set_opt(opened.file.get(), CRAM_OPT_REFERENCE, fasta.c_str()) != 0) throw std::runtime_error("no reference");
    opened.header.reset(sam_hdr_read(opened.file.get()));
    if (!opened.header) throw std::runtime_error("no header in " + path);
    return opened;
}

}  // namespace

std::vector<std::string> records_of(const std::string& path, const std::string& fasta) {
    const Opened opened = open_records(path, fasta);
    if (!fasta.empty()) hts_set_opt(opened.file.get(), CRAM_OPT_DECODE_MD, 0);   // only what was stored
    std::vector<std::string> lines;
    const BamRecord record(bam_init1());
    HtsString text;
    int status = 0;
    while ((status = sam_read1(opened.file.get(), opened.header.get(), record.get())) >= 0) {
        if (sam_format1(opened.header.get(), record.get(), &text) < 0) break;
        lines.emplace_back(text.s, text.l);
    }
    if (status != -1) throw std::runtime_error("HTSlib cannot read " + path);
    return lines;
}

std::string header_of(const std::string& path) {
    const Opened opened = open_records(path, "");
    return sam_hdr_str(opened.header.get());
}

std::vector<std::string> lines_of(const std::string& path, bool records_only) {
    std::ifstream file(path);
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);)
        if (!records_only || !line.starts_with('@')) lines.push_back(line);
    return lines;
}

std::vector<std::string> columns_of(const std::string& line) {
    std::vector<std::string> columns;
    std::istringstream stream(line);
    for (std::string column; std::getline(stream, column, '\t');) columns.push_back(column);
    return columns;
}

std::string output_of(const std::string& command) {
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), [](FILE*) { return 0; });
    if (!pipe) throw std::runtime_error("cannot run " + command);
    std::string output;
    std::array<char, 65536> buffer;
    for (std::size_t count; (count = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) > 0;) output.append(buffer.data(), count);
    if (::pclose(pipe.get()) != 0) throw std::runtime_error("failed: " + command);
    return output;
}

bool installed(const std::string& program) { return std::system(("command -v " + program + " >/dev/null").c_str()) == 0; }

}  // namespace weft::test
