"""Finds recordings in a folder laid out like Speech Commands and splits them by speaker.

A word is a folder; a file is named `<speaker>_nohash_<n>.flac` or `.wav`, perhaps after the true word
(`bird_0fa1e7a9_nohash_0.flac` in `_unknown_`). A speaker is a name of letters, digits and dashes, as `keyword_spotter
record` writes it; one that begins with `synthetic-` is a voice of espeak-ng.
"""
import hashlib
import pathlib
import re
from dataclasses import dataclass

SILENCE, UNKNOWN = "silence", "unknown"
SILENCE_FOLDER, NOISE_FOLDER = "_silence_", "_background_noise_"
SUFFIXES = (".wav", ".flac")
SPEAKER = re.compile(r"(?:^|_)([A-Za-z0-9-]+)_nohash_\d+$")
SYNTHETIC = "synthetic-"
FEWEST_SPEAKERS = 5  # of a word, below which its recordings are split and not its speakers


@dataclass(frozen=True)
class Recording:
    """A file, the name of its folder, who spoke."""
    path: pathlib.Path
    word: str
    speaker: str

    @property
    def is_synthetic(self) -> bool:
        """Whether a machine speaks."""
        return self.speaker.startswith(SYNTHETIC)


def speaker_of(name: str) -> str:
    """The speaker in a file name without suffix; a name without one is a speaker of its own."""
    found = SPEAKER.search(name)
    return found.group(1) if found else name


def sounds_in(folder: pathlib.Path) -> list[pathlib.Path]:
    """The sound files of one folder, sorted."""
    return sorted(path for path in folder.glob("*") if path.suffix in SUFFIXES) if folder.is_dir() else []


def find(folder: pathlib.Path) -> list[Recording]:
    """Every recording below the word folders, without the background noise."""
    words = sorted(path for path in folder.iterdir() if path.is_dir() and path.name != NOISE_FOLDER)
    found = [Recording(path, word.name, speaker_of(path.stem)) for word in words for path in sounds_in(word)]
    if not found:
        raise FileNotFoundError(f"{folder} has no word folders with .wav or .flac files")
    return found


def read_list(folder: pathlib.Path, listing: pathlib.Path) -> list[Recording]:
    """The recordings that a text file names, one `word/file` a line."""
    paths = [folder / line.strip() for line in listing.read_text().splitlines() if line.strip()]
    return [Recording(path, path.parent.name, speaker_of(path.stem)) for path in paths]


def is_held_out(speaker: str, percent: int) -> bool:
    """Whether a speaker is for validation; depends on the name alone, so it never changes sides."""
    return int.from_bytes(hashlib.sha256(speaker.encode()).digest()[:4], "big") % 100 < percent


def few_speakers(found: list[Recording]) -> set[str]:
    """The words that so few people said that keeping one of them apart would cost too much."""
    speakers: dict[str, set[str]] = {item.word: set() for item in found}
    for item in found:
        speakers[item.word] |= set() if item.is_synthetic else {item.speaker}
    return {word for word, names in speakers.items() if len(names) < FEWEST_SPEAKERS}


def split(found: list[Recording], held_out_percent: int) -> tuple[list[Recording], list[Recording]]:
    """(training, validation) without a speaker in common, but for words of few speakers: those are split by recording.

    What a machine said is for training only.
    """
    few, training, held_out = few_speakers(found), [], []
    for item in found:
        key = f"{item.word}/{item.path.stem}" if item.word in few else item.speaker
        is_apart = not item.is_synthetic and is_held_out(key, held_out_percent)
        (held_out if is_apart else training).append(item)
    return training, held_out


def labels_for(words: list[str]) -> list[str]:
    """Names of the classes in the order of the outputs."""
    return [SILENCE, UNKNOWN, *words]


def label_of(word: str, labels: list[str]) -> int:
    """The class of a folder name."""
    if word == SILENCE_FOLDER:
        return labels.index(SILENCE)
    return labels.index(word if word in labels[2:] else UNKNOWN)
