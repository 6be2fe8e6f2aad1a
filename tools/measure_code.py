#!/usr/bin/env python3
"""Measures how much code each kernel is, and writes compiler/code_sizes.inc, which `verge compile` estimates with.

"runtime" is the firmware of `verge emulate` (ports/common/firmware_main.cpp) without any kernel. A kernel's figure is
how much larger that firmware gets with the kernel, its check, its counts and its entry alone, all linked with
--gc-sections for a Cortex-M4, at the optimisation of the preset. Code that two kernels share is in both figures.

Use: tools/measure_code.py [--build FOLDER] [--check]
     FOLDER is a build of the preset cortex-m4 (default build/cortex-m4) with verge_tiny, verge_port and verge_mem.
     --check writes nothing, and fails when a figure is off by more than a tenth.
"""
import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from size import SECTIONS, section_sizes  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent
OUT = ROOT / "compiler" / "code_sizes.inc"
BOARD = "mps2-an386"
HEAD = """// VERGE_CODE_SIZE(kernel, bytes): text and read-only data on Cortex-M4, adapter, body and check together, by the
// arguments of VERGE_ENTRY; "runtime" is start-up, opening, checks, the runner and the console.
// tools/measure_code.py writes these lines. clang-format off
"""
MODEL = """#include "operators/kernel_list.hpp"
#include "ports/common/firmware_model.hpp"
namespace verge::firmware {
namespace {
constexpr std::array<KernelEntry, COUNT> kKernels{LINES};
[[gnu::section(".model")]] alignas(64) constexpr std::byte kPlan[64]{};
[[gnu::section(".bss.arena")]] alignas(64) std::byte memory[64];
}  // namespace
std::span<const std::byte> plan() { return kPlan; }
KernelSet kernels() { return kKernels; }
std::span<std::byte> workspace() { return memory; }
}  // namespace verge::firmware
"""
LINE = re.compile(r"^VERGE_KERNEL\((.+)\)\s*(?://.*)?$", re.M)
BUILT = ("ref", "dsp")


def kernel_lines():
    """The arguments of every kernel that a Cortex-M4 build has, by operator."""
    rows = re.findall(r"^VERGE_OPERATOR\(\d+, (\w+),", (ROOT / "operators" / "operators.inc").read_text(), re.M)
    for op in rows:
        path = ROOT / "operators" / op / "kernels.inc"
        for line in LINE.findall(path.read_text()) if path.exists() else ():
            arguments = [argument.strip() for argument in line.split(",")]
            if arguments[4] in BUILT:
                yield ", ".join(arguments)


class Linker:
    """Builds the firmware with a list of kernels, as ports/CMakeLists.txt has written down how."""

    def __init__(self, build, folder):
        self.folder = folder
        recipe = (build / f"firmware_{BOARD}.txt").read_text().splitlines()
        self.compile, self.link, self.libraries = (
            [line.split(" ", 1)[1] for line in recipe if line.startswith(kind + " ")]
            for kind in ("compile", "link", "library"))
        self.run(*self.compile, "-c", ROOT / "ports" / "common" / "firmware_main.cpp", "-o", "main.o")

    def run(self, *command):
        done = subprocess.run([str(part) for part in command], cwd=self.folder, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT)
        if done.returncode != 0:
            raise SystemExit(f"{done.stdout}\n{command[0]} ended with {done.returncode}")

    def code_bytes(self, lines):
        """Text and read-only data of the firmware."""
        entries = ", ".join(f"VERGE_ENTRY({line})" for line in lines)
        source = MODEL.replace("COUNT", str(len(lines))).replace("LINES", entries)
        (self.folder / "model.cpp").write_text(source)
        self.run(*self.compile, "-c", "model.cpp", "-o", "model.o")
        self.run(*self.link, "main.o", "model.o", *self.libraries, "-o", "out.elf")
        sizes = section_sizes(self.folder / "out.elf")
        return sum(sizes.get(section, 0) for sections in SECTIONS.values() for section in sections)


def measure(build):
    """Bytes by kernel line."""
    with tempfile.TemporaryDirectory() as name:
        linker = Linker(build, pathlib.Path(name))
        runtime = linker.code_bytes([])
        yield "runtime", runtime
        for line in kernel_lines():
            yield line, linker.code_bytes([line]) - runtime


def recorded():
    text = OUT.read_text() if OUT.exists() else ""
    return {kernel: int(size) for kernel, size in re.findall(r'^VERGE_CODE_SIZE\("(.+)", (\d+)\)', text, re.M)}


def check(sizes):
    """Says which recorded figures are off."""
    found, wrong = recorded(), 0
    for kernel, size in sizes.items():
        if abs(found.get(kernel, 0) - size) > size / 10:
            wrong += 1
            print(f"failed: {kernel}: {size} bytes, recorded {found.get(kernel)}; run tools/measure_code.py")
    print(f"code sizes: {len(sizes) - wrong} passed, {wrong} failed, 0 skipped")
    return 1 if wrong else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "cortex-m4")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    sizes = dict(measure(options.build.resolve()))
    if options.check:
        return check(sizes)
    OUT.write_text(HEAD + "".join(f'VERGE_CODE_SIZE("{kernel}", {size})\n' for kernel, size in sizes.items()))
    print(f"wrote {OUT.relative_to(ROOT)}: {len(sizes)} lines")
    return 0


if __name__ == "__main__":
    sys.exit(main())
