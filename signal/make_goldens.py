#!/usr/bin/env python3
"""Makes the golden hashes of frontend_test.cpp with the TensorFlow Lite Micro preprocessor models as the oracle.

Usage: make_goldens.py FOLDER [LIBRARY]
FOLDER holds audio_preprocessor_{float,int8}.tflite and *_1000ms.wav (the micro_speech example of tflite-micro).
With LIBRARY (libverge_signal_c.so) it also compares our features with the oracle's, value by value.
Needs: pip install numpy tflite_micro
"""
import ctypes
import pathlib
import sys
import wave

import numpy
from tflite_micro import runtime

WINDOW, HOP, FEATURES = 480, 320, 40


def fnv1a(data):
    """FNV-1a, 32 bits."""
    value = 0x811C9DC5
    for byte in data:
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


def lcg(seed):
    """The generator that the test uses: 16 bits a step, from the upper half."""
    while True:
        seed = (seed * 1664525 + 1013904223) & 0xFFFFFFFF
        yield seed >> 16


def synthetic(samples=16000):
    """A chirp of triangles that grows louder, in noise, with full-scale clicks; as frontend_test.cpp makes it."""
    noise = lcg(1)
    out, phase = [], 0
    for i in range(samples):
        phase = (phase + 400 + i // 2) & 0xFFFF
        triangle = (phase if phase < 32768 else 65535 - phase) - 16384
        value = (triangle * i >> 14) + (next(noise) - 32768 >> 6)
        out.append(-32768 if i % 1000 == 999 else max(-32768, min(32767, value)))
    return numpy.array(out, dtype=numpy.int16)


def read_wav(path):
    with wave.open(str(path)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (16000, 1, 2)
        return numpy.frombuffer(file.readframes(file.getnframes()), dtype="<i2")


def oracle(model, pcm):
    """One invocation per hop; the noise estimates live on inside the interpreter."""
    interpreter = runtime.Interpreter.from_file(str(model))
    frames = []
    for start in range(0, len(pcm) - WINDOW + 1, HOP):
        interpreter.set_input(pcm[start:start + WINDOW].reshape(1, WINDOW), 0)
        interpreter.invoke()
        frames.append(interpreter.get_output(0).copy().reshape(FEATURES))
    return numpy.stack(frames)


def ours(library, pcm):
    out = numpy.zeros((len(pcm) // HOP + 1, FEATURES), dtype=numpy.int8)
    pcm = numpy.ascontiguousarray(pcm)
    frames = library.verge_frontend_features(
        pcm.ctypes.data_as(ctypes.c_void_p), len(pcm), out.ctypes.data_as(ctypes.c_void_p), len(out))
    return out[:frames]


def main(folder, library=None):
    signals = {path.stem: read_wav(path) for path in sorted(folder.glob("*_1000ms.wav"))}
    signals["synthetic"] = synthetic()
    for name, pcm in signals.items():
        quantised = oracle(folder / "audio_preprocessor_int8.tflite", pcm)
        real = oracle(folder / "audio_preprocessor_float.tflite", pcm)
        log = numpy.round(real * 25.6).astype("<u2")
        same = "" if library is None else f"  ours differ in {int((ours(library, pcm) != quantised).sum())}"
        print(f'{{"{name}", {len(quantised)}, 0x{fnv1a(log.tobytes()):08X}U, 0x{fnv1a(quantised.tobytes()):08X}U}},{same}')


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    main(pathlib.Path(sys.argv[1]), ctypes.CDLL(sys.argv[2]) if len(sys.argv) > 2 else None)
