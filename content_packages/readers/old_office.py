"""Office documents in the binary form of 1997 to 2003 (.doc, .ppt, .xls): kept for download, and so said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from content_packages.facts import PackageFacts
from content_packages.findings import finding

if TYPE_CHECKING:
    from content_packages.containers import Identity
    from content_packages.source import Source

MEDIA_TYPES: Final = frozenset(
    {"application/msword", "application/vnd.ms-powerpoint", "application/vnd.ms-excel", "application/x-encrypted-ooxml"}
)
_ENCRYPTED: Final = "application/x-encrypted-ooxml"


def read(source: Source, identity: Identity) -> PackageFacts:
    """Return the name; one that is encrypted is refused, because nobody could open it."""
    code = "office_encrypted" if identity.media_type == _ENCRYPTED else "old_office_not_read"
    return PackageFacts(identity.kind, identity.media_type, title=source.stem, findings=(finding(code),))
