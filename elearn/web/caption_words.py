"""The languages of captions, as people read them in their own language."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError

# What a form offers: the languages of lessons here, and those that are taught.
CAPTION_LANGUAGES = ("vi", "en", "fr", "zh", "ja", "ko", "ru", "de", "km", "th")


def caption_language(code: str) -> str:
    """The name of a language in itself, such as "Tiếng Việt"; an unknown code shows as itself."""
    try:
        name = Locale.parse(code).get_display_name()
    except (UnknownLocaleError, ValueError):
        return code
    return f"{name[:1].upper()}{name[1:]}" if name else code
