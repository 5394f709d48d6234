"""Sentences for what is wrong in pasted lists and typed cells."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from flask_babel import format_date, gettext, lazy_gettext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from elearn.services.people.pasting import Problem

CELLS: Mapping[str, Any] = {
    "cell_needed": lazy_gettext("This cell is empty; fill it in the spreadsheet and paste again."),
    "code_scientific": lazy_gettext(
        "The spreadsheet shortened the code to %(value)s. Format the column as text, enter the code again and paste."
    ),
    "code_long": lazy_gettext("The code %(value)s has more than %(most)s characters."),
    "code_form": lazy_gettext("A code has letters, digits, dot, hyphen, stroke: %(value)s is none."),
    "code_twice": lazy_gettext("This code stands in line %(line)s too; leave one of the lines out."),
    "code_of_other": lazy_gettext("This code belongs to somebody of another name. Compare the code with the papers."),
    "name_long": lazy_gettext("The name has more than %(most)s characters."),
    "name_form": lazy_gettext("%(value)s is no name."),
    "day_form": lazy_gettext("%(value)s is no day; write it as 05/09/2026 or 2026-09-05."),
    "day_unknown": lazy_gettext("There is no day %(value)s in the calendar."),
    "day_range": lazy_gettext("The day %(value)s lies too far off; look at the year."),
    "share_form": lazy_gettext("%(value)s is no share of a post; write a number above 0 and at most 1, such as 0,5."),
    "unknown_role": lazy_gettext("Nobody knows the role %(value)s; write teacher, manager or staff."),
    "unknown_level": lazy_gettext("There is no level %(value)s."),
    "unknown_subject": lazy_gettext("There is no subject %(value)s."),
    "unit_absent": lazy_gettext("The unit does not exist on %(day)s."),
    "post_here_differs": lazy_gettext(
        "This person has another main post here on %(day)s. Change that post on its own page, or leave the line out."
    ),
    "post_elsewhere": lazy_gettext(
        "This person has a main post at another unit on %(day)s. Ask that unit for a transfer, and leave the line out."
    ),
    "pupil_in_class": lazy_gettext("This pupil is in class %(name)s then. End that first, or leave the line out."),
    "pupil_elsewhere": lazy_gettext("This pupil is at another school then, which has to let the pupil go first."),
    "staff_here": lazy_gettext("This code belongs to somebody who holds a post on that day, and is no pupil then."),
    "staff_elsewhere": lazy_gettext("This code belongs to somebody who works at another unit. Compare the code."),
}
COLUMN_WORDS: Mapping[str, Any] = {
    "code": lazy_gettext("Personal code"),
    "name": lazy_gettext("Full name"),
    "born_on": lazy_gettext("Birth date"),
    "role": lazy_gettext("Role"),
    "level": lazy_gettext("Level"),
    "subject": lazy_gettext("Subject"),
    "fte": lazy_gettext("Share of a full post"),
    "from": lazy_gettext("From"),
}


def cell_sentence(code: str, **params: Any) -> str:
    """What is wrong with a cell, in the language of the request."""
    sentence = CELLS.get(code)
    if sentence is None:
        return gettext("This cell cannot be read.")
    shown = {name: format_date(value, "short") if isinstance(value, date) else value for name, value in params.items()}
    return str(sentence) % shown


def problem_sentence(problem: Problem) -> str:
    """A problem of a line, with the name of its column."""
    column = COLUMN_WORDS.get(problem.column, problem.column)
    return f"{column}: {cell_sentence(problem.code, **problem.params)}"
