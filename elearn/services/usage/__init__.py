"""The usage ledger: acts are added by pages, counted, voided by people with a reason, and never changed."""

from elearn.services.usage.counts import Use, taught_with, use_of
from elearn.services.usage.evidence import Evidence, act_by_uid, evidence_of
from elearn.services.usage.recording import (
    MERGE_SECONDS,
    NotADemoError,
    authored_key,
    record,
    record_downloads,
    revised_key,
    taught_key,
    unit_of_person,
)
from elearn.services.usage.voids import is_void, restore, void

__all__ = [
    "MERGE_SECONDS",
    "Evidence",
    "NotADemoError",
    "Use",
    "act_by_uid",
    "authored_key",
    "evidence_of",
    "is_void",
    "record",
    "record_downloads",
    "restore",
    "revised_key",
    "taught_key",
    "taught_with",
    "unit_of_person",
    "use_of",
    "void",
]
