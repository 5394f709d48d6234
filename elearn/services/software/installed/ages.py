"""How old what is installed is: releases by the version that was reported, and the age that follows from them.

The age stands in the rows, so that pages need not compare versions of a whole province; it is derived anew whenever
the releases of a title change.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from elearn.models.installations import Age, Installation, Proof
from elearn.models.software import SoftwareFile, SoftwareRelease
from elearn.services.software.versions import is_older, same_version

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Version:
    """A version as the catalogue knows it: its release when it has one, how old it is, and what proves it."""

    text: str
    release_id: int | None
    age: Age
    proof: Proof = Proof.SAID


class Releases:
    """The releases of some titles, read with two statements."""

    def __init__(self, session: Session, titles: Collection[int], digests: Collection[str] = ()) -> None:
        self._of: dict[int, list[SoftwareRelease]] = defaultdict(list)
        held = select(SoftwareRelease).where(SoftwareRelease.title_id.in_(titles)).order_by(SoftwareRelease.id)
        for release in session.scalars(held) if titles else ():
            self._of[release.title_id].append(release)
        # What a file says of itself is what an agent reads from the machine, which is not always what people say.
        self._stated: dict[int, set[str]] = defaultdict(set)
        files = select(SoftwareFile.release_id, SoftwareFile.facts).join(
            SoftwareRelease, SoftwareRelease.id == SoftwareFile.release_id
        )
        for release_id, facts in session.execute(files.where(SoftwareRelease.title_id.in_(titles))) if titles else ():
            if facts.get("release"):
                self._stated[release_id].add(facts["release"])
        self._by_file = _releases_of_files(session, digests)

    def title_of_file(self, digest: str) -> int | None:
        """The title of which a file with these bytes is."""
        found = self._by_file.get(digest)
        return found.title_id if found else None

    def of(self, title_id: int) -> list[SoftwareRelease]:
        """The releases of a title."""
        return self._of.get(title_id, [])

    def read(self, title_id: int, text: str, digest: str = "", proof: Proof = Proof.SAID) -> Version:
        """What a reported version is; the very file of a release proves more than any text."""
        releases = self.of(title_id)
        latest = next((row for row in releases if row.is_latest), None)
        by_file = self._by_file.get(digest) if digest else None
        if by_file is not None and by_file.title_id == title_id:
            return Version(text or by_file.version, by_file.id, age_of(text, by_file, latest), Proof.FILE)
        named = next((row for row in releases if text and self._is(row, text)), None)
        return Version(text, named.id if named else None, age_of(text, named, latest), proof)

    def _is(self, release: SoftwareRelease, text: str) -> bool:
        return any(same_version(text, known) for known in (release.version, *self._stated[release.id]))


def _releases_of_files(session: Session, digests: Iterable[str]) -> dict[str, SoftwareRelease]:
    wanted = set(digests) - {""}
    if not wanted:
        return {}
    rows = select(SoftwareFile.blob_sha256, SoftwareRelease).join(
        SoftwareRelease, SoftwareRelease.id == SoftwareFile.release_id
    )
    found = session.execute(rows.where(SoftwareFile.blob_sha256.in_(wanted)).order_by(SoftwareFile.id.desc()))
    return {digest: release for digest, release in found}  # noqa: C416 - rows of two


def age_of(version: str, release: SoftwareRelease | None, latest: SoftwareRelease | None) -> Age:
    """How a version stands to the latest release of its title; one that nobody knows is compared by its numbers."""
    if release is not None and not release.is_supported:
        return Age.UNSUPPORTED
    if latest is None:
        return Age.UNKNOWN
    if release is not None:
        is_old = release is not latest and release.released_on < latest.released_on
        return Age.OUTDATED if is_old else Age.CURRENT
    older = is_older(version, latest.version)
    if older is None:
        return Age.UNKNOWN
    return Age.OUTDATED if older else Age.CURRENT


def restate(session: Session, titles: Collection[int]) -> None:
    """Derive release and age of what stands anew, after the releases of some titles have changed."""
    standing = select(Installation.title_id, Installation.version, Installation.release_id, Installation.proof)
    standing = standing.where(Installation.title_id.in_(titles), Installation.is_current).distinct()
    held = session.execute(standing).all()
    if not held:
        return
    releases = Releases(session, titles)
    by_id = {row.id: row for title in titles for row in releases.of(title)}
    for title_id, text, release_id, proof in held:
        if title_id is None:
            continue
        known = by_id.get(release_id) if proof is Proof.FILE else None
        latest = next((row for row in releases.of(title_id) if row.is_latest), None)
        read = Version(text, known.id, age_of(text, known, latest)) if known else releases.read(title_id, text)
        session.execute(
            update(Installation)
            .where(
                Installation.title_id == title_id,
                Installation.is_current,
                Installation.version == text,
                Installation.proof == proof,
                Installation.release_id.is_(None) if release_id is None else Installation.release_id == release_id,
            )
            .values(release_id=read.release_id, age=read.age)
            .execution_options(synchronize_session=False)
        )
