"""By which names programs are known: titles, further names of them, and what the files of releases call themselves."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import select

from content_packages.facts import Kind
from elearn.models.installations import SoftwareAlias
from elearn.models.material import Material, Status
from elearn.models.software import SoftwareFile, SoftwareRelease
from elearn.services.people.pasting import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

LONGEST_KEY = 300
# What installers put behind a name beside the version: "(x64 vi)", "64-bit", "version".
_BESIDE = frozenset(
    {"x64", "x86", "x32", "32", "64", "bit", "amd64", "arm64", "win32", "win64", "windows", "version", "v"}
    | {"ban", "phien", "vi", "en", "us", "edition"}
)


@lru_cache(maxsize=1 << 15)
def name_key(name: str) -> str:
    """A name as names are compared: without accents, case and punctuation."""
    return plain(name)[:LONGEST_KEY]


def stem_of(key: str) -> str:
    """The key of a reported name without the version and the machine behind it; the first word always stays."""
    words = key.split()
    while len(words) > 1 and (words[-1].isdigit() or words[-1] in _BESIDE):
        words.pop()
    return " ".join(words)


@dataclass(frozen=True, slots=True)
class _Named:
    title_id: int
    unit_id: int
    is_offered: bool  # published, so that units below have it too
    is_public: bool


class Names:
    """All names of titles, read with three statements however many names are asked for."""

    def __init__(self, session: Session) -> None:
        self._by_key: dict[str, list[_Named]] = defaultdict(list)
        titles = select(Material.id, Material.unit_id, Material.status, Material.is_public, Material.title)
        titles = titles.where(Material.kind == Kind.SOFTWARE.value, Material.status != Status.WITHDRAWN)
        named: dict[int, _Named] = {}
        for title_id, unit_id, status, is_public, name in session.execute(titles.order_by(Material.id)):
            named[title_id] = _Named(title_id, unit_id, status is Status.PUBLISHED, is_public)
            self._by_key[name_key(name)].append(named[title_id])
        for title_id, key in session.execute(select(SoftwareAlias.title_id, SoftwareAlias.name_key)):
            if title_id in named:
                self._by_key[key].append(named[title_id])
        files = select(SoftwareRelease.title_id, SoftwareFile.facts).join(
            SoftwareRelease, SoftwareRelease.id == SoftwareFile.release_id
        )
        for title_id, facts in session.execute(files):
            if title_id in named and facts.get("product"):
                self._by_key[name_key(facts["product"])].append(named[title_id])

    def find(self, name: str, above: Sequence[int]) -> int | None:
        """The title that a unit means by a name: of those offered to it, the one nearest to it.

        `above` are the unit itself and the units above it. Words of versions behind a reported name are passed over
        when nothing bears the whole name.
        """
        key = name_key(name)
        for wanted in dict.fromkeys((key, stem_of(key))):
            found = [row for row in self._by_key.get(wanted, ()) if wanted and _reaches(row, above)]
            if found:
                return min(found, key=lambda row: (_distance(row, above), row.title_id)).title_id
        return None


def _reaches(row: _Named, above: Sequence[int]) -> bool:
    return row.unit_id == above[0] or (row.is_offered and (row.is_public or row.unit_id in above))


def _distance(row: _Named, above: Sequence[int]) -> int:
    return above.index(row.unit_id) if row.unit_id in above else len(above)
