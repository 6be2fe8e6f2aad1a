"""Measures the files that ship: on clips of unseen speakers, on streams of their words, and on espeak-ng's voice.

    python3 -m training.keywords.evaluate --model DIR --recordings DIR [--list FILE] [--noise DIR] [--sweep]

Without a list it takes the speakers that train.py held out; that is the place to choose a threshold from.
"""
import argparse
import pathlib
from dataclasses import dataclass, replace

import numpy as np
import torch

from training import audio
from training import frontend
from training import network as net
from training import quantise
from training import read_tflite
from training.keywords import augment
from training.keywords import card
from training.keywords import dataset
from training.keywords import recordings
from training.keywords import smoothing
from training.keywords import speech
from training.keywords import streams
from training.keywords import train

# A decision belongs to a word if it falls between the word's start and so long after its end.
LATE_MS = 1000
WORDS_PER_STREAM = 20
NOISE_STREAMS, NOISE_SECONDS = 30, 12
DEMO = "stop yes left house no seven yes right no down".split()
DEMO_VOICES = ("en-us", "en-us+f2", "en-us+f4", "en-us+m3", "en-us+m7", "en-gb", "en-gb+f3", "en-gb+f5", "en-gb+m1",
               "en-gb-scotland", "en-gb-x-rp+f1", "en-us+klatt2")
DEMO_SPEEDS = (130, 150, 175)


