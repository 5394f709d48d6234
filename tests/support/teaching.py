"""The clock of teach mode in tests: it moves only when the test says so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

MORNING = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)  # eight o'clock in Hà Nội, on a Friday


class Clock:
    """A moment that is asked like `elearn.clock.now`."""

    def __init__(self) -> None:
        self.moment = MORNING

    def __call__(self) -> datetime:
        return self.moment

    def move(self, seconds: float) -> None:
        """Let time pass; a negative number sets the clock back."""
        self.moment += timedelta(seconds=seconds)
