"""Optional parts that are not ours to hand out: fetched once by the operator, checked, and kept in the data folder.

The player of H5P is the only one. Its licence (the core of H5P is under GPL 3) is why it is no dependency of ours; it
runs on the content host alone, beside the content that it plays.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST: Final = 20 * 1024 * 1024  # bytes of a part, packed or unpacked
MOST_FILES: Final = 500
PATIENCE: Final = 300  # seconds for the registry


class PartError(Exception):
    """A part could not be installed; `code` says why: `no_npm`, `not_fetched`, `wrong_checksum`, `not_a_part`."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class InstallablePart:
    """A package of the npm registry in one version, the SHA-512 of its archive, and the folder in it that is needed."""

    name: str
    package: str
    version: str
    sha512: str
    folder: str
    needed: tuple[str, ...]

    @property
    def archive(self) -> str:
        """The name of the archive in the registry."""
        return f"{self.package}-{self.version}.tgz"

    def place(self, home: Path) -> Path:
        """Where it lies once it is installed; another version never meets the files of this one."""
        return home / "parts" / self.name / self.version


H5P: Final = InstallablePart(
    "h5p",
    "h5p-standalone",
    "3.8.2",
    "afb790b53cc193f75b69067eb40f570f915e4a6c8cc65ca94595ee76285e0a70"
    "bccc04f4ff336052f3b8319b596b39f07d8568f7ca3b768e6ec4b4d442bc71c2",
    "package/dist",
    ("main.bundle.js", "frame.bundle.js", "styles/h5p.css"),
)
PARTS: Final = {part.name: part for part in (H5P,)}


def installed(home: Path, part: InstallablePart) -> bool:
    """Whether a part can be used."""
    place = part.place(home)
    return all((place / name).is_file() for name in part.needed)


def install(home: Path, part: InstallablePart, archive: Path | None = None) -> Path:
    """Install a part from its archive, or from the registry that npm is set up with; returns its folder.

    Raises:
        PartError: it could not be fetched, or is not what it should be; what was there before stays.
    """
    with tempfile.TemporaryDirectory(prefix="part-") as name:
        packed = archive or _fetched(part, Path(name))
        _check(packed, part)
        fresh = Path(name) / "fresh"
        _unpack(packed, part, fresh)
        place = part.place(home)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(fresh, place)
    return place


def _fetched(part: InstallablePart, folder: Path) -> Path:
    npm = shutil.which("npm")
    if npm is None:
        raise PartError("no_npm", part.archive)
    command = [npm, "pack", f"{part.package}@{part.version}", "--pack-destination", str(folder), "--ignore-scripts"]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        raise PartError("not_fetched", part.archive) from None
    packed = folder / part.archive
    if done.returncode or not packed.is_file():
        raise PartError("not_fetched", done.stderr[-500:])
    return packed


def _check(packed: Path, part: InstallablePart) -> None:
    try:
        with packed.open("rb") as file:
            found = hashlib.file_digest(file, "sha512").hexdigest()
    except OSError as error:
        raise PartError("not_fetched", str(error)) from None
    if found != part.sha512:
        raise PartError("wrong_checksum", packed.name)


def _unpack(packed: Path, part: InstallablePart, folder: Path) -> None:
    """Write the plain files of the needed folder; the archive is known by its checksum, and bounded all the same."""
    size = 0
    with tarfile.open(packed, "r:gz") as archive:
        for member, path in _members(archive, part):
            size += member.size
            source = archive.extractfile(member)
            if source is None or size > LARGEST:
                raise PartError("not_a_part", packed.name)
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            with source, target.open("wb") as file:
                shutil.copyfileobj(source, file)
    if not all((folder / name).is_file() for name in part.needed):
        raise PartError("not_a_part", packed.name)


def _members(archive: tarfile.TarFile, part: InstallablePart) -> Iterator[tuple[tarfile.TarInfo, PurePosixPath]]:
    for number, member in enumerate(archive):
        path = PurePosixPath(member.name)
        if number >= MOST_FILES or not member.isfile() or ".." in path.parts or not path.is_relative_to(part.folder):
            continue
        yield member, path.relative_to(part.folder)
