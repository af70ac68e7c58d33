#!/usr/bin/env python3
"""Files of the project: not too long, tested at the mirrored path, free of machine paths and of unfinished business."""
import re

from sources import finish, must, project_files, text_of

SOURCE = re.compile(r"(lib|apps|tests|examples|benchmarks|scripts|cmake)/.*\.(cpp|hpp|py|sh|cmake)$")
USUAL = 400           # lines; more is worth a look
LONGEST = 500         # lines; above it a file holds more than one idea
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")
MACHINE = re.compile(r"(?<![\w.}])/(work|home|root|tmp|Users)/")

# Sources of the library without a test at the mirrored path, each with the reason.
UNTESTED = {
    "lib/weft/bytes/system_call.cpp": "throws what tests/bytes/output_file_test.cpp and mapped_file_test.cpp expect",
    "lib/weft/index/build_index.cpp": "internal to Index::build, tests/index/index_test.cpp",
    "lib/weft/index/minimizer_table.cpp": "internal to Index::build, tests/index/index_test.cpp",
    "lib/weft/index/options.cpp": "problems() is checked through Index::build, tests/index/index_test.cpp",
    "lib/weft/record/hts_output.cpp": "behind AlignmentWriter, tests/record/alignment_writer_test.cpp and sorted_output_test.cpp",
    "lib/weft/record/oriented_feature.cpp": "seen in SEQ and QUAL of tests/record/sam_record_test.cpp",
    "lib/weft/record/record_source.cpp": "seen in names and SA of tests/record/sam_record_test.cpp",
    "lib/weft/record/record_tags.cpp": "the tags of tests/record/sam_record_test.cpp and paf_record_test.cpp",
    "lib/weft/record/text_output.cpp": "behind AlignmentWriter, tests/record/alignment_writer_test.cpp",
    "lib/weft/record/sam_file.cpp": "what feature_reader and alignment_reader share, tested with both in tests/record",
}


def line_problems(path, text):
    for number, line in enumerate(text.splitlines(), 1):
        if UNFINISHED.search(line):
            yield f"{path}:{number}: unfinished: {line.strip()[:100]}"
        if MACHINE.search(line):
            yield f"{path}:{number}: a path of one machine: {line.strip()[:100]}"


def untested(files, excused):
    """Sources of the library that have neither a test nor an excuse, and excuses of files that are gone."""
    known = set(files)
    for path in files:
        if not re.match(r"lib/weft/.*\.cpp$", path):
            continue
        stem = path.removeprefix("lib/weft/").removesuffix(".cpp")
        tests = [other for other in known if re.fullmatch(rf"tests/{re.escape(stem)}(_\w+)?_test\.cpp", other)]
        # A part of something tested is tested with it: band_dp_scalar.cpp by band_dp_test.cpp.
        parts = stem.split("_")
        tests += [whole for n in range(1, len(parts)) if (whole := f"tests/{'_'.join(parts[:n])}_test.cpp") in known]
        if not tests and path not in excused:
            yield f"{path}: no test at tests/{stem}_test.cpp"
    yield from (f"{path}: excused in tests/rules/files_test.py, but does not exist" for path in excused if path not in known)


must(list(line_problems("x", "// TO" "DO: later")) and list(line_problems("x", 'open("/' 'tmp/x")')), "bad lines pass")
must(not list(line_problems("x", "${DIR}/tmp/x, net/work/x")), "good lines fail")
must(list(untested(["lib/weft/a/b.cpp"], {})) and list(untested([], {"lib/weft/a/b.cpp": ""})), "a source without a test passes")
must(not list(untested(["lib/weft/a/b.cpp", "tests/a/b_test.cpp"], {})), "a tested source fails")
must(not list(untested(["lib/weft/a/b_c.cpp", "tests/a/b_test.cpp"], {})), "a part of a tested source fails")

files = project_files()
problems = list(untested(files, UNTESTED))
for path in files:
    text = None if path.startswith("test_data/") or "/third_party/" in path else text_of(path)   # what others wrote is as it is
    if text is None:
        continue
    problems += line_problems(path, text)
    lines = text.count("\n")
    if SOURCE.match(path) and lines > LONGEST:
        problems.append(f"{path}: {lines} lines; above {LONGEST} a file holds more than one idea")
    elif SOURCE.match(path) and lines > USUAL:
        print(f"note: {path}: {lines} lines, usual are at most {USUAL}")
finish(problems, f"{len(files)} files are in order")
