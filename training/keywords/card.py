"""The card of a model: data, speakers, licence, and what the int8 file makes of recordings it did not learn from.

`measure` gives the figures as plain data (figures.json), `text` makes the page of them.
"""
import collections
import csv
import json
import pathlib
from dataclasses import asdict, dataclass

import numpy as np

from training import frontend
from training import network as net
from training import quantise
from training import read_tflite
from training.keywords import augment
from training.keywords import dataset
from training.keywords import fitting
from training.keywords import recordings
from training.keywords import torch_sums

CHUNK = 32
NOISES_DB = (None, 20.0, 10.0, 5.0, 0.0)
NOISE_SEED = 11
MOST_SPEAKERS = 12
FEWEST_OF_A_GROUP = 5
WORST_PAIRS = 5


@dataclass(frozen=True)
class Facts:
    """What only the training knows."""
    architecture: str
    need: fitting.Need | None
    bytes: int
    steps: int
    minutes: float
    stopped_early: bool
    by_clock: bool
    command: str
    licence: str


def posteriors(network: net.Network | quantise.QuantisedNetwork, windows: np.ndarray) -> np.ndarray:
    """int8 windows [count, 49, 40] -> int8 posteriors, or float ones from a float network."""
    parts = []
    for start in range(0, len(windows), CHUNK):
        part = windows[start:start + CHUNK, ..., None]
        if isinstance(network, quantise.QuantisedNetwork):
            parts.append(quantise.run(network, part, torch_sums.accumulate))
        else:
            real = (part.astype(np.float32) - frontend.INPUT_ZERO_POINT) * np.float32(frontend.INPUT_SCALE)
            parts.append(net.softmax(net.run(network, real, torch_sums.accumulate)[-1]))
    return np.concatenate(parts)


def confusion(truth: np.ndarray, guesses: np.ndarray, classes: int) -> np.ndarray:
    """[true, guessed] counts."""
    table = np.zeros((classes, classes), np.int64)
    np.add.at(table, (truth, guesses), 1)
    return table


def confusion_text(table: np.ndarray, labels: list[str]) -> str:
    """A table in Markdown: rows are true, columns guessed."""
    lines = ["| said \\ heard | " + " | ".join(labels) + " | recall |", "|---" * (len(labels) + 2) + "|"]
    for label, row in zip(labels, table):
        cells = " | ".join(str(count) for count in row)
        lines.append(f"| {label} | {cells} | {100 * row[labels.index(label)] / max(1, row.sum()):.1f} % |")
    return "\n".join(lines)


def groups_of(folder: pathlib.Path) -> dict[str, str]:
    """Speaker to group, from `groups.csv` (speaker,group) beside the words; empty where there is none."""
    path = folder / "groups.csv"
    if not path.exists():
        return {}
    with path.open(newline="") as file:
        return {row["speaker"]: row["group"] for row in csv.DictReader(file)}


def by_group(found: list[recordings.Recording], right: np.ndarray, groups: dict[str, str]) -> dict[str, list[int]]:
    """Right and all by the group of the speaker, or by speaker where nobody said who belongs to which group."""
    tally: dict[str, list[int]] = collections.defaultdict(lambda: [0, 0])
    for item, good in zip(found, right):
        if item.word != recordings.SILENCE_FOLDER:
            counts = tally[groups.get(item.speaker, "no group" if groups else item.speaker)]
            counts[0], counts[1] = counts[0] + int(good), counts[1] + 1
    return dict(tally)


def worst_pairs(found: list[recordings.Recording], labels: list[str], guesses: np.ndarray) -> list[dict]:
    """The words that were taken for another class most often."""
    said = collections.Counter(item.word for item in found)
    wrong = collections.Counter((item.word, labels[guess]) for item, guess in zip(found, guesses)
                                if labels[guess] != labels[recordings.label_of(item.word, labels)])
    return [{"said": word, "heard": heard, "times": times, "of": said[word]}
            for (word, heard), times in wrong.most_common(WORST_PAIRS)]


def measure(model: pathlib.Path, labels: list[str], found: list[recordings.Recording], noise: augment.NoiseBank,
            groups: dict[str, str]) -> dict:
    """Figures of a file on recordings, clean and in noise."""
    network, front_end = read_tflite.read(model), frontend.FrontEnd()
    figures: dict = {"recordings": len(found), "speakers": len({item.speaker for item in found}), "by_snr": []}
    for snr_db in NOISES_DB:
        chosen = [item for item in found if snr_db is None or item.word != recordings.SILENCE_FOLDER]
        features, truth = dataset.clips_features(chosen, labels, front_end, snr_db, noise,
                                                 np.random.default_rng(NOISE_SEED))
        guesses = posteriors(network, features).argmax(axis=1)
        table = confusion(truth, guesses, len(labels))
        recall = {label: [int(table[i, i]), int(table[i].sum())] for i, label in enumerate(labels) if table[i].sum()}
        figures["by_snr"].append({"snr_db": snr_db, "right": int(np.trace(table)), "of": len(truth), "recall": recall})
        if snr_db is None:
            figures |= {"confusion": table.tolist(), "worst": worst_pairs(chosen, labels, guesses),
                        "groups": by_group(chosen, truth == guesses, groups)}
    return figures


