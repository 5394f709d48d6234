"""Mail that the worker sends: the text in the reader's language, the link made at the last moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext

from elearn.models.account import Account
from elearn.models.material import Material
from elearn.services import mail
from elearn.services.account.invitations import LIFE, make_token
from elearn.web.language import catalog
from scorm.plain_text import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from elearn.house import House

_SUBJECT = lazy_gettext("Your account at the shared library of learning materials")
_TEXT = lazy_gettext(
    "Hello %(name)s,\n\n"
    "an account has been made for you: %(login)s\n\n"
    "Open this address and choose your password. It works once and for %(days)s days:\n"
    "%(address)s\n\n"
    "If you did not expect this, you need not do anything.\n"
)


_ENDING = lazy_gettext("The licence of “%(title)s” runs out on %(day)s")
_ENDING_TEXT = lazy_gettext(
    "Hello %(name)s,\n\n"
    "the licence of the material “%(title)s” holds until %(day)s. On the day after it is taken out of the library by "
    "itself; what pupils have done with it is kept.\n\n"
    "If the licence was renewed, enter the new date in its description.\n"
    "%(address)s\n"
)
_ENDED = lazy_gettext("“%(title)s” was taken out of the library: its licence has run out")
_ENDED_TEXT = lazy_gettext(
    "Hello %(name)s,\n\n"
    "the licence of the material “%(title)s” held until %(day)s. It is a draft again; what pupils have done with it is "
    "kept.\n\n"
    "If the licence was renewed, enter the new date and submit it once more.\n"
    "%(address)s\n"
)


def send_licence(house: House, payload: Mapping[str, Any]) -> None:
    """Tell somebody that the licence of a material runs out, or has; nothing when it was renewed meanwhile."""
    with house.database.read() as session:
        account = session.get(Account, payload["account_id"])
        material = session.get(Material, payload["material_id"])
        if account is None or account.disabled_at is not None or not account.email or material is None:
            return
        last_day, has_ended = material.licence_expires_on, payload["stage"] < 0
        if last_day is None or last_day.isoformat() != payload["last_day"]:
            return
        said = catalog(account.locale or house.settings.locale)
        site = house.settings.public_url.rstrip("/")
        words = {
            "name": account.display_name,
            "title": material.title,
            "day": f"{last_day:%d/%m/%Y}",
            "address": f"{site}/materials/{material.uid}" if site else "",
        }
        to = account.email
    subject, text = (_ENDED, _ENDED_TEXT) if has_ended else (_ENDING, _ENDING_TEXT)
    # One line: a title may not add headers of its own.
    head = one_line(said.gettext(subject._args[0]) % words)  # noqa: SLF001 - the msgid of a lazy string has no public name
    mail.send(house.settings, to, head, said.gettext(text._args[0]) % words)  # noqa: SLF001 - as above


def send_invitation(house: House, payload: Mapping[str, Any]) -> None:
    """Send the link of an invitation; a repeat after a fault makes a new link, and only the newest works."""
    with house.database.write() as session:
        account = session.get(Account, payload["account_id"])
        if account is None or account.disabled_at is not None or not account.email:
            return
        token = make_token(session, account, payload.get("by"))
        to, login, name = account.email, account.login or "", account.display_name
        language = account.locale or house.settings.locale
    said = catalog(language)
    text = said.gettext(_TEXT._args[0]) % {  # noqa: SLF001 - the msgid of a lazy string has no public name
        "name": name,
        "login": login,
        "days": LIFE.days,
        "address": f"{payload['site']}/invitation/{token}",
    }
    mail.send(house.settings, to, said.gettext(_SUBJECT._args[0]), text)  # noqa: SLF001 - as above
