#!/usr/bin/env python3
"""Checks every tracked file, line by line, against the rules of the house that need no compiler: ASCII, no tabs,
no CRLF, no file over its limit, no unfinished marks, no path that exists on one machine only.

Use: tools/check_files.py [FILE...]      (without files: all that git tracks)
"""
import pathlib
import re
import subprocess
import sys

MAX_LINES = 500
MAX_BYTES = 1 << 20
CODE = {".cpp", ".hpp", ".c", ".h", ".py", ".sh", ".cmake", ".s", ".S", ".ld"}
SCRIPTS = {"try", "test", "check", "run"}
TABLES = {".inc", ".cases", ".fbs", ".json", ".svg", ".tsv", ".csv", ".txt"}  # may be longer than MAX_LINES
BINARY = {".png", ".npy", ".npz", ".tflite", ".onnx", ".vrg", ".wav", ".flac", ".bin", ".gz"}

UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b")
MACHINE_PATH = re.compile(r"(?<![\w.}$*])/(?:root|work|home|farm|tmp|mnt|Users)/")

LINE_RULES = (
    (lambda line: "\t" in line, "a tab", "use spaces"),
    (lambda line: "\r" in line, "a carriage return", "end lines with LF alone"),
    (lambda line: line != line.rstrip(" \t\r"), "a space at the end", "remove it"),
    (lambda line: not line.isascii(), "a character outside ASCII", "write it in ASCII"),
    (UNFINISHED.search, "an unfinished mark", "do it now, or name it in the issue"),
    (MACHINE_PATH.search, "a path of one machine", "take it from an option or an environment variable"),
)


def tracked():
    listed = subprocess.run(["git", "ls-files", "-z"], check=True, stdout=subprocess.PIPE).stdout
    return [pathlib.Path(name) for name in listed.decode().split("\0") if name]


def is_code(path):
    return path.suffix in CODE or path.name in SCRIPTS


def faults_of_lines(path, text):
    for number, line in enumerate(text.split("\n"), 1):
        for is_wrong, what, do in LINE_RULES:
            if is_wrong(line):
                yield number, what, do


def faults(path):
    """Yields (line, what was found, what to do)."""
    data = path.read_bytes()
    if len(data) > MAX_BYTES:
        yield 1, f"{len(data)} bytes, at most {MAX_BYTES} are allowed", "keep large files out of the repository"
        return
    if path.suffix in BINARY or b"\0" in data[:4096]:
        return
    text = data.decode("utf-8", errors="replace")
    lines = text.count("\n")
    if lines > MAX_LINES and path.suffix not in TABLES and path.name != "LICENSE":
        yield MAX_LINES + 1, f"{lines} lines, at most {MAX_LINES} are allowed", "divide the file"
    if text and not text.endswith("\n"):
        yield lines + 1, "no newline at the end", "add it"
    if path.suffix != ".svg":
        yield from faults_of_lines(path, text)
    if needs_opening(path) and text and not opens_with_words(text):
        yield 1, "the file does not say what it is for", "open it with a sentence"


def needs_opening(path):
    """A test's names are its sentences, and a header speaks for the source beside it."""
    is_test = path.stem == "test" or path.stem.endswith("_test")
    return is_code(path) and not is_test and (
        path.suffix != ".cpp" or not path.with_suffix(".hpp").exists())


def opens_with_words(text):
    """True when one of the first lines is a comment or a docstring of at least three words."""
    head = [line for line in text.split("\n")[:8] if line and not line.startswith("#!")]
    comment = re.compile(r'^\s*(?://|#(?!\s*(?:include|pragma|define|if))|/\*|\*|"""|;|@)\s*(.*)')
    return any(found and len(found.group(1).split()) >= 3 for found in map(comment.match, head))


def main(names):
    count = 0
    for path in [pathlib.Path(name) for name in names] or tracked():
        if not path.is_file() or path.is_symlink():
            continue
        for line, what, do in faults(path):
            print(f"{path}:{line}: {what}; {do}")
            count += 1
    print(f"files: {count} findings")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
