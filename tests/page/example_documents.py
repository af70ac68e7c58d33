"""Documents as weft writes them (docs/report-data.md), made up but of the size and shape of real ones; the same in every run.

`analysis()` is of 10,000 genes on a yeast-like genome; `run()` of the pipeline that made it, and `failed_run()` of one that stopped
half-way.
"""
import bisect
import math
import random

# How often each class occurs, in percent.
CLASSES = {"complete": 86, "partial": 3.2, "split": 1.3, "duplicate": 4.1, "low_identity": 1.6, "truncated": 0.5, "unmapped": 3.3}
SIZES = ["below 1 kb", "1 to 10 kb", "above 10 kb"]
CONTIGS = {"chrI": 230218, "chrII": 813184, "chrIII": 316620, "chrIV": 1531933, "chrV": 576874, "chrVI": 270161, "chrVII": 1090940,
           "chrVIII": 562643, "chrIX": 439888, "chrX": 745751, "chrXI": 666816, "chrXII": 1078177, "chrXIII": 924431, "chrXIV": 784333,
           "chrXV": 1091291, "chrXVI": 948066, "chrM": 85779}
INVERTED = range(600_000, 900_000)   # of chrIV
HOSTILE = "</script><b>bold</b><img src=x onerror=\"document.title='broken'\">"


def binned(values, edges):
    counts = [0] * (len(edges) - 1)
    for value in values:
        counts[min(max(bisect.bisect_right(edges, value) - 1, 0), len(counts) - 1)] += 1
    return counts


def histogram(values, edges, **more):
    return {"edges": edges, "counts": binned(values, edges), **more}


def log_edges(first, last, per_decade):
    return [round(first * 10 ** (i / per_decade)) for i in range(math.ceil(math.log10(last / first) * per_decade) + 1)]


def mean(values):
    return sum(values) / len(values)


