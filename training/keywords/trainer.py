"""The loop of training: batches from a pool, a running average of the weights, an end when nothing gets better."""
import copy
import math
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch

from training import frontend
from training import network as net
from training.keywords import dataset
from training.keywords import streams
from training.keywords import warp
from training.keywords.architectures import Row
from training.keywords.model import KeywordNet, to_input

BATCH = 128
STEPS_PER_CHECK = 500
STEPS_PER_POOL = 3500
PATIENCE = 5  # checks without a better one
EARLIEST_STOP = 0.5  # of the budget: before, the learning rate is too high to judge by
WARM_UP = 0.03
PEAK_RATE, PEAK_RATE_STARTED, WEIGHT_DECAY, LABEL_SMOOTHING = 4e-3, 2.5e-3, 1e-2, 0.05
AVERAGING = 0.998
SILENCE_PART, UNKNOWN_PART = 0.12, 0.46  # of a batch; the words share the rest
STREAM_PART = 0.4
WORDS_WEIGHT = 0.6  # of the loss for telling all words apart


class Budget:
    """When training ends at the latest: after so many steps, or when the clock says so.

    Where the clock would end it first, the steps are cut to those that time allows, so that the learning rate still
    comes down; such a run cannot be repeated exactly, and `is_cut` says so.
    """

    def __init__(self, steps: int, minutes: float, clock: Callable[[], float] = time.monotonic):
        self._clock = clock  # seconds
        self.step, self.is_cut = 0, False
        self.steps, self.wanted, self._minutes = steps, steps, minutes
        self._started = self._learning_since = clock()

    def minutes_used(self) -> float:
        """Since the start."""
        return (self._clock() - self._started) / 60.0

    def progress(self) -> float:
        """0 at the start, 1 at the end."""
        return 1.0 if self.minutes_used() >= self._minutes else self.step / self.steps

    def count(self) -> None:
        """A step was made."""
        self.step += 1
        if self.step == 1:
            self._learning_since = self._clock()
        elif self.step % 20 == 0 and self.minutes_used() > 0.1 * self._minutes:
            self._cut()

    def _cut(self) -> None:
        """Compares the speed so far with the time that is left."""
        minutes_a_step = (self._clock() - self._learning_since) / 60.0 / (self.step - 1)
        possible = self.step + int((self._minutes - self.minutes_used()) / minutes_a_step)
        self.steps = max(self.step, min(self.wanted, possible))
        self.is_cut = self.is_cut or self.steps < self.wanted


@dataclass
class Outcome:
    """What training gave: the best averaged model, and how it got there."""
    model: KeywordNet
    pool: dataset.Pool
    steps: int
    minutes: float
    stopped_early: bool
    by_clock: bool


