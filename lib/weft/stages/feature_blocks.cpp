#include "weft/stages/feature_blocks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <fstream>
#include <optional>
#include <string_view>
#include <utility>

#include "weft/bytes/mapped_file.hpp"
#include "weft/model/error.hpp"
#include "weft/record/optional_fields.hpp"

namespace weft {
namespace {

constexpr std::int64_t block_bases = 250'000;
constexpr std::uint64_t block_features = 500;
constexpr std::string_view table_head = "begin\tend\tfirst\tfeatures\tbases\tlongest\tdigest\n";

/// A header line without its mark. The comment must end neither the line nor, by a tab, where tags begin.
std::string header_of(const Feature& feature) {
    std::string text = feature.name;
    if (!feature.comment.empty()) {
        text += ' ';
        const std::size_t begin = text.size();
        text += feature.comment;
        const auto breaks = [](char letter) { return letter == '\t' || letter == '\n' || letter == '\r'; };
        std::replace_if(text.begin() + static_cast<std::ptrdiff_t>(begin), text.end(), breaks, ' ');
    }
    std::string read_back;
    for (const OptionalField& field : optional_fields(feature.tags, feature.name)) {
        text += '\t';
        const std::size_t begin = text.size();
        append_as_exact_text(field, text);
        if (!append_encoded(std::string_view(text).substr(begin), read_back))
            throw FormatError({feature.name, fmt::format("its optional field {} cannot be written as text", field.name),
                               fmt::format("remove it (samtools view -x {})", field.name)});
    }
    return text;
}

template <class Number>
Number number_in(std::string_view text, const std::string& where) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size())
        throw FormatError({where, fmt::format("'{}' is no number", text), "remove the work folder and run again"});
    return number;
}

/// Blocks lie side by side and number their features without a gap.
bool follows(const FeatureBlock& block, const FeatureBlock& before) {
    return block.begin == before.end && block.end > block.begin && block.first == before.first + before.features && block.features > 0 &&
           block.longest >= 0 && block.bases >= block.longest;
}

}  // namespace

FeatureBlockWriter::FeatureBlockWriter(const std::string& path) : file_(path) {}

void FeatureBlockWriter::add(const Feature& feature) {
    std::string header = header_of(feature);
    if (!decided_ && feature.sequence.empty()) return waiting_.push_back(std::move(header));
    if (!decided_) {
        with_qualities_ = !feature.qualities.empty();
        append_waiting();
    }
    if (with_qualities_ && feature.qualities.size() != feature.sequence.size())
        throw FormatError({feature.name, "has no qualities, features before it have", "put features with and without qualities into two runs"});
    if (!with_qualities_ && !feature.qualities.empty()) ++qualities_dropped_;
    append(header, feature);
}

void FeatureBlockWriter::append_waiting() {
    decided_ = true;
    for (const std::string& header : std::exchange(waiting_, {})) append(header, {});
}

void FeatureBlockWriter::append(const std::string& header, const Feature& feature) {
    text_ += with_qualities_ ? '@' : '>';
    text_ += header;
    text_ += '\n';
    text_ += feature.sequence;
    text_ += '\n';
    if (with_qualities_) {
        text_ += "+\n";
        text_ += feature.qualities;
        text_ += '\n';
    }
    ++next_;
    bases_ += feature.length();
    ++block_.features;
    block_.bases += feature.length();
    block_.longest = std::max(block_.longest, feature.length());
    if (block_.bases >= block_bases || block_.features >= block_features) end_block();
}

void FeatureBlockWriter::end_block() {
    if (block_.features == 0) return;
    block_.begin = file_.size();
    block_.end = block_.begin + text_.size();
    block_.first = next_ - block_.features;
    block_.digest = digest_of(text_);
    file_.write(text_);
    text_.clear();
    blocks_.push_back(std::exchange(block_, {}));
}

std::vector<FeatureBlock> FeatureBlockWriter::close() {
    append_waiting();
    end_block();
    file_.commit();
    return std::move(blocks_);
}

struct FeatureBlockReader::State {
    std::string path;
    MappedFile file;
    std::string_view rest{};
    std::uint64_t next = 0;

    [[noreturn]] void refuse(const std::string& problem) const {
        throw FormatError({fmt::format("{}: feature {}", path, next + 1), problem, "remove the work folder and run again"});
    }

