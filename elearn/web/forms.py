"""Forms: WTForms with our translations, and the attributes that tie help and errors to a control."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import get_translations, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import SelectMultipleField, validators
from wtforms.widgets import CheckboxInput, ListWidget

if TYPE_CHECKING:
    from flask import Flask
    from wtforms import Field

# WTForms' own messages, named here so that they are translated with ours.
WTFORMS_MESSAGES = (
    lazy_gettext("This field is required."),
    lazy_gettext("Not a valid choice."),
    lazy_gettext("Invalid Choice: could not coerce."),
    lazy_gettext("Not a valid integer value."),
    lazy_gettext("Invalid email address."),
)


class _Catalog:
    """WTForms' way to our catalogs."""

    def gettext(self, text: str) -> str:
        translated: str = get_translations().ugettext(text)
        return translated

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        translated: str = get_translations().ungettext(singular, plural, n)
        return translated


class Form(FlaskForm):
    """The base of all forms; `elearn.web.security` has asked for the CSRF token before any form is read."""

    class Meta(FlaskForm.Meta):
        """Our translations; no CSRF field, since the templates write it."""

        csrf = False

        def get_translations(self, form: Any) -> _Catalog:
            """Translate what WTForms says by our catalogs."""
            del form
            return _Catalog()


class CheckboxesField(SelectMultipleField):
    """Several choices as check boxes, for lists short enough to see at once."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def required() -> list[Any]:
    """The validator of a field that must not be empty."""
    return [validators.InputRequired(lazy_gettext("This field is required."))]


def aria(field: Field, help_text: str = "") -> dict[str, str]:
    """The attributes by which screen readers find the help and the error of a control."""
    ids = [f"{field.id}-help"] if help_text else []
    ids += [f"{field.id}-error"] if field.errors else []
    attributes = {"aria-describedby": " ".join(ids)} if ids else {}
    return attributes | ({"aria-invalid": "true"} if field.errors else {})


def install_forms(app: Flask) -> None:
    """Give templates the `aria` filter."""
    app.jinja_env.filters["aria"] = aria
