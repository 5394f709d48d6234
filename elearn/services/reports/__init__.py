"""The ratio of teachers using ICT: rulesets, counting per person, reports per unit (INDICATORS 1)."""

from elearn.services.reports.changes import mark_changed

__all__ = ["mark_changed"]
