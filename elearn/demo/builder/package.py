"""Packs a lesson: pages, pictures, style sheet, scripts and manifest in one archive, the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from importlib.resources import files
from typing import TYPE_CHECKING

from elearn.demo.builder.manifest import SHARED, ManifestWriter
from elearn.demo.builder.pages import render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from elearn.demo.builder.model import Lesson

MOMENT = (2026, 1, 1, 0, 0, 0)  # of every entry, so that a build depends on nothing but its input
SHARED_FILES = ("lesson.css", "scorm.js", "lesson.js")


def build(lesson: Lesson) -> bytes:
    """Return the SCORM package of `lesson`, its manifest as the first entry."""
    shared = {f"shared/{name}": files(__package__).joinpath("static", name).read_bytes() for name in SHARED_FILES}
    entries: dict[str, bytes] = dict(shared)
    names = {SHARED: list(shared)}
    for sco in lesson.scos:
        rendered = render(lesson, sco)
        entries |= rendered
        names[sco.identifier] = list(rendered)
    return pack({"imsmanifest.xml": ManifestWriter(lesson, names).write(), **entries})


def pack(entries: Mapping[str, bytes]) -> bytes:
    """Return a ZIP archive of `entries` (name -> content) in their order, with a fixed time and mode 0644."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in entries.items():
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, whatever system builds: it is part of the bytes
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, compresslevel=9)
    return buffer.getvalue()
