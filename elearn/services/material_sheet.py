"""Many materials described by a spreadsheet: a row names a file among one's drafts, or an address to fetch it from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from elearn.database import day_of
from elearn.models.describing import Licence, ResourceType
from elearn.models.material import Material, Status, Version
from elearn.services import bulk, fetching, library
from elearn.services.curriculum.levels import GRADES, levels_of_grade
from elearn.services.errors import ServiceError
from elearn.services.metadata import (
    KEYWORDS,
    LONGEST_DESCRIPTION,
    LONGEST_DURATION,
    LONGEST_EDITION,
    LONGEST_REQUIREMENTS,
    LONGEST_SOURCE,
    TITLE_LENGTH,
    metadata_of,
    over,
)
from elearn.services.people.pasting import CellError, Column, Line, Problem, lines_of, plain, read_day
from elearn.services.search import with_labels
from scorm.plain_text import several_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from elearn.models.organisation import Unit
    from elearn.services.access import Identity

    Words = Mapping[str, Mapping[str, str]]  # column -> word or code -> code

MOST_LINES = 300
COLUMNS: tuple[Column, ...] = (
    Column("file", ("Tên tệp", "Tệp", "File name", "File")),
    Column("address", ("Địa chỉ", "Địa chỉ web", "Liên kết", "Address", "URL")),
    Column("title", ("Tiêu đề", "Tên học liệu", "Title")),
    Column("description", ("Giới thiệu", "Mô tả", "Description")),
    Column("levels", ("Cấp học", "Levels", "Level")),
    Column("grades", ("Lớp", "Khối lớp", "Grades", "Grade")),
    Column("subjects", ("Môn học", "Môn", "Subjects", "Subject")),
    Column("topic", ("Chủ đề", "Chủ đề trong chương trình", "Topic")),
    Column("resource_type", ("Loại học liệu", "Type")),
    Column("duration_minutes", ("Thời lượng (phút)", "Thời lượng", "Minutes", "Duration")),
    Column("keywords", ("Từ khóa", "Keywords")),
    Column("author_name", ("Tác giả", "Author")),
    Column("language", ("Ngôn ngữ", "Language")),
    Column("licence", ("Giấy phép", "Licence", "License")),
    Column("licence_source", ("Của ai", "Nguồn", "Source")),
    Column("licence_expires_on", ("Được phép dùng đến ngày", "Hết hạn", "Permitted until", "Expires")),
    Column("edition_name", ("Phiên bản", "Version")),
    Column("requirements", ("Yêu cầu", "Yêu cầu khi sử dụng", "Requirements")),
)


# Without one of them the order of the columns would be a guess.
_HEADINGS = {plain(word) for column in COLUMNS[:2] for word in (column.key, *column.headings)}


@dataclass(slots=True)
class PlannedRow:
    """What becomes of a row: a draft described (`changes`: field -> before, after), an address fetched, or nothing."""

    line: Line
    values: dict[str, Any] = field(default_factory=dict)
    material: Material | None = None
    changes: Mapping[str, list[Any]] = field(default_factory=dict)
    refused: ServiceError | None = None

    @property
    def address(self) -> str:
        """Where the file is fetched from, "" for a draft."""
        return "" if self.line.cells.get("file") else self.line.cells.get("address", "")

    @property
    def is_good(self) -> bool:
        """Whether it can be done."""
        return not self.line.problems and self.refused is None


def plan(
    session: Session, identity: Identity, rows: Sequence[tuple[int, Sequence[str]]], words: Words
) -> list[PlannedRow]:
    """Read the rows and try what they say; nothing is kept of it.

    Raises:
        ServiceError: there are no rows, too many, or no heading of a file or an address.
    """
    # As `pasting.tidy`, but a description keeps its lines.
    tidied = [(number, [several_lines(cell).removeprefix("'") for cell in cells]) for number, cells in rows]
    if tidied and _HEADINGS.isdisjoint(map(plain, tidied[0][1])):
        raise ServiceError("sheet_names_nothing")
    lines = lines_of(tidied, COLUMNS, MOST_LINES)
    drafts = _drafts(session, identity, {line.cells.get("file", "") for line in lines})
    twice = Counter(_key(line) for line in lines)
    return [_planned(session, identity, line, drafts, words, is_twice=twice[_key(line)] > 1) for line in lines]


def _key(line: Line) -> str:
    return _name(line.cells.get("file", "")) or line.cells.get("address", "")


def _name(file: str) -> str:
    """The name of a file without folders, however it is cased."""
    return file.replace("\\", "/").rpartition("/")[2].casefold()


def _drafts(session: Session, identity: Identity, files: Iterable[str]) -> dict[str, list[Material]]:
    """The identity's drafts by the names of their files."""
    if not any(files):
        return {}
    query = select(Material).join(Version, (Version.material_id == Material.id) & Version.is_current)
    query = query.where(Material.owner_id == identity.account_id, Material.status == Status.DRAFT)
    found: dict[str, list[Material]] = {}
    for material in session.scalars(with_labels(query.order_by(Material.id))).unique():
        if material.current_version is not None:
            found.setdefault(_name(material.current_version.file_name), []).append(material)
    return found


