"""Inventories of agents: a JSON document of a unit's programs, read strictly and taken in as one report."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from elearn.database import day_of
from elearn.models.installations import ReportedBy
from elearn.services.errors import ForbiddenError, ServiceError
from elearn.services.people.pasting import CellError, read_day
from elearn.services.software.installed.taking import (
    LONGEST_NAME,
    LONGEST_ROOM,
    LONGEST_VERSION,
    MOST_LINES,
    MOST_MACHINES,
    Line,
    Report,
    Source,
    Taken,
    Taking,
)

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from elearn.models.installations import SoftwareToken

_DIGEST = re.compile(r"[0-9a-fA-F]{64}")
_TEXTS = {"name": LONGEST_NAME, "version": LONGEST_VERSION, "room": LONGEST_ROOM}


def take_inventory(session: Session, token: SoftwareToken, told: Any) -> tuple[Taken, date]:
    """Take in what an agent tells of the unit of its token; the same again changes nothing.

    Raises:
        ServiceError: `inventory_form`, `inventory_line` (`line`, `field`), `report_long`, or what `Taking.take` raises.
        ForbiddenError: `inventory_unit`; it speaks of another unit than that of the token.
    """
    if not isinstance(told, dict) or not isinstance(told.get("programs"), list):
        raise ServiceError("inventory_form")
    unit = told.get("unit", token.unit.code)
    if not isinstance(unit, str) or unit.casefold() != token.unit.code.casefold():
        raise ForbiddenError("inventory_unit", unit=token.unit.code)
    whole = told.get("whole", False)
    if not isinstance(whole, bool):
        raise ServiceError("inventory_form")
    if len(told["programs"]) > MOST_LINES:
        raise ServiceError("report_long", most=MOST_LINES)
    day = _day(told.get("day"), day_of(session))
    lines = [_line(number, row) for number, row in enumerate(told["programs"], 1)]
    taking = Taking(session, Source(ReportedBy.TOKEN, token_id=token.id))
    return taking.take(Report(token.unit, day, lines, whole)), day


def _day(told: Any, today: date) -> date:
    if told is None:
        return today
    try:
        return read_day(told if isinstance(told, str) else "")
    except CellError:
        raise ServiceError("inventory_form") from None


def _line(number: int, told: Any) -> Line:
    if not isinstance(told, dict):
        raise ServiceError("inventory_line", line=number, field="programs")
    for field, most in _TEXTS.items():
        text = told.get(field, "")
        if not isinstance(text, str) or len(text) > most or (field == "name" and not text.strip()):
            raise ServiceError("inventory_line", line=number, field=field)
    machines = told.get("machines", 1)
    if isinstance(machines, bool) or not isinstance(machines, int) or machines < 0:
        raise ServiceError("inventory_line", line=number, field="machines")
    if machines > MOST_MACHINES:
        raise ServiceError("report_machines", most=MOST_MACHINES, name=told["name"][:60])
    digest = told.get("sha256", "")
    if not isinstance(digest, str) or (digest and not _DIGEST.fullmatch(digest)):
        raise ServiceError("inventory_line", line=number, field="sha256")
    return Line(told["name"], machines, told.get("version", ""), told.get("room", ""), digest.lower())
