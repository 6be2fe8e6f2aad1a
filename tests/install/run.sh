#!/usr/bin/env bash
# Installs the house into an empty folder and uses it from outside: the program, find_package(verge) from C++ and C,
# and a firmware of one's own, all on the same model, which must give the same bytes.
#
# Use: tests/install/run.sh [BUILD_FOLDER]      (default build/release)
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 2
build=$(realpath "${1:-build/release}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
prefix=$work/prefix
model=models/keywords_yes_no/keywords_yes_no.tflite
passed=0 failed=0 skipped=0

# try SENTENCE COMMAND...: one test.
try() {
    local sentence=$1
    shift
    if "$@" >"$work/log" 2>&1; then
        passed=$((passed + 1))
        echo "passed: install: $sentence"
    else
        failed=$((failed + 1))
        echo "failed: install: $sentence"
        tail -n 20 "$work/log"
    fi
}

install_it() { cmake --install "$build" --prefix "$prefix"; }

compile_model() { env -u VERGE_SOURCE "$prefix/bin/verge" compile "$model" --target portable -o "$work/model.vrg"; }

build_with_package() { # SOURCE
    cmake -S "$1" -B "$work/$(basename "$1")" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_PREFIX_PATH="$prefix" &&
        ninja -C "$work/$(basename "$1")"
}

host_program() {
    build_with_package examples/host_embedding && "$work/host_embedding/host_embedding" "$work/model.vrg" | tee "$work/wanted" |
        grep -E '^([0-9a-f]{2})+$'
}

c_program() {
    build_with_package tests/install && "$work/install/c_header" "$work/model.vrg" | diff - "$work/wanted"
}

compiler_library() {
    "$work/install/compile" "$model" "$work/again.vrg" && cmp "$work/again.vrg" "$work/model.vrg"
}

firmware() {
    cmake -S examples/firmware_embedding -B "$work/firmware" -G Ninja -DVERGE="$prefix/share/verge" \
        -DPLAN="$work/model.vrg" -DCMAKE_BUILD_TYPE=MinSizeRel --toolchain "$prefix/share/verge/cmake/cortex-m4.cmake" &&
        ninja -C "$work/firmware" firmware_embedding &&
        elf=$(find "$work/firmware" -name firmware_embedding.elf) &&
        timeout 60 qemu-system-arm -machine mps2-an386 -display none -monitor none -serial none \
            -semihosting-config enable=on,target=native -kernel "$elf" 2>"$work/console" </dev/null &&
        diff <(cat "$work/console"; echo) "$work/wanted"
}

emitted() {
    "$prefix/bin/verge" compile "$model" --target cortex-m4 --emit cpp "$work/emitted" && cd "$work/emitted" &&
        arm-none-eabi-g++ -std=c++20 -mcpu=cortex-m4 -mthumb -mfloat-abi=hard -mfpu=fpv4-sp-d16 -Os -ffreestanding \
            -fno-exceptions -fno-rtti -Wall -Wextra -Werror -I "$prefix/share/verge" \
            -I "$work/firmware/verge/operators/generated" -c model.cpp weights.s
}

try "installs" install_it
try "compiles a model with the installed program" compile_model
try "runs a plan in a C++ program by find_package" host_program
try "runs the same plan in a C program with the same bytes" c_program
try "compiles the same plan by the installed library" compiler_library
if command -v arm-none-eabi-g++ >/dev/null && command -v qemu-system-arm >/dev/null; then
    try "runs the same plan in a firmware with the same bytes" firmware
    try "compiles the C++ that it emits" emitted
else
    skipped=2
    echo "skipped: install: a firmware needs arm-none-eabi-g++ and qemu-system-arm"
fi
echo "install: $passed passed, $failed failed, $skipped skipped"
[[ "$failed" -eq 0 ]]
