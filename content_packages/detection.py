"""What a file is and how far it can be trusted: by its content; the name only speaks when the content is silent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from content_packages.archive.intake import take_in
from content_packages.containers import ZIP, Identity, classify_container
from content_packages.facts import Kind
from content_packages.findings import finding
from content_packages.kinds import CONTAINER_EXTENSIONS, EXTENSIONS, GENERIC_EXTENSIONS
from content_packages.signatures import identify

if TYPE_CHECKING:
    from content_packages.source import Source
    from scorm.findings import Finding

# A local file header, and the end record with which an empty archive begins (APPNOTE 4.3.6).
_ZIP_STARTS: Final = (b"PK\x03\x04", b"PK\x05\x06")
_SPLIT_STARTS: Final = (b"PK\x07\x08", b"PK00")
_FORMLESS: Final = frozenset({"text/plain", "application/octet-stream"})


@dataclass(frozen=True, slots=True)
class Detection:
    """The identity of a file, its source (with entries, if it is an archive) and what was found on the way."""

    identity: Identity
    source: Source
    is_archive: bool = False
    findings: tuple[Finding, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether the file is refused before any reader sees it."""
        return any(found.refuses for found in self.findings)


def detect(source: Source) -> Detection:
    """Identify the file; an archive is verified at the same time, because only then its entries count."""
    if source.size == 0:
        return _refuse(source, "empty_file")
    head = source.head()
    if head.startswith(_SPLIT_STARTS):
        return _refuse(source, "zip_multi_volume")
    if head.startswith(_ZIP_STARTS):
        return _detect_archive(source)
    identity = identify(source)
    if identity is None or identity.media_type in _FORMLESS:
        if source.extension in CONTAINER_EXTENSIONS:
            return _refuse(source, "not_an_archive", extension=source.extension)
        if identity is None:
            return _refuse(source, "unrecognised_file")
    return Detection(identity, source, findings=_wrong_extension(source, identity))


def _detect_archive(source: Source) -> Detection:
    """Verify the archive, then ask its files what they make together."""
    intake = take_in(source.file, source.limits)
    source = replace(source, entries=intake.entries)
    identity = classify_container(source)
    if identity.kind is Kind.ARCHIVE and intake.refused:
        # Too little could be read to tell; the name is then the better witness, but no reader of its kind is asked.
        identity = Identity(EXTENSIONS.get(source.extension, Kind.ARCHIVE))
        return Detection(identity, source, findings=tuple(intake.findings))
    return Detection(identity, source, True, (*intake.findings, *_wrong_extension(source, identity)))


def _refuse(source: Source, code: str, **params: str) -> Detection:
    """Refuse a file that tells nothing about itself; its name is believed for the kind."""
    identity = Identity(EXTENSIONS.get(source.extension, Kind.ARCHIVE), "application/octet-stream")
    return Detection(identity, source, findings=(finding(code, "", **params),))


def _wrong_extension(source: Source, identity: Identity) -> tuple[Finding, ...]:
    """Remark that the content is another kind than the extension says: the content decides."""
    promised = EXTENSIONS.get(source.extension)
    if source.extension in GENERIC_EXTENSIONS or promised in (None, identity.kind):
        return ()
    if identity.media_type == ZIP and identity.kind is Kind.ARCHIVE:
        # Under its name nothing opens it: a document without its parts, or an archive that was given another name.
        return (finding("zip_named_otherwise", extension=source.extension),)
    return (finding("wrong_extension", extension=source.extension, kind=identity.kind.value),)
