"""The same bits on every x86-64 processor.

What the cells' libraries may use of the processor, and what they must not.

Libraries choose other code on newer processors, which adds in another order and rounds otherwise;
training multiplies the difference. Each library has a setting that holds it to what all processors
have. Two things are left, and no setting reaches them:

- MKL's square root, logarithm and inverse tangent start from an instruction that estimates
  (`rsqrtps`, `rcpps`). Its last bits differ
  between makers of processors. Torch uses them for `sqrt` in Adam, for instance. `hold` puts
  NumPy's in their place, which use no estimate.
- Another architecture, such as arm64, has other libraries. There, `recorded` compares what trains
  by its targets and not by its decimals.

`make processors` shows that this is enough.
"""

from __future__ import annotations

import os
import platform
import warnings
from collections.abc import Callable
from typing import Any

THREADS = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""One thread: how work is split decides how it is added up."""

ENVIRONMENT = {
    **THREADS,
    # Torch's own kernels, MKL and oneDNN.
    "ATEN_CPU_CAPABILITY": "default",
    "MKL_CBWR": "COMPATIBLE",
    "ONEDNN_MAX_CPU_ISA": "SSE41",
    # NumPy's own kernels, and the BLAS of NumPy and SciPy.
    "NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL AVX512_SPR",
    "OPENBLAS_CORETYPE": "Nehalem",
    # The C library's `exp`, `sin` and the like, which Python's `math` and all others call.
    "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX,-AVX2,-FMA,-FMA4,-AVX512F",
}
"""Set before the process of the cells starts: the libraries read it when they are loaded."""

REFERENCE = ("x86_64", "amd64", "AMD64")
"""The architectures where recorded numbers hold to the bit, as `platform.machine()` says."""

ESTIMATED = {
    "sqrt": "sqrt",
    "log": "log",
    "log10": "log10",
    "tan": "tan",
    "atan": "arctan",
    "asin": "arcsin",
    "acos": "arccos",
}
"""Torch's functions that MKL begins with an estimate, and the NumPy function that does not."""

_kept: list[Any] = []
"""The registrations: they end when nothing holds them."""


def is_reference() -> bool:
    """Return whether this machine gives the bits that are recorded."""
    return platform.machine() in REFERENCE


def is_held() -> bool:
    """Return whether this process was started with the settings above."""
    return ENVIRONMENT.items() <= os.environ.items()


def hold() -> None:
    """Replace, in this process, functions whose last bits depend on who made the processor."""
    import torch

    library = torch.library.Library("aten", "IMPL")
    _kept.append(library)
    power = torch.library.get_kernel("aten::pow.Tensor_Scalar", "CPU")
    root = _plain("sqrt")

    def pow_scalar(keys: Any, base: Any, exponent: Any) -> Any:
        return (
            root(base)
            if exponent == 0.5 and _takes(base)
            else power.call_boxed(keys, base, exponent)
        )

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Torch warns of each replacement; this one is meant.
        for name, instead in ESTIMATED.items():
            _replace(library, name, _plain(instead))
        _register(library, "pow.Tensor_Scalar", pow_scalar)


def _replace(library: Any, name: str, function: Callable[[Any], Any]) -> None:
    """Register a function of one tensor in its three forms.

    New, in place, and into a given tensor.
    """
    import torch

    new, in_place, into = (
        torch.library.get_kernel(f"aten::{form}", "CPU")
        for form in (name, f"{name}_", f"{name}.out")
    )

    def returns(keys: Any, tensor: Any) -> Any:
        return function(tensor) if _takes(tensor) else new.call_boxed(keys, tensor)

    def changes(keys: Any, tensor: Any) -> Any:
        takes = (
            _takes(tensor) and tensor.is_floating_point()
        )  # A tensor of whole numbers cannot hold what comes out.
        return tensor.copy_(function(tensor)) if takes else in_place.call_boxed(keys, tensor)

    def fills(keys: Any, tensor: Any, *, out: Any) -> Any:
        if not (_takes(tensor) and out.is_floating_point()):
            return into.call_boxed(keys, tensor, out=out)
        return out.resize_(tensor.shape).copy_(function(tensor))

    _register(library, name, returns)
    _register(library, f"{name}_", changes)
    _register(library, f"{name}.out", fills)


def _register(library: Any, name: str, function: Callable[..., Any]) -> None:
    library.impl(name, function, "CPU", with_keyset=True, allow_override=True)


def _takes(tensor: Any) -> bool:
    """Return whether a tensor holds what MKL would be asked about: real numbers in a plain layout.

    Whole ones become floats.
    """
    import torch

    kinds = (
        torch.float32,
        torch.float64,
        torch.bool,
        torch.uint8,
        torch.int8,
        torch.int16,
        torch.int32,
        torch.int64,
    )
    return tensor.layout == torch.strided and tensor.dtype in kinds


def _plain(name: str) -> Callable[[Any], Any]:
    """Return a NumPy function as one from tensor to tensor."""
    import numpy
    import torch

    function = getattr(numpy, name)

    def applied(tensor: Any) -> Any:
        tensor = tensor if tensor.is_floating_point() else tensor.to(torch.get_default_dtype())
        found = torch.empty_like(tensor)
        with numpy.errstate(all="ignore"):
            function(tensor.detach().numpy(), out=found.numpy())
        return found

    return applied
