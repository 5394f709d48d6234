"""The matrix of a class as a table for spreadsheets; the words come from the page that asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elearn.services.sheets import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from zoneinfo import ZoneInfo

    from elearn.services.courses.matrix import Matrix, MatrixRow
    from elearn.services.courses.results import Standing
    from elearn.services.sheets import Cell

SCALE = 10  # scores are given on the ten-point scale of Vietnamese schools
CODE, NAME, NUMBER, TEXT = 14, 28, 10, 18  # widths in characters


def matrix_sheet(
    matrix: Matrix,
    words: Callable[[str], str],
    standings: Mapping[Standing, str],
    timezone: ZoneInfo,
) -> Sheet:
    """One row per learner; per item the standing, the score out of ten and the day of the last change.

    `words` translates the headings: number, code, name, state, done, mean, score, date.
    """
    header = [words(name) for name in ("number", "code", "name", "state", "done", "mean")]
    for item in matrix.items:
        header += [item.title, f"{item.title} – {words('score')}", f"{item.title} – {words('date')}"]
    widths = [6, CODE, NAME, TEXT, NUMBER, NUMBER] + [TEXT, NUMBER, CODE] * len(matrix.items)
    rows = _rows(matrix, words, standings, timezone)
    return Sheet(matrix.opening.school_class.name, header, rows, widths)


def _rows(
    matrix: Matrix, words: Callable[[str], str], standings: Mapping[Standing, str], timezone: ZoneInfo
) -> Iterator[list[Cell]]:
    for number, row in enumerate(matrix.rows, start=1):
        person = row.learner.person
        state = words("left") if row.learner.has_left else ""
        cells: list[Cell] = [number, person.code, person.full_name, state, row.done, points(row.score)]
        yield cells + _cells(row, standings, timezone)


def _cells(row: MatrixRow, standings: Mapping[Standing, str], timezone: ZoneInfo) -> list[Cell]:
    found: list[Cell] = []
    for cell in row.cells:
        day = cell.changed_at.astimezone(timezone).date() if cell.changed_at else None
        found += [str(standings[cell.result.standing]), points(cell.result.score), day]
    return found


def points(score: float | None) -> float | None:
    """A score from 0 to 1 on the ten-point scale, rounded half-up to two decimals."""
    return None if score is None else int(score * SCALE * 100 + 0.5) / 100
