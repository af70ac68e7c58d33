#!/usr/bin/env python3
"""Every type of the library has a name of its own.

Two types of one name in namespace weft may live side by side as long as no source sees both; the linker then takes the code of one
for the other without a word (the one-definition rule). So names are unique over all files, but for those that are local to a source.
"""
import re

from sources import finish, must, project_files, text_of

TYPE = re.compile(r"^(?:template *<[^>]*> *)?(?:struct|class|enum class|enum|union) (\w+)(?!\w|::)[^;{]*\{", re.MULTILINE)
# What a source keeps to itself, and code that is compiled once per SIMD target into a namespace of its own.
LOCAL = re.compile(r"^namespace \{.*?^\}  // namespace$", re.MULTILINE | re.DOTALL)
PER_TARGET = re.compile(r"-inl\.hpp$|_simd\.cpp$")


def types_of(text):
    return TYPE.findall(LOCAL.sub("", text))


def repeated(texts):
    """The names that are defined in several of the texts {path: text}."""
    places = {}
    for path, text in texts.items():
        for name in types_of(text):
            places.setdefault(name, []).append(path)
    return [f"{name} is defined in {' and in '.join(paths)}: give one of them another name" for name, paths in places.items() if len(paths) > 1]


must(repeated({"a": "struct X {\n};\n", "b": "class X final : Y {\n};\n"}), "a repeated name passes")
must(not repeated({"a": "struct X;\n", "b": "struct X {\n};\n"}), "a declaration counts as a definition")
must(not repeated({"a": "struct X {};\n", "b": "namespace {\nstruct X {};\n}  // namespace\n"}), "a local name counts")

files = [p for p in project_files() if re.match(r"lib/weft/.*\.(cpp|hpp)$", p) and not PER_TARGET.search(p)]
finish(repeated({path: text_of(path) for path in files}), f"every type in {len(files)} files has a name of its own")
