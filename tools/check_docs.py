#!/usr/bin/env python3
"""Runs the commands in the docs: each block that a page opens with ```sh run is one test, run by bash from the
repository's root and stopped at the first command that fails. A block that names ../shared/data is skipped where
that folder is absent; one that opens with ```sh run needs MODULE where python3 has no such module.

Use: tools/check_docs.py [--list] [FILE...]      (without files: README, CONTRIBUTING, ARCHITECTURE, docs/guide)
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"^```sh run(?: needs (\w+))?\n(.*?)^```$", re.S | re.M)
LIMIT_SECONDS = 300


def pages():
    yield from (ROOT / name for name in ("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md") if (ROOT / name).exists())
    yield from sorted((ROOT / "docs" / "guide").glob("**/*.md"))


def blocks(page):
    """Yields (place, needed module or None, commands)."""
    text = page.read_text()
    for found in BLOCK.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        yield f"{page.resolve().relative_to(ROOT)}:{line}", found.group(1), found.group(2)


def module_is_absent(module):
    return module is not None and subprocess.run(["python3", "-c", f"import {module}"], check=False,
                                                 stderr=subprocess.DEVNULL).returncode != 0


def data_is_absent(commands):
    data = os.environ.get("VERGE_DATA", ROOT.parent / "shared" / "data")
    return ("shared/data" in commands or "VERGE_DATA" in commands) and not os.path.isdir(data)


def run(commands):
    """Returns None when all is well, else what was printed."""
    try:
        done = subprocess.run(["bash", "-euo", "pipefail", "-c", commands], cwd=ROOT, text=True, timeout=LIMIT_SECONDS,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    except subprocess.TimeoutExpired:
        return f"not done after {LIMIT_SECONDS} s"
    return None if done.returncode == 0 else f"{done.stdout}ended with {done.returncode}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", action="store_true", help="print the commands and run nothing")
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    options = parser.parse_args()
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for place, module, commands in (block for page in options.files or pages() for block in blocks(page)):
        if options.list:
            print(f"{place}\n{commands}")
            continue
        if data_is_absent(commands):
            result, why = "skipped", ": needs ../shared/data (or $VERGE_DATA)"
        elif module_is_absent(module):
            result, why = "skipped", f": python3 has no module {module}"
        else:
            trouble = run(commands)
            result, why = ("passed", "") if trouble is None else ("failed", f":\n{commands}{trouble}")
        counts[result] += 1
        print(f"{result}: {place}{why}")
    if not options.list:
        print(f"docs: {counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
