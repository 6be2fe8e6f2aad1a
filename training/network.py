"""A trained network as plain data: a chain of layers with numpy weights, and its float arithmetic.

Tensors are channels-last: [batch, height, width, channels]. Padding is always SAME, batch norm is already folded.
"""
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

CONV, DEPTHWISE, POOL, DENSE = "conv", "depthwise", "pool", "dense"


@dataclass
class Layer:
    """One step. Weights: conv [out, height, width, in], depthwise [1, height, width, channels], dense [out, in]."""
    kind: str
    weights: np.ndarray | None = None
    bias: np.ndarray | None = None
    stride: tuple[int, int] = (1, 1)
    relu: bool = False


@dataclass
class Network:
    """Layers in order; `input_shape` is [height, width, channels], the softmax at the end goes without saying."""
    input_shape: tuple[int, int, int]
    layers: list[Layer]


def same_padding(size: int, kernel: int, stride: int) -> tuple[int, int]:
    """Rows before and after so that the output has ceil(size / stride) rows; the odd one goes after."""
    total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2


def pad(x: np.ndarray, kernel: tuple[int, int], stride: tuple[int, int]) -> np.ndarray:
    """Pads height and width of [batch, height, width, channels] with zeros for SAME."""
    rows, columns = (same_padding(x.shape[i + 1], kernel[i], stride[i]) for i in (0, 1))
    return np.pad(x, ((0, 0), rows, columns, (0, 0)))


def taps(x: np.ndarray, kernel: tuple[int, int], stride: tuple[int, int]):
    """Yields (row, column, the padded input seen by that kernel tap): [batch, out height, out width, channels]."""
    height, width = (-(-x.shape[i + 1] // stride[i]) for i in (0, 1))
    padded = pad(x, kernel, stride)
    for row in range(kernel[0]):
        for column in range(kernel[1]):
            yield row, column, padded[:, row:row + (height - 1) * stride[0] + 1:stride[0],
                                      column:column + (width - 1) * stride[1] + 1:stride[1]]


def accumulate(layer: Layer, x: np.ndarray) -> np.ndarray:
    """Products of inputs and weights summed, in the type of x; no bias, no activation."""
    weights = layer.weights.astype(x.dtype)
    if layer.kind == DENSE:
        return x.reshape(len(x), -1) @ weights.T
    total: np.ndarray | float = 0.0
    for row, column, seen in taps(x, weights.shape[1:3], layer.stride):
        tap = weights[:, row, column]
        total = total + (seen @ tap.T if layer.kind == CONV else seen * tap[0])
    return np.asarray(total)


def run_layer(layer: Layer, x: np.ndarray, sums: Callable = accumulate) -> np.ndarray:
    """One layer in float."""
    if layer.kind == POOL:
        return x.mean(axis=(1, 2))
    y = sums(layer, x) + layer.bias.astype(x.dtype)
    return np.maximum(y, 0.0) if layer.relu else y


def run(network: Network, x: np.ndarray, sums: Callable = accumulate) -> list[np.ndarray]:
    """Every activation of a float input [batch, height, width, channels]; the last one is the logits."""
    activations = []
    for layer in network.layers:
        x = run_layer(layer, x, sums)
        activations.append(x)
    return activations


def softmax(logits: np.ndarray) -> np.ndarray:
    """[batch, classes] -> probabilities."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def multiply_accumulates(network: Network) -> int:
    """Products per inference, padding counted as if it were data."""
    shape, total = network.input_shape, 0
    for layer in network.layers:
        if layer.kind == POOL:
            shape = (1, 1, shape[2])
        elif layer.kind == DENSE:
            total += layer.weights.size
        else:
            channels = layer.weights.shape[0] if layer.kind == CONV else shape[2]
            shape = (-(-shape[0] // layer.stride[0]), -(-shape[1] // layer.stride[1]), channels)
            total += shape[0] * shape[1] * layer.weights.size
    return total
