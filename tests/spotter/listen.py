#!/usr/bin/env python3
"""Runs the verbs `listen` and `calibrate` as a user would: folders, microphones, lamps, wrong files, and nothing leaks.

Use: tests/spotter/listen.py [--build build/release]
"""
import argparse
import array
import json
import os
import pathlib
import random
import re
import resource
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import wave

from harness import ROOT, add_up, call, check, report

MODEL = ROOT / "models/keywords_yes_no"
RATE = 16000


def words(answer):
    return [event["word"] for event in answer["events"]] if answer else None


def is_refusal(code, answer, errors):
    """One message with all its parts, nothing else."""
    return code == 2 and answer is not None and bool(answer.get("error", {}).get("what")) and errors.count("\n") == 1


def write_wav(path, samples, rate=RATE):
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(array.array("h", samples).tobytes())


def resample(samples, source, target):
    """Linear: good enough for speech whose words must only be heard."""
    out = []
    for k in range(len(samples) * target // source):
        place = k * source / target
        i = int(place)
        after = samples[i + 1] if i + 1 < len(samples) else 0
        out.append(int(samples[i] + (after - samples[i]) * (place - i)))
    return out


def spoken(folder, text, name):
    """Speech of espeak-ng at 16 kHz with a second of room before and after."""
    subprocess.run(["espeak-ng", "-v", "en-us", "-s", "120", "-w", str(folder / "raw.wav"), text], check=True)
    with wave.open(str(folder / "raw.wav"), "rb") as recording:
        samples = list(array.array("h", recording.readframes(recording.getnframes())))
        rate = recording.getframerate()
    rng = random.Random(1)
    room = [rng.randint(-8, 8) for _ in range(RATE)]
    samples = room + resample(samples, rate, RATE) + room
    write_wav(folder / name, samples)
    return samples


def check_formats(program, folder, samples):
    """Rates, channels and widths: the same words; and sound that is none: no word, no crash."""
    raw = struct.pack(f"<{len(samples)}h", *samples)
    variants = {
        "8 kHz": (1, 1, 8000, 16, struct.pack(f"<{(len(samples) + 1) // 2}h", *samples[::2])),
        "44.1 kHz": (1, 1, 44100, 16, array.array("h", resample(samples, RATE, 44100)).tobytes()),
        "48 kHz": (1, 1, 48000, 16, array.array("h", resample(samples, RATE, 48000)).tobytes()),
        "stereo": (1, 2, RATE, 16, b"".join(raw[i:i + 2] * 2 for i in range(0, len(raw), 2))),
        "24 bits": (1, 1, RATE, 24, b"".join(b"\0" + raw[i:i + 2] for i in range(0, len(raw), 2))),
        "float": (3, 1, RATE, 32, struct.pack(f"<{len(samples)}f", *(s / 32768 for s in samples))),
        "DC": (1, 1, RATE, 16, array.array("h", (min(32767, s + 3000) for s in samples)).tobytes()),
        "clipping": (1, 1, RATE, 16, array.array("h", (max(-32768, min(32767, 6 * s)) for s in samples)).tobytes()),
    }
    for name, (coding, channels, rate, bits, data) in variants.items():
        block = channels * bits // 8
        header = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(data), b"WAVE", b"fmt ", 16, coding, channels, rate,
                             rate * block, block, bits, b"data", len(data))
        (folder / "variant.wav").write_bytes(header + data)
        code, answer, errors = call(program, "listen", folder / "variant.wav")
        check(f"hears yes and no in {name}", code == 0 and words(answer) == ["yes", "no"], errors)
        if name == "clipping":
            check("says that the sound is clipped", answer and answer["level"].startswith("too loud"), answer)
    still = {"silence": [0] * RATE * 6, "DC alone": [12000] * RATE * 6, "full-scale square": [32767, -32768] * RATE * 3}
    for name, wrong in still.items():
        write_wav(folder / "still.wav", wrong)
        code, answer, errors = call(program, "listen", folder / "still.wav")
        check(f"hears no word in {name}", code == 0 and words(answer) == [], errors)
    write_wav(folder / "still.wav", [0] * RATE * 6)
    check("says that there is no sound at all", call(program, "listen", folder / "still.wav")[1]["level"].startswith("no sound"))
    rng = random.Random(2)
    write_wav(folder / "still.wav", [rng.randint(-20, 20) for _ in range(RATE * 6)])
    check("says that it is too quiet", call(program, "listen", folder / "still.wav")[1]["level"].startswith("too quiet"))


