#!/usr/bin/env python3
"""Runs the keyword spotter as a user would: speech made by espeak-ng, real recordings, and wrong files.

Each stream is heard on this machine and by the firmware on an emulated board; both must report the same words at the same
times. Use: tests/spotter/run.py [--build build/release] [--board mps2-an386]
"""
import argparse
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import wave

from harness import ROOT, add_up, call, check, report

DATA = pathlib.Path(os.environ.get("VERGE_DATA", ROOT / "../shared/data"))
RECORDINGS = DATA / "kws/speech_commands_test_v0.02"
SPOKEN = "Stop. ... Left. ... Yes. ... House. ... Seven. ... No. ... Right. ... Down."
ORDER = ["stop", "yes", "right", "no", "up", "yes", "down", "no"]


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


def check_streamed(program, board, folder):
    """The model compiled to take new frames only hears the same, here and on the board, with less work."""
    path = folder / ("real.wav" if (folder / "real.wav").exists() else "speech.wav")
    if not path.exists():
        report("the streamed model", "skipped", "neither espeak-ng nor ../shared/data (or VERGE_DATA) is here")
        return
    code, window, errors = call(program, path, "--board", board)
    check("runs in window form", code == 0, errors)
    code, streamed, errors = call(program, path, "--stream", "--board", board)
    check("runs streamed", code == 0, errors)
    if window is None or streamed is None:
        return
    check("hears the same streamed", streamed["events"] == window["events"] and len(window["events"]) > 1, str(streamed["events"]))
    check("host and board hear the same streamed", streamed["same"] is True, errors)
    work = [answer["board"]["instructions_per_second"] for answer in (window, streamed)]
    print(f"         {board}: {work[0] / 1e6:.1f} million instructions a second of sound, streamed {work[1] / 1e6:.1f};"
          f" RAM {window['board']['ram_total_bytes']}, streamed {streamed['board']['ram_total_bytes']} bytes")
    check("streaming saves instructions", work[1] < work[0], str(work))
    code, _, errors = call(program, path, "--stream", "--frontend", "mfcc")
    check("says what cannot be streamed", code == 2, errors)


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


def check_words(name, program, recording, model, expected, board=None):
    """`expected` is a list of words, or of (word, earliest, latest) in seconds."""
    settings = ROOT / "examples/public_keyword_models" / f"{name}.json"
    arguments = [recording, "--model", DATA / "kws" / model, "--settings", settings]
    code, answer, errors = call(program, *arguments, *(["--board", board] if board else []))
    events = answer["events"] if answer and "events" in answer else []
    heard = ", ".join(f"{event['word']} {event['time_ms'] / 1000:.2f} s" for event in events) or "nothing"
    wanted = [word if isinstance(word, tuple) else (word, 0, 1e9) for word in expected]
    fits = len(events) == len(wanted) and all(
        event["word"] == word and low <= event["time_ms"] / 1000 <= high
        for event, (word, low, high) in zip(events, wanted))
    is_same = board is None or answer is not None and answer.get("same") is True
    check(f"{name} in {pathlib.Path(recording).name}", code == 0 and fits and is_same, f"heard {heard}; {errors}")
    print(f"         {name} heard {heard}" + (f"; {board} the same" if board and is_same else ""))


def check_public_models(program, board, folder):
    """Models of others, unchanged, with the front ends that they were trained with."""
    if not (DATA / "kws/micro_speech").exists():
        report("models of others", "skipped", "../shared/data (or VERGE_DATA) is not here")
        return
    micro = DATA / "kws/micro_speech"
    for word, expected in (("yes", ["yes"]), ("no", ["no"]), ("silence", []), ("noise", [])):
        check_words("micro_speech", program, micro / f"{word}_1000ms.wav",
                    "micro_speech/micro_speech_quantized.tflite", expected, board if word == "yes" else None)
    # The three stretches of short_wav_easy10s in mlcommons/tiny, and half a second to react.
    streaming = DATA / "kws/streaming_ww_mlperf"
    said = [("marvin", 1.0, 2.15), ("marvin", 4.0, 5.26), ("marvin", 7.0, 7.86)]
    model = "streaming_ww_mlperf/str_ww_ref_model.tflite"
    check_words("mlperf_streaming", program, streaming / "short_wav_easy10s.wav", model, said, board)
    check_words("mlperf_streaming", program, streaming / "marvin_617de221_0.wav", model, ["marvin"])


def check_wake_words(program, board, folder):
    """No recordings of these words are at hand: espeak-ng says them, which the models did not learn from."""
    if not (DATA / "kws/micro_wake_word").exists() or shutil.which("espeak-ng") is None:
        report("micro wake words", "skipped", "they need ../shared/data (or VERGE_DATA) and espeak-ng")
        return
    spoken = {"jarvis": ("en-us+f3", "175", "Hey Jarvis. ... What is the time?"),
              "nabu": ("en-us", "160", "Good morning. ... Okay Nabu. ... What is the time?"),
              "other": ("en-us", "160", "Good morning. ... Computer. ... What is the time? ... Thank you.")}
    for name, (voice, speed, text) in spoken.items():
        subprocess.run(["espeak-ng", "-v", voice, "-s", speed, "-w", str(folder / f"{name}.wav"), text], check=True)
    write_wav(folder / "quiet.wav", with_room_noise([0] * 48000))
    for name, recording, expected in (("hey_jarvis", "jarvis", ["hey_jarvis"]), ("hey_jarvis", "other", []),
                                      ("okay_nabu", "nabu", ["okay_nabu"]), ("okay_nabu", "other", []),
                                      ("vad", "other", ["vad"]), ("vad", "quiet", [])):
        check_words(name, program, folder / f"{recording}.wav", f"micro_wake_word/{name}.tflite", expected,
                    board if expected else None)
    others = sorted((DATA / "kws/wake_words").glob("*/*.wav"))
    for name in ("hey_jarvis", "okay_nabu"):
        heard = sum(len(call(program, path, "--model", DATA / f"kws/micro_wake_word/{name}.tflite", "--settings",
                             ROOT / f"examples/public_keyword_models/{name}.json")[1]["events"]) for path in others)
        check(f"{name} does not wake for {len(others)} recordings of other wake words", heard == 0, f"woke {heard} times")


