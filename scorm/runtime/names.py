"""Names of data-model elements as content writes them: `cmi.objectives.0.score.raw`."""

from __future__ import annotations

from dataclasses import dataclass

_VALID = "adl.nav.request_valid."
_LONGEST_INDEX = 9  # digits; no collection is that long
_LONGEST_NAME = 8192


@dataclass(frozen=True, slots=True)
class Name:
    """A parsed name: `pattern` has `n` for each index, `full` the indices without leading zeros."""

    pattern: str
    full: str
    indices: tuple[int, ...] = ()
    target: str | None = None

    @property
    def keyword(self) -> str:
        """`_children`, `_count` or `_version` when the name ends in one."""
        last = self.pattern.rpartition(".")[2]
        return last if last in {"_children", "_count", "_version"} else ""

    @property
    def owner(self) -> str:
        """The pattern of the element that a keyword asks about."""
        return self.pattern.rpartition(".")[0]


def parse(text: str) -> Name:
    """Parse any text; what is no name simply matches no element."""
    if len(text) > _LONGEST_NAME:
        return Name("", "")
    if text.startswith(_VALID) and ".{target=" in text and text.endswith("}"):
        head, _, target = text.partition(".{target=")
        return Name(head, text, target=target[:-1])
    parts, pattern, indices = text.split("."), [], []
    for position, part in enumerate(parts):
        if not (part.isascii() and part.isdigit()):
            # A part that is itself called n stands for no index.
            pattern.append(part if part != "n" else "?")
            continue
        index = int(part) if len(part) <= _LONGEST_INDEX else 10**_LONGEST_INDEX
        parts[position] = str(index)
        indices.append(index)
        pattern.append("n")
    return Name(".".join(pattern), ".".join(parts), tuple(indices))
