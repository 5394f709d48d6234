"""Samples of programs, built here byte by byte; none of them can run."""

from __future__ import annotations

import datetime as dt
import struct

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tests.support.packages import program

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._"


def signature(name: str = "Công ty An Bình") -> bytes:
    """A PKCS #7 structure with the certificate of an organisation that may sign code."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, "Ký mã"), x509.NameAttribute(NameOID.ORGANIZATION_NAME, name)]
    )
    begins = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(begins)
        .not_valid_after(begins + dt.timedelta(days=365))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING]), critical=False)
        .sign(key, hashes.SHA256())
    )
    return pkcs7.serialize_certificates([certificate], serialization.Encoding.DER)


def signed_program(machine: int = 0x8664, signed: bytes | None = None, **version: str) -> bytes:
    """A Windows program of 64 bits with optional header, resources, and a table of certificates at its end."""
    plain = program(**version)
    resources = plain[0x40 + 24 + 40 :]
    optional = struct.pack("<H", 0x20B).ljust(112, b"\0")
    start = 0x40 + 24 + 112 + 16 * 8 + 40
    table = signed or b""
    wrapped = struct.pack("<L2H", len(table) + 8, 0x200, 2) + table if table else b""
    place = start + len(resources)
    directories = b"\0" * 32 + struct.pack("<2L", place if table else 0, len(wrapped)) + b"\0" * (16 * 8 - 40)
    coff = b"PE\0\0" + struct.pack("<2H12x2H", machine, 1, len(optional) + len(directories), 0)
    section = struct.pack("<8s4L16x", b".rsrc", len(resources), 0, len(resources), start)
    head = b"MZ".ljust(0x3C, b"\0") + struct.pack("<L", 0x40)
    return head + coff + optional + directories + section + resources + wrapped


def elf(machine: int = 0x3E) -> bytes:
    """The head of a program for Linux, with the mark of an AppImage of type 2."""
    return (b"\x7fELF\2\1\1\0AI\x02".ljust(16, b"\0") + struct.pack("<2H", 2, machine)).ljust(4096, b"\0")


def iso(volume: str = "PHAN_MEM_TOAN", publisher: str = "NHA XUAT BAN") -> bytes:
    """A CD with only its volume descriptor."""
    descriptor = bytearray(b"\x01CD001\x01".ljust(2048, b"\0"))
    descriptor[40:72] = volume.encode().ljust(32)
    descriptor[318:446] = publisher.encode().ljust(128)
    return b"\0" * (16 * 2048) + bytes(descriptor) + b"\xffCD001\x01".ljust(2048, b"\0")


def dmg() -> bytes:
    """A disk image of Apple's, with its trailer."""
    return b"\0" * 4096 + b"koly".ljust(512, b"\0")


def android_manifest(*, utf8: bool = False, **said: str) -> bytes:
    """A manifest in binary XML with string attributes of its first element."""
    words = ["manifest", *said, *said.values()]
    encoded = [_packed(word, utf8=utf8) for word in words]
    offsets = [sum(map(len, encoded[:index])) for index in range(len(encoded))]
    body = b"".join(encoded)
    body += b"\0" * (-len(body) % 4)
    start = 28 + 4 * len(words)
    pool = struct.pack("<2H6L", 1, 28, start + len(body), len(words), 0, 256 if utf8 else 0, start, 0)
    pool += struct.pack(f"<{len(words)}L", *offsets) + body
    attributes = b"".join(
        struct.pack("<3LH2BL", 0xFFFFFFFF, 1 + n, 1 + len(said) + n, 8, 0, 3, 1 + len(said) + n)
        for n in range(len(said))
    )
    element = struct.pack("<2L2L6H", 1, 0xFFFFFFFF, 0xFFFFFFFF, 0, 20, 20, len(said), 0, 0, 0) + attributes
    element = struct.pack("<2HL", 0x102, 16, 8 + len(element)) + element
    return struct.pack("<2HL", 3, 8, 8 + len(pool) + len(element)) + pool + element


def _packed(word: str, *, utf8: bool) -> bytes:
    if utf8:
        return bytes([len(word), len(word.encode())]) + word.encode() + b"\0"
    return struct.pack("<H", len(word)) + word.encode("utf-16-le") + b"\0\0"


