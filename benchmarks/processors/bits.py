"""The bits of numbers, as a short word: equal words, equal bits."""

import hashlib
from typing import Any

import numpy as np


def bits(*values: Any) -> str:
    """Return eight letters that differ when any bit of the values does.

    Args:
        values: Tensors, arrays, or what NumPy makes an array of.
    """
    word = hashlib.sha256()
    for value in values:
        plain = value.detach().numpy() if hasattr(value, "detach") else value
        word.update(np.ascontiguousarray(plain).tobytes())
    return word.hexdigest()[:8]
