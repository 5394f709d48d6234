"""Files from addresses that people name: asked for, fetched by the worker behind the guard, taken in as drafts."""

from __future__ import annotations

import time
from contextlib import contextmanager
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sqlalchemy import delete, func, select, update

from content_packages.file_names import readable_name
from content_packages.storage.receiving import receive
from elearn.clock import now
from elearn.identifiers import is_uid
from elearn.models.organisation import Unit
from elearn.models.upload import Fetch, FetchState
from elearn.services import jobs
from elearn.services.access import Action, load_identity, require
from elearn.services.contribute import create_material, examine, proposed_metadata
from elearn.services.errors import ConflictError, NotFoundError, ServiceError
from elearn.services.metadata import from_json, over
from elearn.services.outside import OutsideError, download
from elearn.services.outside.downloading import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import BinaryIO

    from sqlalchemy.orm import Session

    from elearn.house import House
    from elearn.services.access import Identity
    from elearn.services.contribute import Intake

KIND = "fetch_file"
MOST_OPEN = 200  # for each account: a spreadsheet full
MOST_SHOWN = 50
LONGEST_ADDRESS = 2000
_BETWEEN = 1.0  # seconds between two words about the progress
_PAGE_STARTS = (b"<!doctype html", b"<html")
_HEAD = 512


class _ForgottenError(Exception):
    """Whoever asked for the file does not want it any more."""


def order(session: Session, identity: Identity, unit: Unit, address: str, described: Mapping[str, Any]) -> Fetch:
    """Ask for a file; the worker fetches it.

    Raises:
        ForbiddenError: the identity may not contribute at the unit.
        ServiceError: it is no address of the web; too many files are waiting.
    """
    require(identity, Action.CONTRIBUTE, unit)
    check_address(address)
    waiting = select(func.count()).where(Fetch.account_id == identity.account_id, Fetch.state.in_(_OPEN))
    if (session.scalar(waiting) or 0) >= MOST_OPEN:
        raise ConflictError("fetch_too_many", most=MOST_OPEN)
    fetch = Fetch(account_id=identity.account_id, unit_id=unit.id, address=address, described=dict(described))
    session.add(fetch)
    session.flush()
    jobs.enqueue(session, KIND, payload={"fetch": fetch.uid})
    return fetch


_OPEN = (FetchState.WAITING, FetchState.RUNNING)


def check_address(address: str) -> None:
    """Refuse what is no address of the web; whether it may be asked is judged when it is.

    Raises:
        ServiceError: `fetch_address`.
    """
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise ServiceError("fetch_address") from None
    is_one = parts.scheme in ("http", "https") and host and "@" not in parts.netloc
    if not is_one or not address.isprintable() or " " in address or len(address) > LONGEST_ADDRESS:
        raise ServiceError("fetch_address")


def own(session: Session, identity: Identity) -> list[Fetch]:
    """The newest files that the identity has asked for."""
    query = select(Fetch).where(Fetch.account_id == identity.account_id).order_by(Fetch.id.desc()).limit(MOST_SHOWN)
    return list(session.scalars(query))


def _find(session: Session, identity: Identity, uid: str) -> Fetch:
    query = select(Fetch).where(Fetch.uid == uid, Fetch.account_id == identity.account_id)
    fetch = session.scalar(query) if is_uid(uid) else None
    if fetch is None:
        raise NotFoundError("fetch_not_found")
    return fetch


def again(session: Session, identity: Identity, uid: str) -> Fetch:
    """Ask once more for a file that could not be had.

    Raises:
        NotFoundError: the identity has not asked for it.
        ConflictError: it did not fail.
    """
    fetch = _find(session, identity, uid)
    if fetch.state is not FetchState.FAILED:
        raise ConflictError("fetch_not_failed")
    fetch.state, fetch.code, fetch.params, fetch.received, fetch.length = FetchState.WAITING, "", {}, 0, None
    fetch.finished_at = None
    session.flush()
    jobs.enqueue(session, KIND, payload={"fetch": fetch.uid})
    return fetch


