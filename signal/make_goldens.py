#!/usr/bin/env python3
"""Makes the golden hashes that the tests of this folder pin, with the original libraries as oracles.

Usage: make_goldens.py MODELS [--kissfft FOLDER] [--library FILE]
MODELS holds audio_preprocessor_{float,int8}.tflite and *_1000ms.wav (the micro_speech example of tflite-micro).
With --kissfft (a checkout of mborgerding/kissfft; needs cc) it also makes the hashes of fft_test.cpp.
With --library (libverge_signal_c.so) it compares our features with the oracle's, value by value.
Needs: pip install numpy tflite tflite_micro
"""
import argparse
import ctypes
import pathlib
import subprocess
import tempfile
import wave

import numpy
import tflite
from tflite_micro import runtime

WINDOW, HOP, SHORT_HOP, FEATURES = 480, 320, 160, 40


def fnv1a(data):
    """FNV-1a, 32 bits."""
    value = 0x811C9DC5
    for byte in data:
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


def noise(seed):
    """The class Noise of synthetic.hpp."""
    while True:
        seed = (seed * 1664525 + 1013904223) & 0xFFFFFFFF
        yield seed >> 16


def chirp(samples=16000):
    """fill_chirp() of synthetic.hpp."""
    hiss = noise(1)
    out, phase = [], 0
    for i in range(samples):
        phase = (phase + 400 + i // 2) & 0xFFFF
        triangle = (phase if phase < 32768 else 65535 - phase) - 16384
        value = (triangle * i >> 14) + (next(hiss) - 32768 >> 6)
        out.append(-32768 if i % 1000 == 999 else max(-32768, min(32767, value)))
    return numpy.array(out, dtype=numpy.int16)


def read_wav(path):
    with wave.open(str(path)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (16000, 1, 2)
        return numpy.frombuffer(file.readframes(file.getnframes()), dtype="<i2")


def features(model, pcm, hop=HOP):
    """One invocation per hop; the noise estimates live on inside the interpreter."""
    interpreter = runtime.Interpreter.from_file(str(model))
    frames = []
    for start in range(0, len(pcm) - WINDOW + 1, hop):
        interpreter.set_input(pcm[start:start + WINDOW].reshape(1, WINDOW), 0)
        interpreter.invoke()
        frames.append(interpreter.get_output(0).copy().reshape(FEATURES))
    return numpy.stack(frames)


def differences(library, pcm, quantised):
    out = numpy.zeros((len(quantised) + 1, FEATURES), dtype=numpy.int8)
    pcm = numpy.ascontiguousarray(pcm)
    frames = ctypes.CDLL(str(library)).verge_frontend_features(
        pcm.ctypes.data_as(ctypes.c_void_p), len(pcm), out.ctypes.data_as(ctypes.c_void_p), len(out))
    return int((out[:frames] != quantised).sum())


def print_features(models, library):
    print("frontend_test.cpp: name, frames, hash of the log features, hash of the int8 features")
    signals = {path.stem: read_wav(path) for path in sorted(models.glob("*_1000ms.wav"))}
    signals["chirp"] = chirp()
    for name, pcm in signals.items():
        quantised = features(models / "audio_preprocessor_int8.tflite", pcm)
        log = numpy.round(features(models / "audio_preprocessor_float.tflite", pcm) * 25.6).astype("<u2")
        same = f"  {differences(library, pcm, quantised)} values differ" if library else ""
        print(f'    {{"{name}", {len(quantised)}, 0x{fnv1a(log.tobytes()):08X}U, '
              f"0x{fnv1a(quantised.tobytes()):08X}U}},{same}")


def print_short_hops(models):
    print("frontend_test.cpp: the same at a hop of 10 ms")
    for name, pcm in (("chirp", chirp()), ("yes_1000ms", read_wav(models / "yes_1000ms.wav"))):
        quantised = features(models / "audio_preprocessor_int8.tflite", pcm, SHORT_HOP)
        log = numpy.round(features(models / "audio_preprocessor_float.tflite", pcm, SHORT_HOP) * 25.6).astype("<u2")
        print(f'    {{"{name}", {len(quantised)}, 0x{fnv1a(log.tobytes()):08X}U, 0x{fnv1a(quantised.tobytes()):08X}U}},')


def print_constants(models):
    print("frontend_test.cpp: size and hash of the int16 constants of the preprocessor")
    model = tflite.Model.GetRootAs((models / "audio_preprocessor_int8.tflite").read_bytes(), 0)
    graph = model.Subgraphs(0)
    for i in range(graph.TensorsLength()):
        tensor = graph.Tensors(i)
        data = model.Buffers(tensor.Buffer()).DataAsNumpy()
        if tensor.Type() == tflite.TensorType.INT16 and not isinstance(data, int):
            print(f"    {tensor.Name().decode()}: {len(data) // 2}, 0x{fnv1a(data.tobytes()):08X}U")


def print_transforms(kissfft):
    print("fft_test.cpp: length, hash of the real transform of so many noise samples")
    with tempfile.TemporaryDirectory() as scratch:
        library = pathlib.Path(scratch) / "kissfft.so"
        sources = [next(kissfft.rglob(name)) for name in ("kiss_fft.c", "kiss_fftr.c")]
        subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-DFIXED_POINT=16", f"-I{kissfft}", *map(str, sources),
                        "-o", str(library), "-lm"], check=True)
        kiss = ctypes.CDLL(str(library))
        kiss.kiss_fftr_alloc.restype = ctypes.c_void_p
        for length in (4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048):
            source = noise(length)
            samples = numpy.array([next(source) for _ in range(length)], dtype=numpy.uint16)
            lines = numpy.zeros(length + 2, dtype="<i2")
            plan = kiss.kiss_fftr_alloc(length, 0, None, None)
            kiss.kiss_fftr(ctypes.c_void_p(plan), samples.ctypes.data_as(ctypes.c_void_p),
                           lines.ctypes.data_as(ctypes.c_void_p))
            print(f"    {{{length}, 0x{fnv1a(lines.tobytes()):08X}U}},")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", type=pathlib.Path)
    parser.add_argument("--kissfft", type=pathlib.Path)
    parser.add_argument("--library", type=pathlib.Path)
    arguments = parser.parse_args()
    print_features(arguments.models, arguments.library)
    print_short_hops(arguments.models)
    print_constants(arguments.models)
    if arguments.kissfft:
        print_transforms(arguments.kissfft)


if __name__ == "__main__":
    main()
