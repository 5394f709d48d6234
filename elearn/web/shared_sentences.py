"""The sentences for refusals that pages and the command line both meet, not yet translated."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

N_ = str  # marks a message for the catalogs; it is translated when it is shown

SHARED: Mapping[str, str] = {
    "account_login_form": N_(
        "A login has 2 to 64 small letters, digits, dots or hyphens and begins with a letter or digit."
    ),
    "account_login_taken": N_("The login %(login)s is taken."),
}