def average(values):
    return {"median": sorted(values)[len(values) // 2], "mean": mean(values)}


def make_feature(chance, number):
    kind = chance.choices(list(CLASSES), list(CLASSES.values()))[0]
    identity = 1 - min(0.45, chance.expovariate(1 / 0.012) + (0.16 if kind == "low_identity" else 0))
    coverage = 1.0 if kind in ("complete", "duplicate", "split") else chance.uniform(0.35, 0.94)
    if coverage == 1.0 and chance.random() < 0.25:
        coverage = max(0.3, 1 - chance.expovariate(1 / 0.01))
    mapq = 0 if kind == "duplicate" else 60 if chance.random() < 0.88 else chance.randrange(1, 60)
    length = max(60, int(chance.lognormvariate(7.05, 0.85)))
    size = 0 if length < 1000 else 1 if length <= 10000 else 2
    return {"name": f"gene{number:05}", "length": length, "size": size, "class": kind, "identity": identity, "coverage": coverage,
            "mapq": mapq}


def make_features(chance, n):
    features = [make_feature(chance, number) for number in range(n)]
    features[7].update({"name": HOSTILE, "class": "unmapped"})
    reasons = {"truncated": "the contig ends within it", "partial": "half of it has no place", "split": "lies at 2 places",
               "low_identity": "identity 0.82"}
    lost = 0
    for feature in features:
        feature["reason"] = reasons.get(feature["class"], "")
        if feature["class"] == "unmapped":
            feature["reason"] = "low score" if lost % 13 == 0 else "no seed"
            lost += 1
    return features


def depth_of(chance):
    rows, width = [], 2500
    for name, length in CONTIGS.items():
        level = 0 if name == "chrM" else 1
        depths = [round(level * max(0, chance.gauss(0.72, 0.24)), 3) for _ in range(-(-length // width))]
        if name == "chrXII":
            depths[180:186] = [9.1, 24.6, 31.2, 30.8, 22.4, 7.3]   # repeated genes, piled up
        rows.append({"contig": name, "length": length, "bin": width, "mean": depths})
    return rows


def laid_out(names_and_lengths):
    sequences, offset = [], 0
    for name, length in names_and_lengths:
        sequences.append({"name": name, "length": length, "offset": offset})
        offset += length
    return sequences


def dot_plot_of(chance):
    contigs = laid_out(CONTIGS.items())
    queries = laid_out((name.replace("chr", "scaffold_"), length) for name, length in CONTIGS.items())
    segments = []
    for contig, query in zip(contigs, queries):
        at = 0
        while at < contig["length"] - 4000:
            length = min(int(chance.lognormvariate(7.6, 0.6)), contig["length"] - at)
            inverted = contig["name"] == "chrIV" and at in INVERTED
            strand = -1 if inverted or chance.random() < 0.03 else 1
            target = contig if chance.random() < 0.985 else chance.choice(contigs)
            begin = INVERTED.start + INVERTED.stop - at - length if inverted else at
            begin = max(0, min(begin, target["length"] - length))
            identity = round(1 - min(0.3, chance.expovariate(1 / 0.015)), 4)
            place, target_place = query["offset"] + at, target["offset"] + begin
            segments.append([place, place + length, target_place, target_place + length, strand, identity])
            at += length + int(chance.expovariate(1 / 400))
    segments = sorted(segments, key=lambda segment: segment[0] - segment[1])[:5000]
    return {"queries": queries, "contigs": contigs, "segments": segments, "shown": len(segments), "total": len(segments) + 431}


def lengths_of_gaps(chance, most):
    """By powers, with peaks at multiples of three."""
    counts = ((n, int(most / n**1.9 * (2.4 if n % 3 == 0 else 1) * chance.uniform(0.85, 1.15))) for n in range(1, 120))
    return [[n, count] for n, count in counts if count > 0]


def errors_of(chance, aligned):
    def rate(a, b):
        return (0.0028 if {a, b} in ({"A", "G"}, {"C", "T"}) else 0.0011) * chance.uniform(0.9, 1.1)

    matrix = {a: {b: int(aligned * rate(a, b)) for b in "ACGT" if b != a} for a in "ACGT"}
    insertions, deletions = lengths_of_gaps(chance, 9000), lengths_of_gaps(chance, 11500)
    counts = {"mismatches": sum(sum(row.values()) for row in matrix.values()), "insertions": sum(count for _, count in insertions),
              "deletions": sum(count for _, count in deletions)}
    clipped = [[n, int(8200 / (n + 1) ** 1.4)] for n in [*range(40), 60, 90, 150, 300]]
    return {
        "substitutions": matrix, **counts, "inserted_bases": sum(n * count for n, count in insertions),
        "deleted_bases": sum(n * count for n, count in deletions), "per_kilobase": {kind: 1000 * n / aligned for kind, n in counts.items()},
        "insertion_lengths": insertions, "deletion_lengths": deletions, "ends": {"left_clipped": clipped, "right_clipped": clipped[::-1]},
    }


def density_of(features):
    length_edges, identity_edges = log_edges(50, 50000, 8), [0.5 + i / 60 for i in range(31)]
    rows = [[f["length"] for f in features if i == min(29, int((f["identity"] - 0.5) * 60))] for i in range(30)]
    return {"length_edges": length_edges, "identity_edges": identity_edges, "counts": [binned(row, length_edges) for row in rows]}


def analysis(n=10000):
    chance = random.Random(20261125)
    features = make_features(chance, n)
    placed = [f for f in features if f["class"] != "unmapped"]
    by_size = [[f for f in features if f["size"] == size] for size in range(3)]
    of_class = {word: [f for f in features if f["class"] == word] for word in CLASSES}
    lost = of_class["unmapped"]
    poor = [f for word in ("unmapped", "truncated", "partial", "split", "low_identity") for f in of_class[word]]
    aligned = int(sum(f["length"] * f["coverage"] for f in placed))
    shares = [i / 100 for i in range(101)]
    return {
        "weft_analysis": 1,
        "source": {"label": "genes.bam"},
        "features": {"total": n, "placed": len(placed), "lost": len(lost), "bases": sum(f["length"] for f in features),
                     "aligned_bases": aligned, "secondary": 412, "supplementary": 188},
        "identity": average([f["identity"] for f in placed]),
        "coverage": average([f["coverage"] for f in placed]),
        "classes": [{"class": word, "features": len(group), "by_size": [sum(f["size"] == size for f in group) for size in range(3)]}
                    for word, group in of_class.items()],
        "size_classes": [{"name": name, "features": len(group), "placed": sum(f["class"] != "unmapped" for f in group),
                          "bases": sum(f["length"] for f in group), "identity_mean": mean([f["identity"] for f in group])}
                         for name, group in zip(SIZES, by_size)],
        "lost_reasons": [{"reason": reason, "features": sum(f["reason"] == reason for f in lost)} for reason in ("no seed", "low score")],
        "mapq": [sum(f["mapq"] == mapq for f in placed) for mapq in range(61)],
        "mapq_unknown": 0,
        "histograms": {"identity": histogram([f["identity"] for f in placed], shares),
                       "coverage": histogram([f["coverage"] for f in placed], shares),
                       "length": histogram([f["length"] for f in features], log_edges(50, 50000, 12), log=True)},
        "length_identity": density_of(placed),
        "depth": depth_of(chance),
        "errors": errors_of(chance, aligned),
        "dot_plot": dot_plot_of(chance),
        "inputs_skipped": [{"where": "genes.fa:1203", "name": "gene_x\tbroken", "reason": "the letter '!' is no base"}],
        "inputs_skipped_total": 1,
        "lost_features": {"total": len(poor),
                          "rows": [{key: f[key] for key in ("name", "length", "class", "reason")} for f in poor[:1000]]},
        "variants": {"snv": 61214, "insertion": 8120, "deletion": 9967, "sites": 71002},
    }


# Name, kind, what it needs, milliseconds, sub-tasks.
STAGES = [("reference", "load", [], 310, 0), ("genes", "load", [], 420, 0), ("index", "index", ["reference"], 1650, 0),
          ("align", "align", ["index", "genes"], 8200, 157), ("keep", "filter", ["align"], 640, 40),
          ("analyze", "analyze", ["keep"], 880, 0), ("variants", "variants", ["keep"], 1430, 16),
          ("visualize", "visualize", ["analyze", "variants"], 210, 0)]
CRITICAL = {"reference", "index", "align", "keep", "variants", "visualize"}


def common_run():
    settings = [("threads", 2, "--threads"), ("memory", "8G", "yeast.yaml:4"), ("stages.align.preset", "genes", "yeast.yaml:21"),
                ("stages.keep.where", "identity >= 0.8 and class != 'unmapped'", "yeast.yaml:27"),
                ("stages.align.max_gap", 5000, "default"), ("stages.genes.on_bad_record", "skip", "WEFT_ON_BAD_RECORD")]
    return {
        "weft_run": 1, "pipeline": "yeast-genes", "command": "weft run yeast.yaml --threads 2", "started": "2026-11-25T12:00:00Z",
        "threads": 2, "memory_budget": 8_000_000_000,
        "config": [{"key": key, "value": value, "origin": origin} for key, value, origin in settings],
        "inputs": [{"name": "reference", "path": "data/S288C.fa.gz", "digest": "9d2ae4a1c0b7e1f2a3d4956b7788990f", "bytes": 3_812_044},
                   {"name": "genes", "path": "data/genes.fa", "digest": "0c1d2e3f405162738495a6b7c8d9eafb", "bytes": 15_200_811}],
        "versions": {"weft": "0.1.0", "htslib": "1.16", "oneTBB": "2021.8", "zlib": "1.2.13"},
    }


def make_tasks(chance, name, chunks, begin, end, lanes):
    """The tasks of a stage, side by side in lanes; `lanes` has the moment when each is free again."""
    tasks = []
    for chunk in range(max(chunks, 1)):
        lane = lanes.index(min(lanes))
        start = max(lanes[lane], begin)
        stop = end if chunks == 0 else min(end, start + (end - begin) * 2 / chunks * chance.uniform(0.7, 1.2))
        if start >= end:
            break
        lanes[lane] = stop
        tasks.append({"name": f"{name}/chunk {chunk}" if chunks else name, "stage": name, "lane": lane, "begin_ms": round(start, 1),
                      "end_ms": round(stop, 1), "status": "done"})
    return tasks


def run(slower=0.0):
    """A run that went well; `slower` makes another one of the same input, which took longer."""
    chance = random.Random(7 + int(slower * 10))
    end, stages, tasks, lanes = {}, [], [], [0.0, 0.0]
    for name, kind, needs, length, chunks in STAGES:
        ready = max((end[before] for before in needs), default=0.0)
        begin = ready + chance.uniform(1, 30)
        end[name] = begin + length * (1 + slower) * chance.uniform(0.97, 1.03)
        status = "reused" if name == "reference" and slower else "done"
        stages.append({"name": name, "kind": kind, "status": status, "needs": needs, "ready_ms": ready, "begin_ms": begin,
                       "end_ms": end[name], "attempts": 1, "sub_tasks": chunks, "critical": name in CRITICAL})
        tasks += make_tasks(chance, name, chunks, begin, end[name], lanes)
    wall = round(max(end.values()) + 12, 1)
    tasks.sort(key=lambda task: task["begin_ms"] - task["end_ms"])
    moments = sorted({moment for task in tasks for moment in (task["begin_ms"], task["end_ms"])})
    resources = [[ms, round(chance.gauss(185, 8) if 2000 < ms < wall * 0.8 else chance.gauss(96, 5), 1),
                  int(2.6e8 + 9e8 * min(1, ms / 5000) + chance.gauss(0, 1e7))] for ms in range(0, int(wall), 100)]
    worked = zip(SIZES, [4366, 5589, 45], [2_720_114, 12_866_930, 541_222], [3.1, 11.6, 0.72])
    return {
        **common_run(), "status": "done", "exit_code": 0, "wall_ms": wall, "peak_memory": max(row[2] for row in resources),
        "stages": stages, "tasks": tasks, "tasks_total": len(tasks),
        "slowest": [{"name": task["name"], "ms": round(task["end_ms"] - task["begin_ms"], 1)} for task in tasks[:20]],
        "running": [[moment, sum(task["begin_ms"] <= moment < task["end_ms"] for task in tasks)] for moment in moments],
        "resources": resources,
        "throughput": [{"size_class": size, "features": features, "bases": bases, "seconds": seconds * (1 + slower)}
                       for size, features, bases, seconds in worked],
        "failures": [{"stage": "align", "feature": "gene04711", "reason": "the band of the matrix needs 12 GB, the limit is 4 GB",
                      "where": "data/genes.fa:9422"}],
        "failures_total": 1,
    }


def failed_run():
    stages = []
    for number, (name, kind, needs, _, _) in enumerate(STAGES):
        stage = {"name": name, "kind": kind, "needs": needs}
        if number < 3:
            stage.update(status="done", attempts=1, ready_ms=0, begin_ms=5.0 + 300 * number, end_ms=300.0 + 700 * number)
        elif name == "align":
            stage.update(status="failed", attempts=3, ready_ms=1700, begin_ms=1712.0, end_ms=9120.4, rerun="weft run yeast.yaml",
                         reason="no space left on device: cannot write work/align.4711.part",
                         log_tail=["align: 4,096 features done", "align: 5,120 features done", "warning: scratch directory has 12 MB left",
                                   "error: work/align.4711.part: cannot write: No space left on device",
                                   "hint: <give --scratch a directory with room> & run again"])
        else:
            stage.update(status="skipped", attempts=0, cause="align")
        stages.append(stage)
    return {**common_run(), "status": "failed", "exit_code": 1, "wall_ms": 9133.0, "peak_memory": 812_000_000, "stages": stages,
            "tasks": [], "tasks_total": 4, "failures": [], "failures_total": 0}
