"""The mail that tells the managers of a unit that a licence of software ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext
from sqlalchemy import select

from elearn.database import day_of
from elearn.models.account import Account
from elearn.models.software import SoftwareLicence
from elearn.services import mail
from elearn.services.software.renewals import is_renewed
from elearn.web.language import catalog
from scorm.plain_text import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from elearn.house import House

_SUBJECT = lazy_gettext("The licence of the program “%(title)s” ends on %(day)s")
_TEXT = lazy_gettext(
    "Hello %(name)s,\n\n"
    "the licence that %(unit)s holds for the program “%(title)s” ends with %(day)s: %(days)s days are left. After "
    "that day its files can no longer be downloaded under this licence; what is recorded about it is kept.\n\n"
    "If it is renewed, open the page of the program and choose “Renew” beside the licence.\n"
    "%(address)s\n"
)


def send_reminder(house: House, payload: Mapping[str, Any]) -> None:
    """Tell somebody that a licence ends; nothing when it was renewed, taken back or is over meanwhile."""
    with house.database.read() as session:
        account = session.get(Account, payload["account_id"])
        licence = _still_ending(session, payload["licence_id"])
        if account is None or account.disabled_at is not None or not account.email or licence is None:
            return
        assert licence.expires_on is not None  # noqa: S101 - the query asked for it
        said = catalog(account.locale or house.settings.locale)
        site = house.settings.public_url.rstrip("/")
        words = {
            "name": account.display_name,
            "title": licence.title.title,
            "unit": licence.unit.name,
            "day": f"{licence.expires_on:%d/%m/%Y}",
            "days": (licence.expires_on - day_of(session)).days,
            "address": f"{site}/materials/{licence.title.uid}" if site else "",
        }
        to = account.email
    # One line: a title may not add headers of its own.
    head = one_line(said.gettext(_SUBJECT._args[0]) % words)  # noqa: SLF001 - the msgid of a lazy string has no public name
    mail.send(house.settings, to, head, said.gettext(_TEXT._args[0]) % words)  # noqa: SLF001 - as above


def _still_ending(session: Session, licence_id: int) -> SoftwareLicence | None:
    query = select(SoftwareLicence).where(
        SoftwareLicence.id == licence_id,
        SoftwareLicence.removed_at.is_(None),
        SoftwareLicence.expires_on >= day_of(session),
        ~is_renewed(),
    )
    return session.scalar(query)
