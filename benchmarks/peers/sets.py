"""Which sets are measured, and how they are made: an evolved genome, features of the original, and their true places."""
import os
import pathlib
import subprocess
import sys
from dataclasses import dataclass

ROOT = pathlib.Path(__file__).resolve().parents[2]


@dataclass
class TestSet:
    name: str
    target: str
    features: str
    truth: str


def in_folder(folder, name=None):
    paths = [folder / file for file in ("target.fa", "features.fa", "truth.tsv")]
    for path in paths:
        if not path.is_file():
            sys.exit(f"{path} is missing: a set has target.fa, features.fa and truth.tsv")
    return TestSet(name or folder.resolve().name, *map(str, paths))


def made(weft, out, name, arguments):
    """The set of that name; made by `weft simulate` unless it is there."""
    folder = out / "sets" / name
    if not (folder / "truth.tsv").is_file():
        print(f"making {folder}", file=sys.stderr)
        folder.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run([weft.path, "simulate", *arguments, "-o", str(folder)], check=True, stdout=sys.stderr)
    return in_folder(folder, name)


def of_genome(weft, options, name, genome, annotation, divergences, extra):
    source = ["--genome", str(genome), *(["--annotation", str(annotation)] if annotation else [])]
    return [made(weft, options.out, f"{name}-{divergence}-{options.seed}",
                 [*source, "--divergence", divergence, "--seed", str(options.seed), *extra]) for divergence in divergences]


def chosen(weft, options):
    """The sets that the command line asks for; without a wish the standard ones, as far as their data is there."""
    if options.set:
        return [in_folder(folder) for folder in options.set]
    divergences = options.divergence.split(",")
    yeast = ["--window", "300,3000,30000", "--windows-each", "1500"]
    if options.genome:
        name = pathlib.Path(options.genome).name.split(".")[0]
        return of_genome(weft, options, name, options.genome, options.annotation, divergences, yeast)
    data = pathlib.Path(os.environ.get("WEFT_DATA", ROOT.parent / "shared" / "data"))
    found = []
    for genome in data.glob("yeast_S288C_R64/*.fna.gz"):
        found += of_genome(weft, options, "yeast", genome, next(genome.parent.glob("*.gff.gz")), divergences, yeast)
    for genome in data.glob("celegans_WS220/*.fa.gz"):
        worm = ["--kinds", "mRNA", "--window", "100,300,3000,30000", "--windows-each", "1000", "--events", "120"]
        found += of_genome(weft, options, "worm", genome, next(genome.parent.glob("*.gff3.gz")), ["0.01"], worm)
    return found or [in_folder(ROOT / "test_data")]
