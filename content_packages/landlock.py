"""Landlock: a process gives up all files but those that it names, where the kernel (Linux 5.13 and later) can do that.

The three system calls have no wrapper in libc; their numbers and structures are those of `linux/landlock.h`.
"""

from __future__ import annotations

import ctypes
import os
import struct
from contextlib import suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_PR_SET_NO_NEW_PRIVS: Final = 38
_VERSION_FLAG: Final = 1
_PATH_BENEATH: Final = 1
_TRUNCATE_SINCE: Final = 3  # the version of the interface that knows the right to truncate
_EXECUTE, _WRITE, _READ, _READ_FOLDER, _TRUNCATE = 1, 2, 4, 8, 1 << 14
_CHANGE_FOLDERS: Final = 0x1FF0  # removing and making entries of every kind
_SOCKETS: Final = 1 << 9 | 1 << 5  # making sockets, removing files
_OF_FILES: Final = _EXECUTE | _WRITE | _READ | _TRUNCATE


def confine(read: Iterable[str], write: Iterable[str] = (), sockets: Iterable[str] = ()) -> bool:
    """Let this process and its children read (and run) only what is below `read`, and write only below `write`.

    In the folders `sockets` they may make sockets, and remove what is theirs. Paths that do not exist are left out.
    Returns whether the kernel has taken it; there is no way back.
    """
    with suppress(OSError, AttributeError):
        kernel = ctypes.CDLL(None, use_errno=True)
        kernel.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)  # without it only the superuser may
        version = kernel.syscall(_CREATE, None, 0, _VERSION_FLAG)
        if version < 1:
            return False
        truncate = _TRUNCATE if version >= _TRUNCATE_SINCE else 0
        reading = _EXECUTE | _READ | _READ_FOLDER
        everything = reading | _WRITE | _CHANGE_FOLDERS | truncate
        rules = kernel.syscall(_CREATE, struct.pack("=Q", everything), 8, 0)
        if rules < 0:
            return False
        for paths, rights in ((read, reading), (write, everything), (sockets, _SOCKETS)):
            for path in paths:
                _allow(kernel, rules, path, rights)
        done = kernel.syscall(_RESTRICT, rules, 0)
        os.close(rules)
        return bool(done == 0)
    return False


def _allow(kernel: ctypes.CDLL, rules: int, path: str, rights: int) -> None:
    try:
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    if not os.path.isdir(path):  # noqa: PTH112 - the child that calls this has imported as little as possible
        rights &= _OF_FILES
    kernel.syscall(_ADD, rules, _PATH_BENEATH, struct.pack("=Qi", rights, handle), 0)
    os.close(handle)
