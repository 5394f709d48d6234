"""Identifiers of manifests as keys of rows, and the name of what stands beside the sequencer's own."""

from __future__ import annotations

import hashlib

LONGEST_KEY = 255
SHARED = "shared"  # the buckets of an attempt, beside what the sequencer keeps there


def row_key(identifier: str) -> str:
    """The identifier itself, or a digest of one that no column holds; a key stays as it is."""
    if len(identifier) <= LONGEST_KEY:
        return identifier
    return "sha256:" + hashlib.sha256(identifier.encode()).hexdigest()
