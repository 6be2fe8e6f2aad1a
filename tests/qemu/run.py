#!/usr/bin/env python3
"""Runs the reference models as firmware on emulated boards (interpreter; on one board also emitted as direct kernel
calls) and compares every output bit with `verge run` on this machine, by both runtimes; and the hashes with those that
TensorFlow Lite Micro's reference kernels give for the same inputs.
Needs the standard library, build/release/bin/verge, the cross compilers and QEMU.

Use: tests/qemu/run.py [--verge PROGRAM] [--jobs N] [--json OUT] [--board B]... [MODEL...]
     MODEL is a name of the first column of the table.
"""
import argparse
import concurrent.futures
import dataclasses
import json
import os
import pathlib
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = pathlib.Path(os.environ.get("VERGE_DATA", ROOT.parent / "shared" / "data"))
SEED = 12345
LIMIT_SECONDS = 900
LINES_SHOWN = 4  # of what a failed program said
MAIN_BOARD = "mps2-an386"
TOOLS = {"cortex": ("arm-none-eabi-g++", "qemu-system-arm", "cmake", "ninja", "cc"),
         "rv32": ("riscv64-unknown-elf-g++", "qemu-system-riscv32", "cmake", "ninja", "cc")}
DEFAULT_JOBS = os.cpu_count() or 1


@dataclasses.dataclass
class Model:
    name: str
    path: str
    hash: int = 0  # 32-bit FNV-1a of the output, by TensorFlow Lite Micro's reference kernels; 0: unknown

    @property
    def file(self):
        """In this repository or in the data."""
        return next((folder / self.path for folder in (ROOT, DATA) if (folder / self.path).exists()), DATA / self.path)


MODELS = (
    Model("keywords", "models/keywords_yes_no/keywords_yes_no.tflite"),
    Model("keywords_float", "models/keywords_yes_no/keywords_yes_no_float.tflite"),
    Model("kws", "kws/mlperf_tiny/kws_ref_model.tflite", 4038422865),
    Model("vww", "image/mlperf_vww/vww_96_int8.tflite", 1768032157),
    Model("ic", "image/mlperf_ic/pretrainedResnet_quant.tflite", 3853670657),
    Model("ad", "anomaly/mlperf_ad/ad01_int8.tflite", 533982470),
    Model("micro_speech", "kws/micro_speech/micro_speech_quantized.tflite", 1454198521),
    Model("preprocessor_int8", "kws/micro_speech/audio_preprocessor_int8.tflite", 693488149),
    Model("preprocessor_float", "kws/micro_speech/audio_preprocessor_float.tflite", 3463841841),
    Model("person", "image/person_detect/person_detect.tflite", 994099185),
    Model("sww", "kws/streaming_ww_mlperf/str_ww_ref_model.tflite", 3139040054),
    Model("hey_jarvis", "kws/micro_wake_word/hey_jarvis.tflite", 84696351),
    Model("okay_nabu", "kws/micro_wake_word/okay_nabu.tflite", 808256),
    Model("vad", "kws/micro_wake_word/vad.tflite", 101473970),
    Model("mnist_lstm", "image/mnist_lstm/trained_lstm_int8.tflite"),
    Model("keras_lstm", "image/coral/keras_lstm_mnist_ptq.tflite"),
    Model("hello", "image/hello_world/hello_world_int8.tflite", 2097907463),
    Model("mobilenet_u8", "image/coral/mobilenet_v1_0.25_128_quant.tflite"),
)

# TensorFlow Lite Micro 90b983c2 with CMSIS-NN 4ab83cc3, arm-none-eabi-gcc 12.2 -O2, measured in the same QEMU with
# the same kind of counter: millions of instructions an inference, by board; the hashes above come from there too.
PEER_MODELS = ("kws", "vww", "ic", "ad", "sww", "micro_speech", "person", "hello")
PEER_MILLIONS = {
    "mps2-an385-m0": (29.0, 86.9, 97.56, 1.763, 9.546, 2.597, 83.7, 0.007161),
    "mps2-an385": (10.53, 31.96, 41.85, 0.956, 4.729, 1.513, 30.33, 0.003731),
    "mps2-an386": (7.70, 24.1, 29.86, 0.583, 2.227, 1.495, 22.93, 0.003523),
    "mps2-an500": (7.646, 24.03, 30.03, 0.583, 2.188, 1.489, 22.72, 0.003577),
    "mps2-an505": (7.682, 24.05, 29.96, 0.583, 2.221, 1.482, 22.84, 0.003562),
    "mps3-an547": (1.816, 6.558, 4.912, 0.150, 0.4074, 1.008, 6.508, 0.002157),
}
# The same on Cortex-M4: code (int8-only registrations), smallest arena, stack in bytes, thousands of instructions
# at start-up.
PEER_MEMORY = {
    "kws": (54639, 22832, 1692, 789.6), "vww": (54635, 100720, 1692, 3521.6), "ic": (52325, 55008, 1692, 540.4),
    "ad": (29581, 3024, 1196, 83.6), "sww": (52109, 16608, 1472, 1089.4), "micro_speech": (45467, 6848, 1684, 39.1),
    "person": (44925, 82320, 1684, 2773.3),
}

