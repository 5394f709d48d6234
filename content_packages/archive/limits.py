"""How much of a file intake is willing to handle."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds of one archive; sizes are in bytes, after inflating unless said otherwise.

    The ratio counts only beyond `ratio_floor`, because small blank pictures and tables legitimately shrink
    more than a hundredfold.
    """

    entries: int = 50_000
    directory_size: int = 8 * MIB  # the central directory itself, as stored
    entry_size: int = 2048 * MIB
    total_size: int = 2048 * MIB
    ratio: int = 100
    ratio_floor: int = 4_000_000
    path_length: int = 1024  # characters of a whole path
    name_length: int = 255  # characters of one file or folder name
    findings_per_code: int = 10  # a hostile archive must not produce a report of a million lines