def check_wrong_files(program, folder):
    good = (folder / "speech.wav").read_bytes()
    wrong = {"an empty file": b"", "half a header": good[:20], "a text": b"hello\n" * 40, "a file cut short": good[:5000]}
    for name, content in wrong.items():
        (folder / "wrong.wav").write_bytes(content)
        check(f"refuses {name}", is_refusal(*call(program, "listen", folder / "wrong.wav")))
    check("refuses a missing file", is_refusal(*call(program, "listen", folder / "missing.wav")))
    (folder / "empty").mkdir()
    check("refuses a folder without recordings", is_refusal(*call(program, "listen", folder / "empty")))
    write_wav(folder / "none.wav", [])
    code, answer, errors = call(program, "listen", folder / "none.wav")
    check("hears nothing in 0 samples", code == 0 and words(answer) == [] and answer["seconds"] == 0, errors)
    many = folder / "many"
    many.mkdir()
    shutil.copy(folder / "speech.wav", many / "b.wav")
    (many / "a.wav").write_bytes(b"RIFF")
    (many / "notes.txt").write_text("no sound")
    code, answer, errors = call(program, "listen", many)
    check("hears the others of a folder when one is broken, and says which",
          code == 1 and words(answer) == ["yes", "no"] and "a.wav" in answer["reasons"][0], errors)


def check_models(program, folder):
    """Labels and settings that do not belong to the model."""
    for name, labels, wanted in (("too few labels", "silence\nyes\n", "labels"), ("too many labels", "a\n" * 5, "labels"),
                                 ("17 labels", "a\n" * 17, "labels"), ("no label", "", "labels")):
        (folder / "labels.txt").write_text(labels)
        code, answer, errors = call(program, "listen", folder / "speech.wav", "--labels", folder / "labels.txt")
        check(f"refuses {name}", is_refusal(code, answer, errors) and wanted in errors, errors)
    for name, settings in (("a threshold of 300", {"threshold": 300}), ("a release above the threshold", {"release": 250}),
                           ("a word that is no label", {"words": {"maybe": {"threshold": 9}}}), ("a list", []),
                           ("a lamp word that is no label", {"switches_on": "maybe"})):
        (folder / "settings.json").write_text(json.dumps(settings))
        code, answer, errors = call(program, "listen", folder / "speech.wav", "--settings", folder / "settings.json")
        check(f"refuses settings with {name}", is_refusal(code, answer, errors), errors)


def check_knobs(program, folder):
    speech = folder / "speech.wav"
    heard = {s: len(call(program, "listen", speech, "--sensitivity", s)[1]["events"]) for s in (0, 50, 100)}
    check("the sensitivity goes from nothing to more", heard[0] == 0 and heard[50] == 2 and heard[100] >= 2, heard)
    check("refuses a sensitivity of 101", is_refusal(*call(program, "listen", speech, "--sensitivity", 101)))
    lamp = folder / "lamp"
    code, _, errors = call(program, "listen", speech, "--gpio", lamp)
    check("leaves the lamp's file off at the end", code == 0 and lamp.read_text() == "0\n", errors)
    check("names the chips when one does not exist", is_refusal(*call(program, "listen", speech, "--gpio", "gpiochip77:1")))
    check("refuses what is no GPIO chip", is_refusal(*call(program, "listen", speech, "--gpio", "/dev/null:1")))
    rng = random.Random(3)
    write_wav(folder / "room.wav", [rng.randint(-40, 40) for _ in range(RATE * 20)])
    _, open_gate, _ = call(program, "listen", folder / "room.wav", "--gate", 0)
    _, gate, _ = call(program, "listen", folder / "room.wav", "--gate", 12)
    check("the network sleeps in an empty room only with the gate",
          open_gate["turns_asleep"] == 0 and gate["turns_asleep"] > 0.8 * gate["turns"], gate)
    code, answer, errors = call(program, "listen", speech, "--gate", 12)
    check("hears the same words with the gate", words(answer) == ["yes", "no"], errors)


