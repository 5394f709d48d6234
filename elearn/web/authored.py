"""Recording class A: a material is published, a co-author confirms after that, a version made anew is accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g

from elearn.models.material import Status
from elearn.models.usage import ActKind
from elearn.services import audit, revising, usage
from elearn.services.authorship import Authorship, Verdict, authors_due, authorship_of
from elearn.web.people import current_identity
from elearn.web.transactions import house

if TYPE_CHECKING:
    from elearn.models.material import Material, Version


def record_authored(material: Material) -> Authorship:
    """Add the acts that are due, dated at the submission, each author once; returns what the material is worth."""
    for author, key in authors_due(g.db, material):
        usage.record(
            g.db,
            author,
            ActKind.AUTHORED,
            timezone=house().settings.timezone,
            material=material,
            version=material.current_version,
            occurred_at=material.submitted_at,
            key=key,
        )
    authorship = authorship_of(g.db, material)
    original, alike = authorship.original, authorship.likeness
    if material.status is Status.PUBLISHED and authorship.verdict is Verdict.DUPLICATE and original and alike:
        details = {"duplicate_of": original.uid, "alike": alike.value, "licence": original.licence.value}
        audit.record(g.db, current_identity(), "material.duplicate", material, **details)
    return authorship


def record_revised(material: Material, version: Version) -> bool:
    """Add the acts of an accepted version, dated when it was brought; returns whether it made any."""
    timezone = house().settings.timezone
    recorded = [
        usage.record(
            g.db,
            author,
            ActKind.AUTHORED,
            timezone=timezone,
            material=material,
            version=version,
            occurred_at=version.created_at,
            key=key,
        )
        for author, key in revising.authors_due(g.db, material, version, timezone)
    ]
    return any(act is not None for act in recorded)
