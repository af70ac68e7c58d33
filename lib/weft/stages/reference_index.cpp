#include "weft/stages/reference_index.hpp"

#include <filesystem>
#include <optional>

#include <fmt/format.h>

#include "weft/bytes/this_machine.hpp"
#include "weft/index/index_beside.hpp"
#include "weft/model/error.hpp"
#include "weft/record/reference_reader.hpp"

namespace weft {

const StageOutput& target_input(const StageInputs& inputs, const StageConfig& stage) {
    if (const auto* name = stage.settings.get_if<std::string>("target")) return inputs.get(*name, "`target` of this stage names an input of a load stage");
    if (const StageOutput* const target = inputs.find("target")) return *target;
    return inputs.get("reference", "give a load stage an input named target or reference, or name another with `target`");
}

OpenedIndex open_reference_index(const StageRun& run, const StageOutput& reference, const EngineOptions& options, TaskContext& task) {
    const auto fits = [&](const Index& index) { return index.k() == options.k && index.w() == options.w; };
    if (is_index_file(reference.path)) {
        Index index = Index::open(reference.path);
        if (!fits(index))
            throw UsageError{{reference.path,
                              fmt::format("the index has k {} and w {}, the stage wants k {} and w {}", index.k(), index.w(), options.k, options.w),
                              "give the FASTA instead: the index is made and kept"}};
        return {std::move(index), reference.path};
    }
    if (std::filesystem::exists(index_path_for(reference.path))) {
        std::optional<Index> beside = open_index_beside(identify_reference(reference.path));
        if (beside && fits(*beside)) {
            task.log(fmt::format("{}: the index beside it is used", reference.path));
            return {std::move(*beside), index_path_for(reference.path)};
        }
    }
    PartKey key{.kind = "index", .version = "1"};
    key.key.parameters["k"] = std::int64_t{options.k};
    key.key.parameters["w"] = std::int64_t{options.w};
    key.key.add("reference", reference.digest);
    const std::string made = run.part("index", key, task, [&](const ResultDraft& draft) {
        Reference read = read_reference(reference.path);
        read.source.path = "";   // a path would make the index another one where the file lies elsewhere
        const Index index = Index::build(std::move(read.contigs), {.k = options.k, .w = options.w, .threads = run.shop.threads}, read.source,
                                         task.cancel().flag());
        index.save(draft / "reference.weft");
    });
    give_back_memory();
    const std::string path = made + "/reference.weft";
    return {Index::open(path), path};
}

}  // namespace weft
