"""The terms of use as questions: whose it is, and for Creative Commons what others may do (the chooser of CC)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext, lazy_gettext
from wtforms import DateField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional, ValidationError

from elearn.models.describing import Licence
from elearn.services.metadata import LONGEST_SOURCE
from elearn.web.forms import Form
from elearn.web.labels import LICENCES
from scorm.plain_text import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wtforms import Field

CREATIVE_COMMONS = "cc"
# What the two questions of creativecommons.org/choose lead to: may others change it, may they earn with it.
BY_ANSWERS: Mapping[tuple[str, str], Licence] = {
    ("yes", "yes"): Licence.CC_BY,
    ("alike", "yes"): Licence.CC_BY_SA,
    ("no", "yes"): Licence.CC_BY_ND,
    ("yes", "no"): Licence.CC_BY_NC,
    ("alike", "no"): Licence.CC_BY_NC_SA,
    ("no", "no"): Licence.CC_BY_NC_ND,
}
_ANSWERS: Mapping[str, tuple[str, str]] = {licence.value: answers for answers, licence in BY_ANSWERS.items()}
_TERMS: Mapping[str, Any] = {
    Licence.UNKNOWN.value: LICENCES[Licence.UNKNOWN],
    CREATIVE_COMMONS: lazy_gettext("Creative Commons: others may use it, as the two answers below say"),
    **{
        licence.value: LICENCES[licence]
        for licence in (Licence.CC0, Licence.RESERVED, Licence.THIRD_PARTY, Licence.FREE, Licence.OPEN_SOURCE)
    },
}


class LicenceForm(Form):
    """Terms of use; a form or file that names one of the Creative Commons licences answers both questions with it."""

    licence = SelectField(
        lazy_gettext("Licence"),
        choices=[SelectChoice(code, name) for code, name in _TERMS.items()],
        description=lazy_gettext("Under which terms colleagues may use and change it."),
    )
    cc_changes = RadioField(
        lazy_gettext("May others change it and share what they made of it?"),
        choices=[
            SelectChoice("yes", lazy_gettext("Yes")),
            SelectChoice("alike", lazy_gettext("Yes, under the same licence")),
            SelectChoice("no", lazy_gettext("No")),
        ],
        default="alike",
    )
    cc_commercial = RadioField(
        lazy_gettext("May others use it to earn money?"),
        choices=[SelectChoice("yes", lazy_gettext("Yes")), SelectChoice("no", lazy_gettext("No"))],
        default="no",
    )
    licence_source = StringField(
        lazy_gettext("Whose it is, and who has permitted it"),
        [Length(max=LONGEST_SOURCE)],
        filters=[lambda text: one_line(text or "")],
        description=lazy_gettext("The publisher and the number of the contract, for example, or an address."),
    )
    licence_expires_on = DateField(
        lazy_gettext("Permitted until"),
        [Optional()],
        description=lazy_gettext("The last day; leave it empty when the permission has no end."),
    )

    def process(self, *arguments: Any, **further: Any) -> None:
        """Read the input; the six licences of Creative Commons are one choice with two answers."""
        super().process(*arguments, **further)
        if self.licence.data in _ANSWERS:
            self.cc_changes.data, self.cc_commercial.data = _ANSWERS[self.licence.data]
            self.licence.data = CREATIVE_COMMONS

    def validate_licence_source(self, field: Field) -> None:
        """What belongs to somebody else names them."""
        if self.licence.data == Licence.THIRD_PARTY.value and not field.data:
            raise ValidationError(gettext("Say whose it is and who has permitted its use."))

    @property
    def chosen_licence(self) -> Licence:
        """The licence that the valid form says."""
        if self.licence.data == CREATIVE_COMMONS:
            return BY_ANSWERS[self.cc_changes.data, self.cc_commercial.data]
        return Licence(self.licence.data)
