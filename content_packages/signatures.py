"""What a file that is no ZIP archive is, by its bytes: our own short table first, then libmagic or puremagic."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from content_packages.containers import Identity
from content_packages.facts import Kind
from scorm.manifest.xml_document import MAX_BYTES, parse_document

if TYPE_CHECKING:
    from content_packages.source import Source

_HEAD: Final = 64 * 1024
_PDF_WITHIN: Final = 1024  # PDF 1.7, annex H, implementation note 13
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS: Final = (
    ("WordDocument", Identity(Kind.DOCUMENT, "application/msword")),
    ("PowerPoint Document", Identity(Kind.PRESENTATION, "application/vnd.ms-powerpoint")),
    ("Workbook", Identity(Kind.SPREADSHEET, "application/vnd.ms-excel")),
    ("Book", Identity(Kind.SPREADSHEET, "application/vnd.ms-excel")),
    ("EncryptedPackage", Identity(Kind.DOCUMENT, "application/x-encrypted-ooxml")),
)
# {000C1084-0000-0000-C000-000000000046}, the class of Windows Installer databases, as stored.
_MSI_CLASS: Final = bytes.fromhex("84100c0000000000c000000000000046")
_DISK_IMAGE_TRAILER: Final = (b"koly", 512)
_ISO_SIGNATURE: Final = (b"CD001", 0x8001)

_SIGNATURES: Final = (
    (b"MZ", Identity(Kind.SOFTWARE, "application/vnd.microsoft.portable-executable")),
    (b"\x7fELF", Identity(Kind.SOFTWARE, "application/x-executable")),
    (b"!<arch>\ndebian", Identity(Kind.SOFTWARE, "application/vnd.debian.binary-package")),
    (b"\xed\xab\xee\xdb", Identity(Kind.SOFTWARE, "application/x-rpm")),
    (b"xar!", Identity(Kind.SOFTWARE, "application/x-xar")),
    (b"\xca\xfe\xba\xbe", Identity(Kind.SOFTWARE, "application/x-mach-binary")),
    (b"\xcf\xfa\xed\xfe", Identity(Kind.SOFTWARE, "application/x-mach-binary")),
    (b"Rar!\x1a\x07", Identity(Kind.ARCHIVE, "application/vnd.rar")),
    (b"7z\xbc\xaf\x27\x1c", Identity(Kind.ARCHIVE, "application/x-7z-compressed")),
    (b"\x1f\x8b", Identity(Kind.ARCHIVE, "application/gzip")),
    (b"BZh", Identity(Kind.ARCHIVE, "application/x-bzip2")),
    (b"\xfd7zXZ\x00", Identity(Kind.ARCHIVE, "application/x-xz")),
    (b"GIF87a", Identity(Kind.IMAGE, "image/gif")),
    (b"GIF89a", Identity(Kind.IMAGE, "image/gif")),
    (b"\x89PNG\r\n\x1a\n", Identity(Kind.IMAGE, "image/png")),
    (b"\xff\xd8\xff", Identity(Kind.IMAGE, "image/jpeg")),
    (b"{\\rtf", Identity(Kind.DOCUMENT, "application/rtf")),
)
# What the root element of a bare XML file tells; such a file is a package's description without the package.
_XML_ROOTS: Final = {
    "courseStructure": Identity(Kind.CMI5, "application/xml"),
    "tincan": Identity(Kind.XAPI, "application/xml"),
    "manifest": Identity(Kind.SCORM, "application/xml"),
    "svg": Identity(Kind.IMAGE, "image/svg+xml"),
    "html": Identity(Kind.HTML5, "application/xhtml+xml"),
}
_MEDIA_KINDS: Final = (
    (re.compile(r"image/.+"), Kind.IMAGE),
    (re.compile(r"audio/.+"), Kind.AUDIO),
    (re.compile(r"video/.+|application/(?:ogg|x-matroska|mp4)"), Kind.VIDEO),
    (re.compile(r"application/pdf"), Kind.PDF),
    (re.compile(r"text/html"), Kind.HTML5),
    (re.compile(r"application/(?:x-dosexec|x-msi|x-executable|x-apple-diskimage|x-iso9660-image)"), Kind.SOFTWARE),
    (re.compile(r"application/(?:msword|rtf)|text/(?:rtf|plain|x-.+)"), Kind.DOCUMENT),
    (re.compile(r"application/vnd\.ms-powerpoint"), Kind.PRESENTATION),
    (re.compile(r"application/vnd\.ms-excel|text/csv"), Kind.SPREADSHEET),
    (re.compile(r"application/x-(?:tar|bzip2|xz|lzma|lzip|zstd|rar)|application/zstd"), Kind.ARCHIVE),
)


def identify(source: Source) -> Identity | None:
    """Return what the bytes say, or None when neither we nor the magic library know them."""
    head = source.head(_HEAD)
    for signature, identity in _SIGNATURES:
        if head.startswith(signature):
            return identity
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return Identity(Kind.PDF, "application/pdf")
    if head.startswith(_OLE):
        return _identify_ole(source, head)
    return _identify_xml(source, head) or _identify_image_of_disk(source) or _ask_library(head)


def _identify_ole(source: Source, head: bytes) -> Identity | None:
    """Tell the compound files apart ([MS-CFB] 2.6): the root entry's class, else the names of streams."""
    sector_size = 1 << min(int.from_bytes(head[30:32], "little"), 12)
    first_directory_sector = int.from_bytes(head[48:52], "little")
    source.file.seek((first_directory_sector + 1) * sector_size)
    directory = source.file.read(_HEAD)
    if directory[80:96] == _MSI_CLASS:
        return Identity(Kind.SOFTWARE, "application/x-msi")
    for stream, identity in _OLE_STREAMS:
        if (stream + "\0").encode("utf-16-le") in directory:
            return identity
    return _ask_library(head)


