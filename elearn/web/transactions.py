"""The database of a request: `g.db` opens when first used and is committed once, before the first byte."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from flask import current_app, g, request
from flask.ctx import _AppCtxGlobals
from sqlalchemy.exc import SQLAlchemyError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask, Response
    from sqlalchemy.orm import Session

    from elearn.house import House

READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
FIRST_FAILURE = 400


def house() -> House:
    """The house of the application that answers the present request."""
    found: House = current_app.extensions["elearn.house"]
    return found


class RequestGlobals(_AppCtxGlobals):
    """`flask.g` with `db`: a reader for GET and HEAD, a writer that holds the write lock for other methods."""

    @property
    def db(self) -> Session:
        """The session of this request; never commit or close it in a view."""
        session: Session | None = self.get("_db")
        if session is None:
            database = house().database
            session = database.reader() if request.method in READING_METHODS else database.writer()
            self._db = session
        return session


def pending_writer() -> Session | None:
    """The writing session of this request, when it has begun."""
    session: Session | None = g.get("_db") if request.method not in READING_METHODS else None
    return session


@contextmanager
def short_write() -> Iterator[Session]:
    """A transaction of its own for what must outlive a refusal, or what a GET records (an act, an audit row).

    Raises:
        RuntimeError: `g.db` already holds the write lock; this one would wait for it forever.
    """
    if pending_writer() is not None and house().settings.uses_sqlite:
        raise RuntimeError("short_write() inside the request's own writing transaction would wait for itself")
    with house().database.write() as session:
        yield session


@contextmanager
def short_read() -> Iterator[Session]:
    """A reading transaction of its own, closed at the end of the block."""
    with house().database.read() as session:
        yield session


def commit_or_roll_back(response: Response) -> None:
    """End the request's transaction: committed when it wrote and the answer is below 400.

    Raises:
        SQLAlchemyError: the commit failed; everything is rolled back.
    """
    session: Session | None = g.pop("_db", None)
    if session is None:
        return
    try:
        if request.method not in READING_METHODS and response.status_code < FIRST_FAILURE:
            session.commit()
    finally:
        session.close()


def _close_what_is_left(_error: BaseException | None) -> None:
    session: Session | None = g.pop("_db", None)
    if session is not None:
        try:
            session.close()
        except SQLAlchemyError:
            current_app.logger.exception("a database session could not be closed")


def install_transactions(app: Flask, its_house: House) -> None:
    """Give an application its `g.db`; its last `after_request` calls `commit_or_roll_back`."""
    app.extensions["elearn.house"] = its_house
    app.app_ctx_globals_class = RequestGlobals
    app.teardown_request(_close_what_is_left)
