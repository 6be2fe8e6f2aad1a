"""The networks of architectures.py in PyTorch; `fold` hides the batch norm in weights and bias."""
import numpy as np
import torch
from torch import nn

from training import frontend
from training import network as net
from training.keywords.architectures import ARCHITECTURES, Row

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

    def take(self, layer: net.Layer) -> None:
        """The reverse of `fold`: the convolution of a trained model, with a batch norm that changes nothing."""
        weights = torch.from_numpy(layer.weights.copy())
        order = (3, 0, 1, 2) if self.row.kind == net.DEPTHWISE else (0, 3, 1, 2)
        with torch.no_grad():
            self.conv.weight.copy_(weights.permute(*order))
            self.norm.bias.copy_(torch.from_numpy(layer.bias.copy()))
            self.norm.running_mean.zero_()
            self.norm.running_var.fill_(1.0 - self.norm.eps)


class KeywordNet(nn.Module):
    """Real features [batch, 1, 49, 40] -> logits [batch, classes].

    A second dense layer tells all words of the recordings apart. It exists in training only: learning to tell "go" from
    "down" and both from "no" teaches the body more than "none of the wanted words" does.
    """

    def __init__(self, classes: int, words: int, rows: tuple[Row, ...] = ARCHITECTURES["medium"]):
        super().__init__()
        channels = (1, *(row.channels for row in rows))
        self.body = nn.Sequential(*(Convolution(row, channels[i]) for i, row in enumerate(rows)))
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

    def start_from(self, network: net.Network) -> None:
        """Begins with the convolutions of a trained float network of the same architecture."""
        layers = [layer for layer in network.layers if layer.kind in (net.CONV, net.DEPTHWISE)]
        mine = [(each.row.kind, each.row.channels, each.row.kernel) for each in self.body]
        theirs = [(layer.kind, len(layer.bias), layer.weights.shape[1:3]) for layer in layers]
        if mine != theirs:
            raise ValueError("the model to start from is of another architecture")
        for convolution, layer in zip(self.body, layers):
            convolution.take(layer)

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
