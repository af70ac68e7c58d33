#include "weft/record/feature_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "weft/bytes/input_file.hpp"
#include "weft/bytes/system_call.hpp"
#include "weft/model/error.hpp"
#include "weft/record/feature_file.hpp"

namespace weft {
namespace {

/// One input in its turn.
struct Input {
    std::string path;
    std::uint64_t size = 0;                // bytes; 0 for a pipe
    bool groups_collected = false;
    std::unique_ptr<FeatureFile> file{};   // open ahead of its turn only when it cannot be opened twice
};

std::string id_of(const std::string& read_group) {
    const std::size_t begin = read_group.find("\tID:");
    if (begin == std::string::npos) return {};
    return read_group.substr(begin + 4, read_group.find('\t', begin + 4) - (begin + 4));
}

}  // namespace

struct FeatureReader::State {
    InputOptions options;
    std::vector<Input> inputs{};
    std::size_t current = 0;
    std::unique_ptr<FeatureFile> file{};   // inputs[current], once it is open
    std::uint64_t features = 0;
    std::uint64_t bytes_before = 0;        // of the files that are done
    std::uint64_t bytes_total = 0;
    std::vector<std::string> read_groups{};
    std::map<std::string, std::pair<std::string, std::string>> line_and_path_of_group{};   // by ID

    void add_read_groups(Input& input, const FeatureFile& opened) {
        if (std::exchange(input.groups_collected, true)) return;
        for (std::string& line : opened.read_groups()) {
            const auto [known, is_new] = line_and_path_of_group.try_emplace(id_of(line), line, input.path);
            if (is_new) {
                read_groups.push_back(std::move(line));
            } else if (known->second.first != line) {
                throw FormatError({shown_input(input.path),
                                   fmt::format("read group '{}' is another one than in {}", known->first, shown_input(known->second.second)),
                                   "align the files one by one"});
            }
        }
    }

    void open_current() {
        Input& input = inputs[current];
        file = input.file ? std::move(input.file) : open_features(open_input(input.path), options);
        add_read_groups(input, *file);
    }

    void close_current() {
        bytes_before += inputs[current].size;
        file.reset();
        ++current;
    }
};

FeatureReader::FeatureReader(std::vector<std::string> paths, const InputOptions& options) : state_(std::make_unique<State>()) {
    state_->options = options;
    if (std::count(paths.begin(), paths.end(), "-") > 1) throw UsageError({"-", "standard input is named twice", "name it once"});
    bool all_known = true;
    for (std::string& path : paths) {
        const std::uint64_t size = check_input(path);
        all_known = all_known && size > 0;
        state_->bytes_total += size;
        state_->inputs.push_back({std::move(path), size});
    }
    if (!all_known) state_->bytes_total = 0;
}

FeatureReader::~FeatureReader() = default;

bool FeatureReader::read(Feature& feature) {
    State& state = *state_;
    for (; state.current < state.inputs.size(); state.close_current()) {
        if (!state.file) state.open_current();
        if (!state.file->read(feature)) continue;
        feature.number = state.features++;
        return true;
    }
    return false;
}

bool FeatureReader::skip_record() { return state_->file && state_->file->skip_record(); }

const std::vector<std::string>& FeatureReader::collect_read_groups() {
    for (std::size_t i = state_->current; i < state_->inputs.size(); ++i) {
        Input& input = state_->inputs[i];
        if (input.groups_collected) continue;
        InputFile opened = open_input(input.path);
        const bool regular = opened.regular;
        std::unique_ptr<FeatureFile> file = open_features(std::move(opened), state_->options);
        state_->add_read_groups(input, *file);
        if (!regular || input.path == "-") input.file = std::move(file);
    }
    return state_->read_groups;
}

std::uint64_t FeatureReader::bytes_done() const {
    const std::uint64_t in_file = state_->file ? state_->file->bytes_done() : 0;
    return state_->bytes_before + in_file;
}

std::uint64_t FeatureReader::bytes_total() const { return state_->bytes_total; }

}  // namespace weft
