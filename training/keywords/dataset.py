"""Features and labels to train on: clips as a test set has them, and windows that slide over streams.

A pool holds the feature frames of everything once; an example is a first frame and a class, its 49 frames are
gathered when a batch is made.
"""
import concurrent.futures
import multiprocessing
from dataclasses import dataclass, field

import numpy as np

from training import audio
from training import frontend
from training.keywords import augment
from training.keywords import recordings
from training.keywords import speech
from training.keywords import streams

STREAM_UTTERANCES = 14
WORKERS = 2
CHECK_SNR_DB = 10.0


@dataclass
class Sources:
    """What examples are made of: utterances by class, people's (by word) and synthetic ones apart, and noise.

    `words` names all word folders: the classes of the second task that training gives the network.
    """
    labels: list[str]
    words: list[str]
    people: list[list[list[streams.Utterance]]]
    synthetic: list[list[streams.Utterance]]
    sentences: list[streams.Utterance]
    noise: augment.NoiseBank


@dataclass(frozen=True)
class Sizes:
    """How much one pool holds."""
    keyword_clips: int = 3000  # of each wanted word
    other_clips: int = 6000
    silence_clips: int = 2500
    streams: int = 420


def sizes_for(steps: int) -> Sizes:
    """Short trainings see less, so that a trial takes seconds."""
    part = min(1.0, max(0.05, steps / 3000))
    whole = Sizes()
    return Sizes(*(max(WORKERS, round(part * count)) for count in vars(whole).values()))


@dataclass
class Pool:
    """Feature frames int8 [frames, 40]; of each example the first frame, class, word, kind (0 clip, 1 stream)."""
    frames: np.ndarray
    starts: np.ndarray
    labels: np.ndarray
    words: np.ndarray
    kinds: np.ndarray

    def windows(self, examples: np.ndarray) -> np.ndarray:
        """int8 [examples, 49, 40]"""
        return self.frames[self.starts[examples][:, None] + np.arange(frontend.FRAMES)]


@dataclass
class PoolBuilder:
    """Collects features with the labels of the windows that start in them."""
    front_end: frontend.FrontEnd
    _parts: list = field(default_factory=list)
    _frames: int = 0

    def add(self, pcm: np.ndarray, labels: np.ndarray, words: np.ndarray, kind: int) -> None:
        """Sound, and class and word of the window at each frame; UNUSED where there is no class."""
        features = self.front_end.features(pcm)
        used = np.flatnonzero(labels != streams.UNUSED)
        self._parts.append((features, used + self._frames, labels[used], words[used],
                            np.full(len(used), kind, np.int8)))
        self._frames += len(features)

    def pool(self) -> Pool:
        """Everything collected."""
        return Pool(*(np.concatenate(column) for column in zip(*self._parts)))


def spoken(texts: list[str], times: int, label: int, words: list[str],
           rng: np.random.Generator) -> list[streams.Utterance]:
    """Synthetic speech; it comes without silence around it, so all of it is the utterance."""
    said = []
    for text in texts:
        word = words.index(text) if text in words else streams.NO_WORD
        said += [streams.Utterance(sound, label, 0, len(sound), word) for sound in speech.say_all([text], rng, times)]
    return said


