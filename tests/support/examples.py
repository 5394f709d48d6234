"""How many examples a property is tried with: few in every run, many in a campaign."""

from __future__ import annotations

from typing import Final

from hypothesis import settings

SAMPLE_EXAMPLES: Final = 100
CAMPAIGN_EXAMPLES: Final = 1000


def examples(sampled: int) -> int:
    """How many a costly property tries: so many in a plain run, and as many times more as a campaign tries."""
    return sampled * settings.default.max_examples // SAMPLE_EXAMPLES
