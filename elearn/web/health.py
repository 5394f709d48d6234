"""Whether this process can do its work, for load balancers and supervisors; for administrators in plain words."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from flask import Blueprint, g, jsonify, render_template
from flask_babel import format_datetime, format_decimal, gettext
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from elearn.clock import now
from elearn.models.account import Role
from elearn.services.health import Finding, dead_jobs, examine_machine, take_pulse
from elearn.services.housekeeping import last_beat
from elearn.web.machine_sentences import MACHINE, PULSE
from elearn.web.people import needs_role
from elearn.web.transactions import house, short_read

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

blueprint = Blueprint("health", __name__)

SILENT_AFTER = timedelta(minutes=3)


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    """200 when people can be served, 503 when not; a silent worker or a lost index only warns."""
    checks = {name: _outcome(check) for name, check in CHECKS.items()}
    broken = any(checks[name] == "failed" for name in ESSENTIAL)
    status = "failed" if broken else "degraded" if set(checks.values()) - {"ok", "none"} else "ok"
    response = jsonify({"status": status, "checks": checks})
    response.headers["Cache-Control"] = "no-store"
    return response, 503 if broken else 200


def _outcome(check: Callable[[], str]) -> str:
    try:
        return check()
    except (SQLAlchemyError, OSError):
        return "failed"
    except Exception:  # noqa: BLE001 - whatever an engine raises, the index is not well
        return "failed"


def _database() -> str:
    with short_read() as session:
        session.execute(text("SELECT 1"))
    return "ok"


def _storage() -> str:
    """The home can take a file; a full disk still serves, so it only degrades."""
    folder = house().settings.home
    statistics = os.statvfs(folder)
    return "ok" if os.access(folder, os.W_OK) and statistics.f_bavail > 0 else "full"


def _index() -> str:
    next(iter(house().engine.uids()), None)
    return "ok"


def _worker() -> str:
    with short_read() as session:
        beat = last_beat(session)
    if beat is None:
        return "none"
    return "ok" if now() - datetime.fromisoformat(beat) < SILENT_AFTER else "silent"


CHECKS: dict[str, Callable[[], str]] = {
    "database": _database,
    "storage": _storage,
    "index": _index,
    "worker": _worker,
}
ESSENTIAL = ("database",)

SENTENCES = {**MACHINE, **PULSE}


@blueprint.get("/administration/health")
@needs_role({Role.ADMINISTRATOR})
def overview() -> ResponseReturnValue:
    """How the installation is doing, what this machine has and lacks, and which jobs were given up."""
    return render_template(
        "administration/health.html",
        pulse=take_pulse(g.db, house()),
        machine=examine_machine(house()),
        dead=dead_jobs(g.db),
    )


@blueprint.app_template_filter("machine_sentence")
def sentence(finding: Finding) -> str:
    """A finding about machine or installation in the language of the page."""
    return gettext(SENTENCES[finding.code], **{name: _written(value) for name, value in finding.params.items()})


def _written(value: object) -> str:
    if isinstance(value, datetime):
        return str(format_datetime(value, "short"))
    return str(format_decimal(value)) if isinstance(value, int) else str(value)
