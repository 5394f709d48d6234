"""Files that are kept and handed out as they are: nothing in them is read, and that is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content_packages.facts import PackageFacts
from content_packages.findings import finding

if TYPE_CHECKING:
    from content_packages.containers import Identity
    from content_packages.source import Source


def read(source: Source, identity: Identity) -> PackageFacts:
    """Return what the name and the first bytes told."""
    return PackageFacts(identity.kind, identity.media_type, title=source.stem, findings=(finding("kept_as_download"),))