    std::string_view line() {
        const std::size_t end = rest.find('\n');
        if (end == std::string_view::npos) refuse("the file ends before the record does");
        const std::string_view text = rest.substr(0, end);
        rest.remove_prefix(end + 1);
        return text;
    }

    void take_header(std::string_view header, Feature& feature) const {
        const std::size_t tab = header.find('\t');
        std::string_view fields = tab == std::string_view::npos ? std::string_view{} : header.substr(tab + 1);
        header = header.substr(0, tab);
        const std::size_t blank = header.find(' ');
        feature.name = header.substr(0, blank);
        feature.comment = blank == std::string_view::npos ? std::string_view{} : header.substr(blank + 1);
        feature.tags.clear();
        while (!fields.empty()) {
            const std::string_view field = fields.substr(0, fields.find('\t'));
            if (!append_encoded(field, feature.tags)) refuse(fmt::format("'{}' is no optional field", field));
            fields.remove_prefix(std::min(field.size() + 1, fields.size()));
        }
    }
};

FeatureBlockReader::FeatureBlockReader(std::string path, const FeatureBlock& first, const FeatureBlock& last)
    : state_(std::make_unique<State>(State{path, MappedFile::open(path)})) {
    const std::string_view all(reinterpret_cast<const char*>(state_->file.bytes().data()), state_->file.bytes().size());
    if (first.begin > last.end || last.end > all.size()) state_->refuse("the file is shorter than the table of its blocks says");
    state_->rest = all.substr(first.begin, last.end - first.begin);
    state_->next = first.first;
}

FeatureBlockReader::~FeatureBlockReader() = default;

bool FeatureBlockReader::read(Feature& feature) {
    State& state = *state_;
    if (state.rest.empty()) return false;
    const char mark = state.rest.front();
    if (mark != '>' && mark != '@') state.refuse("its header does not begin with > or @");
    state.take_header(state.line().substr(1), feature);
    feature.sequence = state.line();
    feature.qualities.clear();
    if (mark == '@') {
        if (state.line() != "+") state.refuse("its third line is not '+'");
        feature.qualities = state.line();
        if (feature.qualities.size() != feature.sequence.size()) state.refuse("there are not as many qualities as bases");
    }
    feature.number = state.next++;
    return true;
}

void write_block_table(const std::string& path, const std::vector<FeatureBlock>& blocks) {
    OutputFile file(path);
    file.write(table_head);
    for (const FeatureBlock& block : blocks)
        file.write(fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\n", block.begin, block.end, block.first, block.features, block.bases, block.longest,
                               block.digest.hex()));
    file.commit();
}

std::vector<FeatureBlock> read_block_table(const std::string& path) {
    std::ifstream file(path);
    if (!file) throw SystemError({path, "cannot be read", ""});
    std::vector<FeatureBlock> blocks;
    std::uint64_t number = 0;
    for (std::string line; std::getline(file, line);) {
        const std::string where = fmt::format("{}:{}", path, ++number);
        if (number == 1) {
            if (line + "\n" != table_head) throw FormatError({where, "is no table of blocks", "remove the work folder and run again"});
            continue;
        }
        std::vector<std::string_view> cells;
        for (std::string_view rest = line;;) {
            const std::size_t tab = rest.find('\t');
            cells.push_back(rest.substr(0, tab));
            if (tab == std::string_view::npos) break;
            rest.remove_prefix(tab + 1);
        }
        const std::optional<Digest> digest = cells.size() == 7 ? Digest::from_hex(cells[6]) : std::nullopt;
        if (!digest) throw FormatError({where, "is no line of a table of blocks", "remove the work folder and run again"});
        blocks.push_back({number_in<std::uint64_t>(cells[0], where), number_in<std::uint64_t>(cells[1], where),
                          number_in<std::uint64_t>(cells[2], where), number_in<std::uint64_t>(cells[3], where),
                          number_in<std::int64_t>(cells[4], where), number_in<std::int64_t>(cells[5], where), *digest});
        if (!follows(blocks.back(), blocks.size() < 2 ? FeatureBlock{} : blocks[blocks.size() - 2]))
            throw FormatError({where, "the block does not follow the one before it", "remove the work folder and run again"});
    }
    if (number == 0) throw FormatError({path, "is empty", "remove the work folder and run again"});
    return blocks;
}

}  // namespace weft
