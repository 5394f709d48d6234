"""Mail that the worker sends: the text in the reader's language, the link made at the last moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext

from elearn.models.account import Account
from elearn.services import mail
from elearn.services.account.invitations import LIFE, make_token
from elearn.web.language import catalog

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
