#!/usr/bin/env bash
# Kills a pipeline at random moments and runs it again, until it was not killed: the files must be those of a run that nobody disturbed,
# byte for byte, and nothing that was finished may have been done twice.
#
#   WEFT=build/release/weft tests/chaos/resume.sh [ROUNDS] [PIPELINE [OPTION...]]
#
# Without a pipeline the shipped align-features runs on the project's own data, in small chunks.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
weft=$(realpath "${WEFT:?name the program: WEFT=build/release/weft}")
rounds=${1:-10}
pipeline=${2:-$root/pipelines/align-features.yaml}
options=("${@:3}")
[ $# -ge 2 ] || options=(--set align.chunk=small)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

run() { "$weft" run "$pipeline" "${options[@]}" --no-times -q --work "$1" --out "$2"; }

start=$(date +%s%N)
run clean-work clean
length=$((($(date +%s%N) - start) / 1000000))   # milliseconds
seed=${SEED:-$$}
RANDOM=$seed

faults=(write:2 fsync:3 rename:1 journal:1 write:5 fsync:9 rename:2 journal:3)
kills=0
for ((round = 1; round <= rounds; ++round)); do
    rm -rf work out
    for ((attempt = 1; attempt <= 8; ++attempt)); do   # kills in a row, then one that is let through
        if ((attempt == 1 && round % 5 == 0)); then    # inside a step on the disk
            fault=${faults[RANDOM % ${#faults[@]}]}
            WEFT_FAULT=$fault run work out 2>errors && break
            kills=$((kills + 1))
            continue
        fi
        setsid "$weft" run "$pipeline" "${options[@]}" --no-times -q --work work --out out 2>errors &
        pid=$!
        ms=$(((RANDOM * 32768 + RANDOM) % (length + 1)))
        sleep "$((ms / 1000)).$(printf %03d $((ms % 1000)))"
        if kill -9 -- "-$pid" 2>/dev/null; then
            kills=$((kills + 1))
            wait "$pid" 2>/dev/null || true
        else
            wait "$pid" && break
        fi
        ((RANDOM % 2)) || break
    done
    run work out || { echo "round $round (seed $seed): running again failed"; exit 1; }
    if ! diff -r clean out; then
        echo "round $round (seed $seed): the files differ from those of an undisturbed run"
        exit 1
    fi
    leftovers=$(find work/store work/scratch -name '*.part*' 2>/dev/null || true)
    if [ -n "$leftovers" ]; then
        echo "round $round (seed $seed): left behind: $leftovers"
        exit 1
    fi
    twice=$(python3 - work/journal.jsonl <<'PY'
import collections, json, sys
lines = [json.loads(line) for line in open(sys.argv[1])]
done = collections.Counter((line["task"], line["key"]) for line in lines if line["status"] == "done")
print(*[task for (task, key), count in done.items() if count > 1])
PY
)
    if [ -n "$twice" ]; then
        echo "round $round (seed $seed): done twice: $twice"
        exit 1
    fi
done
echo "$rounds rounds, $kills kills: every run ended with the files of an undisturbed one, nothing was done twice (seed $seed)"
