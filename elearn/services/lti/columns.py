"""Finding the line item of a link, or making it; over the network, so outside of any transaction."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from http import HTTPStatus
from threading import Lock
from typing import TYPE_CHECKING, Final

from sqlalchemy import update

from elearn.lti.errors import LtiError
from elearn.lti.grades import LINE_ITEM_SCOPE, LINE_ITEM_TYPE, LINE_ITEMS_TYPE
from elearn.lti.line_items import LineItem, Wanted, as_json, choose, listing, made, page
from elearn.lti.values import read_json
from elearn.models.lti_courses import LtiLink
from elearn.services.errors import ServiceError
from elearn.services.lti.asking import ask

if TYPE_CHECKING:
    from elearn.house import House
    from elearn.models.lti import LtiPlatform

MOST_PAGES: Final = 10
DEFAULT_TAG: Final = "elearn"
_turns: defaultdict[str, Lock] = defaultdict(Lock)  # two learners at once must not make two columns


class ColumnError(ServiceError):
    """The line items of a platform cannot be read or made; `status` is what it answered."""

    status = 502


@dataclass(slots=True)
class Column:
    """A link as its gradebook knows it; `address` is that of its line item, "" while nobody knows it."""

    link_id: int
    link_uid: str
    wanted: Wanted
    label: str
    maximum: float
    scopes: frozenset[str]
    address: str
    container: str

    @classmethod
    def of(cls, link: LtiLink) -> Column:
        """The column of a link whose placement and course are loaded."""
        placement = link.placement
        thing = link.course or (placement.material if placement is not None else None)
        wanted = Wanted(link.name, link.tag or DEFAULT_TAG, thing.uid if thing is not None else "")
        label = link.title or (thing.title if thing is not None else link.name)
        return cls(
            link_id=link.id,
            link_uid=link.uid,
            wanted=wanted,
            label=label,
            maximum=link.maximum,
            scopes=frozenset(link.scopes),
            address=link.line_item,
            container=link.line_items,
        )


def find_column(house: House, platform: LtiPlatform, column: Column) -> bool:
    """Look for the line item of a link, or make one when there never was one; returns whether there is another now.

    One that was there and is gone was taken away by somebody, and is not made again.

    Raises:
        OutsideError: the platform cannot be asked.
        ColumnError: it refuses (`grade_columns_refused` with `status`), or its answer cannot be read
            (`grade_column_malformed`).
    """
    if not column.container or LINE_ITEM_SCOPE not in column.scopes:
        return False
    with _turns[column.link_uid]:
        with house.database.read() as session:
            known = session.get_one(LtiLink, column.link_id).line_item
        if known != column.address:  # found by somebody else in the meantime
            column.address = known
            return True
        try:
            found = _listed(house, platform, column) or (None if known else _made(house, platform, column))
        except LtiError as error:
            raise ColumnError("grade_column_malformed") from error
        if found is None or found.address == known:
            return False
        column.address = found.address
        with house.database.write() as session:
            session.execute(update(LtiLink).where(LtiLink.id == column.link_id).values(line_item=found.address))
    return True


def _listed(house: House, platform: LtiPlatform, column: Column) -> LineItem | None:
    address, found = listing(column.container, column.wanted), []
    for _ in range(MOST_PAGES):
        answer = ask(house, platform, column.scopes, address, accept=LINE_ITEMS_TYPE)
        if answer.status != HTTPStatus.OK:
            raise ColumnError("grade_columns_refused", status=answer.status)
        several, following = page(_json(answer.body), answer.headers.get("link", ""), asked=address)
        found += several
        if not following:
            break
        address = following
    return choose(found, column.wanted)


def _made(house: House, platform: LtiPlatform, column: Column) -> LineItem:
    told = as_json(column.wanted, label=column.label, maximum=column.maximum)
    answer = ask(
        house, platform, column.scopes, column.container, body=told, content_type=LINE_ITEM_TYPE, accept=LINE_ITEM_TYPE
    )
    if answer.status not in {HTTPStatus.OK, HTTPStatus.CREATED}:
        raise ColumnError("grade_columns_refused", status=answer.status)
    return made(_json(answer.body), asked=column.container)


def _json(body: bytes) -> object:
    try:
        return read_json(body)
    except ValueError:
        return None
