#!/usr/bin/env bash
# shellcheck disable=SC2016  # the replaced tools expand their words when they run
# The scripts parse, and scripts/install_packages behaves where it must not install: nothing to do is silent and fine, and
# something to do without the right to do it ends with 1 and the exact command. The machine's own tools are replaced.
set -euo pipefail

fail() { echo "scripts_test: $*" >&2; exit 1; }

for script in "$WEFT_SOURCE_DIR"/scripts/{demo,test,format,tidy,install_packages} "$WEFT_SOURCE_DIR/.ci/run"; do
    [ -x "$script" ] || fail "$script is not executable"
    bash -n "$script" || fail "$script does not parse"
done

# A path with the few commands that install_packages needs, and no sudo.
mkdir bin
for tool in bash env dirname awk; do ln -s "$(command -v $tool)" bin/; done
replace() { printf '#!/bin/bash\n%s\n' "$2" >"bin/$1"; chmod +x "bin/$1"; }
replace id 'echo 1000'
replace apt-get 'echo "apt-get was called" >&2; exit 9'
install() { PATH="$PWD/bin" "$WEFT_SOURCE_DIR/scripts/install_packages" build test >said.txt 2>&1 </dev/null; }

replace dpkg-query 'echo installed'
install || fail "complains though nothing is missing: $(cat said.txt)"
[ ! -s said.txt ] || fail "says something though nothing is missing: $(cat said.txt)"

replace dpkg-query '[ "${!#}" = libhts-dev ] && exit 1; echo installed'
if install; then fail "goes on without libhts-dev"; fi
grep -q 'apt-get install --no-install-recommends libhts-dev$' said.txt || fail "does not say what to run: $(cat said.txt)"

replace id 'echo 0'
if install; then fail "goes on though apt-get fails"; fi
grep -q "apt-get was called" said.txt || fail "root does not install"
echo "the scripts parse and install_packages behaves"
