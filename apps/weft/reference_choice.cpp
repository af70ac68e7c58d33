#include "reference_choice.hpp"

#include <fmt/format.h>

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

}  // namespace

void add_reference_options(CLI::App& command, ReferenceChoice& choice) {
    command.add_option("--load", choice.load, "How an index file comes to memory: lazy (mapped, shared), populate (mapped, read now), "
                                              "copy (private; fastest for long runs)")
        ->type_name("MODE")->default_str(choice.load)->group("Input");
}

Index open_reference(const ReferenceChoice& choice, const EngineOptions& wanted, int threads, const Messages& messages) {
    (void)chosen_load_mode(choice.load);
    Reference reference = read_reference(choice.path);
    messages.note(fmt::format("{}: the index is built in memory; `weft index {}` keeps it for the next run", choice.path, choice.path));
    return Index::build(std::move(reference.contigs), {.k = wanted.k, .w = wanted.w, .threads = threads}, reference.source);
}

}  // namespace weft