def load_sources(found: list[recordings.Recording], labels: list[str], noise: augment.NoiseBank,
                 rng: np.random.Generator, synthetic_words: int = 350) -> Sources:
    """Reads the recordings; lets espeak-ng say the wanted words and others where it is installed."""
    words = sorted({item.word for item in found if item.word != recordings.SILENCE_FOLDER})
    people: list[list[list[streams.Utterance]]] = [[] for _ in labels]
    synthetic: list[list[streams.Utterance]] = [[] for _ in labels]
    for number, word in enumerate(words):
        label = recordings.label_of(word, labels)
        said = [(item, streams.utterance(audio.read(item.path), label, number)) for item in found if item.word == word]
        by_people = [sound for item, sound in said if not item.is_synthetic]
        people[label] += [by_people] if by_people else []
        synthetic[label] += [sound for item, sound in said if item.is_synthetic]
    sentences = []
    if speech.is_available():
        unknown, wanted = labels.index(recordings.UNKNOWN), labels[2:]
        for word in wanted:
            synthetic[labels.index(word)] += spoken([word], synthetic_words, labels.index(word), words, rng)
        synthetic[unknown] += spoken(speech.other_words(wanted), max(1, synthetic_words // 60), unknown, words, rng)
        sentences = spoken(speech.other_sentences(wanted), max(1, synthetic_words // 100), unknown, words, rng)
    for label, name in enumerate(labels):
        if name != recordings.SILENCE and not people[label] and not synthetic[label]:
            raise ValueError(f"there is no sound for the class '{name}': record it, or install espeak-ng")
    return Sources(labels, words, people, synthetic, sentences, noise)


def pick(items: list, rng: np.random.Generator):
    """Any of them."""
    return items[int(rng.integers(0, len(items)))]


def draw(sources: Sources, label: int, rng: np.random.Generator, synthetic_part: float) -> streams.Utterance:
    """A random utterance of a class; each of the words that people said is as likely as the others."""
    if sources.synthetic[label] and (not sources.people[label] or rng.random() < synthetic_part):
        return pick(sources.synthetic[label], rng)
    return pick(pick(sources.people[label], rng), rng)


def speech_clip(item: streams.Utterance, noise: augment.NoiseBank, rng: np.random.Generator) -> np.ndarray:
    """One second with the word anywhere near its middle: int16 [15840]."""
    sound = augment.fit(augment.vary(item.sound, rng), audio.RATE_HZ)
    sound = augment.shift(sound, int(rng.integers(-1900, 1900)))[:frontend.CLIP_SAMPLES]
    first, last = streams.speech_bounds(sound)
    sound = augment.with_rms(sound, 1.0) / max(1.0, audio.rms(augment.with_rms(sound, 1.0)[first:last]))
    if rng.random() < 0.75:
        sound = augment.add_noise(sound, noise.draw(rng, len(sound)), 1.0, rng.uniform(0, 35))
    return audio.to_pcm(sound * np.float32(augment.random_level(rng)))


def silence_clip(noise: augment.NoiseBank, rng: np.random.Generator) -> np.ndarray:
    """One second of noise from inaudible to loud, now and then nothing at all."""
    if rng.random() < 0.03:
        return np.zeros(frontend.CLIP_SAMPLES, np.int16)
    return audio.to_pcm(noise.draw(rng, frontend.CLIP_SAMPLES) * np.float32(augment.random_level(rng, 1e-4, 0.4)))


def add_clips(builder: PoolBuilder, sources: Sources, sizes: Sizes, rng: np.random.Generator) -> None:
    """Clips of every class."""
    unknown, silence = sources.labels.index(recordings.UNKNOWN), sources.labels.index(recordings.SILENCE)
    for label in range(len(sources.labels)):
        count = {unknown: sizes.other_clips, silence: sizes.silence_clips}.get(label, sizes.keyword_clips)
        for _ in range(count):
            if label == silence:
                pcm, word = silence_clip(sources.noise, rng), streams.NO_WORD
            else:
                item = draw(sources, label, rng, 0.15)
                pcm, word = speech_clip(item, sources.noise, rng), item.word
            builder.add(pcm, np.array([label], np.int8), np.array([word], np.int16), 0)


def stream_utterances(sources: Sources, rng: np.random.Generator) -> list[streams.Utterance]:
    """A random programme: half wanted words, half others, now and then a sentence."""
    unknown = sources.labels.index(recordings.UNKNOWN)
    programme = []
    for _ in range(STREAM_UTTERANCES):
        if sources.sentences and rng.random() < 0.08:
            programme.append(pick(sources.sentences, rng))
            continue
        label = int(rng.integers(2, len(sources.labels))) if rng.random() < 0.5 else unknown
        programme.append(draw(sources, label, rng, 0.35))
    return programme


def add_streams(builder: PoolBuilder, sources: Sources, count: int, rng: np.random.Generator) -> None:
    """Streams with the windows at every frame."""
    keywords = range(2, len(sources.labels))
    unknown, silence = sources.labels.index(recordings.UNKNOWN), sources.labels.index(recordings.SILENCE)
    word_of = np.array([sources.words.index(name) if name in sources.words else streams.NO_WORD
                        for name in sources.labels], np.int16)
    for _ in range(count):
        pcm, events = streams.compose(stream_utterances(sources, rng), sources.noise, rng)
        frames = frontend.frame_count(len(pcm))
        labels = streams.window_labels(events, frames, keywords, unknown, silence)
        builder.add(pcm, labels, word_of[labels], 1)


class Task:
    """What a worker needs; handed to it when the process is forked."""
    sources: Sources | None = None
    front_end: frontend.FrontEnd | None = None


def adopt(sources: Sources, front_end: frontend.FrontEnd) -> None:
    """Runs first in each worker."""
    Task.sources, Task.front_end = sources, front_end


def build_part(sizes: Sizes, seed: int) -> Pool:
    """A worker's share of a pool."""
    builder, rng = PoolBuilder(Task.front_end), np.random.default_rng(seed)
    add_clips(builder, Task.sources, sizes, rng)
    add_streams(builder, Task.sources, sizes.streams, rng)
    return builder.pool()


def build_pool(sources: Sources, sizes: Sizes, front_end: frontend.FrontEnd, rng: np.random.Generator) -> Pool:
    """A fresh pool: every call draws new variations. The number of workers does not depend on the machine."""
    share = Sizes(*(-(-count // WORKERS) for count in vars(sizes).values()))
    seeds = [int(seed) for seed in rng.integers(0, 2**31, WORKERS)]
    with concurrent.futures.ProcessPoolExecutor(WORKERS, multiprocessing.get_context("fork"), adopt,
                                                (sources, front_end)) as workers:
        parts = list(workers.map(build_part, [share] * WORKERS, seeds))
    return join(parts)


def join(parts: list[Pool]) -> Pool:
    """Several pools as one."""
    before = np.cumsum([0] + [len(part.frames) for part in parts[:-1]])
    starts = np.concatenate([part.starts + first for part, first in zip(parts, before)])
    frames, labels, words, kinds = (np.concatenate([getattr(part, name) for part in parts])
                                    for name in ("frames", "labels", "words", "kinds"))
    return Pool(frames, starts, labels, words, kinds)


def clip_of(path, snr_db: float | None, noise: augment.NoiseBank | None, rng: np.random.Generator) -> np.ndarray:
    """A recording as it is, cut to one second, perhaps in noise: int16 [15840]."""
    sound = augment.fit(audio.read(path), audio.RATE_HZ)[:frontend.CLIP_SAMPLES]
    if snr_db is None:
        return audio.to_pcm(sound)
    first, last = streams.speech_bounds(sound)
    level = audio.rms(sound[first:last])
    noisy = augment.add_noise(sound, noise.draw(rng, len(sound)), level, snr_db)
    return audio.to_pcm(noisy * np.float32(min(1.0, 0.99 / max(1e-6, float(np.abs(noisy).max())))))


def clips_features(found: list[recordings.Recording], labels: list[str], front_end: frontend.FrontEnd,
                   snr_db: float | None = None, noise: augment.NoiseBank | None = None,
                   rng: np.random.Generator | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Recordings, perhaps in noise: int8 [count, 49, 40] and classes [count]."""
    features = [front_end.features(clip_of(item.path, snr_db, noise, rng)) for item in found]
    classes = [recordings.label_of(item.word, labels) for item in found]
    return np.array(features, np.int8).reshape(-1, frontend.FRAMES, frontend.CHANNELS), np.array(classes, np.int64)


def check_features(found: list[recordings.Recording], labels: list[str], front_end: frontend.FrontEnd,
                   noise: augment.NoiseBank, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """What training is checked with: each held-out recording as it is, and once more in noise."""
    clean = clips_features(found, labels, front_end)
    noisy = clips_features(found, labels, front_end, CHECK_SNR_DB, noise, rng)
    return np.concatenate([clean[0], noisy[0]]), np.concatenate([clean[1], noisy[1]])
