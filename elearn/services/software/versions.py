"""Comparing versions as makers write them: "2.1", "v2,1,0,0", "6.0.794"."""

from __future__ import annotations

import re
from itertools import zip_longest

_NUMBER = re.compile(r"[0-9]{1,9}")


def same_version(one: str, other: str) -> bool:
    """Whether two versions are the same but for zeros at the end and signs between: "2.1" and "2,1,0,0" are."""
    return _parts(one) == _parts(other)


def _parts(version: str) -> list[str]:
    parts = [part.lstrip("0") or "0" for part in version.casefold().removeprefix("v").replace(",", ".").split(".")]
    while parts and parts[-1].strip() == "0":
        parts.pop()
    return [part.strip() for part in parts]


def is_older(version: str, than: str) -> bool | None:
    """Whether a version comes before another by its numbers; None when one of them has none."""
    one, other = (tuple(map(int, _NUMBER.findall(text))) for text in (version, than))
    if not one or not other:
        return None
    for mine, theirs in zip_longest(one, other, fillvalue=0):
        if mine != theirs:
            return mine < theirs
    return False
