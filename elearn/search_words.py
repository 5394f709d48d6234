"""Abbreviations and synonyms that an operator adds to those of the software; a malformed file stops the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elearn.setting_values import MEBIBYTE
from elearn.settings import SettingsError
from search_index.synonyms import LONGEST_NAME, MOST_LINES, Synonyms, SynonymsError, school_synonyms, school_words

if TYPE_CHECKING:
    from elearn.settings import Settings

REASONS = {
    "one_name": 'write at least two names with "=" between them, or "name -> meaning"',
    "no_words": 'there must be a word on both sides of "=" and "->", and between commas',
    "two_arrows": 'write only one "->" in a line',
    "mixed": 'write either "=" or "->" in a line, not both',
    "long_name": f"a name has at most {LONGEST_NAME} words",
    "many_lines": f"the file has more than {MOST_LINES} lines",
}


def synonyms_of(settings: Settings) -> Synonyms:
    """The synonyms of the software, with those of the operator's file when a setting names one.

    Raises:
        SettingsError: the file is absent or malformed; the message says in which line.
    """
    if not settings.search_words:
        return school_synonyms()
    path = settings.home / settings.search_words
    try:
        if path.stat().st_size > MEBIBYTE:
            raise SettingsError(f"ELEARN_SEARCH_WORDS: {path} is larger than 1 MiB.")
        return Synonyms(school_words(), path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise SettingsError(f"ELEARN_SEARCH_WORDS: {path} is not UTF-8; save it as UTF-8.") from None
    except OSError as error:
        raise SettingsError(f"ELEARN_SEARCH_WORDS: {path} cannot be read: {error.strerror}.") from None
    except SynonymsError as error:
        reason = REASONS[error.code]
        raise SettingsError(f"ELEARN_SEARCH_WORDS: line {error.line} of {path}: {reason}.") from None
