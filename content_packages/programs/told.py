"""The words that every format of programs is told in."""

from __future__ import annotations

import struct
from dataclasses import dataclass, fields

from content_packages.page_text import collapse

LONGEST = 200  # characters of a value


# What reading damaged structures raises; a reader of ours that meets it has read as far as it could.
DAMAGE = (struct.error, ValueError, IndexError, KeyError, OverflowError, UnicodeError, EOFError, OSError, TypeError)


@dataclass(frozen=True, slots=True)
class Told:
    """What a program says of itself: "" where it says nothing.

    `signer` is the name in a signature the file carries; that the signature is good was not verified.
    """

    product: str = ""
    release: str = ""
    vendor: str = ""
    platform: str = ""
    architecture: str = ""
    signer: str = ""

    def properties(self) -> dict[str, str]:
        """Only what is said, on one line each and of bounded length."""
        said = {each.name: collapse(getattr(self, each.name))[:LONGEST] for each in fields(self)}
        return {name: value for name, value in said.items() if value}
