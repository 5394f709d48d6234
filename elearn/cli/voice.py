"""What the command line says, in the language of ELEARN_LOCALE: sentences, progress, and refusals."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NoReturn

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from elearn.web.language import LANGUAGES, catalog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

WRONG_USE = 2
REFUSED = 3


def gettext(message: str, **params: Any) -> str:
    """A sentence in the chosen language; `params` fill its %(names)s."""
    language = os.environ.get("ELEARN_LOCALE", "vi")
    found = catalog(language if language in LANGUAGES else "vi").gettext(message)
    return found % params if params else found


def out() -> Console:
    """Where answers go."""
    return Console(highlight=False, soft_wrap=True)


def err() -> Console:
    """Where progress and complaints go."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def say(message: str, **params: Any) -> None:
    """Print a sentence."""
    out().print(gettext(message, **params), markup=False)


def warn(message: str, **params: Any) -> None:
    """Print a sentence beside the answers."""
    err().print(gettext(message, **params), markup=False, style="yellow")


def stop(message: str, *, code: int = REFUSED, **params: Any) -> NoReturn:
    """Say why nothing goes on, and end with an exit code."""
    err().print(gettext(message, **params), markup=False, style="red")
    raise click.exceptions.Exit(code)


def watched(message: str) -> Callable[[Iterable[Any], int], Iterator[Any]]:
    """A function that shows how far a walk has come; services call it with the things and their number.

    It draws on a terminal and is silent into a file.
    """

    def watch(things: Iterable[Any], total: int) -> Iterator[Any]:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=err(), transient=True, disable=not err().is_terminal) as bars:
            yield from bars.track(things, total=total, description=gettext(message))

    return watch
