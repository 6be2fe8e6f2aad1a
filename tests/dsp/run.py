#!/usr/bin/env python3
"""Builds the firmware that runs the Cortex-M4 kernels beside the reference, boots it in QEMU, and prints
instructions per multiply-accumulate of both. Exit status 0 when all bits agree and the large cases are at
least three times faster. Needs the standard library only.

Use: tests/dsp/run.py [--build DIR]
"""
import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
LINE = re.compile(r"^(\w+) macs (\d+) (agrees|DIFFERS)$", re.M)
LARGE_CASES = 8
LEAST_RATIO = 3.0
BOOT_SECONDS = 300


def quietly(*command):
    done = subprocess.run([str(part) for part in command], cwd=ROOT, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    if done.returncode != 0:
        raise SystemExit(f"{done.stdout}\n{command[0]} ended with {done.returncode}")


def boot(tree):
    """Returns exit status, console text and counted intervals."""
    plugin, counts = tree / "count.so", tree / "dsp_counts.json"
    quietly("cc", "-shared", "-fPIC", "-O2", "-o", plugin, ROOT / "ports/qemu/count.c")
    counts.unlink(missing_ok=True)
    done = subprocess.run(
        ["qemu-system-arm", "-machine", "mps2-an386", "-display", "none", "-monitor", "none", "-serial", "none",
         "-semihosting-config", "enable=on,target=native", "-plugin", f"{plugin},out={counts}",
         "-kernel", str(tree / "bin/verge_dsp_test.elf")],
        cwd=tree, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        timeout=BOOT_SECONDS)
    return done.returncode, done.stdout, json.loads(counts.read_text())["intervals"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/cortex-m4")
    tree = parser.parse_args().build.resolve()
    missing = [tool for tool in ("qemu-system-arm", "arm-none-eabi-g++", "ninja", "cc") if shutil.which(tool) is None]
    if missing:
        print(f"skipped: Cortex-M4 kernels: {', '.join(missing)} not found")
        print("dsp: 0 passed, 0 failed, 1 skipped")
        return 0
    quietly("cmake", "--preset", "cortex-m4", "-B", tree)
    quietly("ninja", "-C", tree, "verge_dsp_test")
    status, text, intervals = boot(tree)
    cases = LINE.findall(text)
    slow = []
    for index, (name, macs, _) in enumerate(cases[:LARGE_CASES]):
        reference, dsp = intervals[2 * index:2 * index + 2]
        ratio = reference / dsp
        print(f"{name:18} {int(macs):9} MACs: ref {reference / int(macs):6.2f}, dsp {dsp / int(macs):5.2f} "
              f"instructions each, {ratio:4.1f}x")
        if ratio < LEAST_RATIO:
            slow.append(name)
    differ = [name for name, _, verdict in cases if verdict != "agrees"]
    print(f"{len(cases) - len(differ)} of {len(cases)} cases agree to the bit")
    if status != 0 or differ or slow or len(cases) < LARGE_CASES:
        print(f"status {status}; differ: {differ}; slower than {LEAST_RATIO}x: {slow}\n{text[-400:]}")
    wrong = len(differ) + len(slow) + max(0, LARGE_CASES - len(cases)) + (status != 0)
    print(f"dsp: {len(cases) - len(differ)} passed, {wrong} failed, 0 skipped")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
