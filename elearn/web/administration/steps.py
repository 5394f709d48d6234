"""A change in steps: a form, a sentence of what will happen, a confirmation; without JavaScript.

The preview really makes the change and rolls it back, so whatever would be refused is refused before the question.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import flash, g, redirect, render_template, request
from sqlalchemy.exc import IntegrityError

from elearn.services.errors import ConflictError, ServiceError
from elearn.web.sentences import refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flask.typing import ResponseReturnValue

    from elearn.web.forms import Form

SEEN, CONFIRMED, AGAIN = "seen", "confirmed", "again"
CHANGED = frozenset({"unit_changed", "person_changed"})


@dataclass(frozen=True, slots=True)
class Step:
    """A change that somebody may make.

    `told` gives the sentences of the preview, before the change; `apply` makes it and gives the address to go on to;
    `warned` gives doubts that stop nobody, after it. `seen` is the mark of what the form shows.
    """

    title: str
    form: Form
    told: Callable[[], Sequence[str]]
    apply: Callable[[], str]
    done: str
    back: str
    trail: Sequence[tuple[str, str]]
    lead: str = ""
    button: str = ""
    is_danger: bool = False
    seen: Callable[[], str] | None = None
    warned: Callable[[], Sequence[str]] = tuple


def was_seen() -> str:
    """The mark that the form carries."""
    return request.form.get(SEEN, "")


def take(step: Step) -> ResponseReturnValue:
    """Answer a request for a step: the form, the question, or the change itself."""
    if request.method == "GET" or AGAIN in request.form:
        return _form(step)
    if not step.form.validate():
        return _form(step, status=422)
    try:
        told = list(step.told())
        onward = step.apply()
        warned = list(step.warned())
    except ServiceError as refused:
        g.db.rollback()
        return _form(step, refused, status=refused.status)
    except IntegrityError:  # somebody else took the code or the place in the same moment
        g.db.rollback()
        refused = ConflictError("overtaken")
        return _form(step, refused, status=refused.status)
    if CONFIRMED not in request.form:
        g.db.rollback()
        return render_template(
            "administration/confirm.html", step=step, told=told, warned=warned, fields=_sent(step.form)
        )
    flash(step.done, "success")
    return redirect(onward, 303)


def _form(step: Step, refused: ServiceError | None = None, *, status: int = 200) -> ResponseReturnValue:
    seen = was_seen()
    if step.seen is not None and (request.method == "GET" or (refused and refused.code in CHANGED)):
        seen = step.seen()
    sentence = refusal(refused) if refused else ""
    return render_template("administration/form.html", step=step, refused=sentence, seen=seen), status


def _sent(form: Form) -> list[tuple[str, Any]]:
    known = {field.name for field in form} | {SEEN}
    return [(name, value) for name, value in request.form.items(multi=True) if name in known]
