#!/usr/bin/env python3
"""Runs the benchmarks of the executor and writes goals beside what was measured, met or not, into benchmarks/README.md.

    benchmarks/executor/tables.py build/release/benchmarks/weft_executor_benchmarks          print the tables
    benchmarks/executor/tables.py build/release/benchmarks/weft_executor_benchmarks --write  put them into benchmarks/README.md

Repetitions of all benchmarks come in random order, so that what else the machine does hits all of them alike; figures are medians.
"""
import argparse
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys

README = pathlib.Path(__file__).resolve().parents[1] / "README.md"
BEGIN, END = "<!-- executor: begin -->", "<!-- executor: end -->"
ROWS = "map|chunk|batch|sched|latency|speedup|overhead|channel|single_flight|durable|noop"
UNITS = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1}


def run(program, repetitions):
    """Median figures by benchmark: seconds per iteration, seconds per item, and counters."""
    said = subprocess.run([program, f"--benchmark_filter=^({ROWS})/", "--benchmark_format=json", f"--benchmark_repetitions={repetitions}",
                           "--benchmark_enable_random_interleaving=true"], capture_output=True, text=True, check=False)
    if said.returncode:
        sys.exit(f"{program} fails: {said.stderr}")
    found = {}
    for entry in json.loads(said.stdout)["benchmarks"]:
        if entry["run_type"] != "iteration":
            continue
        if entry.get("error_occurred"):
            sys.exit(f"{entry['name']} fails: {entry['error_message']}")
        name = re.sub(r"/(real_time|iterations:\d+)", "", entry["run_name"])
        figures = found.setdefault(name, {})
        known = {key: value for key, value in entry.items() if isinstance(value, (int, float))}
        known["seconds"] = entry["real_time"] * UNITS[entry["time_unit"]]
        if "items_per_second" in entry:
            known["item"] = 1 / entry["items_per_second"]
        for key, value in known.items():
            figures.setdefault(key, []).append(value)
    return {name: {key: statistics.median(values) for key, values in figures.items()} for name, figures in found.items()}


def goals(found):
    """Rows of (what, goal, measured, met)."""
    def seconds(name):
        return found[name]["seconds"]

    def least(prefix, apart_from):
        return min(figures["seconds"] for name, figures in found.items() if name.startswith(prefix) and name != apart_from)

    def at_most(what, value, limit, show):
        return what, f"at most {show(limit)}", show(value), value <= limit

    ratio = "{:.2f} x".format
    milliseconds = "{:,.0f} ms".format
    nanoseconds = "{:,.0f} ns".format
    quiet = found["overhead/named_task/no_events"]["item"]
    return [
        at_most("`parallel_map`, 2,000 items of 10 us: time of `tbb::parallel_for`",
                seconds("map/10us_x_2000/parallel_map") / seconds("map/10us_x_2000/parallel_for"), 1.05, ratio),
        at_most("`parallel_map`, 8 items of 1 us: time of a loop", seconds("map/1us_x_8/parallel_map") / seconds("map/1us_x_8/loop"), 1.1, ratio),
        at_most("automatic chunks: time of the best fixed size", seconds("chunk/automatic") / least("chunk/", "chunk/automatic"), 1.1, ratio),
        at_most("batches by size class: time of the best fixed size", seconds("batch/by_class") / least("batch/", "batch/by_class"), 1.05, ratio),
        at_most("100 random graphs: run time over max(longest path, work / workers), mean", found["sched/executor"]["ratio_mean"], 1.05, ratio),
        at_most("the same: run time of first in, first out", found["sched/executor"]["ratio_mean"] / found["sched/fifo"]["ratio_mean"], 1, ratio),
        ("aligner, two threads: speed-up over one", "at least 1.70 x", ratio(found["speedup/align_1_and_2_threads"]["speedup"]),
         found["speedup/align_1_and_2_threads"]["speedup"] >= 1.7),
        at_most("events of a task that somebody hears: more time per task", 1e9 * (found["overhead/named_task/events"]["item"] - quiet), 60, nanoseconds),
        at_most("durability of the chunks of a yeast run: share of its processor time", found["durable/yeast_chunks"]["percent_of_align"], 2, "{:.1f} %".format),
        at_most("10,000 stages, all up to date: plan", 1e3 * seconds("noop/plan/10000"), 100, milliseconds),
        at_most("10,000 stages, all up to date: run", 1e3 * seconds("noop/run_again/10000"), 100, milliseconds),
        at_most("100,000 stages that never ran: read and plan", 1e3 * seconds("noop/read_and_plan/100000"), 2_000, milliseconds),
    ]


def duration(seconds):
    for unit, size in (("s", 1), ("ms", 1e-3), ("us", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:,.3g} {unit}"
    return f"{1e9 * seconds:,.3g} ns"


OWN_COUNTERS = ("ratio_mean", "ratio_median", "ratio_worst", "p50_us", "p99_us", "speedup", "efficiency", "parallel_share", "kept_ms", "plain_ms",
                "percent_of_align")


def markdown(found):
    lines = ["| | goal | measured | |", "| --- | ---: | ---: | --- |"]
    lines += [f"| {what} | {goal} | {measured} | {'met' if met else '**missed**'} |" for what, goal, measured, met in goals(found)]
    lines += ["", "| benchmark | time | per item | counters |", "| --- | ---: | ---: | --- |"]
    for name in sorted(found, key=lambda one: (ROWS.split("|").index(one.split("/")[0]), list(found).index(one))):
        figures = found[name]
        counters = ", ".join(f"{key} {figures[key]:.3g}" for key in OWN_COUNTERS if key in figures)
        lines.append(f"| {name} | {duration(figures['seconds'])} | {duration(figures['item']) if 'item' in figures else ''} | {counters} |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", help="weft_executor_benchmarks")
    parser.add_argument("--repetitions", type=int, default=5, help="of each benchmark [5]")
    parser.add_argument("--write", action="store_true", help="replace the tables in benchmarks/README.md")
    options = parser.parse_args()
    before = os.getloadavg()[0]
    found = run(options.program, options.repetitions)
    load = f"{os.cpu_count()} processors; load of the machine {before:.1f} before and {os.getloadavg()[0]:.1f} behind the run."
    tables = f"{load}\n\n{markdown(found)}"
    print(tables)
    if not options.write:
        return
    text = README.read_text(encoding="utf-8")
    pattern = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
    if not pattern.search(text):
        sys.exit(f"{README} has no place for the tables: {BEGIN} and {END}")
    README.write_text(pattern.sub(lambda _: f"{BEGIN}\n{tables}\n{END}", text), encoding="utf-8")


if __name__ == "__main__":
    main()
