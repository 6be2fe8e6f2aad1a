#!/usr/bin/env python3
"""Runs the keyword spotter as a user would: speech made by espeak-ng, real recordings, and wrong files.

Each stream is heard on this machine and by the firmware on an emulated board; both must report the same words at the same
times. Use: tests/spotter/run.py [--build build/release] [--board mps2-an386]
"""
import argparse
import json
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import wave

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = pathlib.Path(os.environ.get("VERGE_DATA", ROOT / "../shared/data"))
RECORDINGS = DATA / "kws/speech_commands_test_v0.02"
SPOKEN = "Stop. ... Left. ... Yes. ... House. ... Seven. ... No. ... Right. ... Down."
ORDER = ["stop", "yes", "right", "no", "up", "yes", "down", "no"]
counts = {"passed": 0, "failed": 0, "skipped": 0}


def report(name, outcome, detail=""):
    counts[outcome] += 1
    print(f"{outcome}: {name}{': ' + detail if detail else ''}", flush=True)


def check(name, condition, detail=""):
    report(name, "passed" if condition else "failed", detail if not condition else "")


def call(program, *arguments, stdin=None):
    """Exit code, JSON or None, and standard error."""
    done = subprocess.run([program, *arguments, "--json"], input=stdin, capture_output=True, timeout=900, check=False)
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        answer = None
    return done.returncode, answer, done.stderr.decode(errors="replace")


def words(events):
    return [event["word"] for event in events]


def write_wav(path, samples, rate=16000, channels=1, width=2):
    """Samples are int16; other widths are shifted."""
    with wave.open(str(path), "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(width)
        out.setframerate(rate)
        data = b"".join(struct.pack("<i", s << 16)[4 - width:] if width != 1 else bytes([(s >> 8) + 128])
                        for s in samples for _ in range(channels))
        out.writeframes(data)


def read_wav(path):
    with wave.open(str(path), "rb") as recording:
        data = recording.readframes(recording.getnframes())
    return list(struct.unpack(f"<{len(data) // 2}h", data))


def with_room_noise(samples):
    """A quiet room: no microphone delivers zeros between words. Evenly spread, 40 of 32768, from a fixed seed."""
    state, noisy = 1, []
    for sample in samples:
        state = (state * 1664525 + 1013904223) % 2**32
        noisy.append(max(-32768, min(32767, sample + (state >> 16) % 81 - 40)))
    return noisy


def espeak(path):
    subprocess.run(["espeak-ng", "-v", "en-us", "-s", "120", "-w", str(path), SPOKEN], check=True)


def check_speech(program, board, folder):
    if shutil.which("espeak-ng") is None:
        report("speech of espeak-ng", "skipped", "espeak-ng is not installed")
        return
    path = folder / "speech.wav"
    espeak(path)
    code, answer, errors = call(program, path, "--board", board, "--picture", folder / "heard.svg")
    check("hears yes and no in synthesised speech", code == 0 and words(answer["events"]) == ["yes", "no"], errors)
    check("host and board hear the same at the same times", answer is not None and answer.get("same") is True, errors)
    check("the lamp went on and off", answer is not None and answer["board"]["led_changes"] == 2, str(answer))
    check("draws a picture", (folder / "heard.svg").read_text().startswith("<svg"))


def recordings_of(word, count):
    clean = (RECORDINGS / "clean_test.txt").read_text().split()
    names = [name for name in clean if name.startswith(word + "/")]
    return [RECORDINGS / name for name in names[:: max(1, len(names) // count)]][:count]


def check_recordings(program, board, folder):
    if not (RECORDINGS / "clean_test.txt").exists():
        report("real recordings", "skipped", "../shared/data (or VERGE_DATA) is not here")
        return
    uses = {word: iter(recordings_of(word, 12)) for word in set(ORDER)}
    samples = [0] * 8000
    for _ in range(3):
        for word in ORDER:
            samples += read_wav(next(uses[word])) + [0] * 9600
    samples = with_room_noise(samples)
    path = folder / "real.wav"
    write_wav(path, samples)
    code, answer, errors = call(program, path, "--board", board)
    spoken = [word for _ in range(3) for word in ORDER if word in ("yes", "no")]
    heard = words(answer["events"]) if answer else []
    print(f"         real recordings, {len(samples) / 16000:.0f} s: said {' '.join(spoken)}; heard {' '.join(heard)}")
    check("hears most words of real speakers and no other", code == 0 and len(heard) >= 7 and is_subsequence(heard, spoken), errors)
    check("host and board hear the same of real speakers", answer is not None and answer.get("same") is True, errors)


def is_subsequence(heard, spoken):
    rest = iter(spoken)
    return all(word in rest for word in heard)


def check_inputs(program, folder):
    """Other rates, widths and channels are resampled; what is no sound is refused with exit code 2."""
    path = folder / "speech.wav"
    if not path.exists():
        report("other WAV formats", "skipped", "espeak-ng is not installed")
        return
    samples = read_wav(path)  # 22050 Hz
    for name, channels, width in (("stereo", 2, 2), ("24 bits", 1, 3), ("8 bits", 1, 1)):
        write_wav(folder / "other.wav", samples, 22050, channels, width)
        code, answer, errors = call(program, folder / "other.wav")
        check(f"hears the same in {name}", code == 0 and words(answer["events"]) == ["yes", "no"], errors)
    whole = path.read_bytes()
    refused = {
        "an empty file": b"", "a truncated header": whole[:20], "a truncated file": whole[:5000], "a text": b"hello\n" * 40,
    }
    for name, content in refused.items():
        (folder / "wrong.wav").write_bytes(content)
        code, answer, errors = call(program, folder / "wrong.wav")
        is_clear = code == 2 and answer is not None and answer["error"]["what"] and errors.count("\n") <= 2
        check(f"refuses {name} with one clear message", is_clear, f"exit {code}, {errors}")
    code, answer, errors = call(program, folder / "missing.wav")
    check("refuses a missing file", code == 2, errors)
    write_wav(folder / "none.wav", [])
    code, answer, errors = call(program, folder / "none.wav")
    check("hears nothing in 0 samples", code == 0 and answer["events"] == [], errors)


def check_stream(program, folder):
    silence = bytes(2 * 16000 * 30)
    code, answer, errors = call(program, "-", stdin=silence)
    check("hears nothing in 30 s of silence on standard input", code == 0 and answer["events"] == [], errors)
    code, answer, errors = call(program, "-", stdin=bytes(16001))
    check("says so when standard input ends in half a sample", code == 2 and "within a sample" in errors, errors)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", default=str(ROOT / "build/release"))
    parser.add_argument("--board", default="mps2-an386")
    arguments = parser.parse_args()
    program = str(pathlib.Path(arguments.build) / "bin/keyword_spotter")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        check_speech(program, arguments.board, folder)
        check_recordings(program, arguments.board, folder)
        check_inputs(program, folder)
        check_stream(program, folder)
    print(f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
