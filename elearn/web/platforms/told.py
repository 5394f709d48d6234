"""What events and findings about platforms say on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext

from elearn.services.errors import ServiceError
from elearn.web.platform_words import EVENTS, FIELDS, FINDINGS, REASONS, filled
from elearn.web.sentences import REFUSALS, refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from elearn.lti.errors import LtiError
    from elearn.models.lti import LtiEvent
    from elearn.services.health import Finding


def reason(code: str, params: Mapping[str, Any]) -> str:
    """Why something failed, from the code of an error."""
    sentence = REASONS.get(code) or REFUSALS.get(code)
    return filled(sentence, params) if sentence is not None else gettext("Something went wrong (%(code)s).", code=code)


def event_sentence(event: LtiEvent) -> str:
    """What came of an event: that it went well, or why not."""
    return reason(event.code, event.params) if event.code else gettext("all well")


def event_word(event: LtiEvent) -> str:
    """What kind of event it is."""
    return str(EVENTS.get(event.kind, event.kind))


def finding_sentence(finding: Finding) -> str:
    """What a check has found."""
    params = dict(finding.params)
    error: LtiError | ServiceError | None = params.pop("error", None)
    if error is not None:
        params["reason"] = reason(error.code, error.params)
    return filled(FINDINGS[finding.code], params)


def refused(error: LtiError | ServiceError) -> str:
    """A refusal on a form: the field is called as the form calls it."""
    params = dict(error.params)
    if params.get("field") in FIELDS:
        params["field"] = str(FIELDS[params["field"]])
    if isinstance(error, ServiceError) and error.code not in REASONS:
        return refusal(ServiceError(error.code, **params))
    return reason(error.code, params)
