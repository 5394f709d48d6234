"""The child's side of a foreign program: give up rights, then become the program; started only by `program`."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import sys
from contextlib import suppress

from content_packages.landlock import confine

_CLONE_NEWUSER_NEWNET = 0x10000000 | 0x40000000
# Programs, libraries, fonts, and what says who and where one is; no settings of services, no other process.
_SYSTEM = (
    *("/usr", "/lib", "/lib64", "/lib32", "/bin", "/nix/store", "/var/lib/libreoffice"),
    *("/var/spool/libreoffice", "/var/cache/fontconfig", "/etc/locale.alias"),
    *("/etc/fonts", "/etc/libreoffice", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime"),
    *("/etc/passwd", "/etc/group", "/etc/nsswitch.conf", "/etc/papersize", "/etc/alternatives", "/etc/java"),
    *("/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/filesystems", "/sys/devices/system/cpu"),
)
_DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random", "/dev/shm")  # noqa: S108 - device files


def main() -> None:
    """Limits first, then the network, then the files: nothing of the house's own can be read from here on."""
    asked = json.loads(sys.argv[1])
    folder = asked["folder"]
    with suppress(OSError, AttributeError):
        kernel = ctypes.CDLL(None, use_errno=True)
        kernel.unshare(_CLONE_NEWUSER_NEWNET)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (asked["output"], asked["output"]))
    resource.setrlimit(resource.RLIMIT_CPU, (asked["cpu_seconds"], asked["cpu_seconds"] + 1))
    resource.setrlimit(resource.RLIMIT_AS, (asked["memory"], asked["memory"]))
    os.chdir(folder)
    confine([*_SYSTEM, *asked["read"]], [folder, *_DEVICES], asked["sockets"])
    environment = {
        "PATH": os.defpath,
        "HOME": folder,
        "TMPDIR": folder,
        "LC_ALL": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
    }
    os.execve(asked["command"][0], asked["command"], environment)  # noqa: S606 - that is its purpose


if __name__ == "__main__":
    main()
