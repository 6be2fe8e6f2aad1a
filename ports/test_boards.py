#!/usr/bin/env python3
"""Builds the self test of every board in boards.inc, boots it in QEMU, and checks what it says, what the
instruction counter counts, and how the port ends a firmware in trouble. Needs the standard library only.

Use: ports/test_boards.py [--build DIR] [board...]
"""
import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

PORTS = pathlib.Path(__file__).resolve().parent
ROOT = PORTS.parent
ROW = re.compile(r'^VERGE_BOARD\("([^"]+)", "([^"]+)", "([^"]+)", "([^"]*)", (\d+), (\d+), "([^"]+)"\)', re.M)
NANOSECONDS_PER_US = 1000
BOOT_SECONDS = 60


class Board:
    def __init__(self, row):
        self.name, self.target, self.machine, self.cpu = row[:4]
        riscv = self.target.startswith("rv")
        self.qemu = "qemu-system-riscv32" if riscv else "qemu-system-arm"
        self.prefix = "riscv64-unknown-elf-" if riscv else "arm-none-eabi-"

    def missing_tools(self):
        return [tool for tool in (self.qemu, self.prefix + "g++", "ninja", "cc") if shutil.which(tool) is None]

    def command(self, elf, counts):
        cpu = ["-cpu", self.cpu] if self.cpu else []
        bios = ["-bios", "none"] if self.qemu.endswith("riscv32") else []
        return [self.qemu, "-machine", self.machine, *cpu, *bios, "-display", "none", "-monitor", "none",
                "-serial", "none", "-semihosting-config", "enable=on,target=native", "-icount", "shift=0",
                "-plugin", f"{counts.parent / 'count.so'},out={counts}", "-kernel", str(elf)]


def quietly(*command):
    done = subprocess.run([str(part) for part in command], cwd=ROOT, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    if done.returncode != 0:
        raise SystemExit(f"{done.stdout}\n{command[0]} ended with {done.returncode}")
    return done.stdout


def build(board, folder):
    tree = folder / board.target
    quietly("cmake", "--preset", board.target, "-B", tree)
    quietly("ninja", "-C", tree, f"verge_selftest_{board.name}", f"verge_trouble_{board.name}")
    return tree / "bin"


def boot(board, elf, folder):
    """Returns exit status, console text and counts."""
    counts = folder / "counts.json"
    counts.unlink(missing_ok=True)
    done = subprocess.run(board.command(elf, counts), cwd=folder, text=True, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=BOOT_SECONDS)
    return done.returncode, done.stdout, json.loads(counts.read_text())


def printed_number(text, name):
    return int(re.search(rf"^{name} (0x[0-9a-f]+)$", text, re.M).group(1), 16)


def checks_of_selftest(board, binaries, folder):
    """Yields (sentence, whether it holds, what was seen)."""
    elf = binaries / f"verge_selftest_{board.name}.elf"
    status, text, counts = boot(board, elf, folder)
    yield "passes its self test", status == 0 and re.search(r"verge: \d+ passed, 0 failed\n$", text), text
    empty, straight, short, long, *across_pages = counts["intervals"]
    yield "counts nothing between adjacent markers", empty == 0, counts
    yield "counts 1000 instructions in a straight line", straight == 1000, counts
    per_round, rest = divmod(long - short, 1000)
    yield "counts 1000 more rounds of a loop exactly", rest == 0 and 102 <= per_round <= 105, counts
    yield "counts little beside the rounds", 0 <= short - 1000 * per_round <= 8, counts
    yield "sees every marker at the ends of pages", across_pages == [1] * 700, counts
    loop_us = printed_number(text, "loop_us")
    yield "agrees with the board's clock", abs(loop_us - long / NANOSECONDS_PER_US) <= 2, (loop_us, counts)
    sizes = dict(re.findall(r"^(\.\w+) +(\d+)", quietly(board.prefix + "size", "-A", elf), re.M))
    wanted = {".model": "64", ".arena": "4096", ".stack": "16384"}
    yield "shows model, arena and stack as sections", wanted.items() <= sizes.items(), sizes


TROUBLES = (
    ("panic", "tells why it panicked", 100, r"verge: panic: asked to\n"),
    ("wild write", "reports a wild write", 101, r"verge: fault\n(.*\n)*(bfar|mtval) 0xf0000000\n"),
    ("deep stack", "stops a stack that leaves its memory", 101, r"verge: fault\n(.*\n)*.*\bsp 0x"),
    ("reset", "restarts and keeps its flash", 5, r"restarted\n"),
)


def checks_of_trouble(board, binaries, folder):
    elf = binaries / f"verge_trouble_{board.name}.elf"
    for trouble, sentence, wanted, pattern in TROUBLES:
        (folder / "trouble.txt").write_text(trouble)
        status, text, _ = boot(board, elf, folder)
        yield sentence, status == wanted and re.search(pattern, text), (status, text)


def report(board, sentence, holds, seen):
    print(f"{'passed' if holds else 'FAILED'}: {board.name} {sentence}")
    if not holds:
        print(seen)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "boards")
    parser.add_argument("boards", nargs="*")
    options = parser.parse_args()
    passed = failed = skipped = 0
    for board in map(Board, ROW.findall((PORTS / "boards.inc").read_text())):
        if options.boards and board.name not in options.boards:
            continue
        if missing := board.missing_tools():
            print(f"skipped: {board.name}: not installed: {' '.join(missing)}")
            skipped += 1
            continue
        binaries = build(board, options.build.resolve())
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            quietly("cc", "-shared", "-fPIC", "-O2", "-o", folder / "count.so", PORTS / "qemu" / "count.c")
            for checks in (checks_of_selftest, checks_of_trouble):
                for sentence, holds, seen in checks(board, binaries, folder):
                    report(board, sentence, holds, seen)
                    passed += bool(holds)
                    failed += not holds
    print(f"boards: {passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or passed == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
