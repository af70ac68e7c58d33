"""The programs that are compared: how each builds an index and aligns, with options that ask all of them for the same work.

The same work is: base-level alignment of every feature to its ends, in PAF with the CIGAR, from a prebuilt index.
"""
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass


@dataclass
class Program:
    name: str          # with its version, as the table shows it
    path: str
    suffix: str        # of its index files

    def build_index(self, genome, index):
        raise NotImplementedError

    def align(self, index, features, output, threads):
        raise NotImplementedError


class Weft(Program):
    def build_index(self, genome, index):
        return [self.path, "index", genome, "-o", index, "-t", "1"]

    def align(self, index, features, output, threads):
        return [self.path, "align", index, features, "-c", "-o", output, "-t", str(threads), "-q"]


class Minimap2(Program):
    def build_index(self, genome, index):
        return [self.path, "-t", "1", "-d", index, genome]

    def align(self, index, features, output, threads):
        return [self.path, "-c", "--end-bonus", "10", "-t", str(threads), "-o", output, index, features]


def version_of(path):
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
    return re.search(r"\d+(\.\d+)+\S*", said).group().split("-")[0]


def peers():
    """minimap2 as Debian has it, and the one that MINIMAP2 names."""
    paths = [shutil.which("minimap2"), os.environ.get("MINIMAP2")]
    found = [Minimap2(f"minimap2 {version_of(path)}", os.path.abspath(path), ".mmi") for path in paths if path]
    if not found:
        sys.exit("no minimap2: install Debian's package, or let MINIMAP2 name a binary")
    return found


def weft(path):
    if not os.access(path, os.X_OK):
        sys.exit(f"{path} is no program: build weft first (cmake --preset release && cmake --build --preset release)")
    return Weft(f"weft {version_of(path)}", os.path.abspath(path), ".weft")
