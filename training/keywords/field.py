"""How a spotter does on long streams: the program that ships hears them on its standard input.

    python3 -m training.keywords.field --spotter "ours=--model models/keywords_yes_no/keywords_yes_no.tflite" \\
        --recordings DIR --list DIR/clean_test.txt --noise DIR --hours 10 [--json FILE]

Three parts: words of people at five distances from the noise (false rejects), hours without a wanted word (false
accepts an hour), words of espeak-ng whose end is known (delay to the lamp). Several --spotter hear the same streams.
"""
import argparse
import json
import pathlib
import sys
from dataclasses import asdict, dataclass, field

import numpy as np

from training.keywords import augment
from training.keywords import field_streams
from training.keywords import recordings
from training.keywords import speech
from training.keywords.spotter_process import Heard, Said, Spotter

NOISES_DB = (40.0, 20.0, 10.0, 5.0, 0.0)
LATE_MS = 1000  # a decision belongs to a word if it falls between the word's start and so long after its end
CONFIDENCE = 0.95
DELAY_WORDS = 60  # of each wanted word


@dataclass
class Tally:
    """What one spotter made of one stream."""
    stream: str
    said: int = 0
    hits: int = 0
    wrong: int = 0  # another wanted word was heard than was said
    false_accepts: int = 0
    hours: float = 0.0
    delays_ms: list[int] = field(default_factory=list)

    def misses(self) -> int:
        """Words that were not heard."""
        return self.said - self.hits


def judge(stream: str, heard: list[Heard], said: list[Said], seconds: float) -> Tally:
    """Matches what was heard with what was said; each decision counts once."""
    tally, left = Tally(stream, said=len(said), hours=seconds / 3600.0), list(heard)
    for word in said:
        near = [one for one in left if word.first_ms <= one.time_ms <= word.last_ms + LATE_MS]
        right = next((one for one in near if one.word == word.word), None)
        if right is not None:
            tally.hits += 1
            tally.delays_ms.append(right.time_ms - word.last_ms)
            left.remove(right)
        elif near:
            tally.wrong += 1
            left.remove(near[0])
    tally.false_accepts = len(left)
    return tally


def poisson_cdf(count: int, mean: float) -> float:
    """Probability of at most so many events."""
    term = total = float(np.exp(-mean))
    for number in range(1, count + 1):
        term *= mean / number
        total += term
    return total


def most_events(count: int, confidence: float = CONFIDENCE) -> float:
    """The mean above which so few events would be seen less often than 1 - confidence: the exact Poisson bound."""
    low, high = 0.0, 10.0 + 3.0 * count
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if poisson_cdf(count, middle) > 1.0 - confidence else (low, middle)
    return high


