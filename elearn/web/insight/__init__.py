"""Seeing what happened in attempts: pages for teachers of a course, for authors and reviewers of their own trials."""

from __future__ import annotations

from flask import Blueprint

from elearn.web.insight import answers, calls, walk
from elearn.web.insight.words import install_words

blueprint = Blueprint("insight", __name__)
for _module in (walk, answers, calls):
    _module.register(blueprint)
install_words(blueprint)
