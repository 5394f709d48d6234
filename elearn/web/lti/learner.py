"""One learner at an activity of a platform, for its teacher: the attempts, and taking them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext

from elearn.services.errors import ServiceError
from elearn.services.lti.learners import learner_at, reset_learner
from elearn.web.courses.learners import be_sure
from elearn.web.people import current_identity, sign_in_required
from elearn.web.sentences import refusal as sentence_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from elearn.models.lti_courses import LtiLink, LtiSession
    from elearn.services.lti.learners import LearnerAtLink


def register(blueprint: Blueprint, launched: Callable[[], LtiSession]) -> None:
    """Add the routes; `launched` gives the launch of a teacher, and refuses those of others."""

    @blueprint.get("/learners/<account>")
    @sign_in_required
    def learner(account: str) -> ResponseReturnValue:
        """What a learner has done here."""
        link = launched().link
        return _page(link, learner_at(g.db, link, account))

    @blueprint.post("/learners/<account>/reset")
    @sign_in_required
    def reset(account: str) -> ResponseReturnValue:
        """Take the attempts of a learner back, once the teacher has confirmed it."""
        link = launched().link
        found = learner_at(g.db, link, account)
        try:
            be_sure()
            if link is not None:
                reset_learner(g.db, current_identity(), link, found)
        except ServiceError as refused:
            return _page(link, found, sentence_for(refused)), refused.status
        flash(gettext("%(name)s begins “%(title)s” anew.", name=found.name, title=_title(link)), "success")
        return redirect(_overview(), 303)


def _page(link: LtiLink | None, found: LearnerAtLink, refused: str = "") -> str:
    return render_template(
        "classroom/learner.html",
        learner=found,
        title=_title(link),
        back=_overview(),
        group=request.values.get("group", ""),
        refused=refused,
    )


def _title(link: LtiLink | None) -> str:
    if link is None:
        return ""
    thing = link.course or (link.placement.material if link.placement is not None else None)
    return link.title or (thing.title if thing is not None else "")


def _overview() -> str:
    """The results, of the group that was looked at."""
    group = request.values.get("group", "")
    return url_for("classroom.overview", **({"group": group} if group.isdecimal() else {}))
