#!/usr/bin/env python3
"""Prints the lines of code of each room, so that a room that outgrows the house is seen: a room above a fifth of
the house is a question. Blank lines and lines that are only a comment do not count.

Use: tools/lines.py
"""
import pathlib
import subprocess

SUFFIXES = {".cpp", ".hpp", ".c", ".h", ".inc", ".py", ".sh", ".cmake", ".fbs", ".ld", ".cases"}
NAMES = {"CMakeLists.txt", "try", "test", "check"}
COMMENTS = ("//", "#!", "# ", "/*", "*/", "* ", '"""')


def is_test(path):
    parts = path.parts
    return (path.stem == "test" or path.stem.endswith("_test") or path.stem.startswith(("test_", "fuzz"))
            or path.suffix == ".cases" or parts[0] == "tests")


def lines_of(path):
    lines = (line.strip() for line in path.read_text(encoding="utf-8", errors="replace").splitlines())
    return sum(1 for line in lines if line and not line.startswith(COMMENTS))


def main():
    listed = subprocess.run(["git", "ls-files", "-z"], check=True, stdout=subprocess.PIPE).stdout.decode()
    rooms = {}
    for path in map(pathlib.Path, filter(None, listed.split("\0"))):
        if path.is_file() and (path.suffix in SUFFIXES or path.name in NAMES):
            room = rooms.setdefault(path.parts[0] if len(path.parts) > 1 else "(root)", [0, 0, 0])
            room[0] += 1
            room[2 if is_test(path) else 1] += lines_of(path)
    code = sum(room[1] for room in rooms.values())
    tests = sum(room[2] for room in rooms.values())
    print(f"{'room':12}{'files':>7}{'code':>8}{'tests':>8}{'share':>8}")
    for name, (files, own, own_tests) in sorted(rooms.items(), key=lambda room: -room[1][1]):
        share = 100 * own / max(code, 1)
        print(f"{name:12}{files:7}{own:8}{own_tests:8}{share:7.1f}%{'  above a fifth' if share > 20 else ''}")
    print(f"{'all':12}{sum(room[0] for room in rooms.values()):7}{code:8}{tests:8}")


if __name__ == "__main__":
    main()
