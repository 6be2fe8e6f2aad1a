#!/usr/bin/env python3
"""Writes docs/operators.md: which operator runs in which types on which processors, from operators.inc and the
kernels.inc beside each operator.

Use: tools/list_operators.py [--check]      (--check: writes nothing, ends with 1 when the page is not current)
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "operators.md"
OPERATOR = re.compile(r"^VERGE_OPERATOR\((\d+), (\w+), \w+\)", re.M)
KERNEL = re.compile(r"^VERGE_KERNEL\((\w+), (\w+), (\w+), (\w+), (\w+), ([^,]+), \d+\)", re.M)
IMPORT = re.compile(r"^VERGE_TFLITE_IMPORT\((\w+), \w+\)", re.M)
HEAD = """# Operators

Made by `tools/list_operators.py` from `operators/operators.inc` and each operator's `kernels.inc`; do not edit. Types
are those of the first input, the weights and the first output; one type stands for all three. `ref` runs on every
processor and is the truth that the others are tested against. The folder of an operator says its formula and limits.

| operator | read from TensorFlow Lite | types: kernels |
|---|---|---|
"""


def types_of(first, weight, output):
    if first == weight == output or (first == output and weight in ("any", "none")):
        return first
    weight = "" if weight in ("any", "none") else f" {weight}"
    return f"{first}{weight}" + ("" if output in ("any", "none") else f" -> {output}")


def kernels_of(folder):
    """Types -> flavours, both in the order of the list."""
    found = {}
    path = ROOT / "operators" / folder / "kernels.inc"
    for _, *types, flavour, _ in KERNEL.findall(path.read_text()) if path.exists() else []:
        flavours = found.setdefault(types_of(*types), [])
        if flavour not in flavours:
            flavours.append(flavour)
    return found


def imports_of(folder):
    path = ROOT / "operators" / folder / "imports.inc"
    return IMPORT.findall(path.read_text()) if path.exists() else []


def row(folder):
    kernels = "; ".join(f"{types}: {', '.join(flavours)}" for types, flavours in kernels_of(folder).items())
    readme = f"../operators/{folder}/README.md"
    name = f"[{folder}]({readme})" if (ROOT / "docs" / readme).exists() else folder
    return f"| {name} | {', '.join(imports_of(folder)) or '-'} | {kernels or '-'} |\n"


def page():
    folders = [folder for _, folder in OPERATOR.findall((ROOT / "operators" / "operators.inc").read_text())]
    return HEAD + "".join(row(folder) for folder in sorted(folders))


def main(arguments):
    wanted = page()
    if arguments == ["--check"]:
        if not PAGE.exists() or PAGE.read_text() != wanted:
            print("docs/operators.md:1: is not current; run tools/list_operators.py")
            return 1
        return 0
    if arguments:
        print(__doc__.strip())
        return 2
    PAGE.write_text(wanted)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
