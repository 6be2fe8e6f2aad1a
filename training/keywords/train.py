"""Trains a keyword model on a folder of recordings and writes it as int8 and float .tflite files.

    python3 -m training.keywords.train --recordings DIR --words yes,no --output DIR
"""
import argparse
import copy
import math
import pathlib
import sys
import time
from dataclasses import dataclass

import numpy as np
import torch

from training import export_tflite
from training import frontend
from training import quantise
from training.keywords import augment
from training.keywords import dataset
from training.keywords import recordings
from training.keywords import smoothing
from training.keywords import streams
from training.keywords.model import KeywordNet, to_input

BATCH = 128
STEPS_PER_POOL = 6000
WARM_UP = 0.03
PEAK_RATE, WEIGHT_DECAY, LABEL_SMOOTHING = 4e-3, 1e-2, 0.05
AVERAGING = 0.999
SILENCE_PART, UNKNOWN_PART = 0.12, 0.46  # of a batch; the words share the rest
STREAM_PART = 0.4
WORDS_WEIGHT = 0.6  # of the loss for telling all words apart
MASKED_FRAMES, MASKED_CHANNELS = 8, 6
CALIBRATION_WINDOWS = 2000
HELD_OUT_PERCENT = 10


@dataclass
class Budget:
    """When training ends: after so many minutes, or after so many steps for an exact repetition."""
    minutes: float
    steps: int
    started: float = 0.0

    def progress(self, step: int) -> float:
        """0 at the start, 1 at the end."""
        if self.steps:
            return step / self.steps
        return (time.monotonic() - self.started) / 60.0 / self.minutes


class Sampler:
    """Draws batches of clips and stream windows, classes in fixed parts."""

    def __init__(self, pool: dataset.Pool, classes: int, rng: np.random.Generator):
        self._pool, self._rng = pool, rng
        words = (1.0 - SILENCE_PART - UNKNOWN_PART) / (classes - 2)
        self._parts = np.array([SILENCE_PART, UNKNOWN_PART] + [words] * (classes - 2))
        self._groups = [[np.flatnonzero((pool.labels == label) & (pool.kinds == kind)) for kind in (0, 1)]
                        for label in range(classes)]

    def batch(self) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Real features [batch, 1, 49, 40], classes [batch], words [batch]."""
        labels = self._rng.choice(len(self._parts), BATCH, p=self._parts)
        groups = (self._groups[label][int(self._rng.random() < STREAM_PART)] for label in labels)
        chosen = np.array([group[int(self._rng.integers(0, len(group)))] for group in groups])
        windows = mask(self._pool.windows(chosen), self._rng)
        words = self._pool.words[chosen].astype(np.int64)
        return to_input(windows), torch.from_numpy(labels.astype(np.int64)), torch.from_numpy(words)


def mask(windows: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Blanks a random stretch of time and of channels in half of the windows, in place."""
    for window in windows[rng.random(len(windows)) < 0.5]:
        frames, channels = rng.integers(0, MASKED_FRAMES + 1), rng.integers(0, MASKED_CHANNELS + 1)
        first, lowest = rng.integers(0, window.shape[0] - frames), rng.integers(0, window.shape[1] - channels)
        window[first:first + frames] = frontend.INPUT_ZERO_POINT
        window[:, lowest:lowest + channels] = frontend.INPUT_ZERO_POINT
    return windows


def learning_rate(progress: float) -> float:
    """Up in a line, then down along a cosine."""
    if progress < WARM_UP:
        return PEAK_RATE * progress / WARM_UP
    return PEAK_RATE * 0.5 * (1.0 + math.cos(math.pi * min(1.0, (progress - WARM_UP) / (1.0 - WARM_UP))))


def average_into(average: KeywordNet, model: KeywordNet, step: int) -> None:
    """Moves the running average of all weights and batch statistics towards the model."""
    kept = min(AVERAGING, step / (step + 10.0))
    with torch.no_grad():
        for mine, theirs in zip(average.state_dict().values(), model.state_dict().values()):
            if mine.dtype.is_floating_point:
                mine.mul_(kept).add_(theirs, alpha=1.0 - kept)
            else:
                mine.copy_(theirs)