def hear(spotters: list[Spotter], name: str, stream: field_streams.Stream) -> list[Tally]:
    """Plays a stream to every spotter at once."""
    running = [spotter.start() for spotter in spotters]
    samples = 0
    for chunk in stream.chunks:
        samples += len(chunk)
        for process in running:
            process.write(chunk)
        print(f"\r{name}: {samples / 16000 / 3600:.2f} h", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return [judge(name, process.finish(), stream.said, samples / 16000) for process in running]


def percentile(values: list[int], part: float) -> float:
    """Nearest rank; NaN of nothing."""
    return float(sorted(values)[min(len(values) - 1, int(part * len(values)))]) if values else float("nan")


def text_of(name: str, tallies: list[Tally]) -> str:
    """The tables of one spotter in Markdown."""
    lines = [f"### {name}\n", "| words of people | heard | missed | wrong word | false rejects |", "|---|---|---|---|---|"]
    for row in (row for row in tallies if row.stream.startswith("words")):
        lines.append(f"| {row.stream[6:]} | {row.hits} of {row.said} | {row.misses()} | {row.wrong} | "
                     f"{100 * row.misses() / max(1, row.said):.1f} % |")
    lines += ["", "| without a wanted word | hours | false accepts | an hour | at most (95 %) |", "|---|---|---|---|---|"]
    quiet = [row for row in tallies if row.stream.startswith("no word")]
    whole = Tally("no word, all together", hours=sum(row.hours for row in quiet),
                  false_accepts=sum(row.false_accepts for row in quiet))
    for row in [*quiet, whole] if quiet else []:
        hours = max(row.hours, 1e-9)
        lines.append(f"| {row.stream[9:]} | {row.hours:.2f} | {row.false_accepts} | {row.false_accepts / hours:.2f} | "
                     f"{most_events(row.false_accepts) / hours:.2f} |")
    for row in (row for row in tallies if row.stream == "delay"):
        lines.append(f"\nFrom the end of a synthesised word to the lamp: p50 {percentile(row.delays_ms, 0.5):.0f} ms, "
                     f"p95 {percentile(row.delays_ms, 0.95):.0f} ms, over {row.hits} of {row.said} words that were heard.")
    return "\n".join(lines)


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, default=pathlib.Path("build/release/bin/keyword_spotter"))
    parser.add_argument("--spotter", action="append", required=True,
                        help="NAME=ARGUMENTS of the program; may be given several times")
    parser.add_argument("--words", default="yes,no", help="the wanted words (default: yes,no)")
    parser.add_argument("--recordings", type=pathlib.Path, required=True, help="of speakers that were not learnt from")
    parser.add_argument("--list", type=pathlib.Path, help="text file, one word/file a line (default: all)")
    parser.add_argument("--noise", type=pathlib.Path, help="folder of background noise beside the synthesised one")
    parser.add_argument("--prose", type=pathlib.Path, nargs="*", default=sorted(
        pathlib.Path("/usr/share/common-licenses").glob("*")), help="texts that espeak-ng reads")
    parser.add_argument("--hours", type=float, default=10.0, help="without a wanted word (default: 10)")
    parser.add_argument("--parts", default="words,silence,delay", help="of words, silence, delay (default: all)")
    parser.add_argument("--json", type=pathlib.Path, help="also write the figures there")
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args()


def play_all(options: argparse.Namespace, spotters: list[Spotter]) -> list[list[Tally]]:
    """Every part; of each a list with a tally for each spotter."""
    rng, wanted = np.random.default_rng(options.seed), options.words.split(",")
    noise = augment.NoiseBank(recordings.sounds_in(options.noise) if options.noise else [], rng)
    found = (recordings.read_list(options.recordings, options.list) if options.list
             else recordings.find(options.recordings))
    material = field_streams.load(found, wanted, noise, options.prose)
    tallies, parts = [], options.parts.split(",")
    for snr_db in NOISES_DB if "words" in parts else ():
        name = "words at " + (f"{snr_db:.0f} dB" if snr_db < 40 else "40 dB (clean)")
        tallies.append(hear(spotters, name, field_streams.words_of_people(material, snr_db, options.seed)))
    if "silence" in parts:
        share = options.hours / (3 if speech.is_available() else 2)
        for name, make in (("noise", field_streams.noise_alone), ("other words", field_streams.other_words)):
            tallies.append(hear(spotters, f"no word: {name}", make(material, share, options.seed)))
        if speech.is_available():
            tallies.append(hear(spotters, "no word: espeak-ng reads", field_streams.prose(material, share, options.seed)))
    if "delay" in parts and speech.is_available():
        tallies.append(hear(spotters, "delay", field_streams.words_of_a_machine(material, DELAY_WORDS, options.seed)))
    return tallies


def main() -> None:
    """Plays, prints, writes."""
    options = arguments()
    spotters = [Spotter.parse(options.program, text, options.words.split(",")) for text in options.spotter]
    by_stream = play_all(options, spotters)
    figures = {}
    for number, spotter in enumerate(spotters):
        tallies = [row[number] for row in by_stream]
        print(text_of(spotter.name, tallies) + "\n", flush=True)
        figures[spotter.name] = [asdict(tally) | {"bound_95": most_events(tally.false_accepts)} for tally in tallies]
    if options.json:
        options.json.write_text(json.dumps({"seed": options.seed, "spotters": figures}, indent=2) + "\n")


if __name__ == "__main__":
    main()
