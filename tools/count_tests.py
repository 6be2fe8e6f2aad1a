#!/usr/bin/env python3
"""Reads the JUnit files that ctest writes; prints failed and skipped tests with their reason, and last of all
"N passed, M failed, K skipped". Status 1 when a test failed or there is none.

Use: tools/count_tests.py JUNIT.xml...
"""
import re
import sys
import xml.etree.ElementTree

SKIP_REASON = re.compile(r"Skipped\n(.+)")


def reason_of_skip(case):
    output = case.findtext("system-out") or ""
    found = SKIP_REASON.search(output)
    return " ".join(found.group(1).split()) if found else "the test gave no reason"


def read(path):
    """Yields (name, 'passed' | 'failed' | 'skipped', reason)."""
    for case in xml.etree.ElementTree.parse(path).getroot().iter("testcase"):
        status = case.get("status")
        if status == "run":
            yield case.get("name"), "passed", ""
        elif status == "disabled":
            yield case.get("name"), "skipped", "disabled in the code"
        elif case.find("skipped") is not None and "SKIP_REG" in (case.find("skipped").get("message") or ""):
            yield case.get("name"), "skipped", reason_of_skip(case)
        else:
            yield case.get("name"), "failed", (case.findtext("system-out") or status or "").strip()[-2000:]


def add_up(results):
    """Prints what failed or was skipped of (name, result, reason), and the last line; the exit status."""
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for name, result, reason in results:
        counts[result] += 1
        if result == "failed":
            print(f"failed: {name}\n{reason}")
        elif result == "skipped":
            print(f"skipped: {name}: {reason}")
    print(f"tests: {counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
    return 1 if counts["failed"] or not counts["passed"] else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(add_up(result for path in sys.argv[1:] for result in read(path)))
