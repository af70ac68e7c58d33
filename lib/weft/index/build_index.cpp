// Builds an index in memory, with all threads: contigs are cut into slices, and each slice is encoded, packed and sketched
// while its bases are in the cache. What comes out depends on the reference, k and w alone.
#include <fmt/format.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>
#include <tbb/task_group.h>

#include <algorithm>
#include <bit>

#include "weft/bytes/this_machine.hpp"
#include "weft/bytes/md5.hpp"
#include "weft/index/index_content.hpp"
#include "weft/index/minimizer_table.hpp"
#include "weft/index/pack_bases.hpp"
#include "weft/index/sketch_slice.hpp"
#include "weft/model/error.hpp"

namespace weft {
namespace {

constexpr std::size_t slice_bases = std::size_t{1} << 17;   // with codes and minimizers about 600 KB; whole words

struct ContigSlice {
    std::size_t contig;
    Slice slice;
};

void check(const IndexOptions& options) {
    const std::vector<std::string> problems = options.problems();
    if (!problems.empty()) throw UsageError({"index options", fmt::format("{}", fmt::join(problems, "; "))});
}

void lay_out(std::span<const ReferenceContig> contigs, const std::string& where, BuiltArrays& arrays) {
    if (contigs.size() >= 0xFFFFFFFFu) throw FormatError({where, fmt::format("{} contigs, an index holds at most 4294967294", contigs.size())});
    std::vector<std::string_view> names;
    std::uint64_t linear = 0;
    for (const ReferenceContig& contig : contigs) {
        names.push_back(contig.name);
        arrays.contig_begin.push_back(linear);
        arrays.contig_length.push_back(contig.sequence.size());
        linear += 32 * words_for(contig.sequence.size());
    }
    arrays.contig_begin.push_back(linear);
    arrays.names = make_name_table(names, where);
    if (linear == 0) throw FormatError({where, "the reference has no bases", "give a FASTA with at least one sequence"});
    arrays.packed = LargeArray<std::uint64_t>(linear / 32 + 1);
    arrays.packed[linear / 32] = 0;
}

std::vector<ContigSlice> cut(std::span<const ReferenceContig> contigs) {
    std::vector<ContigSlice> slices;
    for (std::size_t contig = 0; contig < contigs.size(); ++contig) {
        const std::size_t bases = contigs[contig].sequence.size();
        for (std::size_t begin = 0; begin < bases; begin += slice_bases)
            slices.push_back({contig, {begin, std::min(begin + slice_bases, bases)}});
    }
    return slices;
}

/// Memory that one worker reuses from slice to slice.
struct SliceScratch {
    std::vector<Code> codes{};
    std::vector<Minimizer> minimizers{};
};

/// Packs the bases of a slice, appends its ambiguous runs to `runs` and its minimizers to `table`.
class SliceWork {
public:
    SliceWork(std::span<const ReferenceContig> contigs, const IndexView& view, std::span<std::uint64_t> packed, int workers)
        : contigs_(contigs), view_(view), packed_(packed), table_(view, workers), scratch_(static_cast<std::size_t>(workers)) {}

    void run(const ContigSlice& work, int worker, std::vector<AmbiguousRun>& runs) {
        const std::string_view letters = contigs_[work.contig].sequence;
        const Slice slice = work.slice;
        const Slice wider = bases_to_sketch(slice, letters.size(), view_.k, view_.w);
        SliceScratch& scratch = scratch_[static_cast<std::size_t>(worker)];
        scratch.codes.resize(wider.end - wider.begin);
        encode(letters.substr(wider.begin, wider.end - wider.begin), scratch.codes);

        const std::uint64_t linear = view_.contig_begin[work.contig] + slice.begin;
        const std::size_t bases = slice.end - slice.begin;
        const std::span<const Code> codes = std::span(scratch.codes).subspan(slice.begin - wider.begin, bases);
        pack_bases(codes, packed_.subspan(linear / 32, words_for(bases)));
        append_runs(codes, letters.substr(slice.begin, bases), linear, runs);
        table_.add(sketch_slice(scratch.codes, slice, view_.k, view_.w, scratch.minimizers), linear, worker);
    }

