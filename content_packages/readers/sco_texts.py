"""Which pages belong to which item of a course, so that search can open the right one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from content_packages.facts import PartFacts
from content_packages.readers.pages import PageReader, is_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorm.manifest.model import Item, Manifest, Resource

PART_CHARACTERS: Final = 200_000
TOTAL_CHARACTERS: Final = 2_000_000


def parts_of(manifest: Manifest, pages: PageReader) -> tuple[PartFacts, ...]:
    """Return one part for every launchable item, with the text of its launch page and its resource's pages.

    Pages that no resource lists (most manifests list only the launch file) go to the item whose launch page
    lies nearest above them.
    """
    launched = list(_launched(manifest))
    owned = [[path for path in (resource.href, *resource.files) if is_page(path)] for _, resource in launched]
    texts = texts_of(owned, [resource.href for _, resource in launched], pages)
    left = TOTAL_CHARACTERS
    parts = []
    for (item, resource), said in zip(launched, texts, strict=True):
        text = said[: min(PART_CHARACTERS, left)]
        left -= len(text)
        parts.append(PartFacts(item.identifier, item.title, text, "sco", resource.href))
    return tuple(parts)


def texts_of(owned: list[list[str]], launches: list[str], pages: PageReader) -> list[str]:
    """Return the words of the pages that each launch owns, and of those that nobody owns but lie nearest to it."""
    owned = [list(paths) for paths in owned]
    listed = {path for paths in owned for path in paths}
    for path in pages.paths():
        if path not in listed and launches:
            owned[_nearest(path, launches)].append(path)
    return [_text(paths, pages) for paths in owned]


def _launched(manifest: Manifest) -> Iterator[tuple[Item, Resource]]:
    """Yield every item that launches something, each identifier once."""
    seen = set()
    for organization in manifest.organizations:
        for item in organization.walk():
            resource = manifest.resources.get(item.resource_id)
            if resource is not None and item.identifier not in seen:
                seen.add(item.identifier)
                yield item, resource


def _nearest(path: str, launches: list[str]) -> int:
    """Return the index of the launch page whose folder is the deepest one around `path`, else of the first."""
    depths = [len(folder) if path.startswith(folder := launch[: launch.rfind("/") + 1]) else -1 for launch in launches]
    return depths.index(max(depths))


def _text(paths: list[str], pages: PageReader) -> str:
    """Join the texts of pages, each once; the title of a page is text as well."""
    texts = []
    for path in dict.fromkeys(paths):
        page = pages.read(path)
        texts += [page.title, page.text]
    return " ".join(text for text in dict.fromkeys(texts) if text)