def forget(session: Session, identity: Identity, uid: str) -> None:
    """Take a file off the list; one that is on its way is given up.

    Raises:
        NotFoundError: the identity has not asked for it.
    """
    session.execute(delete(Fetch).where(Fetch.id == _find(session, identity, uid).id))


def run(house: House, payload: Mapping[str, Any]) -> Callable[[Session], object] | None:
    """Fetch and examine a file, outside of any transaction; what is returned makes the draft.

    A refusal is the end of it and kept in its row; whoever asked may ask again.
    """
    with house.database.read() as session:
        fetch = session.scalar(select(Fetch).where(Fetch.uid == payload.get("fetch"), Fetch.state.in_(_OPEN)))
    if fetch is None:
        return None
    try:
        with _fetched(house, fetch) as intake:
            refusal = next((found for found in intake.facts.findings if found.refuses), None)
    except ServiceError as refused:
        code = f"fetch_{refused.code.removeprefix('outside_')}" if isinstance(refused, OutsideError) else refused.code
        params = refused.params
        return lambda session: _fail(session, fetch, code, params)
    except _ForgottenError:
        return None
    if refusal is not None:
        return lambda session: _fail(session, fetch, refusal.code, dict(refusal.params))
    return lambda session: _finish(session, fetch, intake)


@contextmanager
def _fetched(house: House, fetch: Fetch) -> Iterator[Intake]:
    settings = house.settings
    if not settings.fetch_minutes:
        raise ServiceError("fetch_off")
    limits = Limits(settings.upload_limit, settings.fetch_minutes * 60.0)
    settings.staging_folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=settings.staging_folder) as file:
        got = download(house.guard, fetch.address, file, limits, _progress(house, fetch))
        _demand_file(file)
        file.seek(0)
        with receive(file, settings.staging_folder, settings.upload_limit) as staged:
            name = readable_name(got.name.replace("\\", "/").rpartition("/")[2])[-300:]
            yield examine(house.storage, staged, name or "file", settings.archive_limits)


def _demand_file(file: BinaryIO) -> None:
    """A page that shows a file, or asks for a password, is not the file."""
    file.seek(0)
    if file.read(_HEAD).lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PAGE_STARTS):
        raise ServiceError("fetch_page")


def _progress(house: House, fetch: Fetch) -> Callable[[int, int | None], None]:
    last = 0.0

    def tell(received: int, length: int | None) -> None:
        nonlocal last
        if time.monotonic() - last < _BETWEEN:
            return
        last = time.monotonic()
        values = {"state": FetchState.RUNNING, "received": received, "length": length}
        with house.database.write() as session:
            if session.execute(update(Fetch).where(Fetch.id == fetch.id).values(values)).rowcount != 1:
                raise _ForgottenError

    return tell


def _fail(session: Session, fetch: Fetch, code: str, params: Mapping[str, Any]) -> None:
    values = {"state": FetchState.FAILED, "code": code[:64], "params": dict(params), "finished_at": now()}
    session.execute(update(Fetch).where(Fetch.id == fetch.id).values(values))


def _finish(session: Session, fetch: Fetch, intake: Intake) -> None:
    """Make the draft with the rights its asker has now; nothing when it was forgotten meanwhile."""
    row = session.get(Fetch, fetch.id)
    if row is None:
        return
    identity, unit = load_identity(session, row.account_id), session.get_one(Unit, row.unit_id)
    metadata = over(proposed_metadata(intake, identity), from_json(row.described))
    trial = session.begin_nested()
    try:
        material = create_material(session, identity, unit, intake, metadata)
    except ServiceError as refused:
        trial.rollback()
        _fail(session, row, refused.code, refused.params)
        return
    trial.commit()
    row.state, row.finished_at, row.received = FetchState.DONE, now(), intake.staged.size
    row.file_name, row.material_uid = intake.file_name[:300], material.uid
