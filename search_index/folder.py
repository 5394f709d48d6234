"""The folder of an index: which generation is current, who may write, and what is left over.

    current             names the generation and the last commit; replaced atomically
    writer.lock         held by the one writer; the system frees it when the process dies
    damaged             names the generation in which a reader stumbled over damage, for the writer to see
    generation-.../     a whole index, with the sums of its files

The index is derived data and is not fsynced: after a power cut it may be damaged, which is noticed, and is rebuilt.
"""

from __future__ import annotations

import json
import shutil
from contextlib import contextmanager, suppress
from secrets import token_hex
from typing import TYPE_CHECKING, NamedTuple

from whoosh.util.filelock import FileLock

from search_index.damage import damage_noticed
from search_index.engine import IndexBusyError, IndexUnavailableError
from search_index.fields import INDEX_FORM
from search_index.sums import damaged_files, seal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PREFIX = "generation-"


class Pointer(NamedTuple):
    """What `current` says; every commit has another `commit`, so comparing two pointers tells of changes."""

    generation: str
    commit: str


class IndexFolder:
    """Finds, locks and swaps generations under one path."""

    def __init__(self, path: Path, engine: str = "whoosh") -> None:
        self.path = path
        self._engine = engine

    def pointer(self) -> Pointer:
        """Read the pointer.

        Raises:
            IndexUnavailableError: there is none, or it is of another form or engine.
        """
        try:
            form, engine, generation, commit = json.loads((self.path / "current").read_text())
        except (OSError, ValueError, TypeError) as error:
            raise IndexUnavailableError(f"no index in {self.path}") from error
        if (form, engine) != (INDEX_FORM, self._engine):
            raise IndexUnavailableError(f"index of form {form} of {engine}, not {INDEX_FORM} of {self._engine}")
        return Pointer(generation, commit)

    def generation(self, name: str) -> Path:
        """Give the folder of a generation."""
        return self.path / name

    def report_damage(self) -> None:
        """Leave word that the current generation is damaged; readers that may not write here keep it to themselves."""
        with suppress(IndexUnavailableError, OSError):
            name = self.pointer().generation
            (self.path / "damaged").write_text(name)

    def is_sound(self) -> bool:
        """Tell whether there is a current generation that nobody has reported as damaged."""
        try:
            name = self.pointer().generation
        except IndexUnavailableError:
            return False
        try:
            reported = (self.path / "damaged").read_text()
        except OSError:
            reported = ""
        return reported != name and self.generation(name).is_dir()

    def seal(self, generation: Path) -> None:
        """Note what the files of a generation are like, now that nobody writes into it any more.

        Raises:
            IndexUnavailableError: what was noted before is damaged.
        """
        with damage_noticed(passing=OSError):
            seal(generation)

    def verify(self) -> None:
        """Read all files of the current generation, which costs about a second for each gigabyte.

        Raises:
            IndexUnavailableError: one is not as it was committed, or there is no index.
        """
        generation = self.generation(self.pointer().generation)
        with damage_noticed(passing=OSError):
            damaged = damaged_files(generation)
        if damaged:
            raise IndexUnavailableError(f"damaged files: {', '.join(damaged)}")

    @contextmanager
    def new_generation(self) -> Iterator[Path]:
        """Give a new folder; it becomes the current generation at the end, or is removed when filling it fails."""
        generation = self.path / f"{_PREFIX}{token_hex(8)}"
        generation.mkdir(parents=True)
        try:
            yield generation
            self.seal(generation)
            self.point_to(generation)
        except BaseException:
            shutil.rmtree(generation, ignore_errors=True)
            raise

    def point_to(self, generation: Path) -> None:
        """Tell all readers that this generation has changed or is the new one."""
        new = self.path / "current.new"
        new.write_text(json.dumps([INDEX_FORM, self._engine, generation.name, token_hex(8)]))
        new.replace(self.path / "current")

    def remove_others(self, kept: Path) -> None:
        """Remove all generations but one, those of broken-off rebuilds too; open readers keep their files."""
        for generation in self.path.glob(f"{_PREFIX}*"):
            if generation != kept:
                shutil.rmtree(generation, ignore_errors=True)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the right to write.

        Raises:
            IndexBusyError: another process or thread holds it.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        lock = FileLock(str(self.path / "writer.lock"))
        if not lock.acquire(blocking=False):
            raise IndexBusyError(f"another writer holds {self.path}")
        try:
            yield
        finally:
            lock.release()
