"""From posteriors to heard words, with the rules and integers of the product's signal/smoothing.hpp."""
import json
import pathlib
from dataclasses import asdict, dataclass

import numpy as np

from training import frontend


@dataclass(frozen=True)
class Settings:
    """What decides; scores are posteriors in steps of 1/256."""
    stride_frames: int = 2  # the model runs at every so many frames
    smoothing: int = 8  # posteriors averaged
    minimum: int = 6  # posteriors before the first decision
    threshold: int = 200
    release: int = 100
    suppression_ms: int = 1000


@dataclass(frozen=True)
class Heard:
    """A decision: class, time at which the newest window ended, average score."""
    label: int
    time_ms: int
    score: int


def running_sums(posteriors: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """int8 posteriors [steps, classes] -> the sums of the last `count` scores, and how many there were [steps, 1]."""
    sums = np.cumsum(posteriors.astype(np.int64) + 128, axis=0)
    before = np.concatenate([np.zeros((min(count, len(sums)), sums.shape[1]), np.int64), sums[:-count]])
    return sums - before, np.minimum(np.arange(len(sums)) + 1, count)[:, None]


def step_time_ms(step: int, settings: Settings) -> int:
    """When the window of a step ends."""
    return (step * settings.stride_frames * frontend.HOP_SAMPLES + frontend.CLIP_SAMPLES) // 16


def decide(posteriors: np.ndarray, settings: Settings) -> list[Heard]:
    """int8 posteriors [steps, classes], one row every stride -> the words heard; classes 0 and 1 are never."""
    heard: list[Heard] = []
    held = None
    sums, filled = running_sums(posteriors, settings.smoothing)
    for step, scores in enumerate(sums // filled):
        if held is not None and scores[held] < settings.release:
            held = None
        label, now = int(sums[step].argmax()), step_time_ms(step, settings)
        quiet = heard and now - heard[-1].time_ms < settings.suppression_ms
        ready = step + 1 >= settings.minimum and not quiet and label != held
        if ready and label >= 2 and scores[label] >= settings.threshold:
            heard.append(Heard(label, now, int(scores[label])))
            held = label
    return heard


def switches(labels: list[str]) -> dict[str, object]:
    """What the product is told of the labels: silence and other words are never heard, the first two words switch."""
    lamp = dict(zip(("switches_on", "switches_off"), labels[2:4]))
    return {"quiet": labels[:2]} | lamp


def save(settings: Settings, path: pathlib.Path, labels: list[str]) -> None:
    """Writes the settings with what the front end is, as JSON."""
    front_end = {"front_end": "microfrontend", "sample_rate_hz": 16000, "window_ms": 30, "hop_ms": 20,
                 "channels": frontend.CHANNELS, "frames": frontend.FRAMES, "input_scale": frontend.INPUT_SCALE,
                 "input_zero_point": frontend.INPUT_ZERO_POINT}
    path.write_text(json.dumps(front_end | asdict(settings) | switches(labels), indent=2) + "\n")


def load(path: pathlib.Path) -> Settings:
    """Reads what `save` wrote."""
    stored = json.loads(path.read_text())
    return Settings(**{name: stored[name] for name in asdict(Settings())})
