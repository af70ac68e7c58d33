// The subcommands of weft. Each adds itself to the command line, with its options in plain values of its own and the work
// in the subcommand's callback. The callback throws weft::Error when it fails and EndCommand for other exit codes than 0.
#pragma once

#include <CLI/App.hpp>

namespace weft {

void add_index_command(CLI::App& app);
void add_align_command(CLI::App& app);
void add_simulate_command(CLI::App& app);
void add_compare_command(CLI::App& app);
void add_view_command(CLI::App& app);
void add_run_command(CLI::App& app);
void add_plan_command(CLI::App& app);
void add_explain_command(CLI::App& app);
void add_lint_command(CLI::App& app);
void add_config_command(CLI::App& app);
void add_info_command(CLI::App& app);
void add_trace_command(CLI::App& app);
void add_metrics_command(CLI::App& app);
void add_doctor_command(CLI::App& app);
void add_report_command(CLI::App& app);
void add_clean_command(CLI::App& app);
void add_worker_command(CLI::App& app);

}  // namespace weft
