"""Tell damage of the index files from other failures."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from whoosh.filedb.filestore import FileStorage

from search_index.engine import IndexUnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from search_index.folder import IndexFolder

# A process that has run out of these says nothing about the files.
_OWN_TROUBLES = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM})


class _RecordingStorage(FileStorage):
    """Remembers the files it opens: Whoosh leaves them open when it stumbles over one."""

    def __init__(self, path: str) -> None:
        super().__init__(path)  # type: ignore[no-untyped-call]  # Whoosh is half typed
        self.opened: list[Any] = []

    def open_file(self, name: str, **options: Any) -> Any:
        """Open a file as Whoosh does."""
        file = super().open_file(name, **options)  # type: ignore[no-untyped-call]  # Whoosh is half typed
        self.opened.append(file)
        return file


@contextmanager
def opening(folder: Path) -> Iterator[FileStorage]:
    """Give Whoosh's storage of a folder; what was opened stays open only when all goes well."""
    storage = _RecordingStorage(str(folder))
    try:
        yield storage
    except BaseException:
        for file in storage.opened:
            if not file.is_closed:
                file.close()
        raise
    finally:
        storage.opened.clear()


@contextmanager
def damage_noticed(passing: type[Exception] = IndexUnavailableError) -> Iterator[None]:
    """Turn whatever Whoosh stumbles over in damaged files into IndexUnavailableError, but for `passing`.

    Broken pickles, blocks and offsets show themselves as nearly any exception.
    """
    try:
        yield
    except (passing, MemoryError, IndexUnavailableError):
        raise
    except Exception as error:
        raise IndexUnavailableError(f"damaged index: {error!r}") from error


@contextmanager
def damage_reported(folder: IndexFolder) -> Iterator[None]:
    """Leave word in the folder when something in the block finds the index damaged, so that the writer rebuilds it."""
    try:
        yield
    except IndexUnavailableError as error:
        if getattr(error.__cause__, "errno", None) not in _OWN_TROUBLES:
            folder.report_damage()
        raise