def _planned(
    session: Session,
    identity: Identity,
    line: Line,
    drafts: Mapping[str, list[Material]],
    words: Words,
    *,
    is_twice: bool,
) -> PlannedRow:
    row = PlannedRow(line)
    file = line.cells.get("file", "")
    if is_twice:
        line.problems.append(Problem("file" if file else "address", "row_twice"))
    row.values = _values(line, words)
    if file:
        there = drafts.get(_name(file), [])
        if len(there) != 1:
            line.problems.append(Problem("file", "file_ambiguous" if there else "file_absent", {"value": file[:60]}))
        else:
            row.material = there[0]
            row.values = _with_levels(row.values, {level.level.value for level in row.material.levels})
    elif line.cells.get("address"):
        line.read("address", _address)
        row.values = _with_levels(row.values, set())
    else:
        line.problems.append(Problem("file", "row_names_nothing"))
    expires = row.values.get("licence_expires_on")
    if expires is not None and expires < day_of(session):
        line.problems.append(Problem("licence_expires_on", "day_over", {"value": line.cells["licence_expires_on"]}))
    if row.material is not None and not line.problems:
        (tried,) = bulk.plan(session, identity, [row.material], row.values)
        row.changes, row.refused = tried.changes, tried.refused
    return row


def _values(line: Line, words: Words) -> dict[str, Any]:
    """The values of the filled cells; an empty cell changes nothing."""
    read = {name: line.read(name, _reader(name, words)) for name in _READERS if line.cells.get(name)}
    return {name: value for name, value in read.items() if value is not None}


def _with_levels(values: dict[str, Any], present: set[str]) -> dict[str, Any]:
    """A grade needs one of its levels; without one the level it belongs to is added."""
    levels = set(values.get("levels", present))
    for row in GRADES:
        if row.code in values.get("grades", ()) and levels.isdisjoint(levels_of_grade(row.level)):
            levels.add(row.level.value)
    return {**values, "levels": frozenset(levels)} if levels != present else values


def _reader(name: str, words: Words) -> Callable[[str], Any]:
    reader = _READERS[name]
    return (lambda text: reader(text, words.get(name, {}))) if name in _CODED else (lambda text: reader(text, {}))


def _codes(text: str, known: Mapping[str, str]) -> frozenset[str]:
    """Names or codes with commas or semicolons between them; some names have a comma themselves."""
    parts = [part for part in text.split(";") if part.strip()]
    whole = [[part] if plain(part) in known else part.split(",") for part in parts]
    return frozenset(_code(word, known) for words in whole for word in words if word.strip())


def _code(text: str, known: Mapping[str, str]) -> str:
    found = known.get(plain(text))
    if found is None:
        raise CellError("cell_unknown", value=text.strip()[:60])
    return found


def _short(longest: int) -> Callable[[str, Mapping[str, str]], str]:
    def read(text: str, _known: Mapping[str, str]) -> str:
        if len(text) > longest:
            raise CellError("cell_long", most=longest)
        return text

    return read


def _minutes(text: str, _known: Mapping[str, str]) -> int:
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= LONGEST_DURATION):
        raise CellError("cell_minutes", most=LONGEST_DURATION)
    return int(text)


def _address(text: str) -> str:
    try:
        fetching.check_address(text)
    except ServiceError as refused:
        raise CellError("cell_address") from refused
    return text


_READERS: Mapping[str, Callable[[str, Mapping[str, str]], Any]] = {
    "title": _short(TITLE_LENGTH),
    "description": _short(LONGEST_DESCRIPTION),
    "levels": _codes,
    "grades": _codes,
    "subjects": _codes,
    "topic": _short(TITLE_LENGTH),
    "resource_type": lambda text, known: ResourceType(_code(text, known)),
    "duration_minutes": _minutes,
    "keywords": lambda text, _known: tuple(
        dict.fromkeys(word.strip() for word in text.replace(";", ",").split(",") if word.strip())
    )[:KEYWORDS],
    "author_name": _short(TITLE_LENGTH),
    "language": _code,
    "licence": lambda text, known: Licence(_code(text, known)),
    "licence_source": _short(LONGEST_SOURCE),
    "licence_expires_on": lambda text, _known: read_day(text),
    "edition_name": _short(LONGEST_EDITION),
    "requirements": _short(LONGEST_REQUIREMENTS),
}
_CODED = frozenset({"levels", "grades", "subjects", "resource_type", "language", "licence"})


def apply(session: Session, identity: Identity, unit: Unit, planned: Iterable[PlannedRow]) -> tuple[int, int]:
    """Do the good rows, in the transaction of the session: how many drafts were described, how many files asked for.

    Raises:
        ServiceError: too many files are waiting.
    """
    described = fetched = 0
    for row in planned:
        if not row.is_good:
            continue
        if row.material is not None:
            library.edit(session, identity, row.material, over(metadata_of(row.material), row.values))
            described += 1
        else:
            fetching.order(session, identity, unit, row.address, _json(row.values))
            fetched += 1
    return described, fetched


def _json(values: Mapping[str, Any]) -> dict[str, Any]:
    plain_values = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in values.items()}
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in plain_values.items()}
