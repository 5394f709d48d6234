"""Text without any form (.txt, .md, .csv): its words, in whichever encoding they were written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from content_packages.facts import PackageFacts
from content_packages.page_text import decode_page
from content_packages.readers.part_list import PART_CHARACTERS, PartList

if TYPE_CHECKING:
    from content_packages.containers import Identity
    from content_packages.source import Source

_BYTES: Final = 4 * PART_CHARACTERS


def read(source: Source, identity: Identity) -> PackageFacts:
    """Return the beginning of the text as one part."""
    text = PartList("section")
    text.add("", decode_page(source.head(_BYTES)))
    text.shortened += source.size > _BYTES
    return PackageFacts(
        identity.kind, identity.media_type, title=source.stem, parts=text.parts, findings=text.findings()
    )
