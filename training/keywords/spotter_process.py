"""The program `keyword_spotter`, fed with samples on its standard input."""
import json
import pathlib
import shlex
import subprocess
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Said:
    """A wanted word of a stream."""
    word: str
    first_ms: int
    last_ms: int


@dataclass(frozen=True)
class Heard:
    """A decision."""
    word: str
    time_ms: int


class Process:
    """One run."""

    def __init__(self, command: list[str], names: dict[str, str]):
        self._names = names
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                         stderr=subprocess.DEVNULL)

    def write(self, samples: np.ndarray) -> None:
        """int16 [samples]"""
        try:
            self._process.stdin.write(samples.astype("<i2").tobytes())
        except BrokenPipeError:
            pass  # finish() says why

    def finish(self) -> list[Heard]:
        """Ends the stream and gives what was heard."""
        answer = json.loads(self._process.communicate()[0] or "{}")
        if "events" not in answer:
            raise ValueError(f"keyword_spotter says: {answer.get('error', 'nothing')}")
        events = [Heard(self._names.get(event["word"], event["word"]), event["time_ms"]) for event in answer["events"]]
        return [event for event in events if event.word in self._names.values()]


@dataclass(frozen=True)
class Spotter:
    """A name for the tables and what the program is called with."""
    name: str
    command: list[str]
    names: dict[str, str]  # what the program calls the wanted words

    @staticmethod
    def parse(program: pathlib.Path, text: str, wanted: list[str]) -> "Spotter":
        """NAME=ARGUMENTS; a model without labels numbers its classes: 2 is the first wanted word."""
        name, _, rest = text.partition("=")
        names = {word: word for word in wanted} | {f"class {i + 2}": word for i, word in enumerate(wanted)}
        return Spotter(name, [str(program), "-", *shlex.split(rest), "--json"], names)

    def start(self) -> Process:
        """A fresh run."""
        return Process(self.command, self.names)
