"""`torch.compile` in a cell: its default backend makes C++, and needs a compiler for it."""

from __future__ import annotations

import functools
import os
import shutil
import sys
from typing import Any

from unrolled.run.refused import Refused

COMPILER = "clang++" if sys.platform == "darwin" else "g++"
"""What torch calls where nothing else is set, and nothing is."""
ENVIRONMENT = {
    "TORCHINDUCTOR_CPP_CACHE_PRECOMPILE_HEADERS": "0",
    "TORCHINDUCTOR_COMPILE_THREADS": "1",
}
"""Each chain starts with an empty cache. To compile all of torch's headers ahead takes a minute,
and pays off with the tenth kernel; processes beside the cell compile nothing that waits."""


def skip_vectors(module: Any) -> None:
    """Spare torch half a minute of asking which vector instructions the compiler knows.

    Where the environment rules them out, for the same bits everywhere, it uses none of them anyway.
    """
    if os.environ.get("ATEN_CPU_CAPABILITY") == "default":
        module.valid_vec_isa_list = list


def check(module: Any) -> None:
    """Let `torch.compile` say at once that there is no compiler, and what to write."""
    compile_ = module.compile

    @functools.wraps(compile_)
    def checked(*args: Any, backend: Any = "inductor", **options: Any) -> Any:
        if backend == "inductor" and shutil.which(COMPILER) is None:
            raise Refused(
                f"torch.compile() makes C++ code by default, and no compiler '{COMPILER}' is found",
                'Write torch.compile(…, backend="aot_eager"), or "eager", or install a compiler',
            )
        return compile_(*args, backend=backend, **options)

    module.compile = checked
