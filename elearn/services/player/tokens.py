"""The one-time code that opens a player page and the token by which that page is known afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from elearn.clock import now
from elearn.identifiers import is_uid, new_token, token_digest
from elearn.models.learning import Attempt, PlaySession, Registration
from elearn.services.errors import ConflictError, NotFoundError, ServiceError

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from elearn.services.access import Identity

CODE_LIFETIME = timedelta(seconds=60)
TOKEN_LIFETIME = timedelta(hours=4)


class TokenError(ServiceError):
    """The token of a player page is unknown, or no longer valid."""

    status = 401


def issue_code(session: Session, identity: Identity, attempt: Attempt, tab: str) -> tuple[PlaySession, str]:
    """Prepare a player page for the identity's own attempt; returns the row and the code, which is shown once."""
    code = new_token()
    moment = now()
    play = PlaySession(
        attempt_id=attempt.id,
        account_id=identity.account_id,
        code_digest=token_digest(code),
        code_expires_at=moment + CODE_LIFETIME,
        expires_at=moment + TOKEN_LIFETIME,
        tab=tab[:64],
    )
    session.add(play)
    session.flush()
    return play, code


def redeem_code(session: Session, code: str) -> tuple[PlaySession, str]:
    """Exchange a code for the token of its page.

    Raises:
        NotFoundError: there is no such code.
        ConflictError: it has been used or is older than a minute; the shell must ask for a new one.
    """
    play = _locked(session, PlaySession.code_digest == token_digest(code))
    if play is None:
        raise NotFoundError("code_not_found")
    if play.code_used_at is not None or play.code_expires_at < now():
        raise ConflictError("code_used")
    token = new_token()
    play.code_used_at = now()
    play.token_digest = token_digest(token)
    session.flush()
    return play, token


def play_session_of(session: Session, token: str) -> PlaySession:
    """The page that holds a token, its attempt locked for writing.

    Raises:
        TokenError: the token is unknown (`token_unknown`), or has run out (`token_expired`; the shell renews it).
    """
    play = _locked(session, PlaySession.token_digest == token_digest(token))
    if play is None or play.account.disabled_at is not None:
        raise TokenError("token_unknown")
    if play.expires_at < now():
        raise TokenError("token_expired")
    return play


def own_play_session(session: Session, identity: Identity, uid: str) -> PlaySession:
    """A page of the identity by its uid, its attempt locked: for renewal and for journals that arrive late.

    Raises:
        NotFoundError: there is none, or it is somebody else's.
    """
    play = _locked(session, PlaySession.uid == uid) if is_uid(uid) else None
    if play is None or identity.account_id is None or play.account_id != identity.account_id:
        raise NotFoundError("attempt_not_found")
    return play


def _locked(session: Session, condition: ColumnElement[bool]) -> PlaySession | None:
    """A page with everything its commits change, locked until the end of the transaction.

    All three rows must be locked by the one statement that reads them: PostgreSQL gives a statement that had to
    wait the newest form of locked rows only.
    """
    query = (
        select(PlaySession)
        .where(condition)
        .join(PlaySession.attempt)
        .join(Attempt.registration)
        .join(PlaySession.account)
        .join(Registration.version)
        .options(
            contains_eager(PlaySession.attempt)
            .contains_eager(Attempt.registration)
            .contains_eager(Registration.version),
            contains_eager(PlaySession.account),
        )
        .with_for_update(of=(PlaySession, Attempt, Registration), key_share=True)
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).one_or_none()


def renew(play: PlaySession) -> None:
    """Let the token of a page live on; the app's shell asks for it with the learner's own sign-in."""
    play.expires_at = now() + TOKEN_LIFETIME
