#include "reference_choice.hpp"

#include <filesystem>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "weft/index/index_beside.hpp"
#include "signals.hpp"
#include "weft/model/error.hpp"
#include "weft/record/reference_reader.hpp"

namespace weft {
namespace {

LoadMode chosen_load_mode(const std::string& name) {
    if (name == "lazy") return LoadMode::lazy;
    if (name == "populate") return LoadMode::populate;
    if (name == "copy") return LoadMode::copy;
    throw UsageError{{"--load", "there is no load mode " + name, "use lazy, populate or copy"}};
}

bool fits(const Index& index, const EngineOptions& wanted) { return index.k() == wanted.k && index.w() == wanted.w; }

std::string text_of(int k, int w) { return fmt::format("k={} w={}", k, w); }

/// An index that was given as REF: it is used or refused, never replaced.
Index open_given_index(const ReferenceChoice& choice, const OpenOptions& options, const EngineOptions& wanted, const Messages& messages) {
    Index index = Index::open(choice.path, options);
    if (!fits(index, wanted))
        throw UsageError{{choice.path, fmt::format("the index has {}, these options want {}", text_of(index.k(), index.w()), text_of(wanted.k, wanted.w)),
                          fmt::format("build another with `weft index -k {} -w {} {} -o OTHER.weft`, or use this one with -k {} -w {}", wanted.k, wanted.w,
                                      index.source().path, index.k(), index.w())}};
    messages.detail(fmt::format("{}: index of {}, {}, load mode {}", choice.path, index.source().path, text_of(index.k(), index.w()), choice.load));
    return index;
}

/// The index beside a FASTA, or nothing when there is none that fits.
std::optional<Index> open_beside(const ReferenceChoice& choice, const OpenOptions& options, const EngineOptions& wanted, const Messages& messages) {
    const std::string path = index_path_for(choice.path);
    if (choice.path == "-" || !std::filesystem::exists(path)) return std::nullopt;
    std::optional<Index> index = open_index_beside(identify_reference(choice.path), options);
    if (!index) return std::nullopt;
    if (!fits(*index, wanted)) {
        messages.note(fmt::format("{}: not used, it has {} and these options want {}", path, text_of(index->k(), index->w()), text_of(wanted.k, wanted.w)));
        return std::nullopt;
    }
    messages.detail(fmt::format("{}: belongs to {}, {}, load mode {}", path, choice.path, text_of(index->k(), index->w()), choice.load));
    return index;
}

/// How the index that is built now can be kept: beside the FASTA when that is the usual one, else where the user says.
std::string advice_to_keep(const std::string& fasta, const EngineOptions& wanted) {
    const IndexOptions usual;
    if (wanted.k == usual.k && wanted.w == usual.w) return fmt::format("`weft index {}` keeps it for the next run", fasta);
    return fmt::format("`weft index -k {} -w {} {} -o OTHER.weft` keeps it; give OTHER.weft instead of the FASTA then", wanted.k, wanted.w, fasta);
}

}  // namespace

void add_reference_options(CLI::App& command, ReferenceChoice& choice) {
    command.add_option("--load", choice.load, "How an index file comes to memory: lazy (mapped, shared), populate (mapped, read now), "
                                              "copy (private; fastest for long runs)")
        ->type_name("MODE")->default_str(choice.load)->group("Input");
    command.add_flag("--verify", choice.verify, "Check every byte of an index file before it is used")->group("Input");
}

Index open_reference(const ReferenceChoice& choice, const EngineOptions& wanted, int threads, const Messages& messages) {
    const OpenOptions options{.load = chosen_load_mode(choice.load), .verify = choice.verify, .threads = threads};
    if (choice.path != "-" && is_index_file(choice.path)) return open_given_index(choice, options, wanted, messages);
    if (std::optional<Index> index = open_beside(choice, options, wanted, messages)) return std::move(*index);

    Reference reference = read_reference(choice.path);
    if (choice.path != "-") messages.note(fmt::format("{}: the index is built in memory; {}", choice.path, advice_to_keep(choice.path, wanted)));
    return Index::build(std::move(reference.contigs), {.k = wanted.k, .w = wanted.w, .threads = threads}, reference.source, &stop_requested());
}

}  // namespace weft
