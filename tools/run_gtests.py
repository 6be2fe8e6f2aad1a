#!/usr/bin/env python3
"""Runs whole GoogleTest programs, several at a time, where one process a test would cost more than the tests: under
sanitizers. Prints what failed or was skipped, and last "N passed, M failed, K skipped". A program that dies counts as
one failure more, with the end of what it said.

Use: tools/run_gtests.py [--jobs N] [--shards N] PROGRAM...
"""
import argparse
import concurrent.futures
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

from count_tests import add_up

LIMIT_SECONDS = 900
SHOWN = 3000  # characters of what a dead program said


def cases(path):
    """Yields (name, 'passed' | 'failed' | 'skipped', reason) of GoogleTest's own report."""
    for case in xml.etree.ElementTree.parse(path).getroot().iter("testcase"):
        name = f"{case.get('classname')}.{case.get('name')}"
        failure, skip = case.find("failure"), case.find("skipped")
        if failure is not None:
            yield name, "failed", failure.get("message") or ""
        elif skip is not None or case.get("status") == "notrun":
            yield name, "skipped", " ".join((skip.get("message") or "").split()[1:]) if skip is not None else "disabled"
        else:
            yield name, "passed", ""


def run(program, shard, shards, folder):
    """The results of one shard of a program."""
    report = pathlib.Path(folder) / f"{pathlib.Path(program).name}-{shard}.xml"
    settings = dict(os.environ, GTEST_TOTAL_SHARDS=str(shards), GTEST_SHARD_INDEX=str(shard))
    try:
        done = subprocess.run([program, f"--gtest_output=xml:{report}"], env=settings, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, errors="replace", timeout=LIMIT_SECONDS)
        status, said = done.returncode, done.stdout
    except subprocess.TimeoutExpired as late:
        status, said = f"no end within {LIMIT_SECONDS} s", str(late.stdout or "")
    results = list(cases(report)) if report.exists() else []
    if status != 0 and not any(result == "failed" for _, result, _ in results):
        results.append((pathlib.Path(program).name, "failed", f"ended with {status}\n{said[-SHOWN:]}"))
    return results


def main():
    # Started in the background of a script SIGINT is ignored, and would be in the programs, too; some test Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--shards", type=int, default=os.cpu_count(), help="parts of a program that run side by side")
    parser.add_argument("programs", nargs="+", metavar="PROGRAM")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        tasks = [pool.submit(run, program, shard, options.shards, folder)
                 for program in options.programs for shard in range(options.shards)]
        return add_up(result for task in tasks for result in task.result())


if __name__ == "__main__":
    sys.exit(main())
