// weft on the command line: this page is its table of contents. Each subcommand lives in its own <name>_command.cpp.
#include <CLI/App.hpp>
#include <CLI/Config.hpp>

#include "commands.hpp"
#include "console.hpp"
#include "crash_words.hpp"
#include "help.hpp"
#include "signals.hpp"
#include "version.hpp"

int main(int argc, char** argv) {
    weft::watch_signals();   // from here on Ctrl-C, SIGTERM and a closed pipe unwind the run instead of cutting it off
    weft::name_feature_at_crash();

    CLI::App app{"weft aligns genes, transcripts, probes, contigs and reads to reference genomes.", "weft"};
    weft::use_help_layout(app);
    app.set_version_flag("--version", weft::version_text, "Print the versions of weft and what it is built with, and the SIMD target");
    app.footer("Help on a command: weft COMMAND --help");

    weft::add_index_command(app);      // a reference to an index
    weft::add_align_command(app);      // features to a reference
    weft::add_view_command(app);       // alignments base by base
    weft::add_compare_command(app);    // two runs, or one with the truth
    weft::add_simulate_command(app);   // a set whose answer is known

    weft::add_run_command(app);        // a pipeline, begun or continued
    weft::add_plan_command(app);       // what a run would do, and why
    weft::add_explain_command(app);    // why one stage runs, or does not
    weft::add_lint_command(app);       // what is wrong with a pipeline file, or doubtful
    weft::add_config_command(app);     // every value with its origin
    weft::add_info_command(app);       // what weft sees of the machine and of itself
    weft::add_trace_command(app);      // the last run, for Perfetto
    weft::add_metrics_command(app);    // the last run in figures
    weft::add_doctor_command(app);     // why the last run was not faster
    weft::add_report_command(app);     // a page on alignments, or on the last run
    weft::add_clean_command(app);      // stored results that nobody needs any more
    weft::add_worker_command(app);     // a part of a stage, for `weft run` alone

    return weft::run_command_line(app, argc, argv);
}
