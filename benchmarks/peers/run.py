#!/usr/bin/env python3
"""Runs weft and minimap2 in turn on the same data and prints what each costs and how often it is right.

    benchmarks/peers/run.py                                   standard sets of the data that WEFT_DATA names, else test_data/
    benchmarks/peers/run.py --genome G.fa --annotation A.gff3 --divergence 0.01,0.05
    benchmarks/peers/run.py --set DIR                         a folder with target.fa, features.fa and truth.tsv

The peer is Debian's minimap2, and another binary too when MINIMAP2 names one. Sets are made by `weft simulate` and kept
in the work folder. Times and memory are medians over the rounds; ratios are medians over pairs of neighbouring runs.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys

import measure
import programs
import sets
import tables

ROOT = pathlib.Path(__file__).resolve().parents[2]
QUERY_BASES = 1_500   # of the single query whose start-up is timed


def middle(costs, field):
    return statistics.median(getattr(cost, field) for cost in costs)


def one_query(features, path):
    """Writes the feature whose length is closest to QUERY_BASES: start-up is what aligning it costs."""
    def distance(record):
        return abs(len(record.partition("\n")[2].replace("\n", "")) - QUERY_BASES)

    records = pathlib.Path(features).read_text(encoding="utf-8").split("\n>")
    path.write_text(">" + min(records, key=distance).removeprefix(">") + "\n", encoding="utf-8")


def accuracy_of(weft, alignments, truth):
    """How often the alignments are right: shares of the present features, and what MAPQ 60 promises and keeps."""
    said = subprocess.run([weft.path, "compare", alignments, "--truth", truth, "--tsv"], capture_output=True, text=True)
    if said.returncode:
        sys.exit(f"weft compare fails: {said.stderr}")
    table = {(section, item): value for section, item, value in (line.split("\t") for line in said.stdout.splitlines())}
    present = int(table["accuracy", "present"])
    return {
        "present": present,
        **{name: int(table["accuracy", name]) / present for name in ("mapped", "right_place", "exact_ends")},
        "mapq60": int(table["mapq>=60", "aligned"]), "mapq60_wrong": int(table["mapq>=60", "wrong"]),
    }


def measure_set(one, contestants, options):
    """One dictionary of figures per program, in the order of `contestants`."""
    folder = options.out / "runs" / one.name
    folder.mkdir(parents=True, exist_ok=True)
    indexes = [str(folder / f"{rank}{program.suffix}") for rank, program in enumerate(contestants)]
    outputs = [str(folder / f"{rank}.paf") for rank in range(len(contestants))]
    query = folder / "one_query.fa"
    one_query(one.features, query)

    def timed(commands, rounds):
        return measure.in_turn(commands, rounds)

    build = timed([p.build_index(one.target, index) for p, index in zip(contestants, indexes)], min(options.rounds, 3))
    start = timed([p.align(index, str(query), str(folder / "one_query.paf"), 1) for p, index in zip(contestants, indexes)], options.rounds)
    align = timed([p.align(index, one.features, output, options.threads) for p, index, output in zip(contestants, indexes, outputs)],
                  options.rounds)

    rows = []
    for rank, program in enumerate(contestants):
        rows.append({
            "set": one.name, "program": program.name,
            "build_cpu": middle(build[rank], "cpu"), "build_wall": middle(build[rank], "wall"),
            "build_private": middle(build[rank], "private"), "index_mib": os.path.getsize(indexes[rank]) / 2**20,
            "start_wall": middle(start[rank], "wall"),
            "cpu": middle(align[rank], "cpu"), "wall": middle(align[rank], "wall"),
            "private": middle(align[rank], "private"), "shared": middle(align[rank], "shared"),
            "cpu_ratio": statistics.median(b.cpu / a.cpu for a, b in zip(align[0], align[rank])),
            **accuracy_of(contestants[0], outputs[rank], one.truth),
        })
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weft", default=str(ROOT / "build/release/weft"), help="the binary to measure")
    parser.add_argument("--genome", help="FASTA from which sets are made")
    parser.add_argument("--annotation", help="GFF3 of the genome: its genes become features")
    parser.add_argument("--divergence", default="0.005,0.02,0.08", help="shares of changed bases, one set each")
    parser.add_argument("--set", action="append", default=[], type=pathlib.Path, help="a folder made before")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rounds", type=int, default=5, help="runs of each program per figure")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "build/peers", help="work folder")
    parser.add_argument("--write", action="append", default=[], type=pathlib.Path,
                        help="a document whose tables between <!-- peers --> marks are replaced")
    options = parser.parse_args()

    weft = programs.weft(options.weft)
    contestants = [weft, *programs.peers()]
    rows = []
    for one in sets.chosen(weft, options):
        print(f"{one.name}: {one.target}", file=sys.stderr)
        rows += measure_set(one, contestants, options)
    (options.out / "results.json").write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    print(tables.markdown(rows))
    for document in options.write:
        tables.replace_in(document, rows)


if __name__ == "__main__":
    main()
