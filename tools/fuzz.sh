#!/usr/bin/env bash
# Runs every fuzz target for a while and says how many inputs it was given. An input that breaks a reader stays in
# build/fuzz/crashes.
# Use: tools/fuzz.sh SECONDS [TARGET...]
set -uo pipefail
cd "$(dirname "$0")/.." || exit 2
seconds=${1:?usage: tools/fuzz.sh SECONDS [TARGET...]}
shift
folder=build/fuzz
mkdir -p build

cmake --preset fuzz >"$folder.log" 2>&1 || { cat "$folder.log"; exit 1; }
mapfile -t known < <(ninja -C "$folder" -t targets all | sed -n 's/^\(fuzz_[a-z0-9_]*\): phony$/\1/p' | sort -u)
mapfile -t targets < <(printf '%s\n' "${known[@]}" | grep -v '_seeds$')
[[ $# -eq 0 ]] || targets=("$@")
[[ ${#targets[@]} -gt 0 ]] || { echo "no fuzz targets"; exit 1; }
mapfile -t seeds < <(printf '%s_seeds\n' "${targets[@]}" | grep -xFf <(printf '%s\n' "${known[@]}"))
ninja -C "$folder" "${targets[@]}" "${seeds[@]}" || exit 1

# fuzz TARGET: prints one line.
fuzz() {
    local target=$1 corpus=$folder/corpus/$1 log=$folder/$1.log runs
    mkdir -p "$corpus" "$folder/crashes"
    [[ ! -x "$folder/bin/${target}_seeds" ]] || "$folder/bin/${target}_seeds" "$corpus"
    if "$folder/bin/$target" "$corpus" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
        -artifact_prefix="$folder/crashes/$target-" -print_final_stats=1 >"$log" 2>&1; then
        runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
        echo "passed: $target: $runs inputs in $seconds s, no crash"
    else
        echo "failed: $target: $(grep -E 'ERROR|SUMMARY|Test unit written' "$log" | head -n 3 | xargs -d '\n')"
    fi
}

export folder seconds
export -f fuzz
results=$(printf '%s\n' "${targets[@]}" | xargs -n 1 -P "$(nproc)" bash -c 'fuzz "$1"' fuzz | sort)
echo "$results"
failed=$(grep -c '^failed' <<<"$results")
echo "fuzz: $(grep -c '^passed' <<<"$results") passed, $failed failed, 0 skipped"
[[ "$failed" -eq 0 ]]
