"""Forms of the register: what a post says, and reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext, lazy_gettext
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import Length

from elearn.models.curriculum import Level
from elearn.models.people import Contract, PostRole
from elearn.services.people import PostFacts
from elearn.web.administration.fields import DayField, LevelField, ShareField, choices
from elearn.web.forms import Form, required
from elearn.web.register.words import CONTRACTS, POST_ROLES

if TYPE_CHECKING:
    from elearn.web.programme import Programme

MAIN, SECOND = "main", "second"
_OPEN = lazy_gettext("Empty: until further notice.")


def name_field() -> Any:
    """The name of a person."""
    return StringField(
        lazy_gettext("Full name"),
        [*required(), Length(max=300, message=lazy_gettext("This name is too long."))],
        render_kw={"autocomplete": "off"},
    )


def code_field() -> Any:
    """The mã định danh."""
    return StringField(
        lazy_gettext("Personal code"),
        [*required(), Length(max=32, message=lazy_gettext("A code has at most 32 characters."))],
        description=lazy_gettext("The code of the person in the education database."),
        render_kw={"autocomplete": "off"},
    )


def reason_field() -> Any:
    """Why something was corrected."""
    return TextAreaField(
        lazy_gettext("Reason"),
        [*required(), Length(max=1000, message=lazy_gettext("Write at most 1,000 characters."))],
        description=lazy_gettext("It is kept in the audit log."),
        render_kw={"rows": 2},
    )


class WorkForm(Form):
    """What somebody does in a post."""

    role = SelectField(lazy_gettext("Role"), choices=choices(POST_ROLES))
    contract = SelectField(lazy_gettext("Contract"), choices=choices(CONTRACTS))
    level = LevelField(lazy_gettext("Level"))
    subject = SelectField(lazy_gettext("Subject"))
    fte = ShareField(
        lazy_gettext("Share of a full post"), required(), description=lazy_gettext("1 is full time, 0.5 is half.")
    )

    def __init__(self, programme: Programme, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.subject.choices = choices(programme.subjects, empty=gettext("none"))

    def work(self) -> dict[str, Any]:
        """The fields of a post that were entered."""
        return {
            "role": PostRole(self.role.data),
            "contract": Contract(self.contract.data),
            "level": Level(self.level.data) if self.level.data else None,
            "subject_code": self.subject.data or None,
            "fte": self.fte.data,
        }


class PostForm(WorkForm):
    """A whole post."""

    kind = SelectField(
        lazy_gettext("Main or second post"),
        choices=choices({MAIN: lazy_gettext("Main post"), SECOND: lazy_gettext("Second post")}),
        description=lazy_gettext("Everybody is counted once, at the main post."),
    )
    valid_from = DayField(lazy_gettext("From"), required())
    valid_to = DayField(lazy_gettext("To"), description=_OPEN)

    def facts(self) -> PostFacts:
        """The post that was entered."""
        return PostFacts(
            valid_from=self.valid_from.data,
            valid_to=self.valid_to.data,
            is_main=self.kind.data == MAIN,
            **self.work(),
        )


def of_post(post: Any) -> dict[str, Any]:
    """The values of a post for its form."""
    return {
        "role": post.role.value,
        "contract": post.contract.value,
        "level": post.level.value if post.level else "",
        "subject": post.subject_code or "",
        "fte": post.fte,
        "kind": MAIN if post.is_main else SECOND,
        "valid_from": post.valid_from,
        "valid_to": post.valid_to,
    }
