"""The words of the ratio: standings, reasons, classes of acts, verdicts, signs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import get_locale, lazy_gettext

from elearn.models.reports import Standing
from elearn.models.usage import ActKind, ActSource
from elearn.services.reports import ActClass, Sign, Verdict, percent, spoken
from elearn.web.taught_words import SIGN_STEPS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from elearn.services.reports import IctRatio

REASONS: Mapping[str, Any] = {
    "qualifies": lazy_gettext("Counts, and uses ICT"),
    "no_qualifying_act": lazy_gettext("Counts, no qualifying act yet"),
    Standing.NO_MAIN_POST.value: lazy_gettext("No main teaching post on the census date"),
    Standing.MANAGER.value: lazy_gettext("Manager: a row of its own"),
    Standing.NEW.value: lazy_gettext("Fewer than 30 days in a teaching post"),
    Standing.ON_LEAVE.value: lazy_gettext("On leave for more than half of the period"),
    Standing.VISITING.value: lazy_gettext("Visiting, below half a post"),
}
CLASSES: Mapping[str, Any] = {
    ActClass.A.value: lazy_gettext("A · made a lesson"),
    ActClass.B.value: lazy_gettext("B · used shared materials in teaching"),
    ActClass.C.value: lazy_gettext("C · taught an online course"),
}
KINDS: Mapping[str, Any] = {
    ActKind.VIEW.value: lazy_gettext("looked at a material"),
    ActKind.LAUNCH.value: lazy_gettext("opened a material"),
    ActKind.DOWNLOAD.value: lazy_gettext("downloaded a material"),
    ActKind.COMPLETION.value: lazy_gettext("completed a lesson"),
    ActKind.AUTHORED.value: CLASSES[ActClass.A.value],
    ActKind.TAUGHT.value: CLASSES[ActClass.B.value],
    ActKind.TAUGHT_WITH.value: lazy_gettext("B · taught with software, as declared"),
    ActKind.COURSE_ACTIVITY.value: lazy_gettext("learned in an online course"),
    ActKind.COURSE_TEACHING.value: CLASSES[ActClass.C.value],
}
SOURCES: Mapping[str, Any] = {
    ActSource.TRACKER.value: lazy_gettext("by this library"),
    ActSource.DEMO.value: lazy_gettext("example of the demo"),
}
VERDICTS: Mapping[str, Any] = {
    Verdict.COUNTS.value: lazy_gettext("counts"),
    Verdict.VOID.value: lazy_gettext("void"),
    Verdict.OUTSIDE.value: lazy_gettext("outside of the period"),
    Verdict.FEW_LEARNERS.value: lazy_gettext("too few active learners in the course so far"),
    Verdict.FEW_ACTS.value: lazy_gettext("no act of the teacher in the course so far"),
    Verdict.UNSIGNED.value: lazy_gettext("not countersigned"),
    Verdict.REFUSED.value: lazy_gettext("countersignature refused"),
    Verdict.WITHDRAWN.value: lazy_gettext("withdrawn by the teacher"),
    Verdict.SIGNED_LATE.value: lazy_gettext("countersigned too late"),
}
SIGNS: Mapping[str, Any] = {
    Sign.NOT_APPLICABLE.value: lazy_gettext("not applicable: nobody counts here"),
    Sign.MISSING.value: lazy_gettext("missing: nothing was reported, which is not zero"),
    Sign.SUPPRESSED.value: lazy_gettext("not shown: so few people could be recognised"),
}


def percentage(number: Decimal | None) -> str:
    """A percentage as the language of the page writes it; empty for None."""
    return spoken(number, comma=_comma())


def ratio_text(ratio: IctRatio) -> str:
    """`2/3 (66,7 %)`, or the sign for what is missing."""
    return ratio.text(comma=_comma())


def _comma() -> bool:
    locale = get_locale()
    return locale is None or locale.language == "vi"


WORDS = {
    "reasons": REASONS,
    "act_classes": CLASSES,
    "act_kinds": KINDS,
    "act_sources": SOURCES,
    "sign_steps": SIGN_STEPS,
    "verdicts": VERDICTS,
    "signs": SIGNS,
    "percentage": percentage,
    "ratio_text": ratio_text,
    "share_of": percent,
}
