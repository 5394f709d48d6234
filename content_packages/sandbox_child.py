"""The child's side of the sandbox: give up files, network and rights, then run the parser; started by `sandbox`."""

from __future__ import annotations

import ctypes
import os
import resource
import runpy
import sys
from contextlib import suppress
from pathlib import Path

from content_packages.landlock import confine

_CLONE_NEWUSER_NEWNET = 0x10000000 | 0x40000000
_PR_SET_DUMPABLE = 4
_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "os.spawn")
# Libraries, fonts and time zones; Python itself and our own rooms are added.
_SYSTEM = ("/usr", "/lib", "/lib64", "/etc/fonts", "/etc/ld.so.cache", "/etc/localtime", "/etc/mime.types", "/dev/null")
_HOUSE = Path(__file__).parent.parent
_ROOMS = ("content_packages", "scorm")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def refuse(event: str, args: tuple[object, ...]) -> None:
    """Audit hook: no sockets, no further processes, no file opened for writing."""
    if event.startswith(_FORBIDDEN):
        raise PermissionError(event)
    if event == "open" and isinstance(args[2], int) and args[2] & _WRITING:
        raise PermissionError(event)


def give_up_rights(memory: int, cpu_seconds: int, output: int) -> None:
    """Set the limits; the network namespace is a second wall where the kernel lets us have one."""
    with suppress(OSError, AttributeError):
        kernel = ctypes.CDLL(None, use_errno=True)
        kernel.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
        kernel.unshare(_CLONE_NEWUSER_NEWNET)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (output, output))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    sys.addaudithook(refuse)


def main() -> None:
    """Run the script named in the arguments on what stands after it: the file, and what the script wants to know."""
    memory, cpu_seconds, output, script, *arguments = sys.argv[1:]
    rooms = [str(_HOUSE / room) for room in _ROOMS]
    confine([*_SYSTEM, sys.prefix, sys.base_prefix, *rooms, script, *arguments[:1]])
    give_up_rights(int(memory), int(cpu_seconds), int(output))
    sys.argv = [script, *arguments]
    runpy.run_path(script, run_name="__main__")


if __name__ == "__main__":
    main()
