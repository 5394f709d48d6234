"""Browsers that have been signed in to an account before, known again by a signed cookie which opens nothing.

The idea is that of "device cookies" (OWASP, Slow Down Online Guessing Attacks with Device Cookies): whoever guesses
passwords from elsewhere cannot shut a person out of the browser they always use.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Final

from elearn.clock import now

LIFE: Final = timedelta(days=400)  # browsers keep no cookie longer
ACCOUNTS: Final = 20  # of one browser, such as that of a staff room; the first leave first
LONGEST: Final = 2000  # characters of a cookie that is looked at
_MARK_BYTES: Final = 12


@dataclass(frozen=True, slots=True)
class KnownDevice:
    """What a browser presents: `number.until.mark~mark.signature`, with one mark for each account it is known to.

    Only somebody who knows an account's public id and our secret can tell which accounts the marks stand for.
    """

    secret: str
    cookie: str = ""

    @property
    def is_known(self) -> bool:
        """Whether anybody has been signed in here before."""
        return self._read() is not None

    def key_for(self, account_uid: str) -> str:
        """The name under which the tries of this browser at an account are counted; "" when it is new to it."""
        found = self._read()
        if found is None or self._mark(found[0], account_uid) not in found[1]:
            return ""
        return f"{found[0]}\0{account_uid}"

    def with_account(self, account_uid: str) -> str:
        """The cookie to hand out after a sign-in: the accounts of before and this one, for another `LIFE`."""
        number, marks = self._read() or (secrets.token_urlsafe(16), [])
        mark = self._mark(number, account_uid)
        kept = [*(other for other in marks if other != mark), mark][-ACCOUNTS:]
        until = int((now() + LIFE).timestamp())
        body = f"{number}.{until:x}.{'~'.join(kept)}"
        return f"{body}.{self._sign('device', body)}"

    def _read(self) -> tuple[str, list[str]] | None:
        """Number and marks of a cookie that is ours and not too old."""
        body, _, signature = self.cookie[:LONGEST].rpartition(".")
        if not hmac.compare_digest(signature.encode(), self._sign("device", body).encode()):
            return None
        number, until, marks = body.split(".")
        return (number, marks.split("~")) if now().timestamp() < int(until, 16) else None

    def _mark(self, number: str, account_uid: str) -> str:
        return self._sign("account", f"{number}\0{account_uid}", _MARK_BYTES)

    def _sign(self, purpose: str, text: str, length: int = 32) -> str:
        digest = hmac.digest(self.secret.encode(), f"known device\0{purpose}\0{text}".encode(), sha256)
        return base64.urlsafe_b64encode(digest[:length]).rstrip(b"=").decode()
