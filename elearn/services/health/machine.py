"""What this machine has and lacks, as findings with a state and parameters; `elearn doctor` says them in words."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from content_packages.scanner import ScannerError
from content_packages.storage.contract import StorageError
from elearn.clock import now
from elearn.database.schema import NewerSchemaError, needed_revision, present_revision
from search_index.engine import IndexUnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from elearn.house import House

GIBIBYTE = 1024**3
LITTLE_SPACE = 5 * GIBIBYTE
MANY_MATERIALS = 150_000  # from here on the embedded search engine is felt to be slow (bench/search)
OLDEST_PYTHON = (3, 11)
SCANNER_SECONDS = 3.0  # a page waits for its answer


class State(StrEnum):
    """How a finding is to be taken."""

    GOOD = "good"
    NOTE = "note"  # works, but something is missing or could be better
    BAD = "bad"  # does not work


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: a stable code, its state, and what the sentence for it needs."""

    code: str
    state: State
    params: dict[str, Any]


def _found(code: str, state: State, **params: Any) -> Finding:
    return Finding(code, state, params)


def examine_machine(house: House) -> list[Finding]:
    """Look at everything that `elearn` needs or likes to have."""
    looks = (_python, _space, _libmagic, _programs, _database, _storage, _scanner, _index, _content, _proxies, _time)
    return [finding for look in looks for finding in look(house)]


def _python(_house: House) -> Iterator[Finding]:
    state = State.GOOD if sys.version_info >= OLDEST_PYTHON else State.BAD
    yield _found("python", state, version=sys.version.split()[0], sqlite=sqlite3.sqlite_version)


def _space(house: House) -> Iterator[Finding]:
    free = shutil.disk_usage(house.settings.home).free
    state = State.GOOD if free >= LITTLE_SPACE else State.NOTE
    yield _found("disk_space", state, free=f"{free / GIBIBYTE:.1f}", folder=str(house.settings.home))


def _libmagic(_house: House) -> Iterator[Finding]:
    try:
        import magic  # noqa: PLC0415 - importing it fails where the C library is missing

        magic.Magic(mime=True)
    except (ImportError, OSError):
        yield _found("libmagic_absent", State.NOTE)
    else:
        yield _found("libmagic", State.GOOD)


def _programs(_house: House) -> Iterator[Finding]:
    for name, commands in (("LibreOffice", ("soffice", "libreoffice")), ("ffmpeg", ("ffmpeg",))):
        path = next(filter(None, map(shutil.which, commands)), None)
        if path is None:
            yield _found("program_absent", State.NOTE, program=name)
        else:
            yield _found("program", State.GOOD, program=name, path=path)


def _database(house: House) -> Iterator[Finding]:
    engine = house.database.engine
    try:
        with engine.connect() as connection:
            sqlite = engine.dialect.name == "sqlite"
            version = connection.scalar(text("SELECT sqlite_version()" if sqlite else "SHOW server_version"))
            mode = connection.scalar(text("PRAGMA journal_mode")) if sqlite else "server"
        revision = present_revision(house.database)
    except NewerSchemaError as error:
        yield _found("schema_newer", State.BAD, present=str(error), needed=needed_revision())
        return
    except SQLAlchemyError as error:
        yield _found("database_away", State.BAD, error=str(getattr(error, "orig", error)).splitlines()[0])
        return
    good = mode in {"wal", "server"}
    yield _found("database", State.GOOD if good else State.NOTE, engine=engine.dialect.name, version=version, mode=mode)
    if revision != needed_revision():
        yield _found("schema_due", State.NOTE, present=revision or "-", needed=needed_revision())


def _storage(house: House) -> Iterator[Finding]:
    try:
        free = house.storage.free_space()
    except (StorageError, OSError) as error:
        yield _found("storage_away", State.BAD, error=str(error))
        return
    kind = "S3" if house.settings.storage_url.startswith("s3:") else house.settings.storage_url
    yield _found("storage", State.GOOD, storage=kind, free="?" if free is None else f"{free / GIBIBYTE:.1f}")


def _scanner(house: House) -> Iterator[Finding]:
    scanner = house.settings.scanner
    if scanner is None:
        yield _found("scanner_unset", State.NOTE)
        return
    address = scanner.path or f"{scanner.host}:{scanner.port}"
    try:
        replace(scanner, silence=SCANNER_SECONDS).ping()
    except ScannerError as error:
        yield _found("scanner_away", State.BAD, address=address, error=str(error))
    else:
        yield _found("scanner", State.GOOD, address=address)


def _index(house: House) -> Iterator[Finding]:
    try:
        count = sum(1 for _ in house.engine.uids())
    except IndexUnavailableError:
        yield _found("index_absent", State.NOTE, engine=house.settings.search_engine)
    else:
        yield _found("index", State.GOOD, engine=house.settings.search_engine, count=count)
        if count >= MANY_MATERIALS and house.settings.search_engine != "tantivy":
            yield _found("index_large", State.NOTE, count=count)


def _content(house: House) -> Iterator[Finding]:
    origin = house.settings.content_origin
    if not origin:
        yield _found("content_local", State.NOTE)
        yield _found("content_storage", State.NOTE)
    elif origin.startswith("port:"):
        yield _found("content_port", State.NOTE, origin=origin)
    elif origin.startswith("http:"):
        yield _found("content_plain", State.NOTE, origin=origin)
    else:
        yield _found("content", State.GOOD, origin=origin)


def _proxies(house: House) -> Iterator[Finding]:
    count = house.settings.trusted_proxies
    public = house.settings.public_url
    if public.startswith("https:") and count == 0:
        yield _found("proxies_unset", State.NOTE, url=public)
    else:
        yield _found("proxies", State.GOOD, count=count)


def _time(house: House) -> Iterator[Finding]:
    local = now().astimezone(house.settings.timezone)
    yield _found("time", State.GOOD, zone=house.settings.timezone.key, now=f"{local:%d/%m/%Y %H:%M}")
