#!/usr/bin/env python3
"""The ratchet of sizes: measures what bench/baseline.json lists and refuses what has grown.

Firmware is measured in its ELF file (build/<preset>/bin/<program>.elf): `text_bytes` is .boot and .text,
`rodata_bytes` is .rodata; the model has a section of its own and is not in them. Plans are compiled, and models
emulated as firmware, by build/release/bin/verge; models stand in this repository or in ../shared/data (or $VERGE_DATA).

Use: tools/size.py [--update]      (--update writes what was measured into bench/baseline.json)
     $VERGE names another program than build/release/bin/verge.
"""
import argparse
import json
import math
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
BASELINE = ROOT / "bench" / "baseline.json"
VERGE = pathlib.Path(os.environ.get("VERGE", ROOT / "build" / "release" / "bin" / "verge"))
EMULATED_KEYS = ("text_bytes", "rodata_bytes", "arena_bytes", "stack_bytes", "instructions", "startup_instructions")
SECTIONS = {"text_bytes": (".boot", ".text"), "rodata_bytes": (".rodata",)}


def section_sizes(path):
    """Bytes by section name, of a little-endian 32-bit ELF file."""
    data = path.read_bytes()
    if data[:6] != b"\x7fELF\x01\x01":
        raise SystemExit(f"{path}: found no little-endian 32-bit ELF file; build the firmware preset again")
    table, = struct.unpack_from("<I", data, 32)
    entry_bytes, count, names_index = struct.unpack_from("<HHH", data, 46)
    headers = [struct.unpack_from("<10I", data, table + i * entry_bytes) for i in range(count)]
    names = headers[names_index][4]
    text = {}
    for header in headers:
        start = names + header[0]
        name = data[start:data.index(b"\0", start)].decode()
        text[name] = text.get(name, 0) + header[5]
    return text


def measure_firmware(name):
    """`name` is <preset>/<program>. Returns sizes, or the reason why there are none."""
    preset, program = name.split("/")
    elf = ROOT / "build" / preset / "bin" / f"{program}.elf"
    if not elf.exists():
        return f"{elf.relative_to(ROOT)} is not built: cmake --preset {preset} && cmake --build --preset {preset}"
    sizes = section_sizes(elf)
    return {key: sum(sizes.get(section, 0) for section in sections) for key, sections in SECTIONS.items()}


def find_model(path):
    data = pathlib.Path(os.environ.get("VERGE_DATA", ROOT.parent / "shared" / "data"))
    return next((folder / path for folder in (ROOT, data) if (folder / path).exists()), None)


def ask(*arguments):
    """The JSON answer of a verb."""
    environment = {"VERGE_CACHE": str(ROOT / "build" / "emulate"), **os.environ}
    done = subprocess.run([str(VERGE), *map(str, arguments), "--json"], text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, env=environment)
    if done.returncode != 0:
        raise SystemExit(f"verge {' '.join(map(str, arguments))} ended with {done.returncode}:\n"
                         f"{done.stdout}{done.stderr}")
    return json.loads(done.stdout)


def measure_plan(name):
    """`name` is <model>@<target>. Returns sizes, or the reason why there are none."""
    path, target = name.rsplit("@", 1)
    model = find_model(path)
    if model is None:
        return "its model needs ../shared/data (or $VERGE_DATA)"
    if not VERGE.exists():
        return "build/release/bin/verge is not built: cmake --preset release && cmake --build --preset release"
    with tempfile.TemporaryDirectory() as folder:
        report = ask("compile", model, "-o", pathlib.Path(folder, "out.vrg"), "--target", target)
    return {key: report[key] for key in ("plan_bytes", "arena_bytes")}


def input_bytes(port):
    """Bytes of an input as `verge inspect` describes it; quantised inputs are one byte an element."""
    return math.prod(port["shape"]) * {"float32": 4, "int16": 2}.get(port["type"], 1)


def measure_emulated(name):
    """`name` is <model>@<board>. Returns sizes and counts on zeroed input, or the reason why there are none."""
    path, board = name.rsplit("@", 1)
    model = find_model(path)
    if model is None:
        return "its model needs ../shared/data (or $VERGE_DATA)"
    if missing := [tool for tool in ("arm-none-eabi-g++", "qemu-system-arm") if shutil.which(tool) is None]:
        return f"not installed: {' '.join(missing)}"
    if not VERGE.exists():
        return "build/release/bin/verge is not built: cmake --preset release && cmake --build --preset release"
    with tempfile.TemporaryDirectory() as folder:
        zeros = pathlib.Path(folder, "zeros.bin")
        zeros.write_bytes(bytes(input_bytes(ask("inspect", model)["inputs"][0])))
        report = ask("emulate", model, "--board", board, "--input", zeros)
    return {key: report[key] for key in EMULATED_KEYS}


def compare(name, allowed, measured):
    """Yields (result, sentence) of each size; null in the baseline says that it was never measured."""
    for key, limit in allowed.items():
        found = measured[key]
        if limit is None:
            yield "skipped", f"{name}: {key} is {found}, and has no baseline yet; run tools/size.py --update"
        elif found > limit:
            yield "failed", (f"{name}: {key} grew from {limit} to {found} (+{found - limit}); make it smaller, or, "
                             "when it is worth it, run tools/size.py --update and say why in the commit")
        elif found < limit:
            yield "passed", (f"{name}: {key} fell from {limit} to {found} (-{limit - found}); "
                             "keep it: run tools/size.py --update")
        else:
            yield "passed", f"{name}: {key} is {found}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args()
    baseline = json.loads(BASELINE.read_text())
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for kind, measure in (("firmware", measure_firmware), ("plans", measure_plan), ("emulated", measure_emulated)):
        for name, allowed in baseline.get(kind, {}).items():
            measured = measure(name)
            results = [("skipped", f"{name}: {measured}")] if isinstance(measured, str) else list(
                compare(name, allowed, measured))
            for result, sentence in results:
                print(f"{result}: {sentence}")
                counts[result] += 1
            if options.update and not isinstance(measured, str):
                baseline[kind][name] = measured
    if options.update:
        BASELINE.write_text(json.dumps(baseline, indent=2) + "\n")
        print(f"wrote {BASELINE.relative_to(ROOT)}")
        return 0
    print(f"size: {counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
