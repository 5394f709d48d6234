"""How properties are tried: the same examples every time, and no stopwatch on a busy machine."""

from hypothesis import settings

unhurried = settings(deadline=None, derandomize=True, database=None)
