"""Changes to sounds that a device would meet: other speed, loudness, colour, room and noise.

Everything takes and gives float32 [samples] at 16 kHz and draws from the generator it is handed.
"""
import pathlib

import numpy as np

from training import audio

Generator = np.random.Generator
QUIETEST, LOUDEST = 0.003, 0.3  # rms of speech
NOISE_SECONDS = 12
SYNTHETIC_NOISES = 60


def change_speed(sound: np.ndarray, factor: float) -> np.ndarray:
    """Plays faster (factor > 1) or slower, pitch included."""
    places = np.arange(0, len(sound) - 1, factor)
    return np.interp(places, np.arange(len(sound)), sound).astype(np.float32)


def stretch(sound: np.ndarray, factor: float) -> np.ndarray:
    """Plays slower (factor > 1) or faster at the same pitch: grains of 40 ms, each laid where it goes on best (WSOLA)."""
    grain, hop, slack = 640, 320, 160
    window = np.hanning(grain + 1)[:grain].astype(np.float32)
    count = max(1, int(len(sound) * factor) // hop)
    source = np.pad(sound, (slack, grain + hop + 2 * slack + int(2 * hop * max(1.0, 1.0 / factor))))
    out = np.zeros(count * hop + grain, np.float32)
    at = slack
    for number in range(count):
        out[number * hop:number * hop + grain] += source[at:at + grain] * window
        wanted, ideal = source[at + hop:at + hop + grain], slack + int((number + 1) * hop / factor)
        searched = source[ideal - slack:ideal + slack + grain]
        if len(searched) < grain + 2 * slack:
            break
        # Every fourth sample is enough to find the place, and sixteen times as fast.
        at = ideal - slack + 4 * int(np.argmax(np.correlate(searched[::4], wanted[::4], "valid")))
    return out[:count * hop]


def change_pitch(sound: np.ndarray, factor: float) -> np.ndarray:
    """Higher (factor > 1) or lower at the same speed."""
    return change_speed(stretch(sound, factor), factor)


def shift(sound: np.ndarray, samples: int) -> np.ndarray:
    """Moves later (positive) or earlier and fills with zeros; the length stays."""
    moved = np.zeros_like(sound)
    if samples >= 0:
        moved[samples:] = sound[:len(sound) - samples]
    else:
        moved[:samples] = sound[-samples:]
    return moved


def fit(sound: np.ndarray, samples: int, rng: Generator | None = None) -> np.ndarray:
    """Cuts or pads to a length: at random places, or around the middle without a generator."""
    spare = len(sound) - samples
    at = int(rng.integers(0, abs(spare) + 1)) if rng else abs(spare) // 2
    if spare >= 0:
        return sound[at:at + samples]
    return np.pad(sound, (at, -spare - at))


def with_rms(sound: np.ndarray, level: float) -> np.ndarray:
    """Scales to a root mean square."""
    return sound * np.float32(level / audio.rms(sound))


def random_level(rng: Generator, low: float = QUIETEST, high: float = LOUDEST) -> float:
    """A level drawn evenly in decibels."""
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


def colour(sound: np.ndarray, rng: Generator) -> np.ndarray:
    """A microphone: a short random filter that is mostly its first tap."""
    taps = np.concatenate([[1.0], rng.normal(0.0, 0.25, int(rng.integers(1, 5)))])
    return np.convolve(sound, taps)[:len(sound)].astype(np.float32)


def room(sound: np.ndarray, rng: Generator) -> np.ndarray:
    """A small room: noise that dies out within 0.05 to 0.4 s, under the direct sound."""
    length = int(rng.uniform(0.05, 0.4) * audio.RATE_HZ)
    tail = rng.normal(0.0, 1.0, length) * np.exp(-np.linspace(0.0, 6.0, length))
    response = tail * (rng.uniform(0.1, 0.7) / np.sqrt(np.sum(tail**2)))
    response[0] = 1.0
    size = 1 << (len(sound) + length - 1).bit_length()
    spectrum = np.fft.rfft(sound, size) * np.fft.rfft(response, size)
    return np.fft.irfft(spectrum, size)[:len(sound)].astype(np.float32)


def vary(sound: np.ndarray, rng: Generator) -> np.ndarray:
    """A random choice of pitch, speed, colour and room for one utterance."""
    if rng.random() < 0.25 and len(sound) > 2000:
        sound = change_pitch(sound, rng.uniform(0.8, 1.25))
    if rng.random() < 0.8:
        sound = change_speed(sound, rng.uniform(0.82, 1.22))
    if rng.random() < 0.5:
        sound = colour(sound, rng)
    return room(sound, rng) if rng.random() < 0.3 else sound


def coloured_noise(rng: Generator, samples: int) -> np.ndarray:
    """Noise whose power falls (or rises) with frequency by a random law, perhaps with a random band pressed down."""
    spectrum = np.fft.rfft(rng.normal(0.0, 1.0, samples))
    hertz = np.maximum(np.fft.rfftfreq(samples, 1.0 / audio.RATE_HZ), 40.0)
    curve = hertz ** (-rng.uniform(-0.3, 1.2))
    if rng.random() < 0.5:
        centre, width = rng.uniform(200, 6000), rng.uniform(200, 3000)
        curve = curve * (1.0 - rng.uniform(0.0, 0.9) * np.exp(-((hertz - centre) / width) ** 2))
    return np.fft.irfft(spectrum * curve, samples).astype(np.float32)


def hum(rng: Generator, samples: int) -> np.ndarray:
    """A machine: harmonics of a low tone that wavers."""
    pitch = rng.uniform(45, 400) * (1.0 + 0.02 * np.sin(np.arange(samples) * rng.uniform(1e-5, 2e-3)))
    phase = 2.0 * np.pi * np.cumsum(pitch) / audio.RATE_HZ
    parts = [rng.random() / number * np.sin(number * phase) for number in range(1, int(rng.integers(2, 12)))]
    return np.sum(parts, axis=0).astype(np.float32)


def knocks(rng: Generator, samples: int) -> np.ndarray:
    """Clicks and rattles at random times: short bursts that ring at some frequency."""
    sound = np.zeros(samples, np.float32)
    for _ in range(int(rng.integers(3, 60))):
        length = int(rng.uniform(0.005, 0.15) * audio.RATE_HZ)
        ring = np.sin(np.arange(length) * rng.uniform(0.05, 2.5)) + rng.normal(0.0, 0.5, length)
        start = int(rng.integers(0, samples - length))
        sound[start:start + length] += rng.random() * ring * np.exp(-np.linspace(0, 6, length))
    return sound


def cries(rng: Generator, samples: int) -> np.ndarray:
    """An animal or a door: harmonic tones that glide, a few of them."""
    sound = np.zeros(samples, np.float32)
    for _ in range(int(rng.integers(2, 9))):
        length = int(rng.uniform(0.2, 1.2) * audio.RATE_HZ)
        pitch = np.interp(np.linspace(0, 1, length), [0, 0.4, 1], rng.uniform(250, 1200, 3))
        phase = 2.0 * np.pi * np.cumsum(pitch) / audio.RATE_HZ
        tone = sum(rng.random() / number * np.sin(number * phase) for number in range(1, 7))
        start = int(rng.integers(0, samples - length))
        sound[start:start + length] += tone * np.hanning(length)
    return sound


def swell(sound: np.ndarray, rng: Generator) -> np.ndarray:
    """Lets the loudness wander as traffic or a tap does."""
    knots = int(len(sound) / audio.RATE_HZ * rng.uniform(0.5, 4)) + 2
    curve = np.interp(np.linspace(0, 1, len(sound)), np.linspace(0, 1, knots), rng.uniform(0.15, 1.0, knots))
    return (sound * curve).astype(np.float32)


def synthetic_noise(rng: Generator, samples: int) -> np.ndarray:
    """A scene without speech: coloured noise with, now and then, machines, knocks and cries; rms 1."""
    sound = with_rms(coloured_noise(rng, samples), 1.0)
    for make, chance in ((hum, 0.3), (knocks, 0.35), (cries, 0.2)):
        if rng.random() < chance:
            sound = sound + with_rms(make(rng, samples), random_level(rng, 0.2, 3.0))
    return with_rms(swell(sound, rng) if rng.random() < 0.5 else sound, 1.0)


class NoiseBank:
    """Noise to draw from: the files of a folder, if there is one, beside synthetic scenes."""

    def __init__(self, files: list[pathlib.Path], rng: Generator):
        self._files = [audio.read(path) for path in files]
        self._made = [synthetic_noise(rng, NOISE_SECONDS * audio.RATE_HZ) for _ in range(SYNTHETIC_NOISES)]

    def draw(self, rng: Generator, samples: int) -> np.ndarray:
        """float32 [samples] of rms 1, a random place of a random scene."""
        from_files = self._files and rng.random() < 0.4
        source = (self._files if from_files else self._made)[int(rng.integers(
            0, len(self._files if from_files else self._made)))]
        while len(source) < samples:
            source = np.concatenate([source, source[::-1]])
        return with_rms(fit(source, samples, rng), 1.0)


def add_noise(sound: np.ndarray, noise: np.ndarray, speech_rms: float, snr_db: float) -> np.ndarray:
    """Adds noise of rms 1 so that speech of that rms stands snr_db above it."""
    return sound + noise * np.float32(speech_rms * 10.0 ** (-snr_db / 20.0))
