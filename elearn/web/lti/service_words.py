"""The sentences for what goes wrong when we ask a platform: with its access tokens, and on the way there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext

if TYPE_CHECKING:
    from collections.abc import Mapping

ASKING: Mapping[str, Any] = {
    "outside_address": lazy_gettext("The platform named an address that is none of the web."),
    "outside_unknown_host": lazy_gettext(
        "There is no server with the name %(host)s. Is the address of the platform right?"
    ),
    "outside_inner_host": lazy_gettext(
        "%(host)s lies in an inner network. If it is your school's platform, the operator names it in "
        "ELEARN_PRIVATE_HOSTS."
    ),
    "outside_plain": lazy_gettext(
        "%(host)s speaks http without encryption. Let the platform use https, or let the operator name it in "
        "ELEARN_PRIVATE_HOSTS."
    ),
    "outside_status": lazy_gettext("%(host)s answered %(number)s instead of a file."),
    "outside_silent": lazy_gettext("%(host)s does not answer, or too slowly, or its certificate is not valid."),
    "outside_redirects": lazy_gettext(
        "%(host)s sends us to another address. Enter the address where it really answers."
    ),
    "outside_too_large": lazy_gettext("%(host)s answered more than can be taken."),
    "access_later": lazy_gettext(
        "The platform is busy or broken just now (HTTP %(status)s); we try again by ourselves."
    ),
    "access_keyset": lazy_gettext(
        "This Moodle cannot read our keyset, because its security settings do not let it reach %(host)s on port "
        "%(port)s. In Moodle under Site administration → General → Security → HTTP security take %(host)s out of "
        "“cURL blocked hosts list” and add %(port)s to “cURL allowed ports list”. Or set the tool's public key type to "
        "“RSA key” in Moodle and paste our public key there."
    ),
    "access_keyset_somewhere": lazy_gettext(
        "This Moodle cannot read our keyset, because its security settings do not let it reach the library. In Moodle "
        "under Site administration → General → Security → HTTP security take the library's host out of “cURL blocked "
        "hosts list” and add its port to “cURL allowed ports list”. Or set the tool's public key type to “RSA key” in "
        "Moodle and paste our public key there."
    ),
    "access_refused": lazy_gettext(
        "The platform gives us no access token (HTTP %(status)s %(reason)s). Is the tool still registered there, with "
        "the same client ID and our present key?"
    ),
    "access_malformed": lazy_gettext("The platform's answer holds no access token that we can read."),
}
