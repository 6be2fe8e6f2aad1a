#!/usr/bin/env python3
"""Checks every #include against floors.txt: no library looks upstairs, no freestanding file sees the OS."""
import fnmatch
import pathlib
import re
import sys

FREESTANDING = {
    "algorithm", "array", "atomic", "bit", "compare", "concepts", "cstddef", "cstdint", "cstring",
    "limits", "numbers", "span", "type_traits", "utility", "immintrin.h", "arm_neon.h", "arm_mve.h", "arm_acle.h",
    "stdint.h", "stddef.h",
}
INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)', re.M)
SOURCES = {".hpp", ".cpp", ".inc", ".h", ".c"}
SKIPPED = ("build", ".", "third_party", "node_modules")


def read_floors(path):
    """Rows: library, file patterns separated by commas, libraries it may include, world."""
    for line in path.read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            name, files, *may, world = line.split()
            if world not in {"freestanding", "hosted"}:
                raise SystemExit(f"floors.txt: {name} has world '{world}'; wanted freestanding or hosted")
            yield name, files.split(","), set(may) | {name}, world


def library_of(relative, floors):
    for floor in floors:
        if any(fnmatch.fnmatch(relative, pattern) for pattern in floor[1]):
            return floor
    return None


def faults(root):
    floors = list(read_floors(root / "floors.txt"))
    for path in sorted(p for p in root.rglob("*") if p.suffix in SOURCES):
        relative = path.relative_to(root).as_posix()
        if relative.startswith(SKIPPED):
            continue
        floor = library_of(relative, floors)
        if floor is None:
            yield f"{relative}: stands on no floor; add it to floors.txt"
            continue
        name, _, may, world = floor
        for ours, theirs in INCLUDE.findall(path.read_text()):
            if ours and not (root / ours).exists() and (path.parent / ours).exists():
                yield f"{relative}: includes {ours} from its own folder; includes are written from the root"
            target = library_of(ours, floors) if ours and (root / ours).exists() else None
            if target is not None and target[0] not in may:
                yield f"{relative}: {name} may not include {ours} ({target[0]}); it may include {' '.join(sorted(may))}"
            if target is not None and world == "freestanding" and target[3] == "hosted":
                yield f"{relative}: {name} is freestanding and may not include the hosted {ours}"
            if theirs and world == "freestanding" and theirs not in FREESTANDING:
                yield f"{relative}: {name} is freestanding and may not include <{theirs}>"


if __name__ == "__main__":
    found = list(faults(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")))
    print("\n".join(found) or "floors: every include points down")
    sys.exit(bool(found))
