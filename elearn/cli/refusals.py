"""The sentences for what services refuse to the command line."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from elearn.cli.voice import REFUSED, stop
from elearn.services.errors import ServiceError
from elearn.web.shared_sentences import SHARED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SENTENCES: Mapping[str, str] = {
    **SHARED,
    "backup_empty": "The database is empty; there is nothing to back up.",
    "backup_unfinished": "%(folder)s holds no finished backup: manifest.json is absent.",
    "backup_unreadable": "The manifest of the backup in %(folder)s cannot be read.",
    "backup_format": "The backup has format %(format)s, which this program does not know.",
    "backup_newer": "The backup was made by a newer elearn (schema %(schema)s). Restore it with that program.",
    "backup_damaged": "The backup is damaged: %(name)s is absent or not as it was written. Nothing was restored.",
    "backup_file_missing": "The file %(sha256)s is missing in the storage. Run: elearn check",
    "backup_file_damaged": "The file %(sha256)s in the storage is damaged. Run: elearn check --deep",
    "restore_not_empty": (
        "This installation already has accounts or materials, so nothing was restored. "
        "Set ELEARN_HOME (and ELEARN_DATABASE_URL) to an empty place."
    ),
}


@contextmanager
def explained() -> Iterator[None]:
    """End the command with exit code 3 and a sentence when a service refuses."""
    try:
        yield
    except ServiceError as error:
        stop(SENTENCES.get(error.code, error.code), code=REFUSED, **error.params)