def snr_text(figures: dict, labels: list[str]) -> str:
    """Accuracy by distance between word and noise."""
    heard = [label for label in labels if label != recordings.SILENCE]
    lines = ["| word above noise | right | " + " | ".join(heard) + " |", "|---" * (len(heard) + 2) + "|"]
    for row in figures["by_snr"]:
        name = "as recorded" if row["snr_db"] is None else f"{row['snr_db']:.0f} dB"
        cells = [percent(*row["recall"].get(label, (0, 0))) for label in heard]
        lines.append(f"| {name} | {row['right']} of {row['of']} = {percent(row['right'], row['of'])} | "
                     + " | ".join(cells) + " |")
    return "\n".join(lines)


def percent(right: int, of: int) -> str:
    """For tables; a dash for nothing."""
    return f"{100 * right / of:.1f} %" if of else "-"


def groups_text(figures: dict) -> str:
    """A row a group; of many speakers those with the most errors."""
    rows = sorted(figures["groups"].items(), key=lambda item: (item[1][0] - item[1][1], item[0]))
    few = [row for row in rows if row[1][1] >= FEWEST_OF_A_GROUP][:MOST_SPEAKERS]
    lines = ["| speaker or group | right | |", "|---|---|---|"]
    lines += [f"| {name} | {right} of {of} | {percent(right, of)} |" for name, (right, of) in few]
    flawless = sum(1 for _, (right, of) in rows if right == of)
    return "\n".join(lines) + (f"\n\n{len(rows)} speakers or groups in all, {flawless} of them without an error; "
                               f"those with fewer than {FEWEST_OF_A_GROUP} recordings are not listed.")


def failures_text(figures: dict) -> str:
    """What went wrong most often, and what was never measured."""
    lines = [f"- \"{pair['said']}\" was taken for {pair['heard']} {pair['times']} times of {pair['of']}."
             for pair in figures["worst"]]
    clean, loud = figures["by_snr"][0], figures["by_snr"][-1]
    lines.append(f"- In noise as loud as the word it is right {percent(loud['right'], loud['of'])} of the time "
                 f"instead of {percent(clean['right'], clean['of'])}.")
    lines.append("- Not measured unless the recordings hold it: children, strong accents, far microphones, two people "
                 "at once, other languages.")
    return "\n".join(lines)


def data_text(labels: list[str], learnt: list[recordings.Recording], held_out: list[recordings.Recording],
              sources: dataset.Sources) -> str:
    """A row a class: who said how much, and what a machine said."""
    lines = ["| class | recordings of people | speakers | held out | said by espeak-ng |", "|---|---|---|---|---|"]
    for number, label in enumerate(labels):
        if label == recordings.SILENCE:
            continue
        people = [item for item in learnt if not item.is_synthetic and recordings.label_of(item.word, labels) == number
                  and item.word != recordings.SILENCE_FOLDER]
        apart = sum(1 for item in held_out if recordings.label_of(item.word, labels) == number)
        machine = len(sources.synthetic[number]) + (len(sources.sentences) if label == recordings.UNKNOWN else 0)
        lines.append(f"| {label} | {len(people)} | {len({item.speaker for item in people})} | {apart} | {machine} |")
    return "\n".join(lines)


def text(title: str, facts: Facts, data: str, figures: dict, labels: list[str], shared: set[str]) -> str:
    """The page."""
    ended = "stopped early" if facts.stopped_early else "ended by the clock" if facts.by_clock else "ran to its end"
    who = (f"Words of few speakers ({', '.join(sorted(shared))}) were split by recording: the figures for them are of "
           "voices that were learnt from." if shared else "None of these speakers was learnt from.")
    need = f", {facts.need.text()}, {facts.need.multiply_accumulates} multiply-accumulates an inference" if facts.need \
        else ""
    return "\n\n".join([
        f"# {title}: hears {', '.join(labels[2:])} beside other speech and silence",
        f"Architecture `{facts.architecture}`, {facts.bytes} bytes as int8 .tflite{need}. Training took "
        f"{facts.minutes:.1f} minutes and {facts.steps} steps and {ended}; it was called with\n\n    {facts.command}",
        f"## Data\n\n{data}\n\nSpeech of espeak-ng was learnt from and never measured with. "
        f"Licence of the recordings: {facts.licence}.",
        f"## On {figures['recordings']} recordings of {figures['speakers']} speakers who were held out\n\n{who}\n\n"
        f"{confusion_text(np.array(figures['confusion']), labels)}",
        f"### By noise\n\n{snr_text(figures, labels)}", f"### By speaker\n\n{groups_text(figures)}",
        f"## Known failures\n\n{failures_text(figures)}"]) + "\n"


def write(output: pathlib.Path, labels: list[str], learnt: list[recordings.Recording],
          held_out: list[recordings.Recording], sources: dataset.Sources, noise: augment.NoiseBank,
          facts: Facts) -> None:
    """Measures the file that was written, prints the table, writes card.md and figures.json."""
    title = "keywords_" + "_".join(labels[2:])
    data = data_text(labels, learnt, held_out, sources)
    if not held_out:
        print("nothing was held out, so nothing is measured: record more")
        (output / "card.md").write_text(f"# {title}\n\nNot measured: too few recordings to hold some out.\n\n{data}\n")
        return
    folder = held_out[0].path.parent.parent
    figures = measure(output / f"{title}.tflite", labels, held_out, noise, groups_of(folder))
    print(confusion_text(np.array(figures["confusion"]), labels) + "\n\n" + snr_text(figures, labels))
    shared = recordings.few_speakers(learnt + held_out) & {item.word for item in held_out}
    (output / "card.md").write_text(text(title, facts, data, figures, labels, shared))
    (output / "figures.json").write_text(json.dumps({"facts": asdict(facts), "held_out": figures}, indent=2) + "\n")
