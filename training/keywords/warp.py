"""Changes to windows of features that cost next to nothing, so that no two batches are alike.

Everything takes int8 [batch, 49, 40] and draws from the generator it is handed.
"""
import numpy as np

from training import frontend

CHANNEL_WARP = 0.12  # of the frequency axis: other throats
TIME_WARP = 0.08
CHANNEL_SHIFT = 1.5
LEVEL_SHIFT = 10
MASKED_FRAMES, MASKED_CHANNELS = 8, 6


def interpolate(values: np.ndarray, places: np.ndarray) -> np.ndarray:
    """values [batch, n, m] read at float places [batch, n] of the middle axis, its ends held: float32."""
    places = np.clip(places, 0, values.shape[1] - 1)
    low = np.minimum(places.astype(np.int64), values.shape[1] - 2)
    part = (places - low).astype(np.float32)[:, :, None]
    row = np.arange(len(values))[:, None]
    return values[row, low] * (1 - part) + values[row, low + 1] * part


def stretched(count: int, batch: int, widest: float, shift: float, rng: np.random.Generator) -> np.ndarray:
    """Places along an axis of `count`, stretched around its middle and moved, of another random factor each."""
    middle = (count - 1) / 2
    factors = np.exp(rng.uniform(-widest, widest, (batch, 1)))
    return middle + (np.arange(count) - middle) * factors + rng.uniform(-shift, shift, (batch, 1))


def warp(windows: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Another throat, another pace, another loudness."""
    values = windows.astype(np.float32)
    batch = len(values)
    values = interpolate(values, stretched(frontend.FRAMES, batch, TIME_WARP, 0.0, rng))
    channels = stretched(frontend.CHANNELS, batch, CHANNEL_WARP, CHANNEL_SHIFT, rng)
    values = interpolate(values.transpose(0, 2, 1), channels).transpose(0, 2, 1)
    sounding = values > frontend.INPUT_ZERO_POINT
    values = values + sounding * rng.uniform(-LEVEL_SHIFT, LEVEL_SHIFT, (batch, 1, 1)).astype(np.float32)
    return np.clip(np.round(values), -128, 127).astype(np.int8)


def mask(windows: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Blanks a random stretch of time and of channels, in place."""
    for window in windows:
        frames, channels = rng.integers(0, MASKED_FRAMES + 1), rng.integers(0, MASKED_CHANNELS + 1)
        first, lowest = rng.integers(0, window.shape[0] - frames), rng.integers(0, window.shape[1] - channels)
        window[first:first + frames] = frontend.INPUT_ZERO_POINT
        window[:, lowest:lowest + channels] = frontend.INPUT_ZERO_POINT
    return windows


def vary(windows: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Warps two windows in three and blanks parts of half of them, in place."""
    warped = rng.random(len(windows)) < 0.67
    windows[warped] = warp(windows[warped], rng)
    masked = rng.random(len(windows)) < 0.5
    windows[masked] = mask(windows[masked], rng)
    return windows
