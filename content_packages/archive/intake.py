"""Taking an archive in: read its directory, judge every name, inflate every entry once, keep what is true."""

from __future__ import annotations

import zlib
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from content_packages.archive.collisions import collisions
from content_packages.archive.directory import locate_directory, read_headers
from content_packages.archive.inflate import DamagedEntryError, identity_chunks
from content_packages.archive.limits import Limits
from content_packages.archive.local import Extent, read_extent, refuse_overlap
from content_packages.archive.names import decode_names, is_undecodable
from content_packages.archive.paths import danger_of, is_junk, normalise, printable
from content_packages.archive.refusal import ArchiveRefusedError
from content_packages.archive.table import DEFLATED, STORED, Entry, EntryTable
from content_packages.findings import finding

if TYPE_CHECKING:
    from content_packages.archive.directory import Header
    from scorm.findings import Finding

_ENCRYPTION_FLAGS = 0x0001 | 0x0040 | 0x2000
_SPECIAL_FILES = {
    0o120000: "symbolic link",
    0o060000: "block device",
    0o020000: "character device",
    0o010000: "pipe",
    0o140000: "socket",
}
_FILE_TYPE = 0o170000


@dataclass(slots=True)
class Intake:
    """What became of an archive.

    `entries` holds every file whose headers could be read, so that a refused package can still be named;
    only when `refused` is false are they verified and may be served.
    """

    entries: EntryTable = field(default_factory=lambda: EntryTable({}))
    findings: list[Finding] = field(default_factory=list)
    names: list[str] = field(default_factory=list)  # all names as decoded, even the unsafe ones

    @property
    def refused(self) -> bool:
        """Whether a finding refuses the archive."""
        return any(found.refuses for found in self.findings)


def take_in(file: BinaryIO, limits: Limits | None = None) -> Intake:
    """Read and verify a whole archive from a seekable file; never raises for what the file contains."""
    return _Intaker(file, limits or Limits()).run()


class _Intaker:
    """One intake; the steps follow each other in `run`."""

    def __init__(self, file: BinaryIO, limits: Limits) -> None:
        self.file = file
        self.limits = limits
        self.intake = Intake()
        self.reported: Counter[str] = Counter()
        self.remarks: Counter[str] = Counter()

    def run(self) -> Intake:
        """Do all steps; the first that finds the structure untrustworthy ends it."""
        try:
            entries = self.read_entries()
            self.judge_sizes(entries)
            if not self.intake.refused:
                for entry in entries:
                    self.verify(entry)
        except ArchiveRefusedError as refusal:
            self.intake.findings.append(refusal.finding)
        return self.intake

    def report(self, code: str, place: str = "", **params: str | int) -> None:
        """Note a finding, unless this code has been noted often enough."""
        self.reported[code] += 1
        if self.reported[code] <= self.limits.findings_per_code:
            self.intake.findings.append(finding(code, printable(place), **params))

    def read_entries(self) -> list[Entry]:
        """Read directory, names and local headers; junk is verified like the rest but not kept."""
        directory = locate_directory(self.file, self.file.seek(0, 2), self.limits)
        headers = read_headers(self.file, directory)
        names, encoding = decode_names(headers)
        self.intake.names = names
        if encoding:
            self.report("name_legacy_encoding", encoding=encoding)
        extents: list[tuple[Extent, str]] = []
        files: list[Entry] = []
        folders: list[str] = []
        for header, name in zip(headers, names, strict=True):
            self.judge_header(header, name)
            path = self.judge_name(header, name)
            extent = self.locate(header, name)
            if extent is None:
                continue
            extents.append((extent, name))
            if path.endswith("/"):
                folders.append(path)
            elif path:
                files.append(_entry(path, header, extent))
        refuse_overlap(extents, directory.offset)
        return self.keep(files, folders)

    def locate(self, header: Header, name: str) -> Extent | None:
        """Return where the entry lies, or None (and a finding) when its local header disagrees."""
        try:
            return read_extent(self.file, header, name)
        except ArchiveRefusedError as refusal:
            self.report(refusal.finding.code, name)
            return None

    def keep(self, files: list[Entry], folders: list[str]) -> list[Entry]:
        """Set the junk aside and look for collisions; returns all files, because junk is verified too."""
        kept = [entry for entry in files if not is_junk(entry.path)]
        for found in collisions(kept, [path for path in folders if not is_junk(path)]):
            self.report(found.code, found.place, **found.params)
        self.intake.entries = EntryTable.of(kept)
        self.summarise(len(files) - len(kept))
        return files

    def judge_header(self, header: Header, name: str) -> None:
        """Refuse encryption, unknown methods and anything but plain files and folders."""
        if header.flags & _ENCRYPTION_FLAGS:
            self.report("zip_encrypted", name)
        elif header.method not in (STORED, DEFLATED):
            self.report("zip_unknown_method", name, method=header.method)
        if special := _SPECIAL_FILES.get(header.mode & _FILE_TYPE):
            self.report("entry_special_file", name, type=special)

    def judge_name(self, header: Header, name: str) -> str:
        """Return the path to keep the entry under ("" when its name is unsafe)."""
        path = normalise(name)
        if is_junk(path) and ".." not in path:
            return path
        danger = danger_of(name, self.limits) or ("name_undecodable" if is_undecodable(header, name) else "")
        if danger:
            self.report(danger, name)
            return ""
        if "\\" in name:
            self.remarks["name_backslash"] += 1
        if path.endswith("/") and header.size:
            self.report("entry_folder_with_data", name)
        return path

    def summarise(self, junk: int) -> None:
        """Turn what happened to many entries into one remark each."""
        if junk:
            self.report("junk_ignored", count=junk)
        if self.remarks["name_backslash"]:
            self.report("name_backslash", count=self.remarks["name_backslash"])
        if not self.intake.entries and not self.intake.refused:
            self.report("zip_without_files")

    def judge_sizes(self, entries: list[Entry]) -> None:
        """Refuse by the sizes that the archive claims, before a byte is inflated; `verify` holds it to them."""
        limits = self.limits
        for entry in entries:
            if entry.size > limits.entry_size:
                self.report("zip_entry_too_large", entry.path, size=entry.size, limit=limits.entry_size)
            elif entry.size > limits.ratio_floor and entry.size > limits.ratio * entry.compressed_size:
                self.report("zip_bomb", entry.path, size=entry.size, limit=limits.ratio)
        total = sum(entry.size for entry in entries)
        packed = sum(entry.compressed_size for entry in entries)
        if total > limits.total_size:
            self.report("zip_too_large", size=total, limit=limits.total_size)
        elif not self.reported["zip_bomb"] and total > limits.ratio_floor and total > limits.ratio * packed:
            self.report("zip_bomb", size=total, limit=limits.ratio)

    def verify(self, entry: Entry) -> None:
        """Inflate the entry, counting and summing; stop at the first byte beyond its claimed size."""
        size, crc32 = 0, 0
        try:
            for chunk in identity_chunks(self.file, entry):
                size += len(chunk)
                crc32 = zlib.crc32(chunk, crc32)
                if size > entry.size:
                    break
        except DamagedEntryError:
            self.report("zip_data_damaged", entry.path)
            return
        if size != entry.size:
            self.report("zip_size_mismatch", entry.path)
        elif crc32 != entry.crc32:
            self.report("zip_crc_mismatch", entry.path)


def _entry(path: str, header: Header, extent: Extent) -> Entry:
    """Join what the two headers and the name say."""
    return Entry(path, header.method, extent.data, header.compressed_size, header.size, header.crc32)