def check_lamp_while_listening(program, folder, samples):
    """A pipe that stays open: the lamp must be on after "yes" while the stream goes on."""
    lamp = folder / "lamp"
    process = subprocess.Popen([program, "listen", "-", "--gpio", lamp], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
    process.stdin.write(array.array("h", samples).tobytes()[:len(samples)])  # the first half holds "yes" alone
    process.stdin.flush()
    until = time.monotonic() + 30
    while time.monotonic() < until and not (lamp.exists() and lamp.read_text() == "1\n"):
        time.sleep(0.05)
    is_lit = lamp.exists() and lamp.read_text() == "1\n"
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=30)
    check("the lamp is on while the stream goes on", is_lit)
    check("Ctrl-C ends it cleanly, with the lamp off and a summary",
          process.returncode == 0 and lamp.read_text() == "0\n" and b"heard 1 words" in out, out)


def check_microphone(program, folder, samples):
    (folder / "pcm.raw").write_bytes(array.array("h", samples).tobytes())
    (folder / "asound.conf").write_text(f"""
pcm.recording {{ type file slave.pcm {{ type null }} file /dev/null infile "{folder}/pcm.raw" format raw }}
""")
    env = {"ALSA_CONFIG_PATH": str(folder / "asound.conf")}
    code, answer, errors = call(program, "listen", "alsa:missing", env=env)
    if "without ALSA" in errors:
        report("the microphone", "skipped", "built without ALSA (libasound2-dev)")
        return
    check("says that there is no such microphone", is_refusal(code, answer, errors) and "missing" in errors, errors)
    check("says that there is no such sound card", is_refusal(*call(program, "listen", "alsa:hw:29,0")))
    process = subprocess.Popen([program, "listen", "alsa:recording", "--json"], env={**os.environ, **env},
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    heard = b""
    while b" no " not in heard and process.poll() is None:
        heard += process.stderr.readline()
    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=30)
    check("hears ALSA's microphone until it is told to end",
          process.returncode == 0 and words(json.loads(out))[:2] == ["yes", "no"], heard)


def tree(folder):
    return sorted((str(path.relative_to(folder)), path.stat().st_size) for path in folder.rglob("*"))


def check_privacy(program, folder):
    """Without network, in an empty home: what it opens for writing, what it sends, what is left."""
    home = folder / "home"
    home.mkdir()
    shutil.copy(folder / "speech.wav", home / "speech.wav")
    before = tree(home)
    command = [program, "listen", home / "speech.wav", "--json"]
    isolated = ["unshare", "-n"]
    if subprocess.run([*isolated, "true"], capture_output=True, check=False).returncode != 0:
        isolated = ["unshare", "-r", "-n"]
    if shutil.which("unshare") is None or subprocess.run([*isolated, "true"], capture_output=True, check=False).returncode != 0:
        report("an empty network namespace", "skipped", "unshare -n is not permitted here")
        isolated = []
    env = {"HOME": str(home), "TMPDIR": str(home), "XDG_CACHE_HOME": str(home / "cache")}
    code, answer, errors = call(*isolated, *command[:-1], env=env, cwd=home)
    if isolated:
        check("hears the same without any network", code == 0 and words(answer) == ["yes", "no"], errors)
    check("leaves nothing in home, cache, temporary or working folder", tree(home) == before, tree(home))
    if shutil.which("strace") is None:
        report("system calls of the listener", "skipped", "strace is not installed")
        return
    log = folder / "strace.txt"
    done = subprocess.run(["strace", "-f", "-y", "-o", log, "-e", "trace=%file,%network,write", *map(str, command)], env={**os.environ, **env},
                          cwd=home, capture_output=True, check=False)
    calls = log.read_text()
    if done.returncode != 0 and "ptrace" in done.stderr.decode(errors="replace"):
        report("system calls of the listener", "skipped", "strace is not permitted here")
        return
    written = [line for line in calls.splitlines() if re.search(r"open\w*\(.*O_(WRONLY|RDWR|CREAT)", line)]
    sockets = [line for line in calls.splitlines() if re.search(r"\b(socket|connect|sendto|sendmsg)\(", line)]
    # An eventfd wakes the thread that waits for Ctrl-C; nothing leaves the process by it.
    descriptors = {match.group(1) for match in re.finditer(r"\bwrite\((\d+)<(?!anon_inode:\[eventfd\])", calls)}
    check("opens no file for writing", not written, written[:3])
    check("opens no socket", not sockets, sockets[:3])
    check("writes to standard output and error alone", descriptors <= {"1", "2"}, descriptors)


