"""How values look on pages: found words marked, sizes of files, spans of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import format_decimal, gettext
from markupsafe import Markup, escape

from elearn.models.curriculum import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from elearn.models.material import MaterialLevel

MINUTE, HOUR = 60, 3600
_STEP = 1024
_WHOLE = 10  # from here on a fraction says nothing


def marked(text: str, marks: Iterable[tuple[int, int]]) -> Markup:
    """The text with its [start, end) ranges in <mark>; everything that comes from people is escaped.

    Neighbouring words are one mark, so that a found phrase reads as one.
    """
    parts, position = [], 0
    for start, end in _joined(text, marks):
        parts += [escape(text[position:start]), Markup("<mark>"), escape(text[start:end]), Markup("</mark>")]
        position = end
    return Markup("").join([*parts, escape(text[position:])])


def _joined(text: str, marks: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(marks):
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def file_size(size: int) -> str:
    """A number of bytes as people read it: 12 kB, 3,4 MB."""
    value = float(size)
    for unit in ("B", "kB", "MB"):
        if value < _STEP:
            return f"{_short(value)} {unit}"
        value /= _STEP
    return f"{_short(value)} GB"


def _short(value: float) -> str:
    text: str = format_decimal(value, "#,##0" if value >= _WHOLE or value == int(value) else "#,##0.#")
    return text


def duration(seconds: float) -> str:
    """A span of learning time in minutes and hours."""
    minutes = int(seconds // MINUTE)
    if minutes < 1:
        return gettext("less than a minute")
    if seconds < HOUR:
        return gettext("%(minutes)s min", minutes=minutes)
    return gettext("%(hours)s h %(minutes)s min", hours=minutes // MINUTE, minutes=minutes % MINUTE)


SUBJECT_ICONS = {
    "TOAN": "calculator", "TV": "pencil", "NV": "book", "NN1": "translate", "DD": "heart", "TNXH": "house-heart",
    "KH": "lightbulb", "LSDL": "compass", "KHTN": "flower1", "VL": "lightning-charge", "HH": "droplet-half",
    "SH": "tree", "LS": "hourglass-split", "DL": "globe-asia-australia", "GDCD": "people", "GDKTPL": "bank",
    "TIN": "cpu", "CN": "gear", "TINCN": "cpu", "AN": "music-note-beamed", "MT": "palette", "NT": "brush",
    "GDTC": "trophy", "HDTN": "signpost-split", "GDQPAN": "shield", "GDDP": "geo-alt", "PTTC": "bicycle",
    "PTNT": "puzzle", "PTNN": "chat-dots", "PTTCXH": "emoji-smile", "PTTM": "palette", "NGHE": "tools",
}  # fmt: skip


def subject_icon(code: str) -> str:
    """The icon on the drawn cover of a subject; subjects that an office added get a plain one."""
    return SUBJECT_ICONS.get(code, "journal-bookmark")


def in_order(rows: Iterable[MaterialLevel]) -> list[Level]:
    """The levels of a material, youngest learners first."""
    held = {row.level for row in rows}
    return [level for level in Level if level in held]
