"""Min-max quantisation to int8 as in the TensorFlow Lite 8-bit specification, and the integer arithmetic.

Weights are symmetric, one scale per output channel (dense: one in all); activations are asymmetric; biases are
int32. The arithmetic rounds as the TensorFlow Lite Micro reference kernels do, so logits match them bit for bit; the
softmax is computed in float and may differ from the fixed-point one by a step.
"""
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from training import network as net

INT8_MIN, INT8_MAX = -128, 127
# (layer, input with its zero point taken off) -> sums of products
Accumulate = Callable[[net.Layer, np.ndarray], np.ndarray]


@dataclass
class Scale:
    """real = scale * (quantised - zero_point); scale is one float32, or one for each output channel."""
    scale: np.ndarray
    zero_point: int = 0


@dataclass
class Quantised:
    """A layer in integers: `layer` holds int8 weights and int32 bias."""
    layer: net.Layer
    weights: Scale | None
    output: Scale


@dataclass
class QuantisedNetwork:
    """The integer network; `input` tells what an input value means."""
    input_shape: tuple[int, int, int]
    input: Scale
    steps: list[Quantised]


SOFTMAX_OUTPUT = Scale(np.float32(1.0 / 256.0), INT8_MIN)


def activation_scale(low: float, high: float) -> Scale:
    """Asymmetric int8 for [low, high], widened to hold zero exactly."""
    low, high = min(low, 0.0), max(high, 1e-6)
    scale = np.float32((high - low) / 255.0)
    return Scale(scale, int(np.clip(round(INT8_MIN - low / float(scale)), INT8_MIN, INT8_MAX)))


def weight_scale(layer: net.Layer) -> Scale:
    """Symmetric, within [-127, 127]: per output channel, or for dense one in all."""
    size = np.abs(layer.weights.astype(np.float64))
    if layer.kind == net.CONV:
        largest = size.max(axis=(1, 2, 3))
    else:
        largest = size.max(axis=(0, 1, 2)) if layer.kind == net.DEPTHWISE else size.max()
    return Scale(np.maximum(largest / 127.0, 1e-9).astype(np.float32))


def quantise_layer(layer: net.Layer, source: Scale, output: Scale) -> Quantised:
    """One layer; pooling keeps the scale of its input."""
    if layer.kind == net.POOL:
        return Quantised(layer, None, source)
    weights = weight_scale(layer)
    by_channel = weights.scale.reshape(-1, 1, 1, 1) if layer.kind == net.CONV else weights.scale
    integers = np.clip(np.round(layer.weights / by_channel), -127, 127).astype(np.int8)
    bias = np.round(layer.bias.astype(np.float64) / (np.float64(source.scale) * weights.scale.astype(np.float64)))
    bias = np.clip(bias, -2**31, 2**31 - 1).astype(np.int32)
    return Quantised(net.Layer(layer.kind, integers, bias, layer.stride, layer.relu), weights, output)


def quantise(network: net.Network, source: Scale, calibration: np.ndarray) -> QuantisedNetwork:
    """`calibration`: int8 [count, height, width, channels]; its smallest and largest activations set the scales."""
    real = np.float32(source.scale) * (calibration.astype(np.float32) - source.zero_point)
    steps, scale = [], source
    for layer, activation in zip(network.layers, net.run(network, real)):
        step = quantise_layer(layer, scale, activation_scale(float(activation.min()), float(activation.max())))
        steps.append(step)
        scale = step.output
    return QuantisedNetwork(network.input_shape, source, steps)


def fixed_multiplier(real: float) -> tuple[int, int]:
    """real = multiplier * 2^(shift - 31) with a 31-bit multiplier."""
    fraction, shift = np.frexp(real)
    multiplier = int(np.floor(float(fraction) * 2**31 + 0.5))
    return (multiplier // 2, int(shift) + 1) if multiplier == 2**31 else (multiplier, int(shift))


def rescale(total: np.ndarray, real: np.ndarray) -> np.ndarray:
    """int64 [..., channels] times a real factor per channel, rounded twice as the int32 reference does."""
    multiplier, shift = (np.array(v, dtype=np.int64) for v in zip(*(fixed_multiplier(r) for r in np.atleast_1d(real))))
    right = np.maximum(-shift, 0)
    # Doubling high multiplication: halves of negative numbers round up, as adding and flooring does.
    y = total * (multiplier << np.maximum(shift, 0))
    y += 2**30
    y >>= 31
    # Division by a power of two: halves round away from zero.
    y += np.where(right > 0, (np.int64(1) << right) >> 1, 0) - ((y < 0) & (right > 0))
    y >>= right
    return y


def combined_scale(step: Quantised, source: Scale) -> np.ndarray:
    """Factor from accumulator to output; a dense layer multiplies its scales in float32 first."""
    if step.layer.kind == net.DENSE:
        product = np.float64(np.float32(source.scale) * np.float32(step.weights.scale))
    else:
        product = np.float64(source.scale) * step.weights.scale.astype(np.float64)
    return product / np.float64(step.output.scale)


def pool(x: np.ndarray) -> np.ndarray:
    """Mean over height and width, halves away from zero: int [batch, h, w, c] -> [batch, c]."""
    count = x.shape[1] * x.shape[2]
    total = x.astype(np.int64).sum(axis=(1, 2))
    return np.sign(total) * ((np.abs(total) + count // 2) // count)


def run_step(step: Quantised, source: Scale, x: np.ndarray, accumulate: Accumulate) -> np.ndarray:
    """One layer in integers: int8 -> int8."""
    if step.layer.kind == net.POOL:
        return pool(x).astype(np.int8)
    # float32 holds these sums exactly while they stay below 2^24, float64 always.
    taps = step.layer.weights.size // (step.layer.weights.shape[-1] if step.layer.kind == net.DEPTHWISE
                                       else step.layer.weights.shape[0])
    exact = np.float32 if taps * 255 * 127 < 2**24 else np.float64
    total = accumulate(step.layer, x.astype(exact) - source.zero_point).astype(np.int64) + step.layer.bias
    y = rescale(total, combined_scale(step, source)) + step.output.zero_point
    return np.clip(y, step.output.zero_point if step.layer.relu else INT8_MIN, INT8_MAX).astype(np.int8)


def logits(network: QuantisedNetwork, x: np.ndarray, accumulate: Accumulate = net.accumulate) -> np.ndarray:
    """int8 [batch, height, width, channels] -> int8 [batch, classes], before the softmax.

    `accumulate` may be any other way to the same sums.
    """
    scale = network.input
    for step in network.steps:
        x = run_step(step, scale, x, accumulate)
        scale = step.output
    return x


def run(network: QuantisedNetwork, x: np.ndarray, accumulate: Accumulate = net.accumulate) -> np.ndarray:
    """int8 [batch, height, width, channels] -> int8 posteriors [batch, classes]; (q + 128) / 256 is the probability."""
    last = network.steps[-1].output
    real = float(last.scale) * (logits(network, x, accumulate).astype(np.float64) - last.zero_point)
    return np.clip(np.round(net.softmax(real) * 256.0) + INT8_MIN, INT8_MIN, INT8_MAX).astype(np.int8)
