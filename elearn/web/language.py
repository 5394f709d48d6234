"""Languages: catalogs merged from .po files at start, the choice per request, formats of dates and numbers."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import g, has_request_context, request
from flask_babel import Babel, Domain, get_locale
from werkzeug.utils import cached_property

from elearn.paths import translations_folder

if TYPE_CHECKING:
    from flask import Flask

    from elearn.settings import Settings

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
SOURCE = "en"
COOKIE = "elearn_language"
# Browsers are shipped saying this; it tells nothing about who reads.
_FACTORY_SETTING = "en-US"
# Days as Vietnam writes them, with the whole year; the other forms are those of the language.
FORMATS = Babel.default_date_formats | {
    "date.short": "dd/MM/yyyy",
    "datetime.short": "HH:mm dd/MM/yyyy",
    "date": "short",
    "datetime": "short",
}


@cache
def catalog(language: str) -> NullTranslations:
    """All messages of a language, merged from `translations/<language>/*.po`; the source language needs none."""
    folder = translations_folder() / language
    if language == SOURCE and not folder.is_dir():
        return NullTranslations()
    merged = Catalog(locale=language)
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id and message.string and not message.fuzzy:
                    merged[message.id] = message
    compiled = BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return Translations(compiled)


class MergedDomain(Domain):
    """flask-babel's way to our catalogs."""

    def get_translations(self) -> NullTranslations:
        """The catalog of the language of the request."""
        locale = get_locale()
        return catalog(locale.language) if locale else NullTranslations()


class MergedBabel(Babel):
    """flask-babel reading .po files that were merged at start."""

    @cached_property
    def domain_instance(self) -> Domain:
        """The only domain."""
        return MergedDomain()


def chosen_language(default: str) -> str:
    """The language of this request: the account's, the browser's choice here, what it accepts, the default."""
    if not has_request_context():
        return default
    wishes = (getattr(g.get("identity"), "locale", None), request.cookies.get(COOKIE), _accepted())
    return next((wish for wish in wishes if wish in LANGUAGES), default)


def _accepted() -> str | None:
    accepted = request.accept_languages
    if accepted and accepted[0][0] == _FACTORY_SETTING and not any(tag.startswith("vi") for tag in accepted.values()):
        return None
    return accepted.best_match(list(LANGUAGES))


def install_language(app: Flask, settings: Settings) -> None:
    """Choose a language per request and tell templates about it."""
    babel = MergedBabel(date_formats=dict(FORMATS))
    babel.init_app(
        app,
        default_locale=settings.locale,
        default_timezone=settings.timezone.key,
        locale_selector=lambda: chosen_language(settings.locale),
    )
    app.jinja_env.globals.update(languages=LANGUAGES)

    @app.context_processor
    def _language() -> dict[str, str]:
        locale = get_locale()
        return {"language": locale.language if locale else settings.locale}
