#!/usr/bin/env python3
"""Every header of the library compiles alone, and those that are installed need nothing but the standard library.

Whoever installs weft gets the facade and what it reaches. If one of these headers included, say, htslib/sam.h, each user
of weft would need HTSlib's headers and would be tied to its version.
"""
import concurrent.futures
import os
import re
import subprocess

from sources import ROOT, finish, includes_of, must, project_files, text_of

FACADE = "weft/parallel_aligner.hpp"


def reached_from(first, read):
    """The headers of ours that `first` reaches, itself included; `read` gives the text of weft/..."""
    found, waiting = {first}, [first]
    while waiting:
        for _, quote, included in includes_of(read(waiting.pop())):
            if quote == '"' and included not in found:
                found.add(included)
                waiting.append(included)
    return found


def foreign_includes(name, text):
    return [f"lib/{name}:{number}: an installed header must not include <{included}>"
            for number, quote, included in includes_of(text) if quote == "<" and not re.fullmatch(r"[a-z_]+", included)]


def compiler_says(header):
    """What the compiler has to say of a header on its own, nothing when it is fine."""
    command = [os.environ.get("CXX", "c++"), "-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-I", str(ROOT / "lib"),
               "-include", header, "-x", "c++", os.devnull]
    run = subprocess.run(command, capture_output=True, text=True)
    return None if run.returncode == 0 else f"lib/{header} does not compile alone:\n{run.stderr.strip()[:1000]}"


must(reached_from("a", {"a": '#include "b"\n#include <c>', "b": '#include "a"'}.get) == {"a", "b"}, "headers are not followed")
must(foreign_includes("x.hpp", "#include <htslib/sam.h>") and not foreign_includes("x.hpp", "#include <string_view>"), "foreign headers")
must(compiler_says("weft/no_such_header.hpp"), "a missing header compiles")

headers = [p.removeprefix("lib/") for p in project_files() if re.match(r"lib/.*\.hpp$", p)]
installed = sorted(reached_from(FACADE, lambda name: text_of(f"lib/{name}")))
problems = [problem for name in installed for problem in foreign_includes(name, text_of(f"lib/{name}"))]
with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
    problems += [said for said in pool.map(compiler_says, headers) if said]
finish(problems, f"{len(headers)} headers compile alone; {len(installed)} are installed")