@dataclass
class Tally:
    """What came of the words in streams."""
    hits: int = 0
    misses: int = 0
    wrong: int = 0  # another wanted word was heard than was said
    false_accepts: int = 0
    seconds: float = 0.0
    delay_ms: float = 0.0  # sum over hits, from the end of the word to the decision

    def add(self, other: "Tally") -> None:
        """Adds another stream."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    def row(self) -> str:
        """Cells of a table."""
        hours = max(self.seconds, 1.0) / 3600.0
        return (f"{self.hits} | {self.misses} | {self.wrong} | {self.false_accepts} | "
                f"{self.false_accepts / hours:.1f} | {self.delay_ms / max(1, self.hits):.0f}")


TALLY_HEAD = "hits | misses | wrong word | false accepts | per hour | delay ms"


def clips_report(network, name: str, features: np.ndarray, truth: np.ndarray, labels: list[str]) -> str:
    """Accuracy and confusions on clips."""
    guesses = card.posteriors(network, features).argmax(axis=1)
    table = card.confusion(truth, guesses, len(labels))
    right = int(np.trace(table))
    return f"{name}: {right} of {len(truth)} = {100 * right / len(truth):.2f} %\n\n{card.confusion_text(table, labels)}\n"


def stream_posteriors(network, pcm: np.ndarray, front_end: frontend.FrontEnd, stride: int) -> np.ndarray:
    """The posteriors of a window that slides over a sound by `stride` frames: int8 [steps, classes]."""
    features = front_end.features(pcm)
    starts = np.arange(0, len(features) - frontend.FRAMES + 1, stride)
    return card.posteriors(network, features[starts[:, None] + np.arange(frontend.FRAMES)])


def judge(heard: list[smoothing.Heard], events: list[streams.Event], seconds: float) -> Tally:
    """Matches decisions with what was said; each decision counts once."""
    tally, left = Tally(seconds=seconds), list(heard)
    for event in (event for event in events if event.label >= 2):
        near = [one for one in left if event.first / 16 <= one.time_ms <= event.last / 16 + LATE_MS]
        right = next((one for one in near if one.label == event.label), None)
        if right is None:
            tally.misses += 1
            tally.wrong += len(near) > 0
            continue
        tally.hits += 1
        tally.delay_ms += right.time_ms - event.last / 16
        left.remove(right)
    tally.false_accepts = len(left)
    return tally


@dataclass
class Stream:
    """Posteriors of one stream and what is said in it, so that settings can be tried without running the model."""
    steps: np.ndarray
    events: list[streams.Event]
    seconds: float


def tally_all(made: list[Stream], settings: smoothing.Settings) -> Tally:
    """What the settings make of the streams."""
    total = Tally()
    for stream in made:
        total.add(judge(smoothing.decide(stream.steps, settings), stream.events, stream.seconds))
    return total


def listening_pause(rng: np.random.Generator) -> float:
    """Pauses between words that are meant to be heard one by one."""
    return float(rng.uniform(0.5, 1.6))


def as_said(sound: np.ndarray, _rng: np.random.Generator) -> np.ndarray:
    """No variation: the recordings as they are."""
    return sound


def word_streams(network, found: list[recordings.Recording], labels: list[str], noise: augment.NoiseBank,
                 snr_db: float, rng: np.random.Generator, stride: int) -> list[Stream]:
    """Every recording once, in random order, with pauses and noise."""
    front_end, made = frontend.FrontEnd(), []
    spoken = [item for item in found if item.word != recordings.SILENCE_FOLDER]
    order = rng.permutation(len(spoken))
    for start in range(0, len(order), WORDS_PER_STREAM):
        chosen = [spoken[i] for i in order[start:start + WORDS_PER_STREAM]]
        programme = [streams.utterance(audio.read(item.path), recordings.label_of(item.word, labels))
                     for item in chosen]
        sound, events = streams.lay(programme, rng, listening_pause, as_said)
        noisy = augment.add_noise(sound, noise.draw(rng, len(sound)), 1.0, snr_db) * np.float32(0.05)
        steps = stream_posteriors(network, audio.to_pcm(noisy), front_end, stride)
        made.append(Stream(steps, events, len(sound) / audio.RATE_HZ))
    return made


def demo_streams(network, labels: list[str], rng: np.random.Generator, stride: int) -> dict[str, list[Stream]]:
    """Words said by espeak-ng with pauses between them, by voice; a little noise lies under them."""
    front_end, made = frontend.FrontEnd(), {}
    for voice in DEMO_VOICES:
        made[voice] = []
        for speed in DEMO_SPEEDS:
            programme = []
            for word in DEMO:
                sound = speech.say(word, speech.Manner(voice, speed, 50))
                programme.append(streams.Utterance(sound, recordings.label_of(word, labels), 0, len(sound)))
            sound, events = streams.lay(programme, rng, lambda r: float(r.uniform(0.6, 1.0)), as_said)
            noisy = sound * np.float32(0.1) + rng.normal(0.0, 0.0005, len(sound)).astype(np.float32)
            steps = stream_posteriors(network, audio.to_pcm(noisy), front_end, stride)
            made[voice].append(Stream(steps, events, len(sound) / audio.RATE_HZ))
    return made


def prose_streams(network, labels: list[str], rng: np.random.Generator, stride: int) -> list[Stream]:
    """Sentences of other words in random voices: whatever is heard in them is wrong."""
    front_end, made = frontend.FrontEnd(), []
    for text in speech.other_sentences(labels[2:]):
        sound = speech.say(text, speech.random_manner(rng))
        sound = np.pad(augment.with_rms(sound, 0.05), audio.RATE_HZ)
        made.append(Stream(stream_posteriors(network, audio.to_pcm(sound), front_end, stride), [],
                           len(sound) / audio.RATE_HZ))
    return made


def noise_streams(network, noise: augment.NoiseBank, rng: np.random.Generator, stride: int) -> list[Stream]:
    """Noise without speech, from inaudible to loud."""
    front_end, made = frontend.FrontEnd(), []
    for _ in range(NOISE_STREAMS):
        sound = noise.draw(rng, NOISE_SECONDS * audio.RATE_HZ) * np.float32(augment.random_level(rng, 0.001, 0.3))
        made.append(Stream(stream_posteriors(network, audio.to_pcm(sound), front_end, stride), [], NOISE_SECONDS))
    return made


def sweep_report(made: list[Stream], settings: smoothing.Settings) -> str:
    """Hits and false accepts by threshold, from which the default is chosen."""
    lines = [f"| smoothing | threshold | {TALLY_HEAD} |", "|---" * 8 + "|"]
    for count in (8, 10, 12):
        for threshold in (130, 145, 160, 175, 190, 205, 220):
            tried = replace(settings, smoothing=count, threshold=threshold, release=min(settings.release, threshold))
            lines.append(f"| {count} | {threshold} | {tally_all(made, tried).row()} |")
    return "\n".join(lines)


def streams_report(network, found: list[recordings.Recording], options: argparse.Namespace, labels: list[str],
                   settings: smoothing.Settings) -> str:
    """All stream tables."""
    rng = np.random.default_rng(options.seed)
    noise = augment.NoiseBank(recordings.sounds_in(options.noise) if options.noise else [], rng)
    lines, everything = [f"| stream | {TALLY_HEAD} |", "|---" * 7 + "|"], []
    for snr_db in (30, 20, 10):
        made = word_streams(network, found, labels, noise, snr_db, rng, settings.stride_frames)
        everything += made
        lines.append(f"| unseen speakers, {snr_db} dB | {tally_all(made, settings).row()} |")
    made = noise_streams(network, noise, rng, settings.stride_frames)
    lines.append(f"| noise alone | {tally_all(made, settings).row()} |")
    everything += made
    if speech.is_available():
        made = prose_streams(network, labels, rng, settings.stride_frames)
        lines.append(f"| espeak-ng prose | {tally_all(made, settings).row()} |")
        everything += made
        for voice, made in demo_streams(network, labels, rng, settings.stride_frames).items():
            lines.append(f"| {voice} | {tally_all(made, settings).row()} |")
            everything += made
    text = "\n".join(lines)
    return text + ("\n\n" + sweep_report(everything, settings) if options.sweep else "")


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=pathlib.Path, required=True, help="folder that train.py wrote")
    parser.add_argument("--recordings", type=pathlib.Path, required=True)
    parser.add_argument("--list", type=pathlib.Path, help="text file, one word/file a line")
    parser.add_argument("--noise", type=pathlib.Path, help="folder of background noise for the streams")
    parser.add_argument("--clips", action="store_true", help="leave the streams out")
    parser.add_argument("--sweep", action="store_true", help="try other thresholds on the streams")
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args()


def main() -> None:
    """Prints the tables."""
    options = arguments()
    torch.set_num_threads(1)
    labels = (options.model / "labels.txt").read_text().split()
    settings = smoothing.load(options.model / "settings.json")
    name = "keywords_" + "_".join(labels[2:])
    networks = {"float": read_tflite.read(options.model / f"{name}_float.tflite"),
                "int8": read_tflite.read(options.model / f"{name}.tflite")}
    found = (recordings.read_list(options.recordings, options.list) if options.list
             else recordings.split(recordings.find(options.recordings), train.HELD_OUT_PERCENT)[1])
    features, truth = dataset.clips_features(found, labels, frontend.FrontEnd())
    for kind, network in networks.items():
        print(clips_report(network, kind, features, truth, labels), flush=True)
    noise = augment.NoiseBank(recordings.sounds_in(options.noise) if options.noise else [],
                              np.random.default_rng(options.seed))
    figures = card.measure(options.model / f"{name}.tflite", labels, found, noise, card.groups_of(options.recordings))
    print(card.snr_text(figures, labels) + "\n\n" + card.groups_text(figures) + "\n", flush=True)
    if not options.clips:
        print(streams_report(networks["int8"], found, options, labels, settings))


if __name__ == "__main__":
    main()
