"""What the rule tests share: the project's own files, their #include lines, and how a broken rule is reported.

The files are those that git tracks or would track, so that build folders and scratch files are nobody's business; in an
unpacked archive, where git knows nothing, they are all files outside build folders.
"""
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(os.environ.get("WEFT_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def project_files():
    """Paths of all files of the project, relative to its root, sorted."""
    command = ["git", "-c", "safe.directory=*", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\0")
    except (OSError, subprocess.CalledProcessError):
        listed = [str(p.relative_to(ROOT)) for p in ROOT.rglob("*") if not re.match(r"(\.git|\.cache|build)", str(p.relative_to(ROOT)))]
    return sorted(p for p in listed if p and (ROOT / p).is_file() and not (ROOT / p).is_symlink())


def text_of(path):
    """The text of a file, or None when it is not UTF-8 text."""
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def includes_of(text):
    """(line number, '<' or '"', included path) of each #include line."""
    for number, line in enumerate(text.splitlines(), 1):
        found = INCLUDE.match(line)
        if found:
            yield number, found.group(1), found.group(2)


def must(condition, what):
    """For the checks of the checkers: a rule that cannot fail is no rule."""
    if not condition:
        sys.exit(f"the rule test itself is broken: {what}")


def finish(problems, passed):
    """Prints the problems and ends the program, with 1 when there are any."""
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems" if problems else passed)
    sys.exit(1 if problems else 0)
