"""Fills in for words that nobody has recorded yet: espeak-ng says them in many voices, into the folder of recordings.

    python3 -m training.keywords.synthesise --words tea,coffee --folder DIR --count 100

The files are named `synthetic-<voice>_nohash_<n>.wav`. Training learns from them, never measures with them, and counts
them apart in the card. To be rid of them: rm DIR/*/synthetic-*
"""
import argparse
import pathlib
import re

import numpy as np

from training import audio
from training.keywords import augment
from training.keywords import recordings
from training.keywords import speech

LOUDNESS = 0.05


def fill(folder: pathlib.Path, word: str, count: int, rng: np.random.Generator) -> list[pathlib.Path]:
    """Writes `count` seconds with the word in their middle; goes on counting where an earlier call ended."""
    place = folder / word
    place.mkdir(parents=True, exist_ok=True)
    first, written = len(list(place.glob(f"{recordings.SYNTHETIC}*.wav"))), []
    while len(written) < count:
        manner = speech.random_manner(rng)
        sound = speech.say(word.replace("-", " "), manner)
        if len(sound) == 0:
            continue
        voice = re.sub(r"[^a-z0-9]+", "-", manner.voice.lower())
        path = place / f"{recordings.SYNTHETIC}{voice}_nohash_{first + len(written)}.wav"
        audio.write(path, augment.fit(augment.with_rms(sound, LOUDNESS), audio.RATE_HZ))
        written.append(path)
    return written


def main() -> None:
    """Says all words."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", required=True, help="separated by commas")
    parser.add_argument("--folder", type=pathlib.Path, required=True, help="where the folders of the words lie")
    parser.add_argument("--count", type=int, default=100, help="of each word (default: 100)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if not speech.is_available():
        parser.exit(2, "synthesise: espeak-ng is not installed\n")
    rng = np.random.default_rng(options.seed)
    for word in options.words.split(","):
        print(f"{len(fill(options.folder, word, options.count, rng))} synthetic takes of '{word}' in {options.folder / word}")


if __name__ == "__main__":
    main()
