"""The manifest of a backup: which schema it has and what belongs to it, with digests; written last."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from elearn.services.errors import ServiceError

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = 1
NAME = "manifest.json"
CHUNK = 1024 * 1024


class BackupError(ServiceError):
    """A backup cannot be written, read or believed; the code and parameters say why."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    `tables` maps the name of a table to the number of its rows and the SHA-256 of its file (uncompressed);
    `files` maps the digest of each blob to its size in bytes, or is None when only rows were kept.
    """

    schema: str
    made_at: str
    engine: str
    tables: dict[str, dict[str, int | str]]
    files: dict[str, int] | None
    format: int = FORMAT


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest at once: a backup without one is not finished."""
    unfinished = folder / f"{NAME}.part"
    with unfinished.open("w", encoding="utf-8") as file:
        json.dump(asdict(manifest), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(folder / NAME)


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a backup.

    Raises:
        BackupError: `backup_unfinished` (there is none), `backup_unreadable` or `backup_format`.
    """
    try:
        values = json.loads((folder / NAME).read_text(encoding="utf-8"))
        manifest = Manifest(**values)
    except FileNotFoundError:
        raise BackupError("backup_unfinished", folder=str(folder)) from None
    except (OSError, ValueError, TypeError):
        raise BackupError("backup_unreadable", folder=str(folder)) from None
    if manifest.format != FORMAT:
        raise BackupError("backup_format", format=manifest.format)
    return manifest


def table_path(folder: Path, table: str) -> Path:
    """The file with the rows of a table: gzip, one JSON array per line."""
    return folder / "rows" / f"{table}.jsonl.gz"


def file_path(folder: Path, digest: str) -> Path:
    """The file with the bytes of a blob."""
    return folder / "files" / digest[:2] / digest


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            found.update(piece)
    return found.hexdigest()
