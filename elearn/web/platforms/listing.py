"""The platforms within reach, open invitations, and what came from platforms that nobody knows."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from flask import g, render_template, request, url_for

from elearn.models.account import Role
from elearn.services.lti import history
from elearn.services.lti.invitations import open_invitations
from elearn.services.lti.platforms import platforms_within, with_waiting_deployments
from elearn.web.facets import read_page
from elearn.web.people import current_identity, needs_role
from elearn.web.platform_words import STATUSES
from elearn.web.platforms.told import event_sentence, event_word
from elearn.web.transactions import house

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

PER_PAGE = 50
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})


def register(blueprint: Blueprint) -> None:
    """Add the route of the list."""
    blueprint.add_url_rule("/administration/platforms", endpoint="index", view_func=index)


@needs_role(ADMINISTRATORS)
def index() -> ResponseReturnValue:
    """Those that wait first."""
    identity, page = current_identity(), read_page(request.args)
    shown = platforms_within(g.db, identity, limit=PER_PAGE, offset=(page - 1) * PER_PAGE)
    return render_template(
        "platforms/index.html",
        shown=shown,
        invitations=open_invitations(g.db, identity),
        waiting=with_waiting_deployments(g.db, shown.platforms),
        last=history.last_events(g.db, shown.platforms),
        strays=history.events_of_nobody(g.db, identity),
        statuses=STATUSES,
        sentence=event_sentence,
        word=event_word,
        has_former_keys=house().settings.former_lti,
        page=page,
        pages=ceil(shown.total / PER_PAGE),
        page_address=lambda number: url_for("platforms.index", page=number),
    )