def check_hour(program, folder):
    """An hour of room noise, written without holding it; the listener's memory must stay small."""
    block = bytearray()
    rng = random.Random(5)
    for _ in range(RATE * 60):
        block += struct.pack("<h", rng.randint(-300, 300))
    with wave.open(str(folder / "hour.wav"), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        for _ in range(60):
            out.writeframes(bytes(block))
    process = subprocess.Popen([program, "listen", folder / "hour.wav", "--gate", "12", "--json"], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
    out, _ = process.communicate(timeout=900)
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    answer = json.loads(out)
    check("hears an hour to its end", process.returncode == 0 and answer["seconds"] == 3600, out)
    print(f"         an hour: {usage.ru_maxrss // 1024} MB at most; the file itself, which is mapped, has 115 MB")


def check_calibration(program, folder):
    for word in ("yes", "no"):
        (folder / "with" / word).mkdir(parents=True)
        spoken(folder, word, f"with/{word}/a.wav")
        spoken(folder, f"{word}!", f"with/{word}/b.wav")
    spoken(folder, "The house stands on a hill. Seven green apples fell down from the tree and rolled away. " * 3, "without.wav")
    base = ["calibrate", "--with", folder / "with", "--without", folder / "without.wav"]
    code, answer, errors = call(program, *base, "--false-accepts-per-hour", 2, "-o", folder / "calibrated.json")
    settings = json.loads((folder / "calibrated.json").read_text())
    chosen = {entry["word"]: entry["threshold"] for entry in answer["words"]} if answer else {}
    check("sets a threshold for each word", code == 0 and set(chosen) == {"yes", "no"}
          and all(settings["words"][word]["threshold"] == chosen[word] for word in chosen), errors)
    check("each choice stands in the table with its bound",
          all(any(row["threshold"] == chosen[entry["word"]] for row in entry["choices"]) and
              all(row["false_accepts_per_hour_at_most"] > row["false_accepts_per_hour"] for row in entry["choices"])
              for entry in answer["words"]), answer)
    code, answer, errors = call(program, "listen", folder / "without.wav", "--settings", folder / "calibrated.json")
    check("listens with what was calibrated", code == 0 and words(answer) == [], errors)
    check("refuses a rate of 0", is_refusal(*call(program, *base, "--false-accepts-per-hour", 0)))
    (folder / "with/yes/a.wav").unlink()
    (folder / "with/yes/b.wav").unlink()
    code, answer, errors = call(program, *base)
    check("says which word has no recording", is_refusal(code, answer, errors) and "'yes'" in errors, errors)


def main():
    signal.signal(signal.SIGINT, signal.default_int_handler)  # programs inherit it; it may be ignored here
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", default=str(ROOT / "build/release"))
    arguments = parser.parse_args()
    program = str((pathlib.Path(arguments.build) / "bin/keyword_spotter").resolve())
    if shutil.which("espeak-ng") is None:
        report("listen", "skipped", "espeak-ng is not installed")
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        samples = spoken(folder, "Stop. ... Left. ... Yes. ... House. ... Seven. ... No. ... Right. ... Down.", "speech.wav")
        check_formats(program, folder, samples)
        check_wrong_files(program, folder)
        check_models(program, folder)
        check_knobs(program, folder)
        check_lamp_while_listening(program, folder, samples)
        check_microphone(program, folder, samples)
        check_privacy(program, folder)
        check_calibration(program, folder)
        check_hour(program, folder)
    return add_up()


if __name__ == "__main__":
    sys.exit(main())
