"""The part of a notebook that libraries and cells meet: `display()`, figures, progress bars.

What a library would do in a window, in a browser or with widgets is turned into what a page can
show.
"""

from __future__ import annotations

import builtins
import functools
import importlib.abc
import importlib.machinery
import sys
import webbrowser
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

import IPython
from IPython import display as public
from IPython.core import display_functions

from unrolled.run import compiler, refused
from unrolled.run.published import Published
from unrolled.run.values import scripted

Change = Callable[[Any, Published], None]


def install(published: Published) -> None:
    """Let all that is displayed, by a cell or by a library, be published."""
    _display(published)
    _no_browser(published)
    for name, change in ON.items():
        if name in sys.modules:
            change(sys.modules[name], published)
    sys.meta_path.insert(0, _AfterImport(published))


def _display(published: Published) -> None:
    count = 0

    def display(
        *values: Any, display_id: Any = None, raw: bool = False, clear: bool = False, **_: Any
    ) -> Any:
        nonlocal count
        if clear:
            published.clear(waits=True)
        count += 1
        name = f"{count}" if display_id is True else str(display_id or "")
        for value in values:
            published.show(value, name=name, raw=raw)
        return public.DisplayHandle(name) if name else None

    def update_display(value: Any, *, display_id: Any, **_: Any) -> None:
        published.show(value, name=str(display_id))

    def clear_output(wait: bool = False) -> None:
        published.clear(waits=wait)

    def publish_display_data(data: dict[str, Any], *_: Any, **__: Any) -> None:
        published.show(data, raw=True)

    for function in (display, update_display, clear_output, publish_display_data):
        for module in (public, display_functions):
            setattr(module, function.__name__, function)
    setattr(builtins, display.__name__, display)


def _no_browser(published: Published) -> None:
    class Nobody(webbrowser.BaseBrowser):
        def open(self, *_: Any, **__: Any) -> bool:
            published.unshown.append("a page in a browser, and nobody sits before one")
            return True

    nobody = Nobody()
    webbrowser.get = lambda *_, **__: nobody  # type: ignore[assignment]
    webbrowser.open = nobody.open
    webbrowser.open_new = webbrowser.open_new_tab = nobody.open


def _pyplot(module: Any, published: Published) -> None:
    module.show = lambda *_, **__: published.open_figures()


def _figure(module: Any, published: Published) -> None:
    module.Figure.show = lambda self, *_, **__: published.show(self)
    adjust = module.Figure.subplots_adjust

    # pyplot, which may be imported later, wraps methods by their names and places.
    @functools.wraps(module.Figure.tight_layout)
    def tight_layout(figure: Any, *_: Any, **__: Any) -> None:
        """Do nothing: figures here have a layout engine, which leaves them no less tight."""

    @functools.wraps(adjust)
    def subplots_adjust(figure: Any, *args: Any, **options: Any) -> None:
        figure._layout_engine = None  # It would refuse, in place of giving way.
        adjust(figure, *args, **options)

    module.Figure.tight_layout = tight_layout
    module.Figure.subplots_adjust = subplots_adjust


def _inline(module: Any, published: Published) -> None:  # noqa: ARG001 - as the others
    """Figures are SVG here, whatever formats a cell asks for."""
    module.set_matplotlib_formats = lambda *_, **__: None


def _tqdm(module: Any, published: Published) -> None:  # noqa: ARG001 - as the others
    """Progress bars are text here; those for notebooks are widgets."""
    from tqdm import std

    for name in ("tqdm", "tqdm_notebook"):
        setattr(module, name, std.tqdm)
    for name in ("trange", "tnrange"):
        setattr(module, name, std.trange)


def _plotly(module: Any, published: Published) -> None:
    def show(*_: Any, **__: Any) -> None:
        published.unshown.append(scripted("plotly Figure"))

    module.show = show


def _bokeh(module: Any, published: Published) -> None:
    def show(value: Any, *_: Any, **__: Any) -> None:
        published.unshown.append(scripted(f"bokeh {type(value).__name__}"))

    module.show = show


def _pillow(module: Any, published: Published) -> None:
    module.Image.show = lambda self, *_, **__: published.show(self)


def _joblib(module: Any, published: Published) -> None:  # noqa: ARG001 - as the others
    """Its own kind of processes ask the system how large they are, which children may not here."""
    module.DEFAULT_BACKEND = "threading"
    module.BACKENDS["loky"] = module.BACKENDS[module.DEFAULT_BACKEND]


def _debugger(module: Any, published: Published) -> None:  # noqa: ARG001 - as the others
    module.set_trace = refused.nobody("set_trace")
    if module.__name__ == "pdb":
        module.post_mortem = module.pm = refused.nobody("post_mortem")


def _embedded(module: Any, published: Published) -> None:  # noqa: ARG001 - as the others
    package: Any = IPython
    module.embed = package.embed = refused.nobody("embed")


def _console(module: Any, published: Published) -> None:  # noqa: ARG001 - as the others
    module.interact = refused.nobody("interact")


def _help(module: Any, published: Published) -> None:  # noqa: ARG001 - as the others
    """`help(value)` prints; without a value it asks."""
    module.Helper.interact = refused.nobody("help")


def _torch(module: Any, published: Published) -> None:  # noqa: ARG001 - as the others
    compiler.check(module)


def _inductor(module: Any, published: Published) -> None:  # noqa: ARG001 - as the others
    compiler.skip_vectors(module)


ON: dict[str, Change] = {
    "matplotlib.pyplot": _pyplot,
    "matplotlib.figure": _figure,
    "matplotlib_inline.backend_inline": _inline,
    "tqdm.notebook": _tqdm,
    "plotly.io": _plotly,
    "bokeh.io.showing": _bokeh,
    "PIL.Image": _pillow,
    "joblib.parallel": _joblib,
    "pdb": _debugger,
    "IPython.core.debugger": _debugger,
    "IPython.terminal.embed": _embedded,
    "code": _console,
    "pydoc": _help,
    "torch": _torch,
    "torch._inductor.cpu_vec_isa": _inductor,
}
"""What is changed in a library as soon as it is imported."""


class _AfterImport(importlib.abc.MetaPathFinder):
    """Finds modules as ever, and changes some when they have been loaded."""

    def __init__(self, published: Published) -> None:
        self._published = published

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name not in ON:
            return None
        for finder in (other for other in sys.meta_path if other is not self):
            spec = finder.find_spec(name, path, target)
            if spec and spec.loader:
                self._follow(spec.loader, ON[name])
                return spec
        return None

    def _follow(self, loader: Any, change: Change) -> None:
        load = loader.exec_module

        def load_and_change(module: ModuleType) -> None:
            load(module)
            change(module, self._published)

        loader.exec_module = load_and_change
