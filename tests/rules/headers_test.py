#!/usr/bin/env python3
"""The headers that are installed need nothing but the standard library. (That each compiles alone: rules.headers_alone.)

Whoever installs weft gets the facade and what it reaches. If one of these headers included, say, htslib/sam.h, each user
of weft would need HTSlib's headers and would be tied to its version.
"""
import re

from sources import finish, includes_of, must, text_of

FACADES = ["weft/parallel_aligner.hpp", "weft/executor/hierarchical_executor.hpp"]


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


must(reached_from("a", {"a": '#include "b"\n#include <c>', "b": '#include "a"'}.get) == {"a", "b"}, "headers are not followed")
must(foreign_includes("x.hpp", "#include <htslib/sam.h>") and not foreign_includes("x.hpp", "#include <string_view>"), "foreign headers")

installed = sorted(set().union(*(reached_from(facade, lambda name: text_of(f"lib/{name}")) for facade in FACADES)))
problems = [problem for name in installed for problem in foreign_includes(name, text_of(f"lib/{name}"))]
finish(problems, f"{len(installed)} installed headers need the standard library alone")
