"""Structured log lines: one event per line with the request id, and never a token, code or capability."""

from __future__ import annotations

import logging
import re
import sys
from typing import TYPE_CHECKING, Any

import structlog

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from elearn.settings import Settings

# First path segments whose second segment opens something: file capabilities, launch codes, set-up and other links.
SECRET_PREFIXES = frozenset({"connect", "d", "f", "l", "o", "p", "setup", "w"})
_HANDLE = re.compile(r"/l/[A-Za-z0-9_\-]{43}")  # in whatever a traceback or a library says
_TOKEN = re.compile(r"[A-Za-z0-9_\-]{40,}")


def redacted_path(path: str) -> str:
    """A path fit for a log: what would let a reader of the log act as somebody is replaced."""
    segments = path.split("/")
    if len(segments) > 2 and segments[1] in SECRET_PREFIXES:  # noqa: PLR2004 - "", prefix, secret
        segments[2] = "…"
    return "/".join("…" if _TOKEN.fullmatch(segment) else segment for segment in segments)[:500]


def without_handles(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A processor that lets no handle of a launch through, wherever it stands."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = _HANDLE.sub("/l/…", value)
    return event


class _Formatter(logging.Formatter):
    """The lines of the standard library, likewise without handles."""

    def format(self, record: logging.LogRecord) -> str:
        return _HANDLE.sub("/l/…", super().format(record))


def configure_logging(settings: Settings) -> None:
    """Write events to standard error as JSON or as readable text; standard library loggers join in."""
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.StackInfoRenderer(),
            structlog.processors.format_exc_info,
            without_handles,
            _renderer(settings),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    lines = logging.StreamHandler(sys.stderr)
    lines.setFormatter(_Formatter("%(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=max(level, logging.WARNING), handlers=[lines])


def _renderer(settings: Settings) -> structlog.types.Processor:
    if settings.log_format == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)
