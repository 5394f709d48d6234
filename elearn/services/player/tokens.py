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
from elearn.services.player.sign_ins import end_of, is_signed_in

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from elearn.services.access import Identity

CODE_LIFETIME = timedelta(seconds=60)
# Shorter than a browser session may idle: a page that plays on is renewed by then, which is a sign of life of both.
TOKEN_LIFETIME = timedelta(hours=4)
NOBODY = (None, False)


class TokenError(ServiceError):
    """The token of a player page is unknown, or no longer valid."""

    status = 401


def issue_code(
    session: Session, identity: Identity, attempt: Attempt, tab: str, *, browser: str | None = None
) -> tuple[PlaySession, str]:
    """Prepare a player page for the identity's own attempt; returns the row and the code, which is shown once.

    `browser` is the digest of the browser session that asks: the page ends with it.
    """
    code = new_token()
    moment = now()
    play = PlaySession(
        attempt_id=attempt.id,
        account_id=identity.account_id,
        browser_digest=browser,
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
        ConflictError: it has been used, is older than a minute, or its learner has signed out; the shell must ask
            for a new one.
    """
    play, signed_in = _locked(session, PlaySession.code_digest == token_digest(code))
    if play is None:
        raise NotFoundError("code_not_found")
    if play.code_used_at is not None or play.code_expires_at < now() or not signed_in:
        raise ConflictError("code_used")
    token = new_token()
    play.code_used_at = now()
    play.token_digest = token_digest(token)
    session.flush()
    return play, token


def play_session_of(session: Session, token: str) -> PlaySession:
    """The page that holds a token, its attempt locked for writing.

    Raises:
        TokenError: the token is unknown (`token_unknown`), its learner has signed out (`signed_out`), its launch from
            a learning platform is over (`launch_over`), or it has run out (`token_expired`; the shell renews it).
    """
    play, signed_in = _locked(session, PlaySession.token_digest == token_digest(token))
    if play is None or play.account.disabled_at is not None:
        raise TokenError("token_unknown")
    if not signed_in:
        raise TokenError(end_of(session, play))
    if play.expires_at < now():
        raise TokenError("token_expired")
    return play


def own_play_session(session: Session, identity: Identity, uid: str) -> PlaySession:
    """A page of the identity by its uid, its attempt locked: for renewal and for journals that arrive late.

    It is the identity's own whatever has become of the sign-in from which it was opened.

    Raises:
        NotFoundError: there is none, or it is somebody else's.
    """
    play, _ = _locked(session, PlaySession.uid == uid) if is_uid(uid) else NOBODY
    if play is None or identity.account_id is None or play.account_id != identity.account_id:
        raise NotFoundError("attempt_not_found")
    return play


def _locked(session: Session, condition: ColumnElement[bool]) -> tuple[PlaySession | None, bool]:
    """A page with everything its commits change, locked until the end of the transaction.

    Beside it stands whether its learner is still signed in.

    All three rows must be locked by the one statement that reads them: PostgreSQL gives a statement that had to
    wait the newest form of locked rows only.
    """
    query = (
        select(PlaySession, is_signed_in())
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
    found = session.execute(query).one_or_none()
    return (found[0], found[1]) if found else NOBODY


def renew(play: PlaySession, *, browser: str | None = None) -> None:
    """Let the token of a page live on; the app's shell asks for it with the learner's own sign-in.

    `browser` is the digest of the browser session that vouches for it from now on.
    """
    play.expires_at = now() + TOKEN_LIFETIME
    play.browser_digest = browser
