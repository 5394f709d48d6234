"""The ratio of teachers using ICT in pages: units, persons, acts and their evidence, charts, files, the public page."""

from __future__ import annotations

from flask import Blueprint

from elearn.web.reports import acts, charts, files, overview, person, persons, public

blueprint = Blueprint("reports", __name__)

for _module in (overview, persons, person, acts, charts, files, public):
    _module.register(blueprint)
