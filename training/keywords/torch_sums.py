"""The sums of training/network.py computed by PyTorch: the same numbers, fast enough for hours of stream.

float32 holds the integers of a quantised layer exactly while they stay below 2^24, in whatever order they are added.
"""
import numpy as np
import torch

from training import network as net


def accumulate(layer: net.Layer, x: np.ndarray) -> np.ndarray:
    """[batch, height, width, channels] -> sums of products in the type of x."""
    weights = torch.from_numpy(layer.weights.astype(x.dtype))
    if layer.kind == net.DENSE:
        return (torch.from_numpy(x.reshape(len(x), -1)) @ weights.T).numpy()
    groups = x.shape[3] if layer.kind == net.DEPTHWISE else 1
    kernel = weights.permute(3, 0, 1, 2) if layer.kind == net.DEPTHWISE else weights.permute(0, 3, 1, 2)
    rows, columns = (net.same_padding(x.shape[i + 1], kernel.shape[i + 2], layer.stride[i]) for i in (0, 1))
    padded = torch.nn.functional.pad(torch.from_numpy(x).permute(0, 3, 1, 2), (*columns, *rows))
    sums = torch.nn.functional.conv2d(padded.contiguous(memory_format=torch.channels_last), kernel,
                                      stride=layer.stride, groups=groups)
    return sums.permute(0, 2, 3, 1).contiguous().numpy()
