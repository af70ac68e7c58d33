#!/usr/bin/env python3
"""Reads the #include lines of lib/weft and apps and names each line that breaks a layer.

A folder of the library may include itself and what stands left of it in LAYERS; folders in one group do not see each other.
A dependency may be included only from the places that DEPENDENCIES gives it: so each of them can be replaced in one folder.
"""
import re

from sources import ROOT, finish, includes_of, must, project_files, text_of

LAYERS = [["model"], ["bytes", "kernel"], ["record", "index"], ["seed"], ["chain"], ["align"], ["select"], ["parallel"]]
# Folders that do not stand in the row.
BESIDE = {
    "simulate": ["model", "bytes", "record"],
    "executor": ["model", "bytes"],                                          # tasks, resources, resume: no biology
    "pipeline": ["model", "bytes", "executor"],                              # config files
    "": [folder for group in LAYERS for folder in group],                    # lib/weft/parallel_aligner.*, the facade
    "report": [folder for group in LAYERS for folder in group] + ["", "simulate"],
    "stages": [folder for group in LAYERS for folder in group] + ["", "report", "executor", "pipeline"],   # biology meets machinery
}
# What is included -> where it may be. A header that is installed includes none of them (headers_test.py).
DEPENDENCIES = [
    (r"htslib/", r"lib/weft/(bytes|record)/"),
    (r"(tbb|oneapi)/", r"lib/weft/(parallel|index|executor)/"),
    (r"hwy/", r"lib/weft/kernel/"),
    (r"xxh", r"lib/weft/bytes/"),
    (r"fmt/", r"(lib|apps)/.*\.cpp$"),
    (r"CLI/", r"apps/"),
    (r"yaml-cpp/", r"lib/weft/pipeline/"),
    (r"nlohmann/", r"(lib/weft/(executor|pipeline|stages|report)|apps)/"),
    (r"re2/", r"lib/weft/stages/"),
    (r"openssl/", r"lib/weft/bytes/"),
    (r"tsl/", r"lib/weft/executor/"),
    (r"zlib", r"lib/weft/report/"),
]
SYSTEM = re.compile(r"(malloc|sched|sys/\w+|linux/fs|unistd|fcntl|signal|poll|termios|cpuid)\.h$")


def sees():
    """{folder: folders it may include}."""
    table = dict(BESIDE)
    left = []
    for group in LAYERS:
        for folder in group:
            table[folder] = list(left)
        left += group
    return table


def folder_of(path):
    """'model' for weft/model/cigar.hpp, '' for weft/parallel_aligner.hpp."""
    parts = path.split("/")
    return "/".join(parts[1:-1])


def problems_of(path, text, exists):
    """The lines of one file that break a rule. `exists` tells whether lib/<path> is a file."""
    found = []
    table = sees()
    in_library = path.startswith("lib/")
    folder = folder_of(path.removeprefix("lib/")) if in_library else None
    if in_library and folder not in table:
        return [f"{path}: the folder '{folder}' has no layer (tests/rules/layers_test.py gives it one)"]
    for number, quote, included in includes_of(text):
        where = f"{path}:{number}"
        if quote == '"' and included.startswith("weft/"):
            if not exists(included):
                found.append(f"{where}: {included} does not exist")
            elif in_library and folder_of(included) != folder and folder_of(included) not in table[folder]:
                found.append(f"{where}: {folder or 'the facade'} must not include {included}")
        elif quote == '"' and in_library:
            found.append(f'{where}: headers of the library are included as "weft/...", not "{included}"')
        elif quote == "<":
            places = [place for name, place in DEPENDENCIES if re.match(name, included)]
            if places and not re.match(places[0], path):
                found.append(f"{where}: <{included}> may be included from {places[0]} only")
            elif not places and re.search(r"[/.]", included) and not SYSTEM.match(included):
                found.append(f"{where}: <{included}> is not a dependency of weft")
    return found


def check_the_checker():
    broken = [("lib/weft/model/x.hpp", '#include "weft/align/options.hpp"'), ("lib/weft/bytes/x.cpp", '#include "weft/kernel/sketch.hpp"'),
              ("lib/weft/seed/x.cpp", "#include <htslib/sam.h>"), ("apps/weft/x.cpp", "  # include <tbb/task_arena.h>"),
              ("lib/weft/model/x.hpp", "#include <fmt/format.h>"), ("lib/weft/model/x.cpp", "#include <boost/any.hpp>"),
              ("lib/weft/utils/x.cpp", ""), ("lib/weft/seed/x.cpp", '#include "options.hpp"')]
    fine = [("lib/weft/align/x.cpp", '#include "weft/model/cigar.hpp"\n#include <vector>\n#include <fmt/format.h>'),
            ("lib/weft/kernel/x.hpp", "#include <hwy/highway.h>"), ("apps/weft/x.cpp", '#include "weft/report/summary.hpp"')]
    for path, text in broken:
        must(problems_of(path, text, lambda _: True), f"{path} with {text} passes")
    for path, text in fine:
        must(not problems_of(path, text, lambda _: True), f"{path} with {text} fails")
    must(problems_of("lib/weft/align/x.cpp", '#include "weft/model/none.hpp"', lambda _: False), "a missing header passes")


check_the_checker()
files = [p for p in project_files() if re.match(r"(lib|apps)/.*\.(cpp|hpp)$", p)]
problems = [problem for path in files for problem in problems_of(path, text_of(path), lambda name: (ROOT / "lib" / name).is_file())]
finish(problems, f"{len(files)} files keep to their layers")
