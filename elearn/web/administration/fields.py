"""Fields of the administration: days, shares of a post, units by name or code, and choices with their words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import g, request
from flask_babel import format_date, gettext, lazy_gettext
from wtforms import Field, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import DateInput, TextArea, TextInput

from elearn.database import day_of
from elearn.models.organisation import Unit
from elearn.services.access import SYSTEM
from elearn.services.organisation import outline_on
from elearn.services.people.pasting import CellError, read_day, read_share, tidy
from elearn.web.administration.pasted import cell_sentence
from elearn.web.labels import LEVELS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

MOST_NAMED = 6
MOST_LINES = 200


class _ReadField(Field):
    """A field whose text is read by a reader of `pasting`; what was typed is shown again."""

    widget = TextInput()
    reader: Callable[[str], Any]

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what came."""
        text = tidy(valuelist[0]) if valuelist else ""
        self.data = None
        if text:
            try:
                self.data = type(self).reader(text)
            except CellError as error:
                raise ValueError(cell_sentence(error.code, value=text[:60], **error.params)) from error

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self._shown(self.data)

    def _shown(self, data: Any) -> str:
        return str(data)


class DayField(_ReadField):
    """A day: a date picker where the browser has one, else dd/mm/yyyy."""

    widget = DateInput()
    reader = staticmethod(read_day)

    def _shown(self, data: date) -> str:
        return data.isoformat()


class ShareField(_ReadField):
    """A share of a full post."""

    reader = staticmethod(read_share)

    def _shown(self, data: float) -> str:
        return f"{data:g}"


class UnitField(Field):
    """A unit by its code or by words of its name, as of today; `data` is the unit."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Find the unit."""
        text = tidy(valuelist[0]) if valuelist else ""
        self.data = _find_unit(text) if text else None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.code if isinstance(self.data, Unit) else ""


class UnitsField(Field):
    """Several units, one in each line; `data` are the units, each once."""

    widget = TextArea()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Find the units."""
        lines = [text for line in (valuelist[0] if valuelist else "").splitlines() if (text := tidy(line))]
        found = [_find_unit(text) for text in lines[:MOST_LINES]]
        self.data = list({unit.id: unit for unit in found}.values())

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "\n".join(unit.code for unit in self.data or ())


def _find_unit(text: str) -> Unit:
    found = outline_on(g.db, SYSTEM, day_of(g.db)).find(text)
    if found and (len(found) == 1 or found[0].code.casefold() == text.casefold()):
        unit: Unit = g.db.get_one(Unit, found[0].id)
        return unit
    if not found:
        raise ValidationError(gettext("No unit has this code or name today."))
    names = "; ".join(f"{entry.name} ({entry.code})" for entry in found[:MOST_NAMED])
    raise ValidationError(gettext("Several units fit. Enter the code of one: %(names)s", names=names))


def choices(words: Mapping[Any, Any], *, empty: Any = None) -> list[SelectChoice]:
    """The choices of a select field, with an empty one first when asked for."""
    listed = [SelectChoice(str(code), label) for code, label in words.items()]
    return [SelectChoice("", empty), *listed] if empty is not None else listed


class LevelField(SelectField):
    """One of the levels, or none."""

    def __init__(self, label: Any = None, **values: Any) -> None:
        super().__init__(label, choices=choices(LEVELS, empty=lazy_gettext("none")), **values)


def chosen_day(default: date | None = None) -> date:
    """The day a page is asked for by its address (`day=`); what is no day is today."""
    text = tidy(request.args.get("day", ""))
    try:
        return read_day(text) if text else default or day_of(g.db)
    except CellError:
        return default or day_of(g.db)


def shown(day: date | None) -> str:
    """A day as people read it; no day is "no end"."""
    return str(format_date(day, "short")) if day is not None else gettext("until further notice")
