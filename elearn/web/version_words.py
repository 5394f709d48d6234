"""The words of versions and copies: states, likenesses, changes, and why something was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext

from content_packages.comparison import Change
from elearn.models.material import Likeness, VersionState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.blueprints import Blueprint

STATES: Mapping[str, Any] = {
    VersionState.TAKEN: lazy_gettext("earlier version"),
    VersionState.WAITING: lazy_gettext("waits for a reviewer"),
    VersionState.DECLINED: lazy_gettext("declined"),
    VersionState.TAKEN_BACK: lazy_gettext("taken back"),
}
LIKENESSES: Mapping[str, Any] = {
    Likeness.FILE: lazy_gettext("the very same file"),
    Likeness.CONTENT: lazy_gettext("the same files inside, packed anew"),
    Likeness.TEXT: lazy_gettext("nearly the same text"),
    Likeness.MANIFEST: lazy_gettext("the same outline and much of the same content"),
}
CHANGES: Mapping[str, Any] = {
    Change.ADDED: lazy_gettext("added"),
    Change.REMOVED: lazy_gettext("removed"),
    Change.CHANGED: lazy_gettext("changed"),
    Change.MOVED: lazy_gettext("renamed"),
}
FACTS: Mapping[str, Any] = {
    "file_name": lazy_gettext("Name of the file"),
    "standard": lazy_gettext("Standard"),
    "edition": lazy_gettext("Edition"),
    "tool": lazy_gettext("Made with"),
}
REFUSED: Mapping[str, Any] = {
    "version_not_found": lazy_gettext("This material has no version %(number)s that your account may see."),
    "version_other_kind": lazy_gettext(
        "The new file is of another kind than the material, so lessons that use it would break. "
        "Upload it as a material of its own."
    ),
    "version_same_file": lazy_gettext("This is the very file of version %(number)s; there is nothing new in it."),
    "version_decided": lazy_gettext("Version %(number)s does not wait any more. Reload the page."),
    "version_current": lazy_gettext("Version %(number)s is the one that is offered already."),
    "version_not_approved": lazy_gettext(
        "Version %(number)s was never approved, so it cannot simply come back. Upload its file as a new version."
    ),
    "version_not_open": lazy_gettext("Version %(number)s cannot be opened by your account."),
    "course_version_newest": lazy_gettext("“%(title)s” has no newer version than the one in the course."),
}


def install_version_words(blueprint: Blueprint) -> None:
    """Give templates a filter for each; an unknown code shows as itself."""
    for name, words in (
        ("version_state_label", STATES),
        ("likeness_label", LIKENESSES),
        ("change_label", CHANGES),
        ("version_fact_label", FACTS),
    ):
        blueprint.add_app_template_filter(lambda code, words=words: words.get(code, code), name)
