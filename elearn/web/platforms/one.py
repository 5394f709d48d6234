"""One platform: what it is, its deployments, what happened lately, and what its administrator can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext

from elearn.services.errors import ServiceError
from elearn.services.lti import history, platforms
from elearn.web.people import current_identity, needs_role
from elearn.web.platform_words import FIELDS, STATUSES
from elearn.web.platforms.listing import ADMINISTRATORS
from elearn.web.platforms.told import event_sentence, event_word, refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from elearn.models.lti import LtiPlatform

    Step = Callable[[LtiPlatform], None]


def register(blueprint: Blueprint) -> None:
    """Add the routes of a platform."""
    blueprint.add_url_rule("/administration/platforms/<uid>", endpoint="one", view_func=one)
    for name, step in STEPS.items():
        blueprint.add_url_rule(
            f"/administration/platforms/<uid>/{name}", endpoint=name, view_func=_view(step), methods=["POST"]
        )


@needs_role(ADMINISTRATORS)
def one(uid: str) -> ResponseReturnValue:
    """What is known of a platform, and what can be done."""
    return _page(platforms.administered_platform(g.db, current_identity(), uid))


def _page(platform: LtiPlatform, error: ServiceError | None = None) -> ResponseReturnValue:
    page = render_template(
        "platforms/one.html",
        platform=platform,
        deployments=platforms.deployments_of(g.db, platform),
        events=history.events_of(g.db, platform),
        statuses=STATUSES,
        fields=FIELDS,
        sentence=event_sentence,
        word=event_word,
        refusal=refused(error) if error else None,
    )
    return page, error.status if error else 200


def _view(step: Step) -> Callable[[str], ResponseReturnValue]:
    @needs_role(ADMINISTRATORS)
    def view(uid: str) -> ResponseReturnValue:
        platform = platforms.administered_platform(g.db, current_identity(), uid)
        try:
            step(platform)
        except ServiceError as error:
            return _page(platform, error)
        return redirect(url_for("platforms.one", uid=uid), 303)

    return view


def _accept(platform: LtiPlatform) -> None:
    platforms.accept(g.db, current_identity(), platform)
    flash(gettext("The platform may launch now."), "success")


def _off(platform: LtiPlatform) -> None:
    platforms.switch_off(g.db, current_identity(), platform)
    flash(gettext("Nobody comes from this platform any more. What was done stays."), "success")


def _on(platform: LtiPlatform) -> None:
    platforms.switch_on(g.db, current_identity(), platform)
    flash(gettext("The platform is switched on again."), "success")


def _deployment(platform: LtiPlatform) -> None:
    platforms.accept_deployment(g.db, current_identity(), platform, request.form.get("deployment", ""))
    flash(gettext("The deployment may launch now."), "success")


STEPS: dict[str, Step] = {"accept": _accept, "off": _off, "on": _on, "deployment": _deployment}
