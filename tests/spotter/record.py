#!/usr/bin/env python3
"""Runs `keyword_spotter record` as a user would: long files of many forms, a stream, and recordings that are no use.

Words are bursts of tone, so that nothing but Python is needed. Use: tests/spotter/record.py [--build build/release]
"""
import argparse
import json
import math
import pathlib
import struct
import subprocess
import sys
import tempfile
import wave

from harness import ROOT, add_up, check



def tape(rate, words, offset=0):
    """int16 samples: a second of faint noise, then each (seconds, amplitude) and another second."""
    state, samples = 1, []

    def add(seconds, amplitude):
        nonlocal state
        count = int(seconds * rate)
        for i in range(count):
            state = (state * 1664525 + 1013904223) % 2**32
            tone = amplitude * min(1.0, i * 50 / rate, (count - i) * 50 / rate) * math.sin(2 * math.pi * 440 * i / rate)
            samples.append(max(-32768, min(32767, int(32767 * tone) + (state >> 16) % 61 - 30 + offset)))

    add(1, 0)
    for seconds, amplitude in words:
        add(seconds, amplitude)
        add(1, 0)
    return samples


def write_wav(path, samples, rate=16000, channels=1, width=2):
    with wave.open(str(path), "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(width)
        out.setframerate(rate)
        out.writeframes(b"".join(struct.pack("<i", s << 16)[4 - width:] if width != 1 else bytes([(s >> 8) + 128])
                                 for s in samples for _ in range(channels)))


def record(program, folder, *arguments, stdin=b"", speaker="me"):
    """Exit code, answer, standard error."""
    done = subprocess.run([program, "record", "--word", "tea", "--speaker", speaker, "--folder", folder, "--json",
                           *arguments], input=stdin, capture_output=True, timeout=300, check=False)
    answer = json.loads(done.stdout) if done.stdout else {}
    return done.returncode, answer, done.stderr.decode(errors="replace")


def check_forms(program, folder):
    """Every rate, width and channel count gives seconds of 16 kHz mono that hold the word."""
    for rate, channels, width in ((16000, 1, 2), (8000, 1, 2), (44100, 2, 2), (48000, 1, 3), (22050, 1, 1)):
        name = f"{rate} Hz, {channels} channels, {8 * width} bits"
        path, out = folder / "long.wav", folder / f"out{rate}"
        write_wav(path, tape(rate, [(0.4, 0.3), (0.5, 0.5)]), rate, channels, width)
        code, answer, errors = record(program, out, "--from", path)
        files = sorted((out / "tea").glob("me_nohash_*.wav"))
        check(f"cuts two words out of {name}", code == 0 and answer["kept"] == 2 and len(files) == 2, f"{answer} {errors}")
        for file in files:
            with wave.open(str(file), "rb") as take:
                form = take.getframerate(), take.getnchannels(), take.getsampwidth(), take.getnframes()
            check(f"writes a second of 16 kHz mono from {name}", form == (16000, 1, 2, 16000), str(form))


def check_numbers(program, folder):
    write_wav(folder / "long.wav", tape(16000, [(0.4, 0.3)]))
    for _ in range(3):
        record(program, folder / "again", "--from", folder / "long.wav")
    names = sorted(path.name for path in (folder / "again/tea").iterdir())
    check("goes on counting and overwrites nothing", names == [f"me_nohash_{i}.wav" for i in range(3)], str(names))


def check_refusals(program, folder):
    """Each bad take is named with its reason, and the good one beside it is kept."""
    bad = {"limits": (0.4, 1.6), "at least 0.15": (0.09, 0.3), "at most 0.95": (1.4, 0.3), "come closer": (0.4, 0.006)}
    for words, take in bad.items():
        write_wav(folder / "bad.wav", tape(16000, [take, (0.4, 0.3)]))
        code, answer, errors = record(program, folder / "bad", "--from", folder / "bad.wav")
        told = [one.get("refused", "") for one in answer["takes"]]
        check(f"refuses a take and says '{words}'", code == 0 and answer["kept"] == 1 and words in told[0], str(told))


def check_useless(program, folder):
    """Nothing to keep is exit code 1 with a reason, and no folder; what is no sound is exit code 2."""
    useless = {"no samples": [], "every sample is the same": [0] * 32000, "nothing stands out": tape(16000, [])}
    for words, samples in useless.items():
        write_wav(folder / "useless.wav", samples)
        code, answer, _ = record(program, folder / "none", "--from", folder / "useless.wav")
        check(f"says '{words}'", code == 1 and words in " ".join(answer["remarks"]), f"{code} {answer}")
    check("makes no folder for nothing", not (folder / "none").exists())
    (folder / "text.wav").write_bytes(b"hello\n" * 40)
    for path in ("text.wav", "missing.wav"):
        code, answer, errors = record(program, folder / "none", "--from", folder / path)
        check(f"refuses {path}", code == 2 and errors.count("\n") == 1, errors)
    code, _, errors = record(program, folder / "none", speaker="some body")
    check("refuses a speaker with a blank in the name", code == 2 and "speaker" in errors, errors)


def check_stream(program, folder):
    samples = tape(16000, [(0.4, 0.3), (0.4, 0.3)], offset=5000)
    raw = struct.pack(f"<{len(samples)}h", *samples)
    code, answer, errors = record(program, folder / "stream", stdin=raw + b"\0")
    check("keeps what came before a stream broke off", code == 0 and answer["kept"] == 2, f"{answer} {errors}")
    check("says that the stream broke off and had an offset",
          "within a sample" in str(answer["remarks"]) and "DC offset" in str(answer["remarks"]), str(answer["remarks"]))
    with wave.open(str(folder / "stream/tea/me_nohash_0.wav"), "rb") as take:
        values = struct.unpack("<16000h", take.readframes(16000))
    check("takes the offset off", abs(sum(values) / 16000) < 100, str(sum(values) / 16000))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", default=str(ROOT / "build/release"))
    program = str(pathlib.Path(parser.parse_args().build) / "bin/keyword_spotter")
    with tempfile.TemporaryDirectory() as name:
        for step in (check_forms, check_numbers, check_refusals, check_useless, check_stream):
            step(program, pathlib.Path(name))
    return add_up()


if __name__ == "__main__":
    sys.exit(main())
