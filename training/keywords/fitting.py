"""Which architecture fits into the RAM and flash of a device: `verge compile` says what a model takes there.

The sizes do not depend on the weights, so a network of zeros is asked about before anything is trained.
"""
import json
import pathlib
import subprocess
import tempfile
from dataclasses import dataclass

import numpy as np

from training import export_tflite
from training import frontend
from training import network as net
from training import quantise
from training.keywords.architectures import ARCHITECTURES

# What the firmware of apps/keyword_spotter takes beside the model, with its stack; measured on mps2-an386 by
# `keyword_spotter FILE --board mps2-an386 --json` and rounded up: ram_bytes + stack_bytes - arena, code - estimate.
SPOTTER_RAM_BYTES = 10 * 1024 + 512
SPOTTER_CODE_BYTES = 7 * 1024


@dataclass(frozen=True)
class Limits:
    """Bytes of the whole firmware; None: as much as it likes."""
    ram: int | None
    flash: int | None


@dataclass(frozen=True)
class Need:
    """Bytes of the whole firmware with a network, and products an inference."""
    ram: int
    flash: int
    multiply_accumulates: int

    def fits(self, limits: Limits) -> bool:
        """Whether both are enough."""
        return (limits.ram is None or self.ram <= limits.ram) and (limits.flash is None or self.flash <= limits.flash)

    def text(self) -> str:
        """For people."""
        return f"the firmware takes about {self.ram / 1024:.1f} KB of RAM and {self.flash / 1024:.1f} KB of flash"


def parse_size(text: str | None) -> int | None:
    """24K, 1M or bytes."""
    if text is None:
        return None
    digits, unit = (text[:-1], text[-1].upper()) if text[-1:].isalpha() else (text, "")
    if not digits.isdigit() or unit not in ("", "K", "M"):
        raise ValueError(f"'{text}' is not a size; wanted: bytes, or a number with K or M, such as 24K")
    return int(digits) * {"": 1, "K": 1024, "M": 1024 * 1024}[unit]


def untrained(name: str, classes: int) -> quantise.QuantisedNetwork:
    """The architecture with weights that only have the right shape."""
    rng, layers, channels = np.random.default_rng(0), [], 1
    for row in ARCHITECTURES[name]:
        shape = (row.channels, *row.kernel, channels) if row.kind == net.CONV else (1, *row.kernel, row.channels)
        layers.append(net.Layer(row.kind, rng.normal(0, 0.1, shape).astype(np.float32),
                                np.zeros(row.channels, np.float32), row.stride, True))
        channels = row.channels
    layers += [net.Layer(net.POOL), net.Layer(net.DENSE, rng.normal(0, 0.1, (classes, channels)).astype(np.float32),
                                              np.zeros(classes, np.float32))]
    shape = (frontend.FRAMES, frontend.CHANNELS, 1)
    source = quantise.Scale(np.float32(frontend.INPUT_SCALE), frontend.INPUT_ZERO_POINT)
    return quantise.quantise(net.Network(shape, layers), source, rng.integers(-128, 127, (4, *shape)).astype(np.int8))


def need_of(name: str, labels: list[str], verge: pathlib.Path, target: str) -> Need:
    """What the architecture takes on a target."""
    if not verge.exists():
        raise FileNotFoundError(f"{verge} is not there; build the target `verge`, or name it with --verge")
    with tempfile.TemporaryDirectory() as folder:
        model, plan = pathlib.Path(folder) / "model.tflite", pathlib.Path(folder) / "model.vrg"
        export_tflite.write(untrained(name, len(labels)), model, name)
        done = subprocess.run([str(verge), "compile", str(model), "-o", str(plan), "--target", target, "--strip",
                               "--json"], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise ValueError(f"`verge compile` says: {done.stderr.strip()}")
    report = json.loads(done.stdout)
    return Need(report["arena_bytes"] + report.get("state_bytes", 0) + SPOTTER_RAM_BYTES,
                report["plan_bytes"] + report["code_bytes_estimate"] + SPOTTER_CODE_BYTES, report["macs"])


def choose(limits: Limits, labels: list[str], verge: pathlib.Path, target: str) -> tuple[str, Need]:
    """The largest architecture that fits, or a ValueError that says by how much the smallest does not."""
    for name in reversed(ARCHITECTURES):
        need = need_of(name, labels, verge, target)
        if need.fits(limits):
            return name, need
    raise ValueError(f"no architecture fits: with the smallest {need.text()}")
