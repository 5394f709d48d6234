"""What lies in an export: the files under their names, and a page that leads to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content_packages.storage.contract import BlobMissingError
from elearn.identifiers import new_uid
from elearn.services.errors import ConflictError
from elearn.services.exports.cartridge import CartridgeItem, manifest, web_link
from elearn.services.exports.names import named_by_title, plain_name
from elearn.services.exports.zipping import zipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from content_packages.storage.contract import Storage
    from elearn.services.exports.choosing import Exported
    from elearn.services.exports.zipping import Piece

    # Writes the page for (material, path of its file from the page) pairs.
    Page = Callable[[Sequence[tuple[Exported, str]]], str]

PAGE = "index.html"


def as_zip(storage: Storage, taken: Sequence[Exported], page: Page) -> Iterator[bytes]:
    """A ZIP with a contents page and a folder of files that are called as their materials.

    Raises:
        ConflictError: nothing is taken, or a file is missing; before the first byte.
    """
    _demand(storage, taken)
    paths = [f"files/{named_by_title(number, each.title, each.file_name)}" for number, each in enumerate(taken, 1)]
    pieces: list[Piece] = [(PAGE, page(list(zip(taken, paths, strict=True))).encode())]
    pieces += [(path, each.sha256) for each, path in zip(taken, paths, strict=True)]
    return zipped(storage, pieces)


def as_cartridge(
    storage: Storage,
    taken: Sequence[Exported],
    page: Page,
    *,
    title: str,
    address_of: Callable[[Exported], str],
) -> Iterator[bytes]:
    """A Common Cartridge 1.1 whose first entry is the contents page, because licences ask for the authors' names.

    Each material is its original file; one that only plays in the library is a link to its page there as well.

    Raises:
        ConflictError: as `as_zip`.
    """
    _demand(storage, taken)
    paths = [f"files/{plain_name(number, each.title, each.file_name)}" for number, each in enumerate(taken, 1)]
    items = [CartridgeItem(title, PAGE)]
    pieces: list[Piece] = [(PAGE, page(list(zip(taken, paths, strict=True))).encode())]
    for number, (each, path) in enumerate(zip(taken, paths, strict=True), 1):
        items.append(CartridgeItem(each.title, path))
        pieces.append((path, each.sha256))
        if each.kind in PLAYED_HERE:
            link = f"links/{number:02}.xml"
            items.append(CartridgeItem(f"{each.title} ↗", link, is_link=True))
            pieces.append((link, web_link(each.title, address_of(each))))
    described = manifest(new_uid(), title, "vi", items)
    return zipped(storage, [("imsmanifest.xml", described), *pieces])


# A file of these kinds opens nothing by itself on a pupil's machine.
PLAYED_HERE = frozenset({"scorm", "aicc", "cmi5", "xapi", "h5p", "content_package", "elp", "html5"})


def _demand(storage: Storage, taken: Sequence[Exported]) -> None:
    if not taken:
        raise ConflictError("export_empty")
    for each in taken:
        try:
            storage.size(each.sha256)
        except BlobMissingError:
            raise ConflictError("export_file_missing", title=each.title) from None
