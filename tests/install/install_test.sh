#!/usr/bin/env bash
# Installs weft into an empty prefix, moves the prefix, builds examples/ against it once with find_package and once with
# pkg-config, and checks what both programs answer on a genome of known content.
set -euo pipefail

fail() { echo "install_test: $*" >&2; exit 1; }

cmake --install "$WEFT_BINARY_DIR" --prefix "$PWD/first" >/dev/null
mv first prefix   # an installed tree holds no path of its own
[ -x prefix/bin/weft ] || fail "no bin/weft"
prefix/bin/weft --version >/dev/null

# A genome without repeats (random letters of a fixed seed) and two features: the second lies on the reverse strand, with an
# insertion of three bases in its middle.
python3 - <<'PYTHON'
import random
random.seed(5)
genome = "".join(random.choice("ACGT") for _ in range(20000))
turned = genome[12000:12900].translate(str.maketrans("ACGT", "TGCA"))[::-1]
at = next(i for i in range(450, 500) if turned[i - 1] not in turned[i:i + 2] and turned[i] != "A" and turned[i - 1] != "A")
with open("genome.fa", "w") as file:
    file.write(f">chr1\n{genome[:8000]}\n>chr2\n{genome[8000:]}\n")
with open("features.fa", "w") as file:
    file.write(f">forward\n{genome[500:1700]}\n>turned\n{turned[:at]}AAA{turned[at:]}\n")
with open("expected.tsv", "w") as file:
    file.write(f"forward\tchr1\t500\t1700\t+\t1200=\nturned\tchr2\t4000\t4900\t-\t{900 - at}=3I{at}=\n")
PYTHON

cmake -S "$WEFT_SOURCE_DIR/examples" -B with_cmake -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_COMPILER="$CXX" \
      -DCMAKE_PREFIX_PATH="$PWD/prefix" >cmake.log 2>&1 || { cat cmake.log; fail "the example does not configure"; }
cmake --build with_cmake >cmake.log 2>&1 || { cat cmake.log; fail "the example does not build with find_package"; }

PKG_CONFIG_PATH=$(dirname "$(find "$PWD/prefix" -name weft.pc)")
export PKG_CONFIG_PATH
# shellcheck disable=SC2046  # the flags are words
"$CXX" -std=c++20 -O1 "$WEFT_SOURCE_DIR/examples/align_features.cpp" -o with_pkg_config $(pkg-config --cflags --libs weft) ||
    fail "the example does not build with pkg-config"

export LD_LIBRARY_PATH="$PWD/prefix/lib:${LD_LIBRARY_PATH:-}"   # for a shared build
for program in with_cmake/align_features ./with_pkg_config; do
    "$program" genome.fa features.fa >found.tsv || fail "$program fails"
    diff -u expected.tsv found.tsv || fail "$program gives another answer"
    if "$program" missing.fa features.fa 2>error.txt; then fail "$program takes a missing genome"; fi
    grep -q missing.fa error.txt || fail "the error does not name the file: $(cat error.txt)"
done
# The five tasks of examples/five_stages.cpp, on the same two features.
with_cmake/five_stages genome.fa features.fa >stages.tsv || fail "five_stages fails"
[ "$(awk -F'\t' '{ found += $2 } END { print found }' stages.tsv)" = 2 ] || fail "five_stages counts other features: $(cat stages.tsv)"
grep -q "^100 %	1" stages.tsv || fail "five_stages misses the exact feature: $(cat stages.tsv)"
if with_cmake/five_stages missing.fa features.fa 2>error.txt; then fail "five_stages takes a missing genome"; fi
grep -q missing.fa error.txt || fail "the error of five_stages does not name the file"
echo "the example builds and answers with find_package and with pkg-config"
