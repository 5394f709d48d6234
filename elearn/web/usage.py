"""Recording acts where they happen, and the page that shows how a material is used."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from flask import Blueprint, current_app, request
from sqlalchemy.exc import SQLAlchemyError

from elearn.services import usage
from elearn.web.people import current_identity
from elearn.web.transactions import house, short_write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy.orm import Session

    from elearn.models.material import Material, Version
    from elearn.models.usage import ActKind

blueprint = Blueprint("usage", __name__)


def is_visit() -> bool:
    """Whether a person looks: not a browser that fetches ahead, and not a program that asks only for headers."""
    ahead = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return request.method == "GET" and "prefetch" not in ahead


def comes_from_us() -> bool:
    """Whether a link of ours was followed: no other site makes its visitors download things in their name."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}


def record_visit(kind: ActKind, material: Material, version: Version | None) -> None:
    """Record what a GET did, in a short transaction; a ledger that cannot be written does not keep anybody out."""
    if not is_visit():
        return
    with _without_fail() as session:
        timezone = house().settings.timezone
        usage.record(session, current_identity(), kind, timezone=timezone, material=material, version=version)


def record_taken_out(versions: Iterable[tuple[int, int]]) -> None:
    """Record that materials were downloaded together: (material id, version id) of each."""
    with _without_fail() as session:
        usage.record_downloads(session, current_identity(), versions, timezone=house().settings.timezone)


@contextmanager
def _without_fail() -> Iterator[Session]:
    try:
        with short_write() as session:
            yield session
    except SQLAlchemyError:
        current_app.logger.exception("an act of use could not be recorded")
