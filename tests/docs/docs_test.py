#!/usr/bin/env python3
"""Runs the commands that the documents show.

A fenced block ```sh run is executed; the blocks of a document run in order, in one folder that holds genome.fa, genes.fa and
reads.fq from test_data/, with weft on the PATH. A block ```sh is only shown, and must not call weft: such a command would
age unnoticed. (Links: link_check_test.py.)
"""
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(os.environ["WEFT_SOURCE_DIR"])
DOCUMENTS = sorted({*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("*/README.md")})
BLOCK = re.compile(r"^```(\S*)([^\n]*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
FILES = {"genome.fa": "target.fa", "genes.fa": "features.fa", "reads.fq": "reads.fq", "truth.tsv": "truth.tsv"}


def blocks_of(text):
    """(line, commands, whether they are to be run) of every block of shell commands."""
    for found in BLOCK.finditer(text):
        if found.group(1) == "sh":
            yield text.count("\n", 0, found.start()) + 2, found.group(3), found.group(2).strip() == "run"


def ignored_commands(name, text):
    """Commands of weft in blocks that nobody runs."""
    return [f"{name}:{line}: `weft` in a block that is not run; write ```sh run" for line, commands, run in blocks_of(text)
            if not run and re.search(r"^weft ", commands, re.MULTILINE)]


def run_blocks(path, text, folder):
    """What fails when the blocks of a document are run in a new folder."""
    folder.mkdir()
    for name, source in FILES.items():
        (folder / name).symlink_to(ROOT / "test_data" / source)
    environment = dict(os.environ, PATH=f"{pathlib.Path(os.environ['WEFT']).parent}:{os.environ['PATH']}")
    for line, commands, run in blocks_of(text):
        if not run:
            continue
        done = subprocess.run(["bash", "-euo", "pipefail", "-c", commands], cwd=folder, env=environment, capture_output=True, text=True)
        if done.returncode:
            return [f"{path.relative_to(ROOT)}:{line}: failed ({done.returncode})\n{commands}{done.stdout[-500:]}{done.stderr[-1500:]}"]
    return []


sample = "x\n```sh run\nfalse\n```\n```sh\nweft index\n```\n```text\nweft\n```\n"
if [(line, run) for line, _, run in blocks_of(sample)] != [(3, True), (6, False)] or len(ignored_commands("x", sample)) != 1:
    sys.exit("the documents test itself is broken: blocks are not found")

problems = []
executed = 0
for number, path in enumerate(DOCUMENTS):
    text = path.read_text(encoding="utf-8")
    executed += sum(run for _, _, run in blocks_of(text))
    problems += ignored_commands(path.relative_to(ROOT), text)
    problems += run_blocks(path, text, pathlib.Path(f"{number}"))
for problem in problems:
    print(problem)
print(f"{executed} blocks of {len(DOCUMENTS)} documents were run, {len(problems)} problems")
sys.exit(1 if problems else 0)