    MinimizerTable finish(const std::string& where) { return table_.finish(where); }

private:
    std::span<const ReferenceContig> contigs_;
    const IndexView& view_;
    std::span<std::uint64_t> packed_;
    MinimizerTableBuilder table_;
    std::vector<SliceScratch> scratch_;
};

/// The MD5 of a contig is one long chain of steps, so contigs are the units; they are handed out before the slices.
void start_md5s(std::span<const ReferenceContig> contigs, std::string& md5s, tbb::task_group& tasks) {
    md5s.resize(32 * contigs.size());
    for (std::size_t contig = 0; contig < contigs.size(); ++contig) {
        tasks.run([&contigs_here = contigs[contig], to = md5s.data() + 32 * contig] {
            const std::string hex = sequence_md5(contigs_here.sequence);
            std::copy(hex.begin(), hex.end(), to);
        });
    }
}

struct BuildRun {
    const std::string& where;   // the reference, for messages
    int workers;
    const std::atomic<bool>* stop;

    void go_on() const {
        if (stop != nullptr && *stop) throw Cancelled({where, "stopped while its index was built"});
    }
};

/// Everything that reads letters; they are given back to the system before the table is made.
void build_arrays(std::vector<ReferenceContig> contigs, const BuildRun& run, const IndexView& view, BuiltArrays& arrays) {
    const std::vector<ContigSlice> slices = cut(contigs);
    std::vector<std::vector<AmbiguousRun>> runs(slices.size());
    SliceWork work(contigs, view, arrays.packed.span(), run.workers);
    tbb::task_group md5_tasks;
    start_md5s(contigs, arrays.md5s, md5_tasks);
    tbb::parallel_for(std::size_t{0}, slices.size(), [&](std::size_t i) {
        run.go_on();
        work.run(slices[i], tbb::this_task_arena::current_thread_index(), runs[i]);
    });
    md5_tasks.wait();
    contigs = {};
    for (const auto& of_slice : runs)
        for (const AmbiguousRun& stretch : of_slice) append_run(stretch, arrays.runs);
    run.go_on();
    arrays.table = work.finish(run.where);
}

/// More workers than the machine runs at once would only make oneTBB complain.
int workers_for(const IndexOptions& options) {
    if (options.threads > 0) return std::min(options.threads, tbb::info::default_concurrency());
    return available_threads();
}

}  // namespace

Index Index::build(std::vector<ReferenceContig> contigs, const IndexOptions& options, const ReferenceSource& source, const std::atomic<bool>* stop) {
    check(options);
    auto content = std::make_unique<Content>();
    BuiltArrays& arrays = content->built;
    IndexView& view = content->view;
    const std::string where = source.path.empty() ? "reference" : source.path;

    lay_out(contigs, where, arrays);
    view.k = options.k;
    view.w = options.w;
    view.bases = arrays.contig_begin.back();
    view.position_bits = static_cast<int>(std::bit_width(view.bases));
    view.contig_begin = arrays.contig_begin;
    view.contig_length = arrays.contig_length;
    const BuildRun run{where, workers_for(options), stop};
    tbb::task_arena(run.workers).execute([&] { build_arrays(std::move(contigs), run, view, arrays); });

    view.packed = arrays.packed;
    view.runs = arrays.runs;
    view.directory_bits = arrays.table.directory_bits;
    view.directory = arrays.table.directory;
    view.entries = arrays.table.entries;
    content->names = arrays.names.view();
    content->md5s = arrays.md5s;
    content->occurrences = arrays.table.occurrences;
    for (const OccurrenceClass& occurrences : content->occurrences) content->distinct += occurrences.minimizers;
    for (const std::uint64_t length : arrays.contig_length) content->contig_bases += length;
    content->source = source;
    return Index(std::move(content));
}

}  // namespace weft
