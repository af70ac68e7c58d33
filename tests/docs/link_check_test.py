#!/usr/bin/env python3
"""What the documents point to is there: files, headings, and an entry in docs/errors.md for each code that a message may carry.

A code is what people search for. So each that stands in the sources has a heading of its own, and an example that some test expects word
by word; a heading whose code is gone would explain what nobody can see any more.
"""
import os
import pathlib
import re
import sys

ROOT = pathlib.Path(os.environ["WEFT_SOURCE_DIR"])
DOCUMENTS = sorted({*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("*/README.md")})
SOURCES = sorted(path for folder in ("lib", "apps") for path in (ROOT / folder).rglob("*.[ch]pp"))
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
SPANS = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"\[[^\]]*\]\(<?(?!\w+:)([^)>\s]*)>?[^)]*\)")
HEADING = re.compile(r"^#{1,6} +(.*?)(?: +#+)? *$", re.MULTILINE)
CODE = re.compile(r'"(W\d{3})"')
ENTRY = re.compile(r"^### +(W\d{3})\n(.*?)(?=^#|\Z)", re.MULTILINE | re.DOTALL)


def prose(text):
    """A document without what is shown as it is typed."""
    return FENCED.sub("", text)


def anchors_of(text):
    """The names by which GitHub knows the headings: lower case, without punctuation, - for blanks, and -1, -2 behind repeated ones."""
    anchors, seen = set(), {}
    for heading in HEADING.findall(prose(text)):
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading.replace("`", ""))
        name = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
        anchors.add(f"{name}-{seen[name]}" if name in seen else name)
        seen[name] = seen.get(name, 0) + 1
    return anchors


def links_of(text):
    return LINK.findall(SPANS.sub("", prose(text)))


def broken_links(path, text, is_there, text_of):
    """What a document points to that is not there; `is_there` and `text_of` answer for paths."""
    for link in links_of(text):
        target, _, anchor = link.partition("#")
        file = path.parent / target if target else path
        if not is_there(file):
            yield f"{path}: ({link}) leads to no file"
        elif anchor and file.suffix == ".md" and anchor not in anchors_of(text if file == path else text_of(file)):
            yield f"{path}: ({link}) leads to no heading"


def code_problems(codes, errors, expected):
    """`codes` are those of the sources, `errors` is the text of the document, `expected` has all messages that tests expect."""
    entries = dict(ENTRY.findall(errors))
    yield from (f"docs/errors.md: {code} may be emitted and has no heading '### {code}'" for code in sorted(codes - entries.keys()))
    yield from (f"docs/errors.md: no source emits {code}" for code in sorted(entries.keys() - codes))
    for code, entry in entries.items():
        shown = re.search(rf"^    (?:p\.yaml:\d+:\d+: )?(.*\[{code}\])$", entry, re.MULTILINE)
        if not shown:
            yield f"docs/errors.md: the entry of {code} shows no message with [{code}]"
        elif shown.group(1) not in expected:
            yield f"docs/errors.md: no test expects the message of {code}: {shown.group(1)}"
    headings = re.findall(r"^### +(W\d{3})$", errors, re.MULTILINE)
    yield from (f"docs/errors.md: {code} is explained twice" for code in entries if headings.count(code) > 1)


def must(condition, what):
    if not condition:
        sys.exit(f"the link check itself is broken: {what}")


def check_the_checker():
    text = "# A `b` (c)\n## Two words\n## Two words\n"
    text += "[x](y.md#z) ![p](<q.svg>) `[no](no.md)` [u](https://u.org/v#w) [t](#two-words-1)\n```\n# no\n[no](no)\n```\n"
    must(anchors_of(text) == {"a-b-c", "two-words", "two-words-1"}, f"headings are {anchors_of(text)}")
    must(links_of(text) == ["y.md#z", "q.svg", "#two-words-1"], f"links are {links_of(text)}")
    here = pathlib.Path("a.md")
    must(len(list(broken_links(here, text, lambda _: False, None))) == 3, "missing files pass")
    must(not list(broken_links(here, text, lambda _: True, lambda _: "# Z")), "good links fail")
    must(len(list(broken_links(here, text, lambda _: True, lambda _: "# Y"))) == 1, "a missing heading passes")
    good = "### W100\n\nText.\n\n    p.yaml:3:1: y [W100]\n\n### W101\n\n    x [W101]\n"
    expected = "other.yaml:5:2: y [W100]\nx [W101]"
    must(not list(code_problems({"W100", "W101"}, good, expected)), "a good document fails")
    must(len(list(code_problems({"W100", "W102"}, good, expected))) == 2, "a code without entry, or an entry without code, passes")
    must(len(list(code_problems({"W100"}, "### W100\n\n    x [W104]\n", expected))) == 1, "an entry without its message passes")
    must(len(list(code_problems({"W100", "W101"}, good, "y [W100]"))) == 1, "a message that no test expects passes")


check_the_checker()
problems, links = [], 0
for path in DOCUMENTS:
    content = path.read_text(encoding="utf-8")
    links += len(links_of(content))
    problems += broken_links(path, content, pathlib.Path.exists, lambda file: file.read_text(encoding="utf-8"))
codes = {code for path in SOURCES for code in CODE.findall(path.read_text(encoding="utf-8"))}
must(len(codes) > 20, f"only {len(codes)} codes are found in the sources")
tests = [*(ROOT / "tests/pipeline/broken").glob("*.txt"), *(ROOT / "tests").rglob("*_test.cpp")]
expected = "\n".join(path.read_text(encoding="utf-8") for path in tests)
problems += code_problems(codes, (ROOT / "docs/errors.md").read_text(encoding="utf-8"), expected)
for problem in problems:
    print(problem)
print(f"{links} links of {len(DOCUMENTS)} documents and {len(codes)} codes, {len(problems)} problems")
sys.exit(1 if problems else 0)
