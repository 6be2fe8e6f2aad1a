#!/usr/bin/env python3
"""Builds each front end alone as a firmware for Cortex-M4 and Cortex-M0, boots it in QEMU on a second of synthetic
sound, and prints instructions a hop, RAM and flash. Exit status 0 when the features have the host's bits, frame by
frame. Needs the standard library, libverge_signal_c.so of a host build, the cross compiler and QEMU.

Use: tests/front_ends/run.py [--build build/release]
"""
import argparse
import ctypes
import json
import pathlib
import re
import shutil
import statistics
import struct
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
BOOT_SECONDS = 300
SAMPLES = 16000
# name for people, table, features, hop in milliseconds
SOURCES = (("microfrontend", "kMicroFrontend20ms", 40, 20), ("microfrontend-10ms", "kMicroFrontend10ms", 40, 10),
           ("mfcc", "kMfcc", 10, 20), ("log-mel", "kLogMel", 40, 32))
BOARDS = (("cortex-m4", "mps2-an386"), ("cortex-m0", "mps2-an385"))


def quietly(*command):
    done = subprocess.run([str(part) for part in command], cwd=ROOT, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    if done.returncode != 0:
        raise SystemExit(f"{done.stdout}\n{command[0]} ended with {done.returncode}")


def chirp():
    """fill_chirp() of signal/synthetic.hpp."""
    state, phase, samples = 1, 0, []
    for i in range(SAMPLES):
        phase = (phase + 400 + i // 2) & 0xFFFF
        triangle = (phase if phase < 32768 else 65535 - phase) - 16384
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        value = (triangle * i >> 14) + ((state >> 16) - 32768 >> 6)
        samples.append(-32768 if i % 1000 == 999 else max(-32768, min(32767, value)))
    return samples


def host_hash(library, name, features):
    """Frames and FNV-1a of their features on this machine."""
    samples = (ctypes.c_int16 * SAMPLES)(*chirp())
    out = (ctypes.c_int16 * (200 * (features + 1)))()
    frames = library.verge_features(name.encode(), samples, SAMPLES, out, 200)
    value = 0x811C9DC5
    for frame in range(frames):
        row = out[frame * (features + 1):frame * (features + 1) + features]
        for byte in struct.pack(f"<{features}h", *row):
            value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return frames, value


def flash_bytes(elf):
    """Code, read-only data and initialised data of a little-endian 32-bit ELF file: what is loaded."""
    data = elf.read_bytes()
    table, = struct.unpack_from("<I", data, 28)
    size, count = struct.unpack_from("<HH", data, 42)
    headers = [struct.unpack_from("<8I", data, table + i * size) for i in range(count)]
    return sum(header[4] for header in headers if header[0] == 1)


def boot(tree, machine, table, plugin):
    """The registers that the firmware printed, counted intervals, and its flash bytes."""
    elf, counts = tree / f"bin/verge_front_end_{table}.elf", tree / "front_end_counts.json"
    counts.unlink(missing_ok=True)
    done = subprocess.run(
        ["qemu-system-arm", "-machine", machine, "-display", "none", "-monitor", "none", "-serial", "none",
         "-semihosting-config", "enable=on,target=native", "-plugin", f"{plugin},out={counts}", "-kernel", str(elf)],
        cwd=tree, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        timeout=BOOT_SECONDS)
    if done.returncode != 0:
        raise SystemExit(f"{elf.name} ended with {done.returncode}:\n{done.stdout}")
    printed = {name: int(value, 0) for name, value in re.findall(r"^(\w+)\W+(0x[0-9a-f]+|\d+)$", done.stdout, re.M)}
    return printed, json.loads(counts.read_text())["intervals"], flash_bytes(elf)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/release")
    build = parser.parse_args().build.resolve()
    if missing := [tool for tool in ("qemu-system-arm", "arm-none-eabi-g++", "ninja", "cc") if shutil.which(tool) is None]:
        print(f"skipped: front ends on boards: not installed: {' '.join(missing)}")
        return 0
    quietly("ninja", "-C", build, "verge_signal_c")
    library = ctypes.CDLL(str(build / "signal/libverge_signal_c.so"))
    failed = 0
    print(f"{'front end':20} {'core':10} {'instructions a hop':>20} {'a second':>12} {'state':>6} {'scratch':>8} {'stack':>6} {'flash':>6}")
    for preset, machine in BOARDS:
        tree = ROOT / "build" / preset
        quietly("cmake", "--preset", preset)
        quietly("ninja", "-C", tree, *[f"verge_front_end_{table}" for _, table, *_ in SOURCES], "verge_front_end_kNothing")
        plugin = tree / "count.so"
        quietly("cc", "-shared", "-fPIC", "-O2", "-o", plugin, ROOT / "ports/qemu/count.c")
        _, _, empty = boot(tree, machine, "kNothing", plugin)
        for name, table, features, hop in SOURCES:
            printed, intervals, flash = boot(tree, machine, table, plugin)
            median = int(statistics.median(intervals))
            print(f"{name:20} {preset:10} {median:20,} {median * 1000 // hop:12,} {printed['state']:6} "
                  f"{printed['scratch']:8} {printed['stack']:6} {flash - empty:6}")
            if (printed["frames"], printed["hash"]) != host_hash(library, name, features):
                print(f"failed: {name} on {preset} differs from this machine")
                failed += 1
    print(f"front ends: {len(SOURCES) * len(BOARDS) - failed} of {len(SOURCES) * len(BOARDS)} have the host's bits")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