class Sampler:
    """Draws batches of clips and stream windows, classes in fixed parts."""

    def __init__(self, pool: dataset.Pool, classes: int, rng: np.random.Generator):
        self._pool, self._rng = pool, rng
        words = (1.0 - SILENCE_PART - UNKNOWN_PART) / (classes - 2)
        self._parts = np.array([SILENCE_PART, UNKNOWN_PART] + [words] * (classes - 2))
        by_kind = [[np.flatnonzero((pool.labels == label) & (pool.kinds == kind)) for kind in (0, 1)]
                   for label in range(classes)]
        # A class that stands in clips alone, or in streams alone, is drawn from there.
        self._groups = [[one if len(one) else other for one, other in (pair, pair[::-1])] for pair in by_kind]

    def batch(self) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Real features [batch, 1, 49, 40], classes [batch], words [batch]."""
        labels = self._rng.choice(len(self._parts), BATCH, p=self._parts)
        groups = (self._groups[label][int(self._rng.random() < STREAM_PART)] for label in labels)
        chosen = np.array([group[int(self._rng.integers(0, len(group)))] for group in groups])
        windows = warp.vary(self._pool.windows(chosen), self._rng)
        words = self._pool.words[chosen].astype(np.int64)
        return to_input(windows), torch.from_numpy(labels.astype(np.int64)), torch.from_numpy(words)


def learning_rate(progress: float, peak: float) -> float:
    """Up in a line, then down along a cosine."""
    if progress < WARM_UP:
        return peak * progress / WARM_UP
    return peak * 0.5 * (1.0 + math.cos(math.pi * min(1.0, (progress - WARM_UP) / (1.0 - WARM_UP))))


def average_into(average: KeywordNet, model: KeywordNet, step: int) -> None:
    """Moves the running average of all weights and batch statistics towards the model."""
    kept = min(AVERAGING, step / (step + 10.0))
    with torch.no_grad():
        for mine, theirs in zip(average.state_dict().values(), model.state_dict().values()):
            if mine.dtype.is_floating_point:
                mine.mul_(kept).add_(theirs, alpha=1.0 - kept)
            else:
                mine.copy_(theirs)


@dataclass(frozen=True)
class Check:
    """What the held-out recordings say of a model."""
    loss: float  # mean over the classes
    accuracy: float


def check(model: KeywordNet, features: np.ndarray, labels: np.ndarray) -> Check:
    """Features int8 [count, 49, 40], classes [count]; each class counts alike in the loss."""
    model.eval()
    with torch.no_grad():
        logits = torch.cat([model(to_input(part)) for part in np.array_split(features, max(1, len(features) // 256))])
        losses = torch.nn.functional.cross_entropy(logits, torch.from_numpy(labels.astype(np.int64)), reduction="none")
    by_class = [float(losses.numpy()[labels == label].mean()) for label in np.unique(labels)]
    return Check(float(np.mean(by_class)), float(np.mean(logits.argmax(dim=1).numpy() == labels)))


def show(progress: float, text: str) -> None:
    """A progress bar that stays on its line."""
    filled = int(30 * min(1.0, progress))
    print(f"\r[{'#' * filled}{'.' * (30 - filled)}] {100 * min(1.0, progress):5.1f} %  {text}", end="",
          file=sys.stderr, flush=True)


class Trainer:
    """The model, its running average, the best average so far, and the optimiser."""

    def __init__(self, classes: int, words: int, rows: tuple[Row, ...], start: net.Network | None = None):
        self.model = KeywordNet(classes, words, rows).to(memory_format=torch.channels_last)
        if start is not None:
            self.model.start_from(start)
        self.average = copy.deepcopy(self.model)
        self.best, self.best_check, self.checks_since_best = self.average, Check(math.inf, 0.0), 0
        self._peak = PEAK_RATE if start is None else PEAK_RATE_STARTED
        self._optimiser = torch.optim.AdamW(self.model.parameters(), weight_decay=WEIGHT_DECAY)
        self._loss = torch.nn.CrossEntropyLoss(label_smoothing=LABEL_SMOOTHING, ignore_index=streams.NO_WORD)

    def learn(self, batch: tuple[torch.Tensor, torch.Tensor, torch.Tensor], budget: Budget) -> float:
        """One step; gives the loss of the classes."""
        self._optimiser.param_groups[0]["lr"] = learning_rate(budget.progress(), self._peak)
        classes, words = self.model.both(batch[0])
        loss = self._loss(classes, batch[1])
        whole = loss
        if bool((batch[2] != streams.NO_WORD).any()):
            whole = loss + WORDS_WEIGHT * self._loss(words, batch[2])
        self._optimiser.zero_grad()
        whole.backward()
        self._optimiser.step()
        budget.count()
        average_into(self.average, self.model, budget.step)
        return float(loss)

    def learn_until_check(self, sampler: Sampler, budget: Budget) -> None:
        """Steps until it is time to look at the held-out recordings, or the budget is used up."""
        self.model.train()
        loss = 0.0
        for number in range(STEPS_PER_CHECK):
            if budget.progress() >= 1.0:
                return
            kept = min(0.98, number / (number + 1.0))
            loss = kept * loss + (1.0 - kept) * self.learn(sampler.batch(), budget)
            if budget.step % 20 == 0:
                left = budget.minutes_used() * (1.0 / max(budget.progress(), 0.01) - 1.0)
                show(budget.progress(), f"step {budget.step}, loss {loss:.3f}, about {left:.0f} min left ")

    def keep_best(self, found: Check) -> None:
        """Remembers the average when the held-out recordings like it best."""
        self.checks_since_best += 1
        if found.loss < self.best_check.loss:
            self.best, self.best_check, self.checks_since_best = copy.deepcopy(self.average), found, 0


def train(sources: dataset.Sources, held_out: tuple[np.ndarray, np.ndarray], trainer: Trainer, budget: Budget,
          rng: np.random.Generator) -> Outcome:
    """Trains until the budget is used up or the held-out recordings stop getting better."""
    front_end, pool, sampler, pool_step = frontend.FrontEnd(), None, None, 0
    while True:
        if pool is None or budget.step - pool_step >= STEPS_PER_POOL:
            pool, pool_step = dataset.build_pool(sources, dataset.sizes_for(budget.wanted), front_end, rng), budget.step
            sampler = Sampler(pool, len(sources.labels), rng)
        trainer.learn_until_check(sampler, budget)
        if len(held_out[1]):
            found = check(trainer.average, *held_out)
            trainer.keep_best(found)
            print(f"\nstep {budget.step}: held-out recordings: {100 * found.accuracy:.2f} % right, "
                  f"loss {found.loss:.4f}", flush=True)
        else:
            trainer.best = trainer.average
        early = trainer.checks_since_best >= PATIENCE and budget.progress() >= EARLIEST_STOP
        if early or budget.progress() >= 1.0:
            return Outcome(trainer.best, pool, budget.step, budget.minutes_used(), early, budget.is_cut)
