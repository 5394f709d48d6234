"""A second count of the ratio that shares nothing with the first: plain SQL over the two exported files."""

from __future__ import annotations

import csv
import io
import sqlite3
from typing import TYPE_CHECKING, NamedTuple

from elearn.services.reports.exports import ACT_HEADER, REGISTER_HEADER, acts_sheet, register_sheet
from elearn.services.sheets import write_csv

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from elearn.models.curriculum import Period
    from elearn.services.sheets import Sheet


class Figures(NamedTuple):
    """What both counts must say of a unit with all below it in a period."""

    q: int
    n: int
    a: int
    b: int
    c: int
    fte_q: float
    fte_n: float


# The thresholds are written as numbers, as a reader of the definition would.
SETUP = """
CREATE TABLE period AS SELECT code, valid_from AS starts, valid_to AS ends, census_on AS census
    FROM register WHERE record = 'period';
CREATE TABLE day AS WITH RECURSIVE days(d) AS (
    SELECT min(starts) FROM period UNION ALL SELECT date(d, '+1 day') FROM days WHERE d < (SELECT max(ends) FROM period)
) SELECT d FROM days;
CREATE UNIQUE INDEX by_day ON day (d);
CREATE TABLE post AS SELECT p.rowid AS place, p.code AS person, p.actor, p.unit, p.kind AS role, p.contract,
        CAST(p.fte AS REAL) AS fte, p.is_main = '1' AS is_main, max(p.valid_from, u.valid_from) AS first,
        min(coalesce(nullif(p.valid_to, ''), '9999-12-31'), coalesce(nullif(u.valid_to, ''), '9999-12-31')) AS last
    FROM register p JOIN register u ON u.record = 'unit' AND u.code = p.unit WHERE p.record = 'post';
DELETE FROM post WHERE first > last;
CREATE INDEX post_of_person ON post (person);
CREATE TABLE main AS SELECT * FROM (
    SELECT period.code AS period, post.*, period.starts, period.ends, row_number() OVER (
        PARTITION BY period.code, person ORDER BY first DESC, place DESC) AS newest
    FROM post JOIN period ON census BETWEEN first AND last WHERE is_main AND role <> 'staff'
) WHERE newest = 1 AND role = 'teacher';
CREATE TABLE counted AS SELECT m.* FROM main m WHERE
    NOT (m.contract = 'visiting' AND m.fte < 0.5)
    AND (SELECT count(DISTINCT d) FROM day JOIN post p ON d BETWEEN p.first AND p.last
         WHERE p.person = m.person AND p.is_main AND p.role = 'teacher' AND d BETWEEN m.starts AND m.ends) >= 30
    AND 2 * (SELECT count(DISTINCT d) FROM day JOIN register l ON l.record = 'leave' AND l.code = m.person
             AND d BETWEEN l.valid_from AND coalesce(nullif(l.valid_to, ''), '9999-12-31')
             WHERE d BETWEEN m.starts AND m.ends) <= julianday(m.ends) - julianday(m.starts) + 1;
CREATE TABLE valid AS SELECT DISTINCT period.code AS period, a.* FROM acts a
    JOIN period ON a.date BETWEEN starts AND ends WHERE void = '0';
CREATE INDEX valid_of_person ON valid (period, person_code);
CREATE INDEX valid_of_course ON valid (period, course, kind);
CREATE TABLE learner AS SELECT period, course, class, actor, CAST(class_size AS INTEGER) AS size FROM valid v
    WHERE kind = 'course_activity' AND course <> '' AND NOT EXISTS (
        SELECT 1 FROM valid t WHERE t.kind = 'course_teaching'
            AND t.period = v.period AND t.course = v.course AND t.actor = v.actor);
CREATE TABLE lively AS
    SELECT period, course FROM learner GROUP BY period, course HAVING count(DISTINCT actor) >= 5
    UNION SELECT period, course FROM learner WHERE class <> '' GROUP BY period, course, class
    HAVING max(size) > 0 AND 10 * count(DISTINCT actor) >= 3 * max(size);
CREATE TABLE person AS SELECT c.period, c.person, c.unit, c.fte,
    EXISTS (SELECT 1 FROM valid v WHERE v.period = c.period AND v.person_code = c.person AND kind = 'authored') AS a,
    EXISTS (SELECT 1 FROM valid v WHERE v.period = c.period AND v.person_code = c.person AND (kind = 'taught'
        OR kind = 'taught_with' AND v.signed_on <> '' AND julianday(v.signed_on) - julianday(v.date) <= 14)) AS b,
    EXISTS (SELECT 1 FROM valid v JOIN lively l ON l.period = v.period AND l.course = v.course
        WHERE v.period = c.period AND v.person_code = c.person AND kind = 'course_teaching') AS c
    FROM counted c;
CREATE TABLE tree AS WITH RECURSIVE up(period, census, unit, above) AS (
    SELECT period.code, census, r.code, r.code FROM period JOIN register r ON r.record = 'unit'
        AND census BETWEEN r.valid_from AND coalesce(nullif(r.valid_to, ''), '9999-12-31')
    UNION SELECT up.period, census, up.unit, r.unit FROM up JOIN register r ON r.record = 'parent' AND r.code = up.above
        AND census BETWEEN r.valid_from AND coalesce(nullif(r.valid_to, ''), '9999-12-31')
) SELECT period, unit, above FROM up;
"""
ANSWER = """
SELECT tree.above, tree.period, sum(a OR b OR c), count(*), sum(a), sum(b), sum(c), sum((a OR b OR c) * fte), sum(fte)
FROM person JOIN tree ON tree.period = person.period AND tree.unit = person.unit GROUP BY tree.above, tree.period
"""


def exported(sheet: Sheet) -> list[list[str]]:
    """The lines of an export as somebody else reads them, without the heading."""
    file = io.BytesIO()
    write_csv(file, sheet)
    lines = list(csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline="")))
    assert tuple(lines[0]) == tuple(sheet.header)
    return lines[1:]


def second_count(session: Session, periods: Iterable[Period]) -> dict[tuple[str, str], Figures]:
    """The figures by codes of unit and period, where anybody counts; acts are exported period by period."""
    register = exported(register_sheet(session))
    acts = {tuple(line) for period in periods for line in exported(acts_sheet(session, period))}
    return count_files(register, sorted(acts))


def count_files(register: Iterable[Iterable[str]], acts: Iterable[Iterable[str]]) -> dict[tuple[str, str], Figures]:
    """The figures from the lines of the two files."""
    database = sqlite3.connect(":memory:")
    for name, header, lines in (("register", REGISTER_HEADER, register), ("acts", ACT_HEADER, acts)):
        database.execute(f"CREATE TABLE {name} ({', '.join(header)})")
        marks = ", ".join("?" * len(header))
        database.executemany(f"INSERT INTO {name} VALUES ({marks})", [tuple(line) for line in lines])  # noqa: S608
    for table, columns in (("acts", "date"), ("register", "record, code")):
        database.execute(f"CREATE INDEX by_{table} ON {table} ({columns})")
    database.executescript(SETUP)
    rows = database.execute(ANSWER).fetchall()
    database.close()
    return {(unit, period): Figures(*counts, round(fq, 3), round(fn, 3)) for unit, period, *counts, fq, fn in rows}
