#!/usr/bin/env python3
"""Streams the reference keyword models on an emulated board and compares every output of every run with the window form
on this machine; prints what streaming saves in instructions and costs in RAM and flash.

Needs the standard library, build/release/bin/verge, the cross compiler and QEMU.
Use: tests/streaming/run.py [--build build/release] [--board mps2-an386] [--runs N] [MODEL...]
     MODEL is a name of the first column of the table.
"""
import argparse
import dataclasses
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = pathlib.Path(os.environ.get("VERGE_DATA", ROOT.parent / "shared" / "data"))
BOARD = "mps2-an386"  # a Cortex-M4


@dataclasses.dataclass
class Model:
    name: str
    path: str
    frame_bytes: int
    window: int  # frames
    hop: int  # frames between two inferences
    frame_ms: int
    options: tuple = ()
    zero: int = 0x80  # the byte of silence

    @property
    def file(self):
        return next((folder / self.path for folder in (ROOT, DATA) if (folder / self.path).exists()), DATA / self.path)


KEYWORDS = "models/keywords_yes_no/keywords_yes_no.tflite"
MODELS = (
    Model("keywords", KEYWORDS, 40, 49, 2, 20),
    Model("keywords, 20K of states", KEYWORDS, 40, 49, 2, 20, ("--stream-state", "20K")),
    Model("keywords, 8K of states", KEYWORDS, 40, 49, 2, 20, ("--stream-state", "8K")),
    Model("keywords, every 8 frames", KEYWORDS, 40, 49, 8, 20),
    Model("micro_speech", "kws/micro_speech/micro_speech_quantized.tflite", 40, 49, 2, 20),
    Model("kws", "kws/mlperf_tiny/kws_ref_model.tflite", 10, 49, 2, 20, zero=83),
    Model("sww", "kws/streaming_ww_mlperf/str_ww_ref_model.tflite", 40, 30, 1, 20),
)
counts = {"passed": 0, "failed": 0, "skipped": 0}


class Failure(Exception):
    """A program said no."""


def call(program, *arguments):
    done = subprocess.run([program, *map(str, arguments), "--json"], capture_output=True, timeout=900, check=False)
    if done.returncode != 0:
        raise Failure(done.stderr.decode(errors="replace").strip().splitlines()[-1:])
    return json.loads(done.stdout)


def array_of(path):
    """The bytes of the only array of an .npz file: those behind the header."""
    with zipfile.ZipFile(path) as archive:
        data = archive.read(archive.namelist()[0])
    return data[10 + int.from_bytes(data[8:10], "little"):]


def frames_of(model, count):
    """Real features where they are prepared; else numbers of a fixed seed."""
    wanted = model.frame_bytes * count
    prepared = sorted((DATA / "kws/eembc_kws01").glob("*.bin"))
    if model.frame_bytes == 10 and prepared:
        stream = b"".join(path.read_bytes() for path in prepared[: wanted // prepared[0].stat().st_size + 1])
        return stream[:wanted]
    return random.Random(1).randbytes(wanted)


def run_windows(program, model, stream, runs, folder):
    """What the window form says here after each hop; silence stands before the stream."""
    hop = model.frame_bytes * model.hop
    past = bytes([model.zero]) * (model.frame_bytes * model.window)
    outputs = b""
    for run in range(runs):
        past = (past + stream[run * hop:(run + 1) * hop])[-model.frame_bytes * model.window:]
        (folder / "window.raw").write_bytes(past)
        call(program, "run", folder / "window.vrg", "--runtime", "tiny", "--input", folder / "window.raw", "--output",
             folder / "window.npz")
        outputs += array_of(folder / "window.npz")
    return outputs


def zero_of(program, model):
    return call(program, "inspect", model.file)["inputs"][0]["zero_point"] & 0xFF


def measure(program, board, model, runs, folder):
    """The row of the table, and whether all outputs agree."""
    model = dataclasses.replace(model, zero=zero_of(program, model))
    stream = frames_of(model, model.hop * runs)
    window = call(program, "compile", model.file, "--target", board, "-o", folder / "board.vrg")
    call(program, "compile", model.file, "--target", "portable", "-o", folder / "window.vrg")
    streamed = call(program, "compile", model.file, "--target", board, "--stream", model.hop, *model.options, "-o",
                    folder / "stream.vrg")
    wanted = run_windows(program, model, stream, runs, folder)
    (folder / "past.raw").write_bytes(bytes([model.zero]) * (model.frame_bytes * model.window))
    (folder / "stream.raw").write_bytes(stream)
    before = call(program, "emulate", folder / "board.vrg", "--board", board, "--input", folder / "past.raw")
    after = call(program, "emulate", folder / "stream.vrg", "--board", board, "--runs", runs, "--input",
                 folder / "stream.raw", "--output", folder / "stream.npz")
    per_second = 1000 / (model.hop * model.frame_ms)
    row = [model.name, model.hop, window["macs"], streamed["macs"], before["instructions"] * per_second / 1e6,
           after["instructions"] * per_second / 1e6, window["arena_bytes"], streamed["arena_bytes"],
           streamed["stream"]["state_bytes"], window["plan_bytes"], streamed["plan_bytes"]]
    return row, array_of(folder / "stream.npz") == wanted


def show(row):
    name, hop, macs, less, million, fewer, *sizes = row
    cells = [f"{name:25}", f"{hop:3}", f"{macs:9,}", f"{less:9,}", f"{million:7.2f}", f"{fewer:7.2f}", f"{million / fewer:5.2f}"]
    print("  ".join(cells + [f"{size:7,}" for size in sizes]), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=str(ROOT / "build/release"))
    parser.add_argument("--board", default=BOARD)
    parser.add_argument("--runs", type=int, default=60)
    parser.add_argument("models", nargs="*")
    arguments = parser.parse_args()
    program = str(pathlib.Path(arguments.build) / "bin/verge")
    print(f"{arguments.runs} runs of each on {arguments.board}. Millions of instructions for a second of audio (a frame every 20 ms, an\n"
          "inference every hop), window form and streamed; bytes: RAM (arena, state, tables) of both, of it the states; plan of both.")
    print("model                      hop       MACs   streamed   window  stream  ratio   RAM w.  RAM s.   states   plan w.  plan s.")
    for model in MODELS:
        if arguments.models and model.name not in arguments.models:
            continue
        if not model.file.exists():
            counts["skipped"] += 1
            print(f"skipped: {model.name}: ../shared/data (or VERGE_DATA) is not here")
            continue
        try:
            with tempfile.TemporaryDirectory() as folder:
                row, is_same = measure(program, arguments.board, model, arguments.runs, pathlib.Path(folder))
            show(row)
        except Failure as failure:
            is_same = False
            print(f"failed: {model.name}: {failure}")
        counts["passed" if is_same else "failed"] += 1
        if not is_same:
            print(f"failed: {model.name}: outputs of the streamed form on the board differ from the window form's here")
    print(f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