def accuracy(model: KeywordNet, features: np.ndarray, labels: np.ndarray) -> float:
    """Part of the clips [count, 49, 40] that the model puts into their class."""
    model.eval()
    with torch.no_grad():
        guesses = np.concatenate([model(to_input(part)).argmax(dim=1).numpy()
                                  for part in np.array_split(features, max(1, len(features) // 256))])
    return float(np.mean(guesses == labels))


def show(progress: float, text: str) -> None:
    """A progress bar that stays on its line."""
    filled = int(30 * min(1.0, progress))
    print(f"\r[{'#' * filled}{'.' * (30 - filled)}] {100 * min(1.0, progress):5.1f} %  {text}", end="",
          file=sys.stderr, flush=True)


class Trainer:
    """The model, its running average and the optimiser."""

    def __init__(self, classes: int, words: int):
        self.model = KeywordNet(classes, words).to(memory_format=torch.channels_last)
        self.average = copy.deepcopy(self.model)
        self.optimiser = torch.optim.AdamW(self.model.parameters(), weight_decay=WEIGHT_DECAY)
        self.loss = torch.nn.CrossEntropyLoss(label_smoothing=LABEL_SMOOTHING, ignore_index=streams.NO_WORD)
        self.step = 0

    def learn(self, batch: tuple[torch.Tensor, torch.Tensor, torch.Tensor], rate: float) -> float:
        """One step; gives the loss of the classes."""
        self.optimiser.param_groups[0]["lr"] = rate
        classes, words = self.model.both(batch[0])
        loss = self.loss(classes, batch[1])
        self.optimiser.zero_grad()
        (loss + WORDS_WEIGHT * self.loss(words, batch[2])).backward()
        self.optimiser.step()
        self.step += 1
        average_into(self.average, self.model, self.step)
        return float(loss)

    def learn_pool(self, sampler: Sampler, budget: Budget) -> None:
        """Steps until the pool is used up or the budget is."""
        self.model.train()
        loss = 0.0
        for _ in range(STEPS_PER_POOL):
            progress = budget.progress(self.step)
            if progress >= 1.0:
                return
            loss += 0.02 * (self.learn(sampler.batch(), learning_rate(progress)) - loss)
            if self.step % 50 == 0:
                show(progress, f"step {self.step}, loss {loss:.3f}")


def train(sources: dataset.Sources, held_out: list[recordings.Recording], budget: Budget,
          rng: np.random.Generator) -> tuple[KeywordNet, dataset.Pool]:
    """The averaged model and the last pool it learnt from."""
    front_end = frontend.FrontEnd()
    check = dataset.clean_features(held_out, sources.labels, front_end)
    trainer = Trainer(len(sources.labels), len(sources.words))
    budget.started = time.monotonic()
    while True:
        pool = dataset.build_pool(sources, dataset.Sizes(), front_end, rng)
        trainer.learn_pool(Sampler(pool, len(sources.labels), rng), budget)
        print(f"\nstep {trainer.step}: {100 * accuracy(trainer.average, *check):.2f} % of the clean clips of "
              "held-out speakers", flush=True)
        if budget.progress(trainer.step) >= 1.0:
            return trainer.average, pool


def export(model: KeywordNet, calibration: np.ndarray, labels: list[str], output: pathlib.Path) -> None:
    """Writes both models, the labels and, where there are none yet, the settings."""
    output.mkdir(parents=True, exist_ok=True)
    network = model.eval().fold()
    source = quantise.Scale(np.float32(frontend.INPUT_SCALE), frontend.INPUT_ZERO_POINT)
    integer = quantise.quantise(network, source, calibration[..., None])
    name = "keywords_" + "_".join(labels[2:])
    text = "Keyword model of Verge: " + ", ".join(labels)
    size = export_tflite.write(integer, output / f"{name}.tflite", text)
    export_tflite.write(network, output / f"{name}_float.tflite", text)
    (output / "labels.txt").write_text("\n".join(labels) + "\n")
    if not (output / "settings.json").exists():
        smoothing.save(smoothing.Settings(), output / "settings.json")
    print(f"wrote {output / name}.tflite, {size} bytes")


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--recordings", type=pathlib.Path, required=True, help="folder with one folder per word")
    parser.add_argument("--noise", type=pathlib.Path,
                        help="folder of background noise (default: _background_noise_ in the recordings)")
    parser.add_argument("--words", default="yes,no", help="wanted words, separated by commas (default: yes,no)")
    parser.add_argument("--output", type=pathlib.Path, required=True, help="folder for the model")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=25.0, help="how long to train (default: 25)")
    parser.add_argument("--steps", type=int, default=0, help="train for exactly so many steps instead")
    return parser.parse_args()


def main() -> None:
    """Reads, trains, exports."""
    options = arguments()
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    rng = np.random.default_rng(options.seed)
    labels = recordings.labels_for(options.words.split(","))
    learnt, held_out = recordings.split(recordings.find(options.recordings), HELD_OUT_PERCENT)
    noise = augment.NoiseBank(
        recordings.sounds_in(options.noise or options.recordings / recordings.NOISE_FOLDER), rng)
    print(f"{len(learnt)} recordings to learn from, {len(held_out)} of other speakers to check with", flush=True)
    sources = dataset.load_sources(learnt, labels, noise, rng)
    model, pool = train(sources, held_out, Budget(options.minutes, options.steps), rng)
    sample = rng.integers(0, len(pool.starts), CALIBRATION_WINDOWS)
    export(model, pool.windows(sample), labels, options.output)


if __name__ == "__main__":
    main()