def _identify_xml(source: Source, head: bytes) -> Identity | None:
    """Recognise by its root element an XML file that ought to be inside a package."""
    if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<?xml", b"<course", b"<tincan", b"<manifest", b"<svg")):
        return None
    if source.size > MAX_BYTES:
        return None
    root, _ = parse_document(source.head(MAX_BYTES))
    name = str(root.tag).rpartition("}")[2] if root is not None else ""
    return _XML_ROOTS.get(name)


def _identify_image_of_disk(source: Source) -> Identity | None:
    """Recognise images of disks: ISO 9660 (descriptor in sector 16) and Apple's (trailer at the end)."""
    signature, offset = _ISO_SIGNATURE
    source.file.seek(offset)
    if source.file.read(len(signature)) == signature:
        return Identity(Kind.SOFTWARE, "application/x-iso9660-image")
    signature, from_end = _DISK_IMAGE_TRAILER
    source.file.seek(max(0, source.size - from_end))
    if source.file.read(len(signature)) == signature:
        return Identity(Kind.SOFTWARE, "application/x-apple-diskimage")
    return None


def _ask_library(head: bytes) -> Identity | None:
    """Ask libmagic, or puremagic on a machine without it; only kinds that we know by name are believed."""
    media_type = _libmagic(head) or _puremagic(head)
    kind = next((kind for pattern, kind in _MEDIA_KINDS if pattern.fullmatch(media_type)), None)
    return Identity(kind, media_type) if kind else None


def _libmagic(head: bytes) -> str:
    """Return libmagic's media type, "" when the library is not on this machine."""
    try:
        import magic  # noqa: PLC0415 - importing it fails where the C library is missing

        return str(magic.from_buffer(head, mime=True))
    except (ImportError, OSError):
        return ""
    except magic.MagicException:
        return ""


def _puremagic(head: bytes) -> str:
    """Return puremagic's best guess; it raises on much that it does not know."""
    import puremagic  # noqa: PLC0415 - needed only without libmagic

    try:
        return str(puremagic.from_string(head, mime=True))
    except (puremagic.PureError, ValueError, IndexError, UnicodeDecodeError):
        return ""
