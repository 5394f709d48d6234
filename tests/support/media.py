"""Sound and film for tests: the heads of the files, without anything to hear or see."""

from __future__ import annotations

import struct


def box(name: bytes, *bodies: bytes) -> bytes:
    """A box of ISO 14496-12."""
    body = b"".join(bodies)
    return struct.pack(">L4s", 8 + len(body), name) + body


def film(seconds: int = 90, width: int = 640, height: int = 360) -> bytes:
    """An MP4 of one track whose heads say what it is."""
    head = box(b"mvhd", b"\0" * 12, struct.pack(">2L", 600, 600 * seconds), b"\0" * 80)
    track = box(b"tkhd", b"\0" * 76, struct.pack(">2L", width << 16, height << 16))
    return box(b"ftyp", b"isom\0\0\2\0isommp41") + box(b"moov", head, box(b"trak", track)) + box(b"mdat", b"\0" * 64)


def sound(seconds: int = 3) -> bytes:
    """A WAV of silence."""
    rate = 8000
    head = struct.pack("<4sL4s4sLHHLLHH", b"RIFF", 36 + rate * seconds, b"WAVE", b"fmt ", 16, 1, 1, rate, rate, 1, 8)
    return head + struct.pack("<4sL", b"data", rate * seconds) + b"\x80" * (rate * seconds)
