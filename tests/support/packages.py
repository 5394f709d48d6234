"""Packages of every kind for tests, built from the smallest files that make one."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING

from tests.support.manifests import manifest_xml, sco
from tests.support.zips import simple_zip

if TYPE_CHECKING:
    from pathlib import Path

_HEAD = "<!doctype html><title>Bài 1</title><script>/* a SCORM page */</script>"
HOME_PAGE = _HEAD + "<h1>Phân số bằng nhau</h1><p>Hai phân số</p>"


def scorm_files(edition: str = "1.2", **files: bytes | str) -> dict[str, bytes | str]:
    """A playable single-SCO package as a mapping; keyword arguments are further files (`__` is a dot)."""
    more = {name.replace("__", "."): data for name, data in files.items()}
    listed = "".join(f'<file href="{name}"/>' for name in {"index.html": "", **more})
    manifest = manifest_xml(edition, resources=sco("r1", "index.html", inside=listed))
    return {"imsmanifest.xml": manifest, "index.html": HOME_PAGE, **more}


def scorm_package(edition: str = "1.2", **files: bytes | str) -> bytes:
    """The same as an archive."""
    return simple_zip(scorm_files(edition, **files))


def pdf(*pages: str, title: str = "", author: str = "") -> bytes:
    """A PDF with one line of ASCII text on each page."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", ""]
    kids = []
    for text in pages:
        stream = f"BT /F1 24 Tf 72 700 Td ({text}) Tj ET"
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
        font = "<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources{font}/Contents {len(objects)} 0 R>>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>"
    objects.append(f"<</Title({title})/Author({author})>>")
    return _pdf_file(objects)


def _pdf_file(objects: list[str]) -> bytes:
    """Number the objects, the last of which is the information dictionary, and index them."""
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj{content}endobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    return (
        body
        + (
            f"xref\n0 {size}\n0000000000 65535 f \n{table}"
            f"trailer<</Size {size}/Root 1 0 R/Info {len(objects)} 0 R>>\nstartxref\n{len(body)}\n%%EOF"
        ).encode()
    )


def program(**version: str) -> bytes:
    """The outline of a Windows program with a resource section that holds the given version strings."""
    resources = b"".join(_version_string(key, value) for key, value in version.items())
    head = b"MZ".ljust(0x3C, b"\0") + struct.pack("<L", 0x40)
    coff = b"PE\0\0" + struct.pack("<2H12x2H", 0x14C, 1, 0, 0)
    offset = len(head) + len(coff) + 40
    section = struct.pack("<8s4L16x", b".rsrc", len(resources), 0, len(resources), offset)
    return head + coff + section + resources


def _version_string(key: str, value: str) -> bytes:
    text = (key + "\0").encode("utf-16-le")
    return text + b"\0" * (-len(text) % 4) + (value + "\0").encode("utf-16-le")


def installer_database() -> bytes:
    """The outline of an MSI: a compound file whose root has the class of Windows Installer."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(30, b"\0") + struct.pack("<H", 9)
    head = head.ljust(48, b"\0") + struct.pack("<L", 0)
    root = b"\0" * 80 + bytes.fromhex("84100c0000000000c000000000000046")
    return head.ljust(512, b"\0") + root.ljust(512, b"\0")


def compound_file(stream: str) -> bytes:
    """The outline of a binary Office file with one named stream."""
    return installer_database()[:512] + (stream + "\0").encode("utf-16-le").ljust(512, b"\0")


def picture(form: str = "PNG") -> bytes:
    """A small picture."""
    from PIL import Image  # noqa: PLC0415 - slow to import, and few tests need it

    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(buffer, form)
    return buffer.getvalue()


def written(folder: Path, name: str, data: bytes | str) -> Path:
    """Write `data` into `folder` and return the path."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path
