"""The network in PyTorch: a strided convolution, four depthwise-separable blocks, the mean, one dense layer.

Every convolution is followed by batch norm and ReLU; `fold` hides the batch norm in weights and bias.
"""
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from training import frontend
from training import network as net

Pair = tuple[int, int]


@dataclass(frozen=True)
class Row:
    """One convolution of the table below: kernel and stride are (time, frequency)."""
    kind: str
    channels: int
    kernel: Pair
    stride: Pair = (1, 1)


ROWS = (
    Row(net.CONV, 24, (10, 4), (2, 2)),
    Row(net.DEPTHWISE, 24, (3, 3), (2, 2)), Row(net.CONV, 48, (1, 1)),
    Row(net.DEPTHWISE, 48, (3, 3)), Row(net.CONV, 64, (1, 1)),
    Row(net.DEPTHWISE, 64, (3, 3), (2, 2)), Row(net.CONV, 80, (1, 1)),
    Row(net.DEPTHWISE, 80, (3, 3)), Row(net.CONV, 80, (1, 1)),
)
DROPOUT = 0.2


class Convolution(nn.Module):
    """SAME padding as .tflite counts it, convolution, batch norm, ReLU."""

    def __init__(self, row: Row, channels_in: int):
        super().__init__()
        groups = channels_in if row.kind == net.DEPTHWISE else 1
        self.row = row
        self.conv = nn.Conv2d(channels_in, row.channels, row.kernel, row.stride, groups=groups, bias=False)
        self.norm = nn.BatchNorm2d(row.channels)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """[batch, channels, time, frequency]"""
        rows, columns = (net.same_padding(x.shape[i + 2], self.row.kernel[i], self.row.stride[i]) for i in (0, 1))
        return torch.relu(self.norm(self.conv(nn.functional.pad(x, (*columns, *rows)))))

    def fold(self) -> net.Layer:
        """The same arithmetic without batch norm."""
        gain = self.norm.weight / torch.sqrt(self.norm.running_var + self.norm.eps)
        weights = (self.conv.weight * gain.reshape(-1, 1, 1, 1)).permute(0, 2, 3, 1)
        if self.row.kind == net.DEPTHWISE:
            weights = weights.permute(3, 1, 2, 0)
        bias = self.norm.bias - self.norm.running_mean * gain
        return net.Layer(self.row.kind, to_numpy(weights), to_numpy(bias), self.row.stride, relu=True)


class KeywordNet(nn.Module):
    """Real features [batch, 1, 49, 40] -> logits [batch, classes].

    A second dense layer tells all words of the recordings apart. It exists in training only: learning to tell "go" from
    "down" and both from "no" teaches the body more than "none of the wanted words" does.
    """

    def __init__(self, classes: int, words: int):
        super().__init__()
        channels = (1, *(row.channels for row in ROWS))
        self.body = nn.Sequential(*(Convolution(row, channels[i]) for i, row in enumerate(ROWS)))
        self.dropout = nn.Dropout(DROPOUT)
        self.dense = nn.Linear(channels[-1], classes)
        self.words = nn.Linear(channels[-1], words)

    def both(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits of the classes and of the words."""
        seen = self.dropout(self.body(x).mean(dim=(2, 3)))
        return self.dense(seen), self.words(seen)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Logits; the softmax is left to the loss or to the exported file."""
        return self.both(x)[0]

    def fold(self) -> net.Network:
        """The trained network as plain data."""
        with torch.no_grad():
            layers = [convolution.fold() for convolution in self.body] + [net.Layer(net.POOL)]
            layers.append(net.Layer(net.DENSE, to_numpy(self.dense.weight), to_numpy(self.dense.bias)))
        return net.Network((frontend.FRAMES, frontend.CHANNELS, 1), layers)


def to_numpy(x: torch.Tensor) -> np.ndarray:
    """A contiguous float32 copy."""
    return np.ascontiguousarray(x.detach().numpy(), dtype=np.float32).copy()


def to_input(features: np.ndarray) -> torch.Tensor:
    """int8 [batch, 49, 40] -> real features [batch, 1, 49, 40], channels last in memory."""
    real = (features.astype(np.float32) - frontend.INPUT_ZERO_POINT) * frontend.INPUT_SCALE
    return torch.from_numpy(real[:, None]).to(memory_format=torch.channels_last)
