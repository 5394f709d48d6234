"""The sentences about files that are held back, and about what may not be taken out."""
# ruff: noqa: E501 - a sentence is one line, so that it can be found and read

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext

if TYPE_CHECKING:
    from collections.abc import Mapping

FILES: Mapping[str, Any] = {
    "file_held": lazy_gettext("This file is held back: it waits for the scanner, or the scanner has found something."),
    "file_waits_for_scan": lazy_gettext(
        "The scanner has not looked at this file yet. It is opened and published once that has happened; try again later."
    ),
    "file_not_scanned": lazy_gettext(
        "The file is larger than the scanner takes, so an administrator must release it before it is opened or published."
    ),
    "file_set_aside": lazy_gettext(
        "The scanner has found harmful software in this file, so it was set aside. Nobody can open or publish it."
    ),
    "file_not_held": lazy_gettext("This file is not held back any more; perhaps somebody else has decided already."),
    "export_empty": lazy_gettext("Choose at least one material that may be taken out."),
    "export_file_missing": lazy_gettext(
        "The file of “%(title)s” is missing from the storage, so nothing was made. Take it out of the selection, and tell your administrator."
    ),
    "decision_needs_reason": lazy_gettext("Write a reason; it is kept in the audit log."),
}

# Why a material of a selection stays, and how an export without a name is called.
EXPORTS: Mapping[str, Any] = {
    "export_licence": lazy_gettext("its licence does not allow that it is passed on"),
    "export_held": lazy_gettext("its file is held back"),
    "export_withdrawn": lazy_gettext("it has been withdrawn"),
    "default_title": lazy_gettext("Learning materials"),
}
