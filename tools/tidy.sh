#!/usr/bin/env bash
# clang-tidy on the files that tools/tidy_files.txt lists as clean, or on those that are named, for a limited time: what
# is not reached is named as skipped. It needs no build, only a configured one.
# Use: tools/tidy.sh SECONDS [FILE...]
set -uo pipefail
cd "$(dirname "$0")/.." || exit 2
limit=${1:?usage: tools/tidy.sh SECONDS [FILE...]}
shift
folder=build/fuzz
mkdir -p build
cmake --preset fuzz >"$folder.log" 2>&1 || { cat "$folder.log"; exit 1; }
mapfile -t generators < <(ninja -C "$folder" -t targets all | sed -n 's/^\(verge_[a-z0-9_]*_schema\): phony$/\1/p')
[[ ${#generators[@]} -eq 0 ]] || ninja -C "$folder" "${generators[@]}" >>"$folder.log" 2>&1
mapfile -t files < <(if [[ $# -gt 0 ]]; then printf '%s\n' "$@"; else grep -v '^#' tools/tidy_files.txt; fi)

# tidy FILE: prints what is wrong, then one line.
tidy() {
    local output
    if [[ $(date +%s) -ge $deadline ]]; then
        echo "skipped: $1: clang-tidy had no time left"
    elif output=$(clang-tidy-19 --quiet -p "$folder" "$1" 2>/dev/null); then
        echo "passed: $1"
    else
        grep -E '(warning|error):' <<<"$output" | sed "s|$PWD/||" | sort -u
        echo "failed: $1"
    fi
}

deadline=$(($(date +%s) + limit))
export deadline folder
export -f tidy
results=$(printf '%s\n' "${files[@]}" | xargs -n 1 -P "$(nproc)" bash -c 'tidy "$1"' tidy)
echo "$results"
count() { grep -c "^$1: " <<<"$results"; }
echo "tidy: $(count passed) passed, $(count failed) failed, $(count skipped) skipped"
[[ "$(count failed)" -eq 0 ]]
