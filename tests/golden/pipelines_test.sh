#!/usr/bin/env bash
# Every shipped pipeline runs on the project's own data and gives the files of tests/golden/pipelines, with one thread and with three, and
# has nothing left to do the second time. WEFT_ACCEPT=1 takes what came out as the new truth: look at the difference before committing it.
set -euo pipefail

source=$WEFT_SOURCE_DIR
golden=$source/tests/golden/pipelines
weft=$WEFT
accept=${WEFT_ACCEPT:-}
unset WEFT_SOURCE_DIR WEFT_BINARY_DIR WEFT WEFT_ACCEPT   # weft warns of variables WEFT_* that it does not know
command -v samtools > /dev/null || { echo "skipped: external-tool needs samtools"; exit 0; }

"$weft" align "$source/test_data/target.fa" "$source/test_data/features.fa" -o genes.bam -q

# The files that tell most, as text: alignments by their records, pictures and pages by their checksum would say nothing to a reader.
gather() {   # FROM TO
    mkdir -p "$2"
    (cd "$1" && find . -name '*.bam' -o -name '*.tsv' -o -name 'summary.json' -o -name '*.txt' -o -name '*.dot' | sort) | while read -r file; do
        name=${file#./}
        case $name in
            *.bam) samtools view "$1/$name" | md5sum | cut -d' ' -f1 > "$2/${name//\//_}.records.md5" ;;
            *features.tsv | *depth.tsv | *dot_plot.tsv) md5sum < "$1/$name" | cut -d' ' -f1 > "$2/${name//\//_}.md5" ;;
            *) cp "$1/$name" "$2/${name//\//_}" && chmod u+w "$2/${name//\//_}" ;;
        esac
    done
}

status=0
for pipeline in "$source"/pipelines/*.yaml; do
    name=$(basename "$pipeline" .yaml)
    options=(--work "$PWD/work/$name" --no-times)
    case $name in quality-report | five-stages) options+=(--set "vars.alignments=$PWD/genes.bam") ;; esac
    "$weft" lint "$pipeline" > lint.txt || { cat lint.txt; exit 1; }
    "$weft" run "$pipeline" "${options[@]}" --out "$PWD/one/$name" -t 1 -q
    again=$("$weft" run "$pipeline" "${options[@]}" --out "$PWD/one/$name" -t 1 2>&1)
    grep -q "nothing to do" <<< "$again" || { echo "$name: the second run had something to do:"; echo "$again"; status=1; }
    options[1]=$PWD/work/$name-again
    "$weft" run "$pipeline" "${options[@]}" --out "$PWD/three/$name" -t 3 -q
    diff -r "one/$name" "three/$name" > /dev/null || { echo "$name: one thread and three give different files"; status=1; }
    gather "$PWD/one/$name" "$PWD/texts/$name"
    if [ "$accept" = 1 ]; then
        rm -rf "${golden:?}/$name"
        cp -r "texts/$name" "$golden/$name"
    fi
    diff -r "$golden/$name" "texts/$name" || { echo "$name: not what tests/golden/pipelines/$name says"; status=1; }
done
exit $status
