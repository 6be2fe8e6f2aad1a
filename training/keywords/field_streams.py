"""The streams that field.py plays: each is a sequence of chunks of samples and, once played, the words said in it.

The same seed gives the same samples. A chunk is about a minute long.
"""
import pathlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from training import audio
from training.keywords import augment
from training.keywords import recordings
from training.keywords import speech
from training.keywords import streams
from training.keywords.spotter_process import Said

WORDS_PER_CHUNK = 20
CHUNK_SECONDS = 60
SPEECH_LEVEL = 0.05
SENTENCE_CHARACTERS = 300
LEAST_WORDS = 4  # of a sentence worth reading


@dataclass
class Material:
    """What streams are made of: wanted words of people by label from 2 on, other words, noise, sentences."""
    wanted: list[str]
    words: list[streams.Utterance]
    others: list[streams.Utterance]
    noise: augment.NoiseBank
    sentences: list[str]


@dataclass
class Stream:
    """`said` fills while `chunks` is consumed."""
    chunks: Iterator[np.ndarray]
    said: list[Said] = field(default_factory=list)


def sentences_of(files: list[pathlib.Path], wanted: list[str]) -> list[str]:
    """Sentences of texts without a wanted word in them."""
    unwanted = re.compile(r"\b(" + "|".join(map(re.escape, wanted)) + r")\b", re.IGNORECASE)
    found = []
    for path in files:
        plain = re.sub(r"[^A-Za-z0-9.,;:'!? \n-]", " ", path.read_text(errors="replace"))
        for sentence in re.split(r"(?<=[.;:!?])\s", re.sub(r"\s+", " ", plain)):
            if len(sentence.split()) >= LEAST_WORDS and not unwanted.search(sentence):
                found.append(sentence[:SENTENCE_CHARACTERS])
    return found or speech.other_sentences(wanted)


def load(found: list[recordings.Recording], wanted: list[str], noise: augment.NoiseBank,
         texts: list[pathlib.Path]) -> Material:
    """Reads the recordings and the texts."""
    labels = recordings.labels_for(wanted)
    spoken = [(recordings.label_of(item.word, labels), item) for item in found
              if item.word != recordings.SILENCE_FOLDER]
    said = [streams.utterance(audio.read(item.path), label) for label, item in spoken]
    return Material(wanted, [item for item in said if item.label >= 2], [item for item in said if item.label < 2], noise,
                    sentences_of(texts, wanted))


def as_said(sound: np.ndarray, _rng: np.random.Generator) -> np.ndarray:
    """No variation."""
    return sound


def clear_pause(rng: np.random.Generator) -> float:
    """Between words that are meant to be heard one by one."""
    return float(rng.uniform(0.7, 1.8))


def laid(stream: Stream, material: Material, programme: list[streams.Utterance], snr_db: float, start: int,
         rng: np.random.Generator, vary=as_said) -> np.ndarray:
    """A chunk of utterances in noise: int16; notes the wanted ones of a stream that has come to sample `start`."""
    sound, events = streams.lay(programme, rng, clear_pause, vary)
    noisy = augment.add_noise(sound, material.noise.draw(rng, len(sound)), 1.0, snr_db)
    for event in (event for event in events if event.label >= 2):
        stream.said.append(Said(material.wanted[event.label - 2], (start + event.first) // 16, (start + event.last) // 16))
    return audio.to_pcm(noisy * np.float32(SPEECH_LEVEL))


def words_of_people(material: Material, snr_db: float, seed: int) -> Stream:
    """Every wanted word once among as many others, each as recorded, so far above the noise."""
    rng, stream = np.random.default_rng(seed), Stream(iter(()))
    others = [material.others[i] for i in rng.permutation(len(material.others))[:len(material.words)]]
    programme = material.words + others
    order = rng.permutation(len(programme))

    def chunks() -> Iterator[np.ndarray]:
        at = 0
        for start in range(0, len(order), WORDS_PER_CHUNK):
            chosen = [programme[i] for i in order[start:start + WORDS_PER_CHUNK]]
            chunk = laid(stream, material, chosen, snr_db, at, rng)
            at += len(chunk)
            yield chunk

    stream.chunks = chunks()
    return stream


def hours_of(hours: float, make) -> Iterator[np.ndarray]:
    """Chunks of `make` until there are so many hours."""
    left = int(hours * 3600 * audio.RATE_HZ)
    while left > 0:
        chunk = make()[:left]
        left -= len(chunk)
        yield chunk


def noise_alone(material: Material, hours: float, seed: int) -> Stream:
    """Scenes without speech, from inaudible to loud, a new one every minute."""
    rng = np.random.default_rng(seed + 1)

    def minute() -> np.ndarray:
        samples = CHUNK_SECONDS * audio.RATE_HZ
        scene = (augment.synthetic_noise(rng, samples) if rng.random() < 0.7 else material.noise.draw(rng, samples))
        return audio.to_pcm(scene * np.float32(augment.random_level(rng, 0.0005, 0.3)))

    return Stream(hours_of(hours, minute))


def other_words(material: Material, hours: float, seed: int) -> Stream:
    """Words of people that are none of the wanted, at another speed, in another room and noise each time."""
    rng, stream = np.random.default_rng(seed + 2), Stream(iter(()))

    def talk() -> np.ndarray:
        chosen = [material.others[int(i)] for i in rng.integers(0, len(material.others), WORDS_PER_CHUNK)]
        return laid(stream, material, chosen, float(rng.uniform(5, 40)), 0, rng, augment.vary)

    stream.chunks = hours_of(hours, talk)
    return stream


def prose(material: Material, hours: float, seed: int) -> Stream:
    """Texts read by espeak-ng, a few sentences in one voice, in noise."""
    rng = np.random.default_rng(seed + 3)
    order = iter(())

    def reading() -> np.ndarray:
        nonlocal order
        texts = []
        while sum(map(len, texts)) < 2 * SENTENCE_CHARACTERS:
            number = next(order, None)
            if number is None:
                order = iter(rng.permutation(len(material.sentences)))
                continue
            texts.append(material.sentences[number])
        sound = speech.say(" ".join(texts), speech.random_manner(rng))
        sound = np.pad(augment.with_rms(sound, 1.0), int(rng.uniform(0.2, 1.0) * audio.RATE_HZ))
        noisy = augment.add_noise(sound, material.noise.draw(rng, len(sound)), 1.0, float(rng.uniform(5, 40)))
        return audio.to_pcm(noisy * np.float32(augment.random_level(rng, 0.01, 0.15)))

    return Stream(hours_of(hours, reading))


def words_of_a_machine(material: Material, times: int, seed: int) -> Stream:
    """The wanted words in random voices of espeak-ng, whose end is known to the sample, with pauses between them."""
    rng, stream = np.random.default_rng(seed + 4), Stream(iter(()))

    def chunks() -> Iterator[np.ndarray]:
        at = 0
        labels = rng.permutation(np.repeat(np.arange(2, 2 + len(material.wanted)), times))
        for start in range(0, len(labels), WORDS_PER_CHUNK):
            programme = []
            for label in labels[start:start + WORDS_PER_CHUNK]:
                sound = speech.say(material.wanted[label - 2], speech.random_manner(rng))
                if len(sound):
                    programme.append(streams.Utterance(sound, int(label), 0, len(sound)))
            chunk = laid(stream, material, programme, 30.0, at, rng)
            at += len(chunk)
            yield chunk

    stream.chunks = chunks()
    return stream
