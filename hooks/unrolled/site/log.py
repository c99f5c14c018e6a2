"""MkDocs' log: having it say nothing of what is asked aside from a build."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Generator

FILES, NAV, AWESOME = "mkdocs.structure.files", "mkdocs.structure.nav", "mkdocs.plugins.awesome-nav"
"""Loggers of MkDocs, and of the plugin that makes the navigation: a build says all of it itself."""


@contextlib.contextmanager
def silent(*names: str) -> Generator[None]:
    """Let these loggers say nothing."""
    loggers = [logging.getLogger(name) for name in names]
    for logger in loggers:
        logger.addFilter(_nothing)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeFilter(_nothing)


def _nothing(record: logging.LogRecord) -> bool:  # noqa: ARG001 - what logging passes
    return False
