"""Linux programs (ELF), AppImages among them: the machine they are for; what they are stands nowhere in the head."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from content_packages.programs.told import Told

if TYPE_CHECKING:
    from content_packages.source import Source

_MACHINES: Final = {0x03: "x86", 0x3E: "x86-64", 0xB7: "arm64", 0x28: "arm", 0xF3: "riscv"}
_BIG_ENDIAN: Final = 2


def read(source: Source) -> Told:
    """Read the machine (ELF header, `e_machine`)."""
    head = source.head(20)
    order = ">" if len(head) > 5 and head[5] == _BIG_ENDIAN else "<"  # noqa: PLR2004 - EI_DATA
    (machine,) = struct.unpack_from(f"{order}H", head, 18)
    return Told(platform="linux", architecture=_MACHINES.get(machine, ""))
