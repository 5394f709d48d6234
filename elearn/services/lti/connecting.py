"""Linking who a platform names to an account here: one browser shows both, or an administrator knows both.

The launched page begins, the local sign-in confirms, and only the launched page that began can complete it, with the
answer that the local page has shown. Whoever sends the address of the local page to somebody else gets no answer back.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from elearn.clock import now
from elearn.identifiers import new_token, token_digest
from elearn.models.account import Account, BrowserSession
from elearn.models.account import Identity as IdentityRow
from elearn.models.lti_courses import LtiConnection, LtiContext, LtiMember, LtiSession
from elearn.services import audit
from elearn.services.access import Action, Identity, load_identity, require
from elearn.services.errors import ConflictError, ForbiddenError, NotFoundError, ServiceError
from elearn.services.lti.identities import contexts_at
from elearn.services.teach.classes import TEACHING

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from elearn.database import Database
    from elearn.models.lti import LtiPlatform

LIFETIME = timedelta(minutes=10)
TRIES = 5
LENGTH = 8  # characters of an answer: 40 bits, of which a guesser tries five
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is read as another


def is_connected(account: Account) -> bool:
    """Whether the account of a launch is one of ours: those that launches make have no login."""
    return account.login is not None


def begin(session: Session, launched: LtiSession) -> str:
    """The code of the address at which a launched teacher signs in here; an earlier one of the same launch ends.

    Raises:
        ForbiddenError: `lti_connect_teachers_only`.
        ConflictError: `lti_connected_already`.
    """
    if not launched.is_teaching:
        raise ForbiddenError("lti_connect_teachers_only")
    if is_connected(launched.account):
        raise ConflictError("lti_connected_already")
    session.execute(delete(LtiConnection).where(_begun_by(launched.digest), LtiConnection.used_at.is_(None)))
    code, moment = new_token(), now()
    session.add(
        LtiConnection(
            code_digest=token_digest(code),
            session_digest=launched.digest,
            identity_id=launched.identity_id,
            created_at=moment,
            expires_at=moment + LIFETIME,
        )
    )
    session.flush()
    return code


def begun(session: Session, code: str) -> tuple[LtiConnection, LtiSession]:
    """The wish behind a code, with the launch that began it.

    Raises:
        NotFoundError: `lti_connect_over`: unknown, too late, confirmed or completed, or the launch has ended.
    """
    row = session.scalar(select(LtiConnection).where(LtiConnection.code_digest == token_digest(code)))
    launched = session.get(LtiSession, row.session_digest) if row is not None else None
    is_alive = launched is not None and session.get(BrowserSession, launched.digest) is not None
    if row is None or launched is None or not is_alive or not _is_open(row) or row.account_id is not None:
        raise NotFoundError("lti_connect_over")
    return row, launched


def confirm(session: Session, identity: Identity, code: str, *, signed_in_at: datetime) -> str:
    """Say, as who is signed in here, that the launched teacher is the same person; gives the answer to show once.

    Raises:
        NotFoundError: as `begun`.
        ForbiddenError: `lti_connect_sign_in_again`: the sign-in is older than the wish, and may be somebody else's who
            has left this computer; `lti_connect_not_teacher`: no teacher at a school of the platform.
    """
    row, launched = begun(session, code)
    if signed_in_at < row.created_at:
        raise ForbiddenError("lti_connect_sign_in_again")
    _check_teacher(identity, launched.deployment.platform)
    answer = "".join(secrets.choice(_LETTERS) for _ in range(LENGTH))
    row.account_id, row.answer_digest = identity.account_id, token_digest(answer)
    session.flush()
    return answer


def take_try(database: Database, digest: str) -> None:
    """Count one try of a launch to complete, in a short transaction of its own: it outlives the refusal.

    Raises:
        NotFoundError: `lti_connect_over`; nothing has begun, or it was tried too often.
    """
    with database.write() as session:
        tried = update(LtiConnection).where(
            _begun_by(digest), LtiConnection.used_at.is_(None), LtiConnection.tries < TRIES
        )
        if session.execute(tried.values(tries=LtiConnection.tries + 1)).rowcount == 0:
            raise NotFoundError("lti_connect_over")


def complete(session: Session, launched: LtiSession, answer: str) -> Account:
    """Link the launched teacher to the account that has confirmed; every launch of the old account ends.

    Raises:
        NotFoundError: `lti_connect_over`.
        ServiceError: `lti_connect_wrong`; the answer is not the one that was shown.
        ForbiddenError: `lti_connect_not_teacher`; the account may no more what it might when it confirmed.
    """
    row = session.scalar(
        select(LtiConnection).where(_begun_by(launched.digest)).order_by(LtiConnection.id.desc()).limit(1)
    )
    if row is None or not _is_open(row):
        raise NotFoundError("lti_connect_over")
    given = token_digest("".join(answer.split()).replace("-", "").upper())
    if row.account_id is None or row.answer_digest is None or not hmac.compare_digest(given, row.answer_digest):
        raise ServiceError("lti_connect_wrong")
    account, platform = session.get_one(Account, row.account_id), launched.deployment.platform
    actor = load_identity(session, account.id)
    _check_teacher(actor, platform)
    row.used_at = now()
    _move(session, actor, row.identity, account, platform)
    return account


def connect(session: Session, identity: Identity, platform: LtiPlatform, named: IdentityRow, login: str) -> Account:
    """Link somebody whom a platform names to the account with a login, as an administrator who knows both.

    Raises:
        ForbiddenError: `may_not`, `lti_connect_not_teacher`.
        NotFoundError: `account_not_found`; there is none within reach.
        ConflictError: `lti_connected_already`.
    """
    require(identity, Action.ADMINISTER, platform.unit)
    account = session.scalar(select(Account).where(Account.login == login.strip().lower()))
    if account is None or account.disabled_at is not None:
        raise NotFoundError("account_not_found")
    require(identity, Action.MANAGE_ACCOUNT, account)
    if is_connected(session.get_one(Account, named.account_id)):
        raise ConflictError("lti_connected_already")
    _check_teacher(load_identity(session, account.id), platform)
    _move(session, identity, named, account, platform)
    return account


def disconnect(session: Session, identity: Identity, platform: LtiPlatform, named: IdentityRow) -> Account:
    """Take a link back: whoever the platform names is an account without login from now on, which is returned.

    What was done stays with the account that did it. Courses that it mapped are no class any more.

    Raises:
        ForbiddenError: `may_not`; it is neither one's own link nor that of somebody one administers.
        ConflictError: `lti_not_connected`.
    """
    account = session.get_one(Account, named.account_id)
    if identity.account_id != account.id:
        require(identity, Action.ADMINISTER, platform.unit)
    if not is_connected(account):
        raise ConflictError("lti_not_connected")
    fresh = Account(login=None, display_name=_name_at(session, platform, named) or account.display_name)
    session.add(fresh)
    session.flush()
    mapped = update(LtiContext).where(LtiContext.id.in_(contexts_at(platform)), LtiContext.mapped_by_id == account.id)
    session.execute(mapped.values(class_id=None, mapped_by_id=None, mapped_at=None))
    _point(session, named, fresh, platform)
    audit.record(session, identity, "lti.disconnect", account, **_about(named, platform))
    return fresh


def launch_of(launched: LtiSession, account: Account) -> LtiSession:
    """A launch like another one, for another account: to be opened anew."""
    return LtiSession(
        deployment_id=launched.deployment_id,
        identity_id=launched.identity_id,
        account_id=account.id,
        context_id=launched.context_id,
        link_id=launched.link_id,
        is_teaching=launched.is_teaching,
        locale=launched.locale,
        return_url=launched.return_url,
        picking=launched.picking,
        picked_at=launched.picked_at,
        for_subject=launched.for_subject,
    )


def _check_teacher(identity: Identity, platform: LtiPlatform) -> None:
    """A platform speaks for the people of its own schools only, and only teachers have something to link for."""
    if identity.units_of(TEACHING).isdisjoint(identity.tree.below([platform.unit_id])):
        raise ForbiddenError("lti_connect_not_teacher")


def _is_open(row: LtiConnection) -> bool:
    return row.used_at is None and row.expires_at > now() and row.tries <= TRIES


def _begun_by(digest: str):  # noqa: ANN202 - as above
    return LtiConnection.session_digest == digest


def _move(session: Session, actor: Identity, named: IdentityRow, account: Account, platform: LtiPlatform) -> None:
    before = session.get_one(Account, named.account_id)
    _point(session, named, account, platform)
    audit.record(session, actor, "lti.connect", account, before=before.uid, **_about(named, platform))


def _point(session: Session, named: IdentityRow, account: Account, platform: LtiPlatform) -> None:
    """Let an identity lead to another account; acts and attempts stay where they were made."""
    former = named.account_id
    named.account_id = account.id
    theirs = update(LtiMember).where(
        LtiMember.context_id.in_(contexts_at(platform)),
        LtiMember.subject == named.subject,
        LtiMember.account_id == former,
    )
    session.execute(theirs.values(account_id=account.id))
    open_launches = select(LtiSession.digest).where(LtiSession.identity_id == named.id, LtiSession.account_id == former)
    session.execute(delete(BrowserSession).where(BrowserSession.digest.in_(open_launches)))
    session.flush()


def _name_at(session: Session, platform: LtiPlatform, named: IdentityRow) -> str:
    member = select(LtiMember.display_name).where(
        LtiMember.context_id.in_(contexts_at(platform)), LtiMember.subject == named.subject
    )
    return session.scalar(member.limit(1)) or ""


def _about(named: IdentityRow, platform: LtiPlatform) -> dict[str, str]:
    return {"platform": platform.uid, "issuer": named.issuer, "subject": named.subject}
