"""Enters the titles, the department's decisions about them and the targets of the plan, as everybody enters theirs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from elearn.demo.catalogue.titles import TITLES
from elearn.demo.population.calendar import moment
from elearn.models.curriculum import Level
from elearn.models.material import Licence
from elearn.models.software import LicenceKind, Outcome, QuotaKind, SoftwareQuota
from elearn.services.access import load_identity
from elearn.services.account import account_by_login
from elearn.services.metadata import Metadata
from elearn.services.organisation import unit_by_code
from elearn.services.software.decisions import decide
from elearn.services.software.licences import LicenceTerms, add_licence
from elearn.services.software.quota import Target, add_quota
from elearn.services.software.titles import TitleDetails, create_title

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.database import Database
    from elearn.demo.catalogue.titles import TitleRow
    from elearn.models.organisation import Unit
    from elearn.services.access import Identity

OFFICER, DEPARTMENT = "lanhdao.so", "SO"
PLAN = "Kế hoạch 99/KH-UBND năm 2012, phần mềm dạy học dùng chung"
PLAN_BEGINS = date(2012, 1, 1)
EQUIPPED_BY = {("MN",): date(2012, 12, 31), ("TH",): date(2012, 12, 31)}  # all others by the end of 2014 (H408)
OTHERS_BY = date(2014, 12, 31)
FIRST_COUNCIL, BETWEEN_COUNCILS = date(2012, 3, 15), timedelta(days=61)
HELPERS = "Phòng Công nghệ thông tin, Sở Giáo dục và Đào tạo"


def load_catalogue(database: Database) -> int:
    """Enter the titles and the plan; returns how many titles were entered, none when the plan is there already."""
    with database.write() as session:
        if session.scalar(select(SoftwareQuota.id).limit(1)) is not None:
            return 0
        unit = unit_by_code(session, DEPARTMENT)
        account = account_by_login(session, OFFICER)
        assert unit is not None  # noqa: S101 - built before
        assert account is not None  # noqa: S101 - built before
        officer = load_identity(session, account.id)
        for levels, rows in TITLES.items():
            _add_target(session, officer, unit, levels, len(rows))
            due = EQUIPPED_BY.get(levels, OTHERS_BY)
            for number, row in enumerate(rows):
                _add_title(session, officer, levels, row, min(FIRST_COUNCIL + number * BETWEEN_COUNCILS, due))
        return sum(map(len, TITLES.values()))


def _add_target(session: Session, officer: Identity, unit: Unit, levels: tuple[str, ...], number: int) -> None:
    due = EQUIPPED_BY.get(levels, OTHERS_BY)
    add_quota(
        session,
        officer,
        unit,
        Target(frozenset(map(Level, levels)), QuotaKind.LEVEL, number, PLAN_BEGINS, due, PLAN),
    )


def _add_title(session: Session, officer: Identity, levels: tuple[str, ...], row: TitleRow, day: date) -> None:
    unit = unit_by_code(session, DEPARTMENT)
    assert unit is not None  # noqa: S101 - built before
    said = Metadata(
        title=row.name,
        description=row.what,
        author_name="",
        licence=Licence(row.licence),
        levels=frozenset(levels),
        subjects=frozenset(row.subjects),
        is_public=True,
        vendor=row.maker,
        platforms=row.platforms,
    )
    title = create_title(session, officer, unit, said, TitleDetails(maker_url=row.address, contact=HELPERS))
    decide(
        session,
        officer,
        title,
        unit,
        outcome=Outcome.APPROVED,
        decided_on=day,
        reason="",
        document="Hội đồng thẩm định",
    )
    title.created_at = title.changed_at = title.published_at = moment(day, 9, 0)
    kind = LicenceKind.OPEN_SOURCE if row.licence == "open-source" else LicenceKind.FREE
    add_licence(session, officer, title, unit, LicenceTerms(kind, day))
