"""The calls of content to the run time, recorded for one attempt, one course item or one material while that is on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import joinedload

from elearn.clock import now
from elearn.identifiers import token_digest
from elearn.models.learning import Attempt, PlaySession, Registration
from elearn.models.play_log import ApiCalls, ApiLog
from elearn.services.errors import ConflictError, ServiceError
from elearn.services.player.options import play_options
from elearn.services.player.sign_ins import end_of, is_signed_in
from elearn.services.player.tokens import TokenError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from elearn.models.learning import Placement

POLICY = "api_log"  # in the policy of a placement
CALLS_PER_BATCH = 500
CALLS_PER_ATTEMPT = 20_000
LONGEST_VALUE = 2_000  # characters of an argument or a result
LONGEST_NAME = 300
LARGEST_NUMBER = 2**31 - 1
FAR_FROM_NOW = 365 * 24 * 3600 * 1000  # ms; no page waits longer with its calls
KEEP_CALLS = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Call:
    """One call: when, which function, the element and the value set (or what else was handed over), answer, error."""

    at: datetime
    method: str
    element: str
    value: str
    result: str
    error: str

    @property
    def is_error(self) -> bool:
        """Whether the run time refused it."""
        return self.error not in {"0", ""}


def is_recorded(session: Session, attempt: Attempt) -> bool:
    """Whether the calls of an attempt are recorded: on its own account, its placement's or its material's."""
    placement = attempt.registration.placement
    if placement.policy.get(POLICY) is True or play_options(attempt.registration.version.material).api_log:
        return True
    log = session.get(ApiLog, attempt.id)
    return log is not None and log.is_on


def record_attempt(session: Session, account_id: int | None, attempt: Attempt, *, on: bool) -> None:
    """Switch the record of one attempt on or off; pages that are open notice it when they are opened again."""
    log = _log(session, attempt.id)
    log.is_on, log.asked_by_id, log.changed_at = on, account_id, now()
    session.flush()


def record_placement(session: Session, placement: Placement, *, on: bool) -> None:
    """Switch the record of all attempts at a placement on or off."""
    others = {name: value for name, value in placement.policy.items() if name != POLICY}
    placement.policy = others | {POLICY: True} if on else others
    session.flush()


def page_of(session: Session, token: str) -> PlaySession:
    """The page that holds a token, without a lock: recording must not keep commits waiting.

    Raises:
        TokenError: as `tokens.play_session_of`; a page that has just left its attempt may still say its last.
    """
    registration = joinedload(PlaySession.attempt).joinedload(Attempt.registration)
    query = (
        select(PlaySession, is_signed_in())
        .where(PlaySession.token_digest == token_digest(token))
        .options(registration.joinedload(Registration.version), registration.joinedload(Registration.placement))
        .options(joinedload(PlaySession.account))
    )
    found = session.execute(query).one_or_none()
    if found is None or found[0].account.disabled_at is not None:
        raise TokenError("token_unknown")
    if not found[1]:
        raise TokenError(end_of(session, found[0]))
    if found[0].expires_at < now():
        raise TokenError("token_expired")
    page: PlaySession = found[0]
    return page


def take_calls(session: Session, play: PlaySession, body: object) -> int:
    """Keep a batch once, as far as there is room in the attempt; returns how many calls are kept.

    `body`: `number` of the batch of this page, `now` of the page's clock, and `calls` as lists of time, function,
    arguments, answer and error code; times are ms since the epoch by the page's clock.

    Raises:
        ServiceError: it is not of that form (`calls_malformed`).
        ConflictError: nobody has asked for the calls of this attempt (`calls_unwanted`).
    """
    number, calls = _read(body)
    if not is_recorded(session, play.attempt):
        raise ConflictError("calls_unwanted")
    log = _log(session, play.attempt_id, hold=True)
    room = max(0, CALLS_PER_ATTEMPT - log.kept)
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = dialect.insert(ApiCalls).values(
        attempt_id=play.attempt_id, page=play.uid, number=number, at=now(), calls=calls[:room]
    )
    if session.scalar(row.on_conflict_do_nothing().returning(ApiCalls.id)) is None:
        return 0  # a repeat
    log.kept += len(calls[:room])
    log.left_out += len(calls[room:])
    session.flush()
    return len(calls[:room])


def _log(session: Session, attempt_id: int, *, hold: bool = False) -> ApiLog:
    log = session.get(ApiLog, attempt_id, with_for_update=hold)
    if log is None:
        log = ApiLog(attempt_id=attempt_id, is_on=False, kept=0, left_out=0)
        session.add(log)
        session.flush()
    return log


def _read(body: object) -> tuple[int, list[dict[str, Any]]]:
    if not isinstance(body, dict):
        raise ServiceError("calls_malformed")
    number, clock, calls = body.get("number"), body.get("now"), body.get("calls")
    if type(number) is not int or not 1 <= number <= LARGEST_NUMBER or type(clock) is not int:
        raise ServiceError("calls_malformed")
    if not isinstance(calls, list) or not 1 <= len(calls) <= CALLS_PER_BATCH:
        raise ServiceError("calls_malformed")
    return number, [_call(call, clock) for call in calls]


def _call(call: object, clock: int) -> dict[str, Any]:
    """A call as it is kept; its time is told by how long ago it was, for clocks of tablets are often wrong."""
    match call:
        case [int() as at, str() as method, list() as arguments, str() as result, str() as error]:
            given = [str(each)[:LONGEST_VALUE].replace("\0", "\ufffd") for each in arguments[:2]]
            ago = min(max(0, clock - at), FAR_FROM_NOW)
            told = {
                "at": (now() - timedelta(milliseconds=ago)).isoformat(timespec="milliseconds"),
                "method": method[:LONGEST_NAME].replace("\0", "\ufffd"),
                "given": given,
                "result": result[:LONGEST_VALUE].replace("\0", "\ufffd"),
                "error": error[:8].replace("\0", "\ufffd"),
            }
            return {name: value for name, value in told.items() if value}
        case _:
            raise ServiceError("calls_malformed")


def calls_of(session: Session, attempt_id: int) -> list[Call]:
    """All calls that are kept of an attempt, in the order of their times."""
    query = select(ApiCalls.calls).where(ApiCalls.attempt_id == attempt_id).order_by(ApiCalls.id)
    found = [_shown(call) for calls in session.scalars(query) for call in calls]
    return sorted(found, key=lambda call: call.at)


def _shown(call: dict[str, Any]) -> Call:
    given = [*call.get("given", ()), "", ""]
    moment = datetime.fromisoformat(call["at"])
    return Call(moment, call["method"], given[0], given[1], call.get("result", ""), call.get("error", "0"))


def filtered(calls: Iterable[Call], *, errors: bool = False, element: str = "") -> list[Call]:
    """The calls that were refused, or those about elements in whose names a text occurs."""
    wanted = element.strip().casefold()
    return [
        call for call in calls if (call.is_error or not errors) and (not wanted or wanted in call.element.casefold())
    ]


def purge_calls(session: Session) -> int:
    """Drop batches of calls that came more than 90 days ago; returns how many."""
    return session.execute(delete(ApiCalls).where(ApiCalls.at < now() - KEEP_CALLS)).rowcount
