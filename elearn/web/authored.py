"""Recording class A: when a material is published, and when a co-author confirms after that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g

from elearn.models.material import Status
from elearn.models.usage import ActKind
from elearn.services import audit, usage
from elearn.services.authorship import Authorship, Verdict, authors_due, authorship_of
from elearn.web.people import current_identity
from elearn.web.transactions import house

if TYPE_CHECKING:
    from elearn.models.material import Material


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
