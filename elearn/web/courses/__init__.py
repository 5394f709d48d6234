"""Online courses in pages: made and run by teachers, taken by learners, looked at by heads and inspectors."""

from __future__ import annotations

from flask import Blueprint

from elearn.web.courses import classes, contents, learners, listing, one, taking
from elearn.web.courses.words import install_words

blueprint = Blueprint("courses", __name__)
for _module in (listing, one, contents, classes, learners, taking):
    _module.register(blueprint)
install_words(blueprint)
