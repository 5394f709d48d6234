"""Reading again what the standard refuses, as far as a package's switches allow: another form of the same value.

The same semantics as elearn/static/player/lenient.js, which a test compares. Nothing here decides what is valid: a
form found here is checked like any other value.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorm.datamodel.durations import Duration, write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorm.datamodel import DataModelTable, Element
    from scorm.tolerance import Tolerance

_LONGEST = 64  # characters of a word, number or time; anything longer is none
_EXACT = 8
_GAPS = re.compile(r"[ \t\r\n_]+|-(?![0-9])")  # the sign of -1 is no gap
_NUMBER = re.compile(r" *([+-]?[0-9]{1,9})(?:[.,]([0-9]{1,9}))? *(%?) *")
_SPAN = re.compile(r" *([0-9]{1,4}):([0-9]{1,2}):([0-9]{1,2})(?:[.,]([0-9]{1,9}))? *")
_ISO = re.compile(
    r" *P(?:([0-9]{1,9})Y)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})D)?"
    r"(?:T(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})(?:[.,]([0-9]{1,9}))?S)?)? *"
)
_MOMENT = re.compile(
    r" *(?:([0-9]{4}-[0-9]{2}-[0-9]{2})[T ])?([0-9]{1,2}):([0-9]{2}):([0-9]{2})(?:[.,]([0-9]{1,9}))?"
    r" *(?:(Z)|([+-][0-9]{2}):?([0-9]{2})?)? *"
)


def forms_of(
    table: DataModelTable, tolerance: Tolerance, pattern: str, value: str, interaction: str = ""
) -> Iterator[tuple[str, str]]:
    """Other forms of a value that its element does not take: the switch that allows it, and the form."""
    element = table.elements[pattern]
    if len(value) > _LONGEST or not value.isascii():
        return
    kind = interaction if element.type in {"response", "pattern"} else element.type
    if tolerance.loose_words and kind in {"vocabulary", "result", "navigation", "true-false"}:
        word = _word(table, pattern if kind != "true-false" else kind, element, value)
        yield from [] if word is None else [("loose_words", word)]
    if tolerance.loose_numbers and kind in {"real", "integer", "result", "numeric"}:
        number = _number(element, value)
        yield from [] if number is None else [("loose_numbers", number)]
    if tolerance.loose_times and kind in {"interval", "timestamp"}:
        time = (_interval if kind == "interval" else _moment)(table.standard, value.upper())
        yield from [] if time is None else [("loose_times", time)]


def squeeze(word: str) -> str:
    """A word without what sloppy content varies: case, spaces, hyphens, underscores."""
    return _GAPS.sub("", word).lower()


def _word(table: DataModelTable, name: str, element: Element, value: str) -> str | None:
    own = {squeeze(word): word for word in element.values or ("true", "false")}
    return {**table.words.get(name, {}), **own}.get(squeeze(value))


def _number(element: Element, value: str) -> str | None:
    """A number with a comma, a percent sign or spaces; a percentage of a score up to 1 is a hundredth of it."""
    found = _NUMBER.fullmatch(value)
    if found is None:
        return None
    whole, part, percent = found.groups()
    text = f"{whole}.{part}" if part else whole
    if percent and element.maximum == 1:
        return _hundredth(text)
    if element.type == "integer" and part and not part.strip("0"):
        return whole
    return text


def _hundredth(text: str) -> str | None:
    """A hundredth of a number of so few characters that eight decimals hold it exactly."""
    if len(text) > _EXACT:
        return None
    return f"{float(text) / 100 + 0.0:.8f}".rstrip("0").rstrip(".")


def _hundredths(hours: str | None, minutes: str | None, seconds: str | None, part: str | None) -> int:
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return whole * 100 + int((part or "").ljust(2, "0")[:2])


def _interval(standard: str, value: str) -> str | None:
    if found := _SPAN.fullmatch(value):
        return write(standard, Duration(0, _hundredths(*found.groups())))
    found = _ISO.fullmatch(value)
    if found is None or not any(found.groups()):
        return None
    years, months, days, *clock = found.groups()
    hundredths = int(days or 0) * 8_640_000 + _hundredths(*clock)
    return write(standard, Duration(int(years or 0) * 12 + int(months or 0), hundredths))


def _moment(standard: str, value: str) -> str | None:
    """A time of day (1.2), or a moment whose zone or fraction is written otherwise than RTE 4.1.1.7 wants it."""
    found = _MOMENT.fullmatch(value)
    if found is None:
        return None
    date, hours, minutes, seconds, part, utc, offset, rest = found.groups()
    zone = utc or (offset or "") + (f":{rest}" if rest else "")
    clock = f"{hours.zfill(2)}:{minutes}:{seconds}"
    fraction = (part or ("0" if zone else ""))[:2]
    clock += f".{fraction}" if fraction else ""
    if standard == "1.2":
        return clock
    return f"{date}T{clock}{zone}" if date else None
