"""Ways out of an empty result: what the same question finds without one of the things that narrow it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import g
from flask_babel import gettext

from elearn.services.search import totals_without
from elearn.web.facets import facet_labels
from elearn.web.people import current_identity
from elearn.web.transactions import house

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from elearn.web.facets import Question


@dataclass(frozen=True, slots=True)
class WayOut:
    """What to leave out, how many materials are found then, and the address that asks so."""

    label: str
    count: int
    address: str


def ways_out_of(
    question: Question, names: Mapping[str, Mapping[str, Any]], address: Callable[..., str]
) -> list[WayOut]:
    """The ways that lead to something, those to the most first."""
    identity, engine = current_identity(), house().engine
    totals = totals_without(g.db, engine, identity, question.text, question.chosen, literal=question.literal)
    ways = [
        WayOut(_label(question, names, facet), count, address(**_changed(question, facet)))
        for facet, count in totals.items()
        if count
    ]
    return sorted(ways, key=lambda way: -way.count)


def _changed(question: Question, facet: str) -> dict[str, Any]:
    return question.without(facet) if facet else question.query(text="", page=1)


def _label(question: Question, names: Mapping[str, Mapping[str, Any]], facet: str) -> str:
    if not facet:
        return gettext("Without the words “%(words)s”", words=question.text)
    chosen = ", ".join(str(names.get(facet, {}).get(code, code)) for code in question.chosen[facet])
    return gettext("Without %(facet)s: %(chosen)s", facet=facet_labels()[facet], chosen=chosen)