def installer(*, template: str = "x64;1066", signed: bytes = b"", **properties: str) -> bytes:
    """A Windows Installer package: a compound file with the table of properties and a summary."""
    words = [*properties, *properties.values()]
    encoded = [word.encode() for word in words]
    pool = struct.pack("<L", 65001) + b"".join(struct.pack("<2H", len(word), 1) for word in encoded)
    count = len(properties)
    rows = struct.pack(f"<{2 * count}H", *range(1, 2 * count + 1))
    streams = {
        _table("_StringPool"): pool,
        _table("_StringData"): b"".join(encoded),
        _table("Property"): rows,
        "\x05SummaryInformation": _summary(template),
    }
    return compound(streams | ({"\x05DigitalSignature": signed} if signed else {}))


def _table(name: str) -> str:
    """The name of a table's stream, two characters in one."""
    packed = "\u4840"
    for first, second in zip(name[::2], [*name[1::2], ""], strict=False):
        low = _DIGITS.index(first)
        packed += chr(0x3800 + low + (_DIGITS.index(second) << 6)) if second else chr(0x4800 + low)
    return packed


def _summary(template: str) -> bytes:
    """A property set with the template alone ([MS-OLEPS] 2.20)."""
    text = template.encode() + b"\0"
    value = struct.pack("<2L", 30, len(text)) + text.ljust(-(-len(text) // 4) * 4, b"\0")
    section = struct.pack("<4L", 16 + len(value), 1, 7, 16) + value
    return (
        struct.pack("<2HL16sL16sL", 0xFFFE, 0, 0, b"\0" * 16, 1, bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9"), 48)
        + section
    )


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file ([MS-CFB]) of version 3; its streams are short and lie in the mini stream."""
    starts, mini, chain = {}, b"", []
    for name, data in streams.items():
        starts[name] = len(chain)
        count = -(-len(data) // 64)
        chain += [*range(len(chain) + 1, len(chain) + count), _END]
        mini += data.ljust(count * 64, b"\0")
    rows = [_entry(_ROOT, 5, 1, 0, len(mini))]
    names = [*streams]
    rows += [
        _entry(name, 2, n + 2 if n + 1 < len(names) else _NONE, starts[name], len(streams[name]))
        for n, name in enumerate(names)
    ]
    parts = [mini, struct.pack(f"<{len(chain)}L", *chain), b"".join(rows)]
    fills = [b"\0", b"\xff", b"\0"]
    sectors = [part.ljust(-(-len(part) // 512) * 512, fill) for part, fill in zip(parts, fills, strict=True)]
    firsts, table = [], [0xFFFFFFFD]
    for data in sectors:
        firsts.append(len(table))
        table += [*range(len(table) + 1, len(table) + len(data) // 512), _END]
    assert len(table) <= 128, "one sector of allocation is enough for samples"
    rows_patched = sectors[2][:116] + struct.pack("<L", firsts[0]) + sectors[2][120:]
    head = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16 + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9L", 0, 1, firsts[2], 0, 4096, firsts[1], len(sectors[1]) // 512, _END, 0)
    head += struct.pack("<L", 0) + b"\xff" * 432
    allocation = struct.pack(f"<{len(table)}L", *table).ljust(512, b"\xff")
    return head + allocation + sectors[0] + sectors[1] + rows_patched


_ROOT, _NONE, _END = "Root Entry", 0xFFFFFFFF, 0xFFFFFFFE


def _entry(name: str, kind: int, next_row: int, start: int, size: int) -> bytes:
    """A row of the directory; the streams hang below each other to the right of the first, which the root names."""
    raw = (name + "\0").encode("utf-16-le")
    right, child = (_NONE, next_row) if name == _ROOT else (next_row, _NONE)
    classed = bytes.fromhex("84100c0000000000c000000000000046") if name == _ROOT else b"\0" * 16
    row = raw.ljust(64, b"\0") + struct.pack("<H2B3L", len(raw), kind, 1, _NONE, right, child)
    return row + classed + b"\0" * 20 + struct.pack("<LQ", start, size)


def apk(manifest: bytes, **files: bytes) -> dict[str, bytes]:
    """The files of an Android program."""
    return {"AndroidManifest.xml": manifest, "classes.dex": b"dex\n035\0", **files}
