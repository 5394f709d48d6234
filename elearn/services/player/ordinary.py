"""The ordinary commit, of which a school sends a hundred a second: one locking read, two writes, no objects.

Content that runs, in the page that writes the attempt, sets values that move neither status nor score. All others take
the way of `commits.take_commit`, which would give the same for these; a test sends the same messages both ways.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, bindparam, cast, func, literal, select, update
from sqlalchemy.dialects.postgresql import JSONB

from elearn.clock import now
from elearn.identifiers import token_digest
from elearn.models.account import Account
from elearn.models.learning import ActivityState, Attempt, AttemptStatus, Phase, PlaySession, Registration
from elearn.models.material import Version
from elearn.services.player.commits import LARGEST_GAP, Receipt, moves_status
from elearn.services.player.course import manifest_by_id
from elearn.services.player.lease import LEASE
from elearn.services.player.sign_ins import is_signed_in
from elearn.services.player.time import credited_time
from scorm.standards import standard_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Select, Update
    from sqlalchemy.orm import Session

    from elearn.services.player.commits import Commit

# Of a document with so many elements (thousands of interactions), only changes as few as these travel back.
LARGE, FEW = 500, 50
# The attempt is written when its lease has lost this much, and not with every commit.
LEASE_SHARE = LEASE / 3


def take_ordinary(session: Session, token: str, commit: Commit, belongs_here: Callable[[str], bool]) -> Receipt | None:
    """Store a commit that is ordinary; None when it is not, and then nothing was changed.

    `belongs_here` says of the uid of a version whether the request came to its own host.
    """
    if commit.final or commit.leave or moves_status(commit):
        return None
    connection = session.connection()
    moment = now()
    known = connection.execute(_reading(), {"digest": token_digest(token), "moment": moment}).one_or_none()
    if known is None or not _is_ordinary(known, commit, moment) or not belongs_here(known.version_uid):
        return None
    manifest = manifest_by_id(session, known.version_id, known.version_uid)
    standard = standard_of(manifest.edition)
    document, rejected = standard.commit(known.document, commit.delta)
    credited = credited_time(standard, document, known.launched_at, known.credited)
    gained = credited - known.credited
    _store_document(connection, known, document, commit.delta, moment)
    page = {"row": known.play_id, "last_number": commit.number, "credited": credited}
    connection.execute(_writing(PlaySession, "last_number", "credited"), page)
    if gained or known.lease_until - moment < LEASE - LEASE_SHARE:
        _store_attempt(connection, known, gained, moment)
    return Receipt(commit.number, rejected, _summary(known, gained))


def _is_ordinary(known: Row[Any], commit: Commit, moment: datetime) -> bool:
    """Whether the page is connected and writes, and the message is the next word of what it runs."""
    connected = known.signed_in and known.disabled_at is None and known.expires_at >= moment
    writes = known.lease_session_id == known.play_id and known.lease_until is not None
    runs = known.status is AttemptStatus.OPEN and known.phase is Phase.RUNNING and known.closed < known.launched
    follows = known.last_number < commit.number <= known.last_number + LARGEST_GAP
    return bool(connected and writes and runs and follows and commit.launch == known.launched and known.launched_at)


@cache
def _reading() -> Select[Any]:
    """A page by the digest of its token with everything an ordinary commit needs, all that it changes locked."""
    play, attempt, state = PlaySession.__table__.c, Attempt.__table__.c, ActivityState.__table__.c
    columns = (
        *(play.id.label("play_id"), play.last_number, play.launched, play.closed, play.expires_at),
        *(play.launched_at, play.credited, is_signed_in(bindparam("moment")).label("signed_in")),
        *(Account.__table__.c.disabled_at, Version.__table__.c.id.label("version_id")),
        *(Version.__table__.c.uid.label("version_uid"), attempt.id.label("attempt_id"), attempt.status),
        *(attempt.lease_session_id, attempt.lease_until, attempt.completion, attempt.success, attempt.score_scaled),
        *(attempt.score_raw, attempt.score_max, attempt.progress, attempt.time_seconds),
        *(state.id.label("state_id"), state.phase, state.document),
    )
    joined = PlaySession.__table__.join(Attempt.__table__, attempt.id == play.attempt_id)
    joined = joined.join(Registration.__table__, Registration.__table__.c.id == attempt.registration_id)
    joined = joined.join(Version.__table__, Version.__table__.c.id == Registration.__table__.c.version_id)
    joined = joined.join(Account.__table__, Account.__table__.c.id == play.account_id)
    joined = joined.join(ActivityState.__table__, (state.attempt_id == attempt.id) & (state.activity == play.activity))
    locked = (PlaySession.__table__, Attempt.__table__, Registration.__table__, ActivityState.__table__)
    query = select(*columns).select_from(joined).where(play.token_digest == bindparam("digest"))
    return query.with_for_update(of=locked, key_share=True)


@cache
def _writing(model: type[Any], *columns: str) -> Update:
    """An update of some columns of a row by its id (`row`)."""
    table = model.__table__
    return update(table).where(table.c.id == bindparam("row")).values({name: bindparam(name) for name in columns})


def _store_document(
    connection: Connection, known: Row[Any], document: dict[str, str], delta: Mapping[str, object], moment: datetime
) -> None:
    changed = _few_changes(known.document, document, delta)
    if changed is None:
        state = {"row": known.state_id, "document": document, "changed_at": moment}
        connection.execute(_writing(ActivityState, "document", "changed_at"), state)
        return
    table: Any = ActivityState.__table__
    own: ColumnElement[Any] = table.c.document
    if connection.dialect.name == "sqlite":
        own = func.json_patch(own, json.dumps(changed))
    else:
        own = own.op("||")(cast(literal(changed, JSONB), JSONB))
    connection.execute(update(table).where(table.c.id == known.state_id).values(document=own, changed_at=moment))


def _few_changes(
    before: Mapping[str, str], document: Mapping[str, str], delta: Mapping[str, object]
) -> dict[str, str] | None:
    """What the database may lay over a large document; None when it is better written whole.

    A commit changes what its delta names, and may take away what a new type of an interaction resets. An element that
    was refused, or is kept under another form of its name, makes no short way.
    """
    if (
        len(document) < LARGE
        or len(delta) > FEW
        or not before.keys() <= document.keys()
        or delta.keys() - document.keys()
    ):
        return None
    return {name: document[name] for name in delta if before.get(name) != document[name]}


def _store_attempt(connection: Connection, known: Row[Any], gained: float, moment: datetime) -> None:
    changes = {
        "row": known.attempt_id,
        "time_seconds": known.time_seconds + gained,
        "changed_at": moment,
        "lease_until": moment + LEASE,
    }
    connection.execute(_writing(Attempt, "time_seconds", "changed_at", "lease_until"), changes)


def _summary(known: Row[Any], gained: float) -> dict[str, Any]:
    """The same as `view.summary_of` tells of the attempt."""
    names = ("status", "completion", "success", "score_scaled", "score_raw", "score_max", "progress")
    return {name: getattr(known, name) for name in names} | {"seconds": known.time_seconds + gained}
