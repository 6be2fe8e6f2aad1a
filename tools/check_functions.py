#!/usr/bin/env python3
"""Finds functions that are too long: 60 lines, 100 in a kernel file. C++ is read by counting braces, Python by its
own parser.

Use: tools/check_functions.py [--longest N] [FILE...]      (without files: all that git tracks)
"""
import argparse
import ast
import fnmatch
import pathlib
import re
import subprocess
import sys

LIMIT = 60
KERNEL_LIMIT = 100
CPP = {".cpp", ".hpp", ".c", ".h"}

# Comments, literals (raw strings first) and preprocessor lines: blanked, newlines kept.
NOISE = re.compile(
    r'R"(?P<d>[^(\s]*)\(.*?\)(?P=d)"|//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])*'|^[ ]*#(?:[^\n]*\\\n)*[^\n]*", re.S | re.M)
SCOPE = re.compile(r"\b(?:namespace|class|struct|union|enum|extern)\b")
NAME = re.compile(r"([~\w:]+|operator\W{1,3})\s*\($")


def blanked(text):
    return NOISE.sub(lambda found: "\n" * found.group().count("\n"), text)


def is_function(header):
    """True when the words before a `{` end as a function's head does."""
    outside = re.sub(r"\([^()]*\)", "()", re.sub(r"<[^<>;{}]*>", "", header))
    if "(" not in outside or re.search(r"(?<![=!<>+\-*/|&^])=(?!=)", outside.split("(")[0]):
        return False
    return SCOPE.search(outside.split("(")[0]) is None


def cpp_functions(text):
    """Yields (line of the opening brace, lines, name) of each function that stands in no other."""
    text = blanked(text)
    header_start, line, depth_in_function = 0, 1, 0
    for index, letter in enumerate(text):
        if letter == "\n":
            line += 1
        elif letter == "{":
            header = text[header_start:index]
            if depth_in_function:
                depth_in_function += 1
            elif is_function(header):
                depth_in_function, first = 1, line
                found = re.findall(r"([~\w:]+)\s*\(", header)
                name = found[0] if found else "?"
            header_start = index + 1
        elif letter == "}":
            if depth_in_function:
                depth_in_function -= 1
                if depth_in_function == 0:
                    yield first, line - first + 1, name
            header_start = index + 1
        elif letter == ";":
            header_start = index + 1


def python_functions(text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.lineno, node.end_lineno - node.lineno + 1, node.name


def functions(path):
    text = path.read_text(encoding="utf-8", errors="replace")
    if path.suffix in CPP:
        return cpp_functions(text)
    return python_functions(text) if path.suffix == ".py" else ()


def tracked():
    listed = subprocess.run(["git", "ls-files", "-z"], check=True, stdout=subprocess.PIPE).stdout
    return [pathlib.Path(name) for name in listed.decode().split("\0") if name]


def limit_of(path):
    return KERNEL_LIMIT if fnmatch.fnmatch(path.as_posix(), "*operators/*/kernel_*") else LIMIT


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--longest", type=int, default=0, help="print the N longest functions and the percentiles")
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    options = parser.parse_args()
    seen = []
    for path in options.files or tracked():
        if path.is_file():
            seen += [(lines, path, line, name) for line, lines, name in functions(path)]
    seen.sort(key=lambda one: (-one[0], one[1], one[2]))
    for lines, path, line, name in seen[:options.longest]:
        print(f"{lines:4} {path}:{line} {name}")
    if options.longest and seen:
        print(f"{len(seen)} functions, median {seen[len(seen) // 2][0]}, 90th percentile {seen[len(seen) // 10][0]} lines")
    long = [one for one in seen if one[0] > limit_of(one[1])]
    for lines, path, line, name in long:
        print(f"{path}:{line}: {name} has {lines} lines, at most {limit_of(path)} are allowed; divide it")
    return 1 if long else 0


if __name__ == "__main__":
    sys.exit(main())
