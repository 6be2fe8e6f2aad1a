"""The product's own audio front end (signal/), called through its shared library `verge_signal_c`.

Training and device compute features with the same fixed-point code, so there is nothing to match.
One frame is 40 int8 channels of a 30 ms window; a frame starts every 20 ms.
"""
import ctypes
import os
import pathlib

import numpy as np

WINDOW_SAMPLES = 480
HOP_SAMPLES = 320
CHANNELS = 40
FRAMES = 49
CLIP_SAMPLES = WINDOW_SAMPLES + (FRAMES - 1) * HOP_SAMPLES
FRAMES_PER_SECOND = 50
# A feature f stands for the real value (f + 128) * 26 / 256.
INPUT_SCALE = 26.0 / 256.0
INPUT_ZERO_POINT = -128
LIBRARY = "libverge_signal_c.so"


def frame_count(samples: int) -> int:
    """How many whole windows fit into so many samples."""
    return max(0, (samples - WINDOW_SAMPLES) // HOP_SAMPLES + 1)


def find_library() -> pathlib.Path:
    """VERGE_SIGNAL_LIBRARY, or the newest build of the library below build/."""
    named = os.environ.get("VERGE_SIGNAL_LIBRARY")
    if named:
        return pathlib.Path(named)
    root = pathlib.Path(__file__).resolve().parent.parent
    found = sorted(root.glob(f"build/**/{LIBRARY}"), key=lambda path: path.stat().st_mtime)
    if not found:
        raise FileNotFoundError(
            f"{LIBRARY} is not below {root / 'build'}; build the target verge_signal_c "
            "or name the file in VERGE_SIGNAL_LIBRARY")
    return found[-1]


class FrontEnd:
    """Turns sound into features; every call starts with a fresh noise estimate."""

    def __init__(self, library: pathlib.Path | None = None):
        self._call = ctypes.CDLL(str(library or find_library())).verge_frontend_features
        self._call.restype = ctypes.c_int
        self._call.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_int]

    def features(self, pcm: np.ndarray) -> np.ndarray:
        """int16 [samples] -> int8 [frames, 40]."""
        pcm = np.ascontiguousarray(pcm, dtype=np.int16)
        wanted = frame_count(len(pcm))
        out = np.empty((wanted, CHANNELS), dtype=np.int8)
        frames = self._call(pcm.ctypes.data, len(pcm), out.ctypes.data, wanted)
        if frames != wanted:
            raise ValueError(f"the front end gave {frames} frames for {len(pcm)} samples; wanted {wanted}")
        return out
