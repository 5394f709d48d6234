"""How a material opens in the browser without being tracked: its file as it is, a page of it, or our viewer of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from flask_babel import gettext

from content_packages.readers.media import SHOWN_TYPES
from elearn.services import parts
from elearn.services.player.attempts import PLAYABLE
from elearn.services.previews import has_preview, page_of_part, pages_of
from elearn.web.transactions import house

if TYPE_CHECKING:
    from elearn.models.material import Material, Version

SVG = "image/svg+xml"  # a document with scripts: never opened as it is, only inside `<img>`
MEDIA_KINDS = frozenset({"image", "audio", "video"})
OFFICE_KINDS = frozenset({"document", "presentation", "spreadsheet"})
# What has an outline that leads through it; a site of web pages has links of its own.
OUTLINED_KINDS = frozenset({"epub", "common_cartridge", "content_package", "aicc", "cmi5", "xapi"})
LACKS_LIBRARIES = "h5p_libraries_missing"


def opens(material: Material, version: Version | None = None) -> bool:
    """Whether a version of the material, by default the one it offers, opens in another way than in the player."""
    version = version or material.current_version
    if version is None or material.kind in PLAYABLE:
        return False
    return _is_whole(material.kind, version) or has_viewer(material.kind, version) or bool(_entry(version))


def path_of(found: Material, version: Version, capability: str, route: str, *, page: int = 0, part: str = "") -> str:
    """The path on the content host under which a file is opened (`o`) or downloaded (`d`).

    `page` (from 1) and `part` (its key) say where it opens; a page that has no picture is that of the PDF itself.
    """
    if route == "o":
        page = page or (page_of_part(version, part) if part else 0)
        if has_viewer(found.kind, version) and (found.kind != "pdf" or (page and pages_of(version))):
            return viewer_path(capability, page=page, part="" if page else part)
        if not _is_whole(found.kind, version) and (entry := _entry(version, part)):
            return f"/f/{capability}/{quote(entry)}"
    where = f"#page={page}" if route == "o" and page else ""
    return f"/{route}/{capability}/{quote(version.file_name.replace('/', '_'), safe='')}{where}"


def viewer_path(capability: str, *, page: int = 0, part: str = "") -> str:
    """The path of our viewer at a page or part."""
    query = {"page": page} if page else {"part": part} if part else {}
    return f"/w/{capability}/" + (f"?{urlencode(query)}" if query else "")


def has_viewer(kind: str, version: Version) -> bool:
    """Whether our viewer shows it: pages, a film or sound, a drawing, H5P, or what an outline leads through."""
    if kind in MEDIA_KINDS:
        return version.media_type == SVG or (kind != "image" and version.media_type in SHOWN_TYPES)
    if kind == "h5p":
        return plays_h5p() and not any(found.code == LACKS_LIBRARIES for found in version.findings)
    if kind in OUTLINED_KINDS:
        return len(version.parts) > 1 or (kind == "common_cartridge" and bool(version.parts))
    return pages_of(version) > 0


def way_to_part(material: Material, part: Any) -> dict[str, Any] | None:
    """Where a found part opens: at a `page`, or as the `part` itself; None when only the player or nothing opens it.

    It asks for no further row, so that a page of hits stays at its number of queries.
    """
    version = material.current_version
    if version is None or material.kind in PLAYABLE:
        return None
    if page := page_of_part(version, part.key):
        return {"page": page}
    if material.kind == "pdf":
        return {"page": part.key}  # the number of the page
    is_site = material.kind in {"html5", "elp"} and version.properties.get("entry")
    return {"part": part.key} if is_site or material.kind in OUTLINED_KINDS else None


def plays_h5p() -> bool:
    """Whether the operator has installed the player of H5P."""
    return parts.installed(house().settings.home, parts.H5P)


def look_note(material: Material) -> str:
    """Why a material of a kind that can be looked at cannot, "" where it can be or never could."""
    version = material.current_version
    if version is None or opens(material):
        return ""
    if material.kind == "h5p" and not plays_h5p():
        return gettext(
            "H5P opens here once the operator has installed its player (elearn parts install h5p). "
            "Until then it can be downloaded."
        )
    if material.kind in OFFICE_KINDS and has_preview(material.kind, version.media_type):
        code = version.preview.code if version.preview is not None else "waiting"
        return {
            "waiting": gettext("Its pages are being drawn. Look again in a minute."),
            "converter_missing": gettext(
                "Its pages cannot be shown, because this site has no LibreOffice. It can be downloaded."
            ),
        }.get(code, gettext("Its pages could not be drawn. It can be downloaded."))
    return ""


def _is_whole(kind: str, version: Version) -> bool:
    if kind == "image":
        return version.media_type in SHOWN_TYPES
    return kind == "pdf"


def _entry(version: Version, part: str = "") -> str:
    """The page of a part, else the one that intake found to be the first, "" where there is none."""
    chosen = next((row.href for row in version.parts if row.key == part), "") if part else ""
    return chosen or str(version.properties.get("entry", ""))
