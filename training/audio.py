"""Recordings as arrays: reads WAV and FLAC files, writes WAV, changes the sample rate.

A sound is float32 [samples], 16 kHz mono, full scale = 1; `to_pcm` gives the int16 the front end takes.
"""
import pathlib

import numpy as np
import soundfile

RATE_HZ = 16000


def read(path: pathlib.Path) -> np.ndarray:
    """A file as a sound; several channels are averaged, another rate is resampled."""
    samples, rate_hz = soundfile.read(str(path), dtype="float32", always_2d=True)
    return resample(samples.mean(axis=1), rate_hz)


def write(path: pathlib.Path, sound: np.ndarray) -> None:
    """Writes a sound as 16-bit WAV."""
    soundfile.write(str(path), to_pcm(sound), RATE_HZ, subtype="PCM_16")


def resample(sound: np.ndarray, from_hz: int, to_hz: int = RATE_HZ) -> np.ndarray:
    """Band-limited resampling in the frequency domain; ends wrap, so sounds should fade at both."""
    if from_hz == to_hz or len(sound) == 0:
        return sound.astype(np.float32)
    spectrum = np.fft.rfft(sound)
    length = int(round(len(sound) * to_hz / from_hz))
    resized = np.zeros(length // 2 + 1, dtype=complex)
    kept = min(len(spectrum), len(resized))
    resized[:kept] = spectrum[:kept]
    return (np.fft.irfft(resized, length) * (length / len(sound))).astype(np.float32)


def to_pcm(sound: np.ndarray) -> np.ndarray:
    """float32 [samples] -> int16 [samples], clipped."""
    return np.clip(np.round(sound * 32768.0), -32768, 32767).astype(np.int16)


def rms(sound: np.ndarray) -> float:
    """Root mean square; never zero, so that it can be divided by."""
    return float(np.sqrt(np.mean(np.square(sound), dtype=np.float64)) + 1e-9) if len(sound) else 1e-9
