#!/usr/bin/env python3
"""What the voice-activity gate costs and saves: words lost, and turns of the network slept through.

Mixes real recordings of unseen speakers (words and others, one every few seconds) with a room, and hears the same stream
without the gate and with gates of several ratios. Use: tests/spotter/gate.py [--build build/release] [--minutes 6] [--json]
"""
import argparse
import array
import json
import math
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import wave

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = pathlib.Path(os.environ.get("VERGE_DATA", ROOT / "../shared/data")) / "kws"
RECORDINGS = DATA / "speech_commands_test_v0.02"
WORDS = ["yes", "no"]
OTHERS = ["up", "down", "left", "right", "stop", "go"]
RATE = 16000
RATIOS = [0, 6, 8, 12, 24]
LATE_MS = 1500  # a word counts as heard when it is decided for within its second and this long after


def read_wav(path):
    with wave.open(str(path), "rb") as recording:
        samples = array.array("h", recording.readframes(recording.getnframes()))
        return samples if recording.getnchannels() == 1 else samples[::2]


def write_wav(path, samples):
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(samples.tobytes())


def power(samples):
    return sum(s * s for s in samples) / max(1, len(samples))


def rooms():
    """Name, and the noise to mix with or None for a quiet room, and its distance in dB below the words."""
    dishes = read_wav(DATA / "background_noise/doing_the_dishes.wav")
    white = read_wav(DATA / "background_noise/white_noise.wav")
    return [("quiet room", None, 0), ("white noise, 20 dB", white, 20), ("white noise, 10 dB", white, 10),
            ("dishes, 20 dB", dishes, 20), ("dishes, 10 dB", dishes, 10)]


def make_stream(minutes, pause_s, rng):
    """Samples without a room, the words said as (word, start in ms), and the mean power of the words."""
    clean = (RECORDINGS / "clean_test.txt").read_text().split()
    samples, said, powers = array.array("h"), [], []
    while len(samples) < minutes * 60 * RATE:
        samples.extend([0] * int(RATE * rng.uniform(0.6 * pause_s, 1.4 * pause_s)))
        word = rng.choice(WORDS if rng.random() < 0.6 else OTHERS)
        take = read_wav(RECORDINGS / rng.choice([name for name in clean if name.startswith(word + "/")]))
        if word in WORDS:
            said.append((word, len(samples) * 1000 // RATE))
        powers.append(power(take))
        samples.extend(take)
    return samples, said, sum(powers) / len(powers)


def in_room(samples, noise, decibels, words_power, rng):
    if noise is None:
        return array.array("h", (max(-32768, min(32767, s + rng.randint(-40, 40))) for s in samples))
    gain = math.sqrt(words_power / power(noise) / 10 ** (decibels / 10))
    start = rng.randrange(len(noise))
    return array.array("h", (max(-32768, min(32767, s + round(gain * noise[(start + i) % len(noise)])))
                             for i, s in enumerate(samples)))


def heard_of(said, events):
    """The words that were heard, each event used once; and how many events belong to none."""
    rest, heard = list(events), 0
    for word, start in said:
        for event in rest:
            if event["word"] == word and start <= event["time_ms"] <= start + 1000 + LATE_MS:
                rest.remove(event)
                heard += 1
                break
    return heard, len(rest)


def measure(program, path, ratio, model):
    call = [program, "listen", path, "--gate", str(ratio), "--json"] + (["--model", model] if model else [])
    return json.loads(subprocess.run(call, capture_output=True, check=True).stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", default=str(ROOT / "build/release"))
    parser.add_argument("--model")
    parser.add_argument("--minutes", type=float, default=6)
    parser.add_argument("--pause", type=float, default=4, help="seconds between words, on average")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    if not RECORDINGS.exists():
        print("skipped: ../shared/data (or VERGE_DATA) is not here")
        return 0
    program = str(pathlib.Path(arguments.build) / "bin/keyword_spotter")
    rng = random.Random(4)
    samples, said, words_power = make_stream(arguments.minutes, arguments.pause, rng)
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name, noise, decibels in rooms():
            path = f"{folder}/stream.wav"
            write_wav(path, in_room(samples, noise, decibels, words_power, rng))
            for ratio in RATIOS:
                answer = measure(program, path, ratio, arguments.model)
                heard, others = heard_of(said, answer["events"])
                rows.append({"room": name, "ratio": ratio, "said": len(said), "heard": heard, "false_accepts": others,
                             "asleep_share": answer["turns_asleep"] / answer["turns"]})
                if not arguments.json:
                    print(f"{name:20} ratio {ratio / 4:4.1f}: heard {heard} of {len(said)}, {others} false, "
                          f"asleep {100 * rows[-1]['asleep_share']:.0f} %", flush=True)
    if arguments.json:
        print(json.dumps({"minutes": arguments.minutes, "rows": rows}, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
