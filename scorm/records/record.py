"""What a library says of one learning resource, in the terms the standards share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Term:
    """A code of a vocabulary and its name in the language of the record."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Record:
    """A learning resource; absent things are empty.

    `identifier` is a URI, `language` a BCP 47 tag, `metadata_language` that of the texts the library itself adds.
    `lom_types` are words of LOM 5.2, `dcmi_type` one of the DCMI Type Vocabulary, `resource_type` our own term.
    `rights_url` is the address of a licence (Creative Commons), `rights` the terms in words. `is_free` says whether
    the licence lets everybody use it; None when nobody has said. Sizes are bytes.
    """

    identifier: str
    title: str
    language: str = "vi"
    metadata_language: str = "vi"
    description: str = ""
    keywords: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    publisher: str = ""
    version: str = ""
    status: str = "draft"  # LOM 2.2: draft, final, revised, unavailable
    created: date | None = None
    published: date | None = None
    format: str = ""  # media type of the file
    size: int | None = None
    requirements: str = ""
    operating_systems: tuple[str, ...] = ()
    is_software: bool = False
    maker: str = ""  # of a program, by name
    maker_url: str = ""
    screenshots: tuple[str, ...] = ()  # addresses of pictures of a program in use
    resource_type: Term | None = None
    lom_types: tuple[str, ...] = ()
    dcmi_type: str = ""
    minutes: int | None = None
    levels: tuple[Term, ...] = ()
    grades: tuple[Term, ...] = ()
    subjects: tuple[Term, ...] = ()
    topic: str = ""
    programme: str = ""  # the curriculum whose codes subjects and grades have
    contexts: tuple[str, ...] = ()  # LOM 5.6: school, higher education, training, other
    ages: str = ""  # typical age range, "10-11"
    rights: str = ""
    rights_url: str = ""
    is_free: bool | None = None
    expires: date | None = None
    url: str = ""
    picture_url: str = ""
    download_url: str = ""

    @property
    def duration(self) -> str:
        """The typical learning time in ISO 8601, as 5.9 of LOM and `timeRequired` of schema.org want it."""
        if not self.minutes:
            return ""
        hours, minutes = divmod(self.minutes, 60)
        return "PT" + (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
