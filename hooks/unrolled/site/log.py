"""MkDocs' log: taking warnings in, having them counted, and saying nothing twice."""

import contextlib
import logging
from collections.abc import Generator

from mkdocs.config.defaults import MkDocsConfig

FILES = "mkdocs.structure.files"
MKDOCS_NAV, AWESOME_NAV = "mkdocs.structure.nav", "mkdocs.plugins.awesome-nav"
"""The loggers that warn of what is wrong with the navigation."""


@contextlib.contextmanager
def heard(*names: str) -> Generator[list[str]]:
    """Take the warnings of loggers in, whatever they would show, and let none through."""
    messages: list[str] = []

    def take(record: logging.LogRecord) -> bool:
        if record.levelno >= logging.WARNING:
            messages.append(record.getMessage())
        return False

    loggers = [logging.getLogger(name) for name in names]
    before = [(logger, logger.level, list(logger.filters)) for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.WARNING)
        logger.filters[:] = [take]
    try:
        yield messages
    finally:
        for logger, level, filters in before:
            logger.setLevel(level)
            logger.filters[:] = filters


def count_warnings() -> None:
    """Have warnings shown and counted by `--strict` beside `--quiet`, which would hide both."""
    logger = logging.getLogger("mkdocs")
    if logger.getEffectiveLevel() > logging.WARNING:
        logger.setLevel(logging.WARNING)


def leave_links_to_us(config: MkDocsConfig) -> None:
    """Keep MkDocs from warning, while it serves, of what stands on the page in our words."""
    for levels in (config.validation.links, config.validation.nav):
        for name, level in list(levels.items()):
            if level > logging.DEBUG:
                levels[name] = logging.DEBUG
    for name in (MKDOCS_NAV, AWESOME_NAV):
        logging.getLogger(name).addFilter(_nothing)


def _nothing(record: logging.LogRecord) -> bool:  # noqa: ARG001 - what logging passes
    return False
