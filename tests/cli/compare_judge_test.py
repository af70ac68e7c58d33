#!/usr/bin/env python3
"""weft compare against an independent judge: the accuracy figures of test_data/, counted again here from SAM and truth table."""
import os
import re
import subprocess
import sys

WEFT = os.environ["WEFT"]
DATA = os.environ["WEFT_SOURCE_DIR"] + "/test_data/"
SLACK = 5
LENGTHS = [0, 100, 300, 1000, 3000, 10000]


def weft(*words):
    return subprocess.run([WEFT, *words], check=True, capture_output=True, text=True).stdout


def primaries(path):
    """{name: (contig, begin, end, strand, MAPQ), or None when unaligned}"""
    found = {}
    for line in open(path):
        if line.startswith("@"):
            continue
        name, flag, contig, position, mapq, cigar = line.split("\t")[:6]
        flag = int(flag)
        if flag & 0x900:
            continue
        span = sum(int(n) for n, op in re.findall(r"(\d+)([MDN=X])", cigar))
        begin = int(position) - 1
        found[name] = None if flag & 4 else (contig, begin, begin + span, "-" if flag & 16 else "+", int(mapq))
    return found


def truths(path):
    for line in open(path):
        name, contig, begin, end, strand, presence, _, others = line.rstrip("\n").split("\t")
        places = [] if contig == "*" else [(contig, int(begin), int(end), strand)]
        for other in [] if others == "." else others.split(","):
            place, turn = other.rsplit(":", 1)
            where, ends = place.rsplit(":", 1)
            places.append((where, *map(int, ends.split("-")), turn))
        yield name, presence, places


def figures(truth_path, sam_path):
    """The same lines that `weft compare --tsv` prints under accuracy, length and MAPQ."""
    aligned, count = primaries(sam_path), {}
    rows = list(truths(truth_path))

    def add(section, item, n=1):
        count[section, item] = count.get((section, item), 0) + n

    by_mapq = {}
    for name, presence, places in rows:
        hit = aligned.get(name)
        if presence == "absent":
            add("accuracy", "absent")
            add("accuracy", "absent_mapped", hit is not None)
        if presence != "present":
            continue
        right = exact = False
        for contig, begin, end, strand in places if hit else []:
            shared = min(end, hit[2]) - max(begin, hit[1])
            if (contig, strand) == (hit[0], hit[3]) and shared > 0 and shared >= 0.1 * (max(end, hit[2]) - min(begin, hit[1])):
                right = True
                exact = exact or (abs(begin - hit[1]) <= SLACK and abs(end - hit[2]) <= SLACK)
        length = max(least for least in LENGTHS if places[0][2] - places[0][1] >= least)
        for section in ("accuracy", f"length>={length}"):
            add(section, "present")
            add(section, "mapped", hit is not None)
            add(section, "right_place", right)
            add(section, "exact_ends", exact)
        if hit:
            by_mapq.setdefault(hit[4], []).append(right)
    for least in (60, 50, 40, 30, 20, 10, 5, 1, 0):
        verdicts = [right for mapq, rights in by_mapq.items() if mapq >= least for right in rights]
        add(f"mapq>={least}", "aligned", len(verdicts))
        add(f"mapq>={least}", "wrong", verdicts.count(False))
    return count


problems = []
checked = 0
for queries, truth, preset in (("features.fa", "truth.tsv", "feature"), ("reads.fq", "reads.truth.tsv", "ont"), ("short.fq", "short.truth.tsv", "short")):
    weft("align", "-q", "-x", preset, DATA + "target.fa", DATA + queries, "-o", "out.sam")
    said = {tuple(line.split("\t")[:2]): line.split("\t")[2] for line in weft("compare", "out.sam", "--truth", DATA + truth, "--tsv").splitlines()}
    expected = figures(DATA + truth, "out.sam")
    for key, number in expected.items():
        checked += 1
        if said.get(key) != str(number):
            problems.append(f"{queries}: {' '.join(key)} is {said.get(key)}, the judge counts {number}")
    if expected["accuracy", "present"] < 20:
        problems.append(f"{queries}: too few features to judge by")
    # PAF of the same run: another format, the same answer.
    weft("align", "-q", "-x", preset, DATA + "target.fa", DATA + queries, "-c", "-o", "out.paf")
    pair = dict(line.split("\t")[1:3] for line in weft("compare", "out.sam", "out.paf", "--tsv").splitlines() if line.startswith("queries\t"))
    if any(int(pair[item]) for item in ("other_cigar", "other_ends", "elsewhere", "only_a", "only_b")):
        problems.append(f"{queries}: SAM and PAF of one run differ: {pair}")
if problems:
    sys.exit("\n".join(problems))
print(f"{checked} figures agree")
