#!/usr/bin/env bash
# The files of test_data/ come out of test_data/make again, byte for byte. Compressed ones are compared by what they hold: the
# bytes of a compression belong to the library that makes it.
set -euo pipefail
committed=$WEFT_SOURCE_DIR/test_data
mkdir made
"$committed/make" "$PWD/made"

failed=0
for file in "$committed"/*; do
    name=$(basename "$file")
    case $name in
        make | README.md) continue ;;
        *.gz) same() { cmp <(gzip -dc "$1") <(gzip -dc "$2"); } ;;
        *.bam) same() { cmp <(samtools view --no-PG -h "$1") <(samtools view --no-PG -h "$2"); } ;;
        *) same() { cmp "$1" "$2"; } ;;
    esac
    same "$file" "made/$name" || { echo "test_data/$name is not what test_data/make makes"; failed=1; }
done
for file in made/*; do
    [ -e "$committed/$(basename "$file")" ] || { echo "test_data/make makes $(basename "$file"), which is not committed"; failed=1; }
done
size=$(du -cb "$committed"/* | tail -n 1 | cut -f 1)
[ "$size" -lt 1500000 ] || { echo "test_data holds $size bytes, more than 1,500,000"; failed=1; }
exit $failed