# What this project promises beside them: each arena smaller, half in the geometric mean; the code of the keyword
# firmware (interpreter, reference kernels, text and rodata without the model).
ARENA_MODELS = ("kws", "vww", "ic", "ad")
MOST_ARENA_RATIO, MOST_MEAN_ARENA_RATIO = 1.0, 0.5
CODE_MODEL, CODE_BOARD, MOST_CODE_BYTES = "keywords", "mps2-an385", 14 * 1024


def formula_bytes(count):
    """The bytes that every engine was given: a linear congruential generator's upper byte."""
    value, data = SEED, bytearray()
    for _ in range(count):
        value = (value * 1664525 + 1013904223) & 0xFFFFFFFF
        data.append(value >> 24)
    return bytes(data)


def formula_input(element, count):
    """`count` elements of a type: integers take the bytes as they come, floats lie in -1 to 1."""
    if element in ("f32", "float32"):
        return struct.pack(f"<{count}f", *(byte / 127.5 - 1 for byte in formula_bytes(count)))
    widths = {"8": 1, "16": 2, "32": 4, "64": 8}
    width = next(width for digits, width in sorted(widths.items(), reverse=True) if element.endswith(digits))
    return formula_bytes(count * width)


class Failure(Exception):
    """A sentence about what went wrong."""


def ask(verge, *arguments):
    """The JSON answer of a verb."""
    done = subprocess.run([str(verge), *map(str, arguments), "--json"], text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=LIMIT_SECONDS)
    if done.returncode != 0:
        said = (done.stderr.strip() or done.stdout.strip()).splitlines()[-LINES_SHOWN:]
        raise Failure(f"verge {' '.join(map(str, arguments))} ended with {done.returncode}: " + "\n".join(said))
    return json.loads(done.stdout)


def arrays(path):
    """The members of an .npz file, as bytes."""
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in sorted(file.namelist())}


def write_inputs(verge, model, folder):
    """Writes the formula inputs; the arguments that hand them over."""
    arguments = []
    inputs = ask(verge, "inspect", model.file)["inputs"]
    for index, port in enumerate(inputs):
        count = 1
        for dimension in port["shape"]:
            count *= dimension
        path = folder / f"{model.name}-{index}.bin"
        path.write_bytes(formula_input(port["type"], count))
        arguments += ["--input", path if len(inputs) == 1 else f"{port['name']}={path}"]
    return arguments


def run_on_host(verge, model, folder):
    """The outputs of this machine, which both runtimes agree on, and their hashes."""
    inputs = write_inputs(verge, model, folder)
    found = {}
    for runtime in ("fast", "tiny"):
        output = folder / f"{model.name}-{runtime}.npz"
        answer = ask(verge, "run", model.file, *inputs, "--runtime", runtime, "--output", output)
        found[runtime] = arrays(output)
    if found["fast"] != found["tiny"]:
        raise Failure("the runtimes fast and tiny differ")
    return inputs, found["fast"], [output["fnv1a"] for output in answer["outputs"]]


def run_on_board(verge, model, place, folder, host):
    """What the firmware reports; its outputs are compared with the host's."""
    inputs, wanted, _ = host
    board, form = place
    output = folder / f"{model.name}-{board}-{form}.npz"
    answer = ask(verge, "emulate", model.file, "--board", board, "--form", form, *inputs, "--output", output)
    if arrays(output) != wanted:
        raise Failure("the outputs differ from the host's")
    return answer


def peer(model, board):
    if model in PEER_MODELS and board in PEER_MILLIONS:
        return PEER_MILLIONS[board][PEER_MODELS.index(model)]
    return None


def row(model, place, answer):
    """A line of the table: ours, and theirs in brackets where they were measured."""
    def beside(number, theirs):
        return f"{number} [{theirs}]" if theirs is not None else number
    board, form = place
    code, arena, stack, start = PEER_MEMORY.get(model, (None,) * 4) if board == MAIN_BOARD else (None,) * 4
    name = board if form == "interpreter" else f"{board}, {form}"
    return (f"{model:18} {name:23} {beside('%.3f' % (answer['instructions'] / 1e6), peer(model, board)):>18}"
            f" {beside('%.1f' % (answer['startup_instructions'] / 1e3), start):>16}"
            f" {beside(str(answer['text_bytes'] + answer['rodata_bytes']), code):>14}"
            f" {beside(str(answer['arena_bytes']), arena):>16} {beside(str(answer['stack_bytes']), stack):>12}")


HEAD = (f"{'model':18} {'board':23} {'instructions (M)':>18} {'start-up (k)':>16} {'code (bytes)':>14}"
        f" {'arena (bytes)':>16} {'stack':>12}     [TensorFlow Lite Micro with CMSIS-NN]")


