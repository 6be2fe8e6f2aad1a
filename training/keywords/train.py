"""Makes a keyword model of a folder of recordings: int8 and float .tflite files, settings, figures and a card.

    python3 -m training.keywords.train --recordings DIR --words tea,stop --output DIR --ram 24K --flash 64K
"""
import argparse
import pathlib
import sys
import time

import numpy as np
import torch

from training import export_tflite
from training import frontend
from training import network as net
from training import quantise
from training import read_tflite
from training.keywords import augment
from training.keywords import card
from training.keywords import dataset
from training.keywords import fitting
from training.keywords import recordings
from training.keywords import smoothing
from training.keywords import trainer
from training.keywords.architectures import ARCHITECTURES

CALIBRATION_WINDOWS = 2000
HELD_OUT_PERCENT = 10
THREADS = 2


def name_of(labels: list[str]) -> str:
    """The name of the files."""
    return "keywords_" + "_".join(labels[2:])


def export(network: net.Network, calibration: np.ndarray, labels: list[str], output: pathlib.Path) -> int:
    """Writes both models, the labels and, where there are none yet, the settings; gives the bytes of the int8 file."""
    output.mkdir(parents=True, exist_ok=True)
    source = quantise.Scale(np.float32(frontend.INPUT_SCALE), frontend.INPUT_ZERO_POINT)
    integer = quantise.quantise(network, source, calibration[..., None])
    text = "Keyword model of Verge: " + ", ".join(labels)
    size = export_tflite.write(integer, output / f"{name_of(labels)}.tflite", text)
    export_tflite.write(network, output / f"{name_of(labels)}_float.tflite", text)
    (output / "labels.txt").write_text("\n".join(labels) + "\n")
    if not (output / "settings.json").exists():
        smoothing.save(smoothing.Settings(), output / "settings.json", labels)
    return size


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--recordings", type=pathlib.Path, required=True, help="folder with one folder per word")
    parser.add_argument("--others", type=pathlib.Path,
                        help="another such folder: all its words are to be told apart from the wanted ones")
    parser.add_argument("--noise", type=pathlib.Path,
                        help="folder of background noise (default: _background_noise_ in the recordings)")
    parser.add_argument("--words", default="yes,no", help="wanted words, separated by commas (default: yes,no)")
    parser.add_argument("--output", type=pathlib.Path, required=True, help="folder for the model")
    parser.add_argument("--architecture", choices=[*ARCHITECTURES], help="instead of choosing by --ram and --flash")
    parser.add_argument("--ram", help="RAM of the whole firmware, such as 24K: the largest network that fits is taken")
    parser.add_argument("--flash", help="flash of the whole firmware, such as 64K")
    parser.add_argument("--verge", type=pathlib.Path, default=pathlib.Path("build/release/bin/verge"),
                        help="the tool that says how much a model takes (default: build/release/bin/verge)")
    parser.add_argument("--target", default="cortex-m4", help="what it is asked for (default: cortex-m4)")
    parser.add_argument("--start-from", type=pathlib.Path,
                        help="float .tflite file of the same architecture, whose convolutions are gone on with")
    parser.add_argument("--synthetic", type=int, default=350,
                        help="how often espeak-ng says each wanted word (default: 350; 0: never)")
    parser.add_argument("--licence", default="that of the recordings", help="a sentence for the card")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=8000, help="at most so many (default: 8000)")
    parser.add_argument("--minutes", type=float, default=12.0,
                        help="the clock ends it here, and the run cannot be repeated exactly (default: 12)")
    return parser.parse_args()


def find_all(options: argparse.Namespace, labels: list[str]) -> list[recordings.Recording]:
    """The recordings and the others; a wanted word among the others is not taken for another word."""
    found = recordings.find(options.recordings)
    if options.others:
        found += [item for item in recordings.find(options.others) if item.word not in labels[2:]]
    present = {item.word for item in found}
    for word in labels[2:]:
        if word not in present:
            print(f"no recordings of '{word}': only espeak-ng says it, which is worse than people do", flush=True)
    return found


def pick_rows(options: argparse.Namespace, labels: list[str]) -> tuple[str, fitting.Need | None]:
    """The architecture asked for, or the largest that fits; and what it needs where `verge` is there to say so."""
    if options.architecture or not (options.ram or options.flash):
        name = options.architecture or "medium"
        return name, fitting.need_of(name, labels, options.verge, options.target) if options.verge.exists() else None
    limits = fitting.Limits(fitting.parse_size(options.ram), fitting.parse_size(options.flash))
    return fitting.choose(limits, labels, options.verge, options.target)


def run(options: argparse.Namespace) -> None:
    """Reads, chooses, trains, exports, measures."""
    started, rng = time.monotonic(), np.random.default_rng(options.seed)
    labels = recordings.labels_for(options.words.split(","))
    name, need = pick_rows(options, labels)
    print(f"architecture: {name}" + (f", {need.text()}" if need else ""), flush=True)
    learnt, held_out = recordings.split(find_all(options, labels), HELD_OUT_PERCENT)
    noise = augment.NoiseBank(
        recordings.sounds_in(options.noise or options.recordings / recordings.NOISE_FOLDER), rng)
    print(f"{len(learnt)} recordings to learn from, {len(held_out)} others to check with", flush=True)
    sources = dataset.load_sources(learnt, labels, noise, rng, options.synthetic)
    start = read_tflite.read(options.start_from) if options.start_from else None
    check = dataset.check_features(held_out, labels, frontend.FrontEnd(), noise, rng)
    learner = trainer.Trainer(len(labels), len(sources.words), ARCHITECTURES[name], start)
    left = options.minutes - (time.monotonic() - started) / 60.0
    result = trainer.train(sources, check, learner, trainer.Budget(options.steps, max(0.1, left)), rng)
    sample = rng.integers(0, len(result.pool.starts), CALIBRATION_WINDOWS)
    size = export(result.model.eval().fold(), result.pool.windows(sample), labels, options.output)
    facts = card.Facts(name, need, size, result.steps, (time.monotonic() - started) / 60.0, result.stopped_early,
                       result.by_clock, " ".join(sys.argv[1:]), options.licence)
    card.write(options.output, labels, learnt, held_out, sources, noise, facts)
    print(f"wrote {options.output / name_of(labels)}.tflite, {size} bytes, and {options.output / 'card.md'} "
          f"after {(time.monotonic() - started) / 60.0:.1f} minutes and {result.steps} steps"
          + (", stopped early" if result.stopped_early else "") + (", ended by the clock" if result.by_clock else ""))


def main() -> int:
    """Runs, and says in one line what is not as it should be."""
    options = arguments()
    torch.set_num_threads(THREADS)
    torch.manual_seed(options.seed)
    try:
        run(options)
    except (ValueError, FileNotFoundError) as error:
        print(f"train: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
