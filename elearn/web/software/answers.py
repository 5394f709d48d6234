"""The department's answers to requests: approving, declining, joining two, and trials with their reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import g, url_for
from flask_babel import gettext, lazy_gettext
from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import Length

from elearn.database import day_of
from elearn.services.access import Action, require
from elearn.services.errors import ServiceError
from elearn.services.software.wishes import asking, deciding
from elearn.services.software.wishes.trials import (
    HIGHEST,
    MOST_CRITERIA,
    REPORTS_FOR,
    TrialTerms,
    get_trial_school,
    last_criteria,
    report_trial,
    start_trial,
)
from elearn.web.administration.fields import DayField, UnitsField, choices, shown
from elearn.web.administration.steps import Step, take
from elearn.web.forms import Form, required
from elearn.web.people import current_identity, sign_in_required
from elearn.web.software import blueprint
from elearn.web.software.steps import trail_to
from elearn.web.software.wishes import held_wish, wish_address, wish_trail
from elearn.web.wish_words import CRITERIA

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flask.typing import ResponseReturnValue

    from elearn.models.software_request import SoftwareRequest
    from elearn.services.software.wishes.trials import Criterion

USUAL_HIGHEST = 10


def _reason() -> TextAreaField:
    return TextAreaField(
        lazy_gettext("Reason"),
        [*required(), Length(max=5000)],
        description=lazy_gettext("Whoever asked reads it."),
        render_kw={"rows": 3},
    )


class ApprovalForm(Form):
    """An approval of what was asked for."""

    decided_on = DayField(lazy_gettext("Day of the decision"), required())
    document = StringField(lazy_gettext("Number of the document"), [Length(max=100)])
    reason = _reason()


class DeclineForm(Form):
    """A refusal."""

    reason = _reason()


class MergeForm(Form):
    """As which request it goes on."""

    into = SelectField(lazy_gettext("Goes on as"))


class TrialForm(Form):
    """Where and when it is tried out, and what is looked at."""

    schools = UnitsField(
        lazy_gettext("Schools"),
        required(),
        description=lazy_gettext("One in each line: its code, or words of its name."),
    )
    starts_on = DayField(lazy_gettext("From"), required())
    ends_on = DayField(lazy_gettext("To"), required())
    criteria = TextAreaField(
        lazy_gettext("Criteria"),
        [*required(), Length(max=6000)],
        description=lazy_gettext("One in each line, with its highest score after a bar, such as: Easy to use | 20"),
        render_kw={"rows": 7},
    )
    note = TextAreaField(lazy_gettext("Note"), [Length(max=2000)], render_kw={"rows": 2})


def _wish_step(
    wish: SoftwareRequest, heading: str, form: Form, told: Callable[[], Sequence[str]], apply: Callable[[], Any],
    **more: Any,
) -> ResponseReturnValue:  # fmt: skip
    address = wish_address(wish)

    def changed() -> str:
        apply()
        return address

    step = {"title": f"{heading}: {wish.name}", "form": form, "told": told, "apply": changed, "back": address}
    return take(Step(**step, done=gettext("Saved."), trail=wish_trail(heading), **more))


def _to_decide(uid: str) -> SoftwareRequest:
    found = held_wish(uid)
    require(current_identity(), Action.MANAGE_UNIT, found.decider)
    return found


@blueprint.route("/software/requests/<uid>/approve", methods=["GET", "POST"])
@sign_in_required
def approve_wish(uid: str) -> ResponseReturnValue:
    """Approve what was asked for: it is a title of the catalogue from then on."""
    found = _to_decide(uid)
    form = ApprovalForm(data={"decided_on": day_of(g.db)})

    def told() -> list[str]:
        words = {"name": found.name, "unit": found.decider.name, "day": shown(form.decided_on.data)}
        return [gettext("“%(name)s” is approved for %(unit)s and all below, on %(day)s.", **words)]

    def apply() -> None:
        said = {"decided_on": form.decided_on.data, "reason": form.reason.data, "document": form.document.data or ""}
        deciding.approve(g.db, current_identity(), found, **said)

    return _wish_step(found, gettext("Approve the request"), form, told, apply)


@blueprint.route("/software/requests/<uid>/decline", methods=["GET", "POST"])
@sign_in_required
def decline_wish(uid: str) -> ResponseReturnValue:
    """Decline it."""
    found, form = _to_decide(uid), DeclineForm()

    def told() -> list[str]:
        return [gettext("The request for “%(name)s” is declined.", name=found.name)]

    def apply() -> None:
        deciding.decline(g.db, current_identity(), found, form.reason.data)

    return _wish_step(found, gettext("Decline the request"), form, told, apply, is_danger=True)


@blueprint.route("/software/requests/<uid>/merge", methods=["GET", "POST"])
@sign_in_required
def merge_wish(uid: str) -> ResponseReturnValue:
    """Let it go on as another request for the same."""
    found, form = _to_decide(uid), MergeForm()
    names = asking.others_open(g.db, found)
    form.into.choices = choices(names)

    def told() -> list[str]:
        words = {"name": found.name, "into": names[form.into.data]}
        return [gettext("“%(name)s” goes on as “%(into)s”, with everybody who asked for it.", **words)]

    def apply() -> None:
        deciding.merge(g.db, current_identity(), found, form.into.data)

    return _wish_step(found, gettext("Join with another request"), form, told, apply)


@blueprint.route("/software/requests/<uid>/trial", methods=["GET", "POST"])
@sign_in_required
def trial_wish(uid: str) -> ResponseReturnValue:
    """Let schools try it out."""
    found, today = _to_decide(uid), day_of(g.db)
    known = last_criteria(g.db, found.decider_id) or [(str(name), most) for name, most in CRITERIA]
    schools = list({voice.unit_id: voice.unit for voice in asking.voices_of(found)}.values())
    shown_first = {"schools": schools, "starts_on": today, "ends_on": today + REPORTS_FOR}
    form = TrialForm(data={**shown_first, "criteria": "\n".join(f"{name} | {most}" for name, most in known)})

    def told() -> list[str]:
        words = {"first": shown(form.starts_on.data), "last": shown(form.ends_on.data)}
        names = "; ".join(unit.name for unit in form.schools.data)
        return [
            gettext("From %(first)s to %(last)s it is tried out at: %(schools)s.", schools=names, **words),
            gettext("On these days their teachers may teach with it; afterwards each school reports."),
        ]

    def apply() -> None:
        terms = TrialTerms(
            schools=tuple(form.schools.data),
            starts_on=form.starts_on.data,
            ends_on=form.ends_on.data,
            criteria=tuple(read_criteria(form.criteria.data)),
            note=form.note.data or "",
        )
        start_trial(g.db, current_identity(), found, terms)

    return _wish_step(found, gettext("Arrange a trial"), form, told, apply)


def read_criteria(text: str) -> list[Criterion]:
    """Lines "name | highest score"; without a score it is 10.

    Raises:
        ServiceError: `trial_criteria`; what stands after the bar is no number.
    """
    found = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        name, _, most = line.rpartition("|") if "|" in line else (line, "", str(USUAL_HIGHEST))
        most = most.strip()
        if not (most.isascii() and most.isdecimal() and len(most) <= 3):  # noqa: PLR2004 - three digits
            raise ServiceError("trial_criteria", most=MOST_CRITERIA, highest=HIGHEST)
        found.append((name.strip(), int(most)))
    return found


@blueprint.route("/software/trials/<school_uid>/report", methods=["GET", "POST"])
@sign_in_required
def report_trial_of(school_uid: str) -> ResponseReturnValue:
    """Enter what a school found in a trial."""
    row = get_trial_school(g.db, current_identity(), school_uid)
    form = _report_form(row.trial.criteria)(data={"words": row.words, **_scores(row.scores)})
    names = [f"score_{place}" for place in range(len(row.trial.criteria))]

    def told() -> list[str]:
        points = sum(form[name].data or 0 for name in names)
        highest = sum(int(most) for _, most in row.trial.criteria)
        words = {"unit": row.unit.name, "points": points, "most": highest}
        return [gettext("%(unit)s gives %(points)s of %(most)s points.", **words)]

    def apply() -> str:
        scores = [form[name].data for name in names]
        report_trial(g.db, current_identity(), row, scores, form.words.data or "")
        return back

    heading, back = gettext("Report on a trial"), url_for("software.wishes")
    title = f"{heading}: {row.trial.title.title}"
    return take(Step(title, form, told, apply, done=gettext("Saved."), back=back, trail=trail_to(None, heading)))


def _scores(scores: Sequence[int]) -> dict[str, int]:
    return {f"score_{place}": score for place, score in enumerate(scores)}


def _report_form(criteria: Sequence[Sequence[Any]]) -> type[Form]:
    """A form with a number for each criterion, and words."""
    fields: dict[str, Any] = {
        f"score_{place}": IntegerField(
            gettext("%(name)s (0 to %(most)s)", name=name, most=most),
            required(),
            render_kw={"min": 0, "max": most, "type": "number"},
        )
        for place, (name, most) in enumerate(criteria)
    }
    words = TextAreaField(lazy_gettext("What you found"), [Length(max=5000)], render_kw={"rows": 4})
    return type("TrialReportForm", (Form,), {**fields, "words": words})
