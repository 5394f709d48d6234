"""Why a file could not be fetched from its address, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext

if TYPE_CHECKING:
    from collections.abc import Mapping

FETCHING: Mapping[str, Any] = {
    "fetch_address": lazy_gettext("This is no address of the web. It begins with https:// or http://."),
    "fetch_unknown_host": lazy_gettext("There is no server %(host)s. Look for a slip of the pen in the address."),
    "fetch_inner_host": lazy_gettext(
        "%(host)s is a machine of an inner network, from which nothing is fetched. Upload the file instead."
    ),
    "fetch_plain": lazy_gettext("The address is not protected. Use one that begins with https://."),
    "fetch_silent": lazy_gettext(
        "%(host)s does not answer, is too slow, broke off, or its certificate is not valid. Try again later."
    ),
    "fetch_redirects": lazy_gettext("%(host)s leads on too often, or to an unprotected address."),
    "fetch_too_large": lazy_gettext("The file is larger than this library takes."),
    "fetch_status": lazy_gettext(
        "%(host)s does not give this file away (answer %(number)s). Perhaps one must sign in there, or it is gone."
    ),
    "fetch_page": lazy_gettext(
        "The address leads to a page, not to a file. Copy the address of the download, or upload the file."
    ),
    "fetch_off": lazy_gettext("This library fetches no files from addresses. Download the file and upload it."),
    "fetch_too_many": lazy_gettext("%(most)s files are waiting already. Wait until some of them are there."),
    "fetch_not_found": lazy_gettext("This file is not on your list any more."),
    "fetch_not_failed": lazy_gettext("This file is on its way or there already. Reload the page."),
}
