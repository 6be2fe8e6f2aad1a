"""What the tests of the keyword spotter's verbs share: counts, words, calls with --json."""
import json
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
LIMIT_SECONDS = 900
counts = {"passed": 0, "failed": 0, "skipped": 0}


def report(name, outcome, detail=""):
    counts[outcome] += 1
    print(f"{outcome}: {name}{': ' + detail if detail else ''}", flush=True)


def check(name, condition, detail=""):
    report(name, "passed" if condition else "failed", str(detail)[:500] if not condition else "")


def call(*arguments, stdin=None, env=None, cwd=None):
    """Exit code, JSON or None, and standard error."""
    done = subprocess.run([*map(str, arguments), "--json"], input=stdin, capture_output=True, timeout=LIMIT_SECONDS,
                          check=False, env=None if env is None else {**os.environ, **env}, cwd=cwd)
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        answer = None
    return done.returncode, answer, done.stderr.decode(errors="replace")


def add_up():
    """Prints the last line; the exit status."""
    print(f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
    return 1 if counts["failed"] else 0
