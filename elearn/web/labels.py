"""The names people read for the codes in the rows: kinds, levels, statuses, roles, licences, severities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext

from content_packages.facts import Kind
from elearn.models.account import Role
from elearn.models.curriculum import Level
from elearn.models.describing import Licence
from elearn.models.material import Status
from elearn.web.openings import opens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask

KINDS: Mapping[str, tuple[Any, str]] = {
    Kind.SCORM: (lazy_gettext("Interactive lesson (SCORM)"), "play-btn"),
    Kind.AICC: (lazy_gettext("Interactive lesson (AICC)"), "play-btn"),
    Kind.CMI5: (lazy_gettext("Interactive lesson (cmi5)"), "play-btn"),
    Kind.XAPI: (lazy_gettext("Interactive lesson (xAPI)"), "play-btn"),
    Kind.H5P: (lazy_gettext("Interactive content (H5P)"), "play-btn"),
    Kind.COMMON_CARTRIDGE: (lazy_gettext("Course package (Common Cartridge)"), "collection"),
    Kind.CONTENT_PACKAGE: (lazy_gettext("Content package (IMS)"), "collection"),
    Kind.ELP: (lazy_gettext("eXeLearning source"), "pencil-square"),
    Kind.HTML5: (lazy_gettext("Web pages"), "globe2"),
    Kind.EPUB: (lazy_gettext("E-book"), "book"),
    Kind.PDF: (lazy_gettext("PDF document"), "file-earmark-pdf"),
    Kind.DOCUMENT: (lazy_gettext("Text document"), "file-earmark-text"),
    Kind.PRESENTATION: (lazy_gettext("Presentation"), "easel"),
    Kind.SPREADSHEET: (lazy_gettext("Spreadsheet"), "file-earmark-spreadsheet"),
    Kind.IMAGE: (lazy_gettext("Picture"), "image"),
    Kind.AUDIO: (lazy_gettext("Sound"), "music-note-beamed"),
    Kind.VIDEO: (lazy_gettext("Video"), "film"),
    Kind.ARCHIVE: (lazy_gettext("Archive"), "file-earmark-zip"),
    Kind.SOFTWARE: (lazy_gettext("Teaching software"), "window-stack"),
}
LEVELS: Mapping[str, Any] = {
    Level.MN: lazy_gettext("Pre-school"),
    Level.TH: lazy_gettext("Primary"),
    Level.THCS: lazy_gettext("Lower secondary"),
    Level.THPT: lazy_gettext("Upper secondary"),
    Level.GDTX: lazy_gettext("Continuing education"),
    Level.KTTH: lazy_gettext("General technical education"),
    Level.TCCN: lazy_gettext("Vocational secondary"),
}
STATUSES: Mapping[str, Any] = {
    Status.DRAFT: lazy_gettext("Draft"),
    Status.SUBMITTED: lazy_gettext("Waiting for review"),
    Status.PUBLISHED: lazy_gettext("Published"),
    Status.WITHDRAWN: lazy_gettext("Withdrawn"),
}
ROLES: Mapping[str, Any] = {
    Role.ADMINISTRATOR: lazy_gettext("Administrator"),
    Role.UNIT_MANAGER: lazy_gettext("Unit manager"),
    Role.REVIEWER: lazy_gettext("Reviewer"),
    Role.TEACHER: lazy_gettext("Teacher"),
    Role.STUDENT: lazy_gettext("Student"),
    Role.INSPECTOR: lazy_gettext("Inspector"),
}
LICENCES: Mapping[str, Any] = {
    Licence.UNKNOWN: lazy_gettext("Not stated"),
    Licence.CC_BY: lazy_gettext("CC BY 4.0: free use, name the author"),
    Licence.CC_BY_SA: lazy_gettext("CC BY-SA 4.0: free use, name the author, share alike"),
    Licence.CC_BY_ND: lazy_gettext("CC BY-ND 4.0: free use, name the author, no changes"),
    Licence.CC_BY_NC: lazy_gettext("CC BY-NC 4.0: name the author, not commercial"),
    Licence.CC_BY_NC_SA: lazy_gettext("CC BY-NC-SA 4.0: name the author, not commercial, share alike"),
    Licence.CC_BY_NC_ND: lazy_gettext("CC BY-NC-ND 4.0: name the author, not commercial, no changes"),
    Licence.CC0: lazy_gettext("CC0: no rights reserved"),
    Licence.RESERVED: lazy_gettext("All rights reserved, used inside the education service"),
    Licence.THIRD_PARTY: lazy_gettext("Belongs to somebody else, used with permission"),
    Licence.FREE: lazy_gettext("Freeware"),
    Licence.OPEN_SOURCE: lazy_gettext("Open source"),
}
# Where the terms of a licence stand in words for everybody.
DEEDS: Mapping[str, str] = {
    **{
        licence: f"https://creativecommons.org/licenses/{licence.lower()[3:-4]}/4.0/"
        for licence in Licence
        if licence.startswith("CC-")
    },
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
}
SEVERITIES: Mapping[str, Any] = {
    "info": lazy_gettext("Note"),
    "warning": lazy_gettext("Warning"),
    "error": lazy_gettext("Refused"),
}


def initials(name: str) -> str:
    """The letters of an avatar: of the given name, which in Vietnamese stands last."""
    return name.rsplit(maxsplit=1)[-1][:1].upper() if name.split() else "?"


def install_labels(app: Flask) -> None:
    """Give templates a filter per kind of code; an unknown code shows as itself."""
    app.jinja_env.tests["opening"] = opens
    app.jinja_env.filters.update(
        kind_label=lambda code: KINDS.get(code, (code, ""))[0],
        kind_icon=lambda code: KINDS.get(code, ("", "file-earmark"))[1],
        level_label=lambda code: LEVELS.get(code, code),
        status_label=lambda code: STATUSES.get(code, code),
        role_label=lambda code: ROLES.get(code, code),
        licence_label=lambda code: LICENCES.get(code, code),
        licence_address=lambda code: DEEDS.get(code, ""),
        severity_label=lambda code: SEVERITIES.get(code, code),
        initials=initials,
    )