def check_mlperf_keywords(program, board, folder):
    """The keyword model on a stream of recordings: each word in its place, or none."""
    if not (RECORDINGS / "clean_test.txt").exists():
        report("the MLPerf Tiny keyword model", "skipped", "../shared/data (or VERGE_DATA) is not here")
        return
    order = ["left", "yes", "down", "stop", "right", "no", "up", "off"]
    samples = [0] * 8000
    for word in order:
        samples += read_wav(recordings_of(word, 12)[0]) + [0] * 9600
    write_wav(folder / "mlperf.wav", with_room_noise(samples))
    code, answer, errors = call(program, folder / "mlperf.wav", "--model", DATA / "kws/mlperf_tiny/kws_ref_model.tflite",
                                "--settings", ROOT / "examples/public_keyword_models/mlperf_kws.json", "--board", board)
    heard = words(answer["events"]) if answer and "events" in answer else []
    print(f"         mlperf_kws: said {' '.join(order)}; heard {' '.join(heard)}")
    right = len([word for word in heard if word in order])
    check("mlperf_kws hears most words of a stream", code == 0 and right >= 6 and len(heard) <= 10, errors)
    check("mlperf_kws hears the same on the board", answer is not None and answer.get("same") is True, errors)


def check_plan_metadata(program, folder):
    """A plan says itself which front end it needs, and `verge inspect` shows it."""
    model = DATA / "kws/micro_speech/micro_speech_quantized.tflite"
    if not model.exists():
        report("a plan with its front end", "skipped", "../shared/data (or VERGE_DATA) is not here")
        return
    verge, plan = pathlib.Path(program).parent / "verge", folder / "micro.vrg"
    code, answer, errors = call(verge, "compile", model, "-o", plan, "--target", "portable", "--metadata",
                                "front_end=microfrontend-10ms", "--metadata", "labels=silence,unknown,yes,no")
    check("compiles a plan with metadata", code == 0, errors)
    code, answer, errors = call(verge, "inspect", plan)
    check("inspect shows the front end", code == 0 and answer["metadata"].get("front_end") == "microfrontend-10ms", errors)
    write_wav(folder / "short.wav", [0] * 16000)
    code, answer, errors = call(program, folder / "short.wav", "--model", plan)
    check("the spotter takes the front end of the plan", code == 0 and answer["front_end"] == "microfrontend-10ms", errors)
    code, answer, errors = call(program, folder / "short.wav", "--model", plan, "--frontend", "microfrontend")
    check("--frontend goes before it", code == 0 and answer["front_end"] == "microfrontend", errors)
    code, answer, errors = call(verge, "compile", model, "--metadata", "front_end")
    check("refuses metadata without a value", code == 2 and "KEY=VALUE" in errors, errors)


def check_refusals(program, folder):
    """A front end or labels that do not fit are refused with a clear word."""
    model = ROOT / "models/keywords_yes_no/keywords_yes_no.tflite"
    write_wav(folder / "short.wav", [0] * 16000)
    (folder / "three.txt").write_text("silence\nunknown\nyes\n")
    (folder / "odd.json").write_text('{"front_end": "spectrum"}')
    for name, arguments, expected in (
            ("an unknown front end", ["--frontend", "spectrum"], "microfrontend"),
            ("a front end of other frames", ["--frontend", "log-mel", "--model", DATA / "kws/mlperf_tiny/kws_ref_model.tflite"], "--frontend"),
            ("labels of another model", ["--labels", folder / "three.txt"], "3 labels"),
            ("settings with an unknown front end", ["--settings", folder / "odd.json"], "odd.json"),
            ("missing labels", ["--labels", folder / "none.txt"], "none.txt")):
        if len(arguments) == 4 and not arguments[3].exists():
            report(f"refuses {name}", "skipped", "../shared/data (or VERGE_DATA) is not here")
            continue
        code, answer, errors = call(program, folder / "short.wav", "--model", model, *arguments) if len(arguments) == 2 else \
            call(program, folder / "short.wav", *arguments)
        check(f"refuses {name}", code == 2 and expected in errors, f"exit {code}, {errors}")


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
        check_streamed(program, arguments.board, folder)
        check_public_models(program, arguments.board, folder)
        check_wake_words(program, arguments.board, folder)
        check_mlperf_keywords(program, arguments.board, folder)
        check_plan_metadata(program, folder)
        check_refusals(program, folder)
        check_inputs(program, folder)
        check_stream(program, folder)
    return add_up()


if __name__ == "__main__":
    sys.exit(main())
