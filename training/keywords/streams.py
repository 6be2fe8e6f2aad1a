"""Long sounds made of utterances, pauses and noise, and the label of each one-second window of them.

The model will look at a window that slides over endless sound, so it must know words that are only partly inside,
that are followed by other speech, and a noise estimate that has been running for a while.
"""
from dataclasses import dataclass

import numpy as np

from training import audio
from training import frontend
from training.keywords import augment

FRAME_SAMPLES = 160  # for finding where a word begins and ends
UNUSED = -1
NO_WORD = -100  # the class of a window whose word is not to be told from other words
INSIDE, OUTSIDE = 0.93, 0.45  # parts of a word from which on, and up to which, a window is and is not that word
SPEECH_SAMPLES, QUIET_SAMPLES = 2400, 320  # speech in a window that makes it speech; and that leaves it silence


@dataclass
class Utterance:
    """Sound of one word or sentence with its class, where in it the speech is [first, last) samples, and which word."""
    sound: np.ndarray
    label: int
    first: int
    last: int
    word: int = NO_WORD


@dataclass(frozen=True)
class Event:
    """Speech of a class at [first, last) samples of a stream."""
    label: int
    first: int
    last: int


def speech_bounds(sound: np.ndarray) -> tuple[int, int]:
    """First and last sample of what stands out of the quietest tenth and lies within 28 dB of the loudest 10 ms."""
    frames = sound[:len(sound) // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES)
    if len(frames) == 0:
        return 0, len(sound)
    levels = np.sqrt(np.mean(frames.astype(np.float64) ** 2, axis=1))
    floor = min(np.quantile(levels, 0.1) * 2.5, levels.max() * 0.3)
    loud = np.flatnonzero(levels >= max(levels.max() * 0.04, floor))
    return int(loud[0]) * FRAME_SAMPLES, int(loud[-1] + 1) * FRAME_SAMPLES


def utterance(sound: np.ndarray, label: int, word: int = NO_WORD) -> Utterance:
    """Finds the speech in a sound."""
    return Utterance(sound, label, *speech_bounds(sound), word)


def faded(sound: np.ndarray, samples: int = 240) -> np.ndarray:
    """Fades both ends so that a clip does not click in a stream."""
    ramp = np.ones(len(sound), np.float32)
    edge = min(samples, len(sound) // 2)
    ramp[:edge] = np.linspace(0, 1, edge)
    ramp[len(ramp) - edge:] = np.linspace(1, 0, edge)
    return sound * ramp


def pause_seconds(rng: np.random.Generator) -> float:
    """Mostly the short pauses of talk, sometimes long ones."""
    return rng.uniform(0.05, 0.4) if rng.random() < 0.45 else rng.uniform(0.4, 2.2)


def lay(utterances: list[Utterance], rng: np.random.Generator, pauses=pause_seconds,
        vary=augment.vary) -> tuple[np.ndarray, list[Event]]:
    """Utterances one after another, each at its own loudness around rms 1, with pauses between the speech in them."""
    parts, events, at = [], [], int(rng.uniform(0.0, 1.5) * audio.RATE_HZ)
    for item in utterances:
        sound = vary(item.sound, rng)
        grown = len(sound) / len(item.sound)
        first, last = int(item.first * grown), int(item.last * grown)
        keep = max(0, first - 1600), min(len(sound), last + 1600)
        sound = faded(sound[keep[0]:keep[1]]) / audio.rms(sound[first:last]) * augment.random_level(rng, 0.5, 1.6)
        parts.append((at, sound))
        events.append(Event(item.label, at + first - keep[0], at + last - keep[0]))
        at = events[-1].last + int(pauses(rng) * audio.RATE_HZ)
    stream = np.zeros(max(at, max(start + len(sound) for start, sound in parts)) + audio.RATE_HZ, np.float32)
    for start, sound in parts:
        stream[start:start + len(sound)] += sound
    return stream, events


def compose(utterances: list[Utterance], noise: augment.NoiseBank,
            rng: np.random.Generator) -> tuple[np.ndarray, list[Event]]:
    """A stream at a random loudness in random noise: int16 [samples] and what is said in it."""
    stream, events = lay(utterances, rng)
    level = augment.random_level(rng)
    snr_db = rng.uniform(3, 40)
    stream = augment.add_noise(stream, noise.draw(rng, len(stream)), 1.0, snr_db) * np.float32(level)
    return audio.to_pcm(stream), events


def window_labels(events: list[Event], frames: int, keywords: range, other: int, silence: int) -> np.ndarray:
    """The class of the window that starts at each frame, UNUSED where it is a matter of taste: int8 [windows]."""
    starts = np.arange(max(0, frames - frontend.FRAMES + 1)) * frontend.HOP_SAMPLES
    ends = starts + frontend.CLIP_SAMPLES
    speech = np.zeros(len(starts), np.int64)
    unclear = np.zeros(len(starts), bool)
    labels = np.full(len(starts), UNUSED, np.int8)
    for event in events:
        overlap = np.maximum(0, np.minimum(ends, event.last) - np.maximum(starts, event.first))
        speech += overlap
        if event.label in keywords:
            part = overlap / (event.last - event.first)
            inside = part >= INSIDE
            unclear |= (part > OUTSIDE) & ~inside | inside & (labels >= 0) & (labels != event.label)
            labels[inside] = event.label
    plain = labels == UNUSED
    labels[plain & (speech >= SPEECH_SAMPLES)] = other
    labels[plain & (speech <= QUIET_SAMPLES)] = silence
    labels[unclear] = UNUSED
    return labels
