"""The filters with which the pages of insight say things in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elearn.web.insight import answer_words, call_words, walk_words

if TYPE_CHECKING:
    from flask import Blueprint


def install_words(blueprint: Blueprint) -> None:
    """Give templates the filters."""
    filters = {
        "kind_word": answer_words.kind_word,
        "shown_answer_of": lambda text, kind: answer_words.shown_answer(kind, text),
        "shown_result": answer_words.shown_result,
        "shown_seconds": answer_words.shown_seconds,
        "asker_word": lambda asker: walk_words.ASKERS[asker],
        "asker_icon": lambda asker: walk_words.ASKER_ICONS[asker],
        "asked_for": walk_words.asked_for,
        "exception_sentence": walk_words.exception_sentence,
        "decision_sentence": walk_words.decision_sentence,
        "reasons": walk_words.reasons,
        "status_word": walk_words.status_word,
        "call_error": call_words.error_sentence,
    }
    for name, function in filters.items():
        blueprint.add_app_template_filter(function, name)
