"""Conformance cases as data: a folder with `cases.json` and one package per course."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from scorm.manifest import read_manifest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from scorm.manifest.model import Manifest

MANIFEST = "imsmanifest.xml"


@dataclass(frozen=True)
class Course:
    """One package: its manifest, and how each of its pages behaves ("normal", "unload-exitAll", ...)."""

    name: str
    manifest: Manifest
    pages: Mapping[str, str]


@dataclass(frozen=True)
class Suite:
    """All cases of one folder."""

    folder: Path
    cases: Mapping[str, dict[str, Any]]
    packages: Mapping[str, dict[str, Any]]

    def chains(self, names: Iterable[str]) -> Iterator[list[str]]:
        """The cases to play, those that share a learner with the earlier ones of their chain in one list."""
        told: set[str] = set()
        wanted = list(names)
        for name in wanted:
            chain = self.cases[name].get("chain", [name])
            if chain[0] not in told:
                told.add(chain[0])
                last = max(place for place, member in enumerate(chain) if member in wanted)
                yield chain[: last + 1]

    def course(self, name: str) -> Course:
        """A package, read as an upload is read."""
        described = self.packages[name]
        with zipfile.ZipFile(self.folder / described["zip"]) as archive:
            manifest, findings = read_manifest(archive.read(MANIFEST), archive.namelist())
        assert manifest is not None, findings
        return Course(name, manifest, described["pages"])

    def item_titled(self, package: str, title: str) -> str:
        """The identifier of the activity that an instruction calls by its title."""
        items = self.packages[package]["items"]
        if "corresponds to the root" in title:
            return str(items[0]["id"])
        return next(str(item["id"]) for item in items if item["title"] == title)


@cache
def load_suite(folder: Path) -> Suite:
    """Read `cases.json` of a folder."""
    index = json.loads((folder / "cases.json").read_text(encoding="utf-8"))
    return Suite(folder, index["cases"], index["packages"])
