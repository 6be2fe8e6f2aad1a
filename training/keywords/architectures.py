"""The networks that a keyword model may have, from small to large, as tables of convolutions.

Each is a strided convolution, depthwise-separable blocks, the mean, one dense layer. Every convolution is followed by
batch norm and ReLU.
"""
from dataclasses import dataclass

from training import network as net

Pair = tuple[int, int]


@dataclass(frozen=True)
class Row:
    """One convolution: kernel and stride are (time, frequency)."""
    kind: str
    channels: int
    kernel: Pair
    stride: Pair = (1, 1)


def separable(before: int, after: int, stride: Pair = (1, 1)) -> tuple[Row, Row]:
    """A 3x3 filter for each channel, then a mixture of the channels."""
    return Row(net.DEPTHWISE, before, (3, 3), stride), Row(net.CONV, after, (1, 1))


ARCHITECTURES: dict[str, tuple[Row, ...]] = {
    "small": (Row(net.CONV, 16, (10, 4), (2, 2)),
              *separable(16, 24, (2, 2)), *separable(24, 32), *separable(32, 40, (2, 2)), *separable(40, 40)),
    "medium": (Row(net.CONV, 24, (10, 4), (2, 2)),
               *separable(24, 48, (2, 2)), *separable(48, 64), *separable(64, 80, (2, 2)), *separable(80, 80)),
    "large": (Row(net.CONV, 32, (10, 4), (2, 2)),
              *separable(32, 64, (2, 2)), *separable(64, 96), *separable(96, 128, (2, 2)), *separable(128, 128),
              *separable(128, 128)),
}