class Run:
    """Counts, and says, what passed."""

    def __init__(self, options, folder):
        self.options, self.folder = options, folder
        self.passed = self.failed = self.skipped = 0
        self.reports = []

    def fail(self, sentence):
        self.failed += 1
        print(f"failed: {sentence}", flush=True)

    def find_places(self):
        """Boards and forms that can be built and booted here."""
        for board in ask(self.options.verge, "boards")["boards"]:
            name = board["name"]
            if self.options.board and name not in self.options.board:
                continue
            tools = TOOLS["rv32" if board["target"].startswith("rv32") else "cortex"]
            if missing := [tool for tool in tools if shutil.which(tool) is None]:
                self.skipped += 1
                print(f"skipped: conformance on {name}: not installed: {' '.join(missing)}")
                continue
            yield name, "interpreter"
            if name == MAIN_BOARD:
                yield name, "emitted"

    def check_host(self, model):
        """The outputs of the host, or None."""
        try:
            host = run_on_host(self.options.verge, model, self.folder)
        except (Failure, subprocess.TimeoutExpired) as failure:
            self.fail(f"conformance {model.name}: {failure}")
            return None
        self.passed += 1
        if model.hash != 0 and host[2] != [model.hash]:
            self.fail(f"conformance {model.name}: its output hashes to {host[2]}, wanted {model.hash}")
        elif model.hash != 0:
            self.passed += 1
        return host

    def check_board(self, model, place, host):
        try:
            answer = run_on_board(self.options.verge, model, place, self.folder, host)
        except (Failure, subprocess.TimeoutExpired) as failure:
            self.fail(f"conformance {model.name} on {' '.join(place)}: {failure}")
            return
        self.passed += 1
        self.reports.append({"model": model.name, **answer})
        print(row(model.name, place, answer), flush=True)

    def report_of(self, model, board):
        """The interpreter's report, or None when it was not asked for."""
        return next((one for one in self.reports
                     if (one["model"], one["board"], one["form"]) == (model, board, "interpreter")), None)

    def promise(self, sentence, is_kept):
        print(f"promise: {sentence}", flush=True)
        if is_kept:
            self.passed += 1
        else:
            self.fail(f"conformance, promise: {sentence}")

    def check_promises(self):
        """Where all that a promise speaks of was measured."""
        arenas = [self.report_of(model, MAIN_BOARD) for model in ARENA_MODELS]
        if all(arenas):
            ratios = [one["arena_bytes"] / PEER_MEMORY[one["model"]][1] for one in arenas]
            mean = statistics.geometric_mean(ratios)
            words = ", ".join(f"{name} {ratio:.2f}" for name, ratio in zip(ARENA_MODELS, ratios))
            self.promise(f"arena against TensorFlow Lite Micro's on {MAIN_BOARD}: {words}; geometric mean {mean:.2f}"
                         f" (at most {MOST_ARENA_RATIO} each, {MOST_MEAN_ARENA_RATIO} in the mean)",
                         max(ratios) < MOST_ARENA_RATIO and mean <= MOST_MEAN_ARENA_RATIO)
        if firmware := self.report_of(CODE_MODEL, CODE_BOARD):
            code = firmware["text_bytes"] + firmware["rodata_bytes"]
            self.promise(f"code of the keyword firmware on {CODE_BOARD}: {code} bytes (at most {MOST_CODE_BYTES})",
                         code <= MOST_CODE_BYTES)

    def check_all(self, models):
        places = list(self.find_places())
        with concurrent.futures.ThreadPoolExecutor(self.options.jobs) as pool:
            waiting = []
            for model in models:
                if not (model.file).exists():
                    self.skipped += 1
                    print(f"skipped: conformance {model.name}: its model needs ../shared/data (or $VERGE_DATA)")
                    continue
                host = self.check_host(model)
                if host is not None:
                    waiting += [pool.submit(self.check_board, model, place, host) for place in places]
            for task in waiting:
                task.result()


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--verge", type=pathlib.Path, default=ROOT / "build" / "release" / "bin" / "verge")
    parser.add_argument("--jobs", type=int, default=DEFAULT_JOBS, help="emulations at a time")
    parser.add_argument("--json", type=pathlib.Path, help="writes every report of `verge emulate` to this file")
    parser.add_argument("--board", action="append", help="only this board")
    parser.add_argument("models", nargs="*")
    return parser.parse_args()


def main():
    options = parse()
    os.environ.setdefault("VERGE_CACHE", str(ROOT / "build" / "emulate"))
    chosen = [model for model in MODELS if not options.models or model.name in options.models]
    print(HEAD)
    with tempfile.TemporaryDirectory() as name:
        run = Run(options, pathlib.Path(name))
        run.check_all(chosen)
        run.check_promises()
    if options.json:
        options.json.write_text(json.dumps(run.reports, indent=2) + "\n")
    print(f"conformance: {run.passed} passed, {run.failed} failed, {run.skipped} skipped")
    return 1 if run.failed else 0


if __name__ == "__main__":
    sys.exit(main())
