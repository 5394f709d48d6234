"""The accounts of the demo, all with one known password, and the mark that a database is a demo."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import inspect, select

from elearn.models.account import Account, Role
from elearn.models.operations import DatabaseMark

if TYPE_CHECKING:
    from elearn.database import Database

MARK = "demo"
PASSWORD = "elearn-demo-2026"  # noqa: S105 - it is printed at every start of a demo, which only loopback reaches


class DemoAccount(NamedTuple):
    """An account: its login, the code of its person in the register, its role and unit, and what it shows."""

    login: str
    person: str
    role: Role
    unit: str
    what: str


ACCOUNTS: tuple[DemoAccount, ...] = (
    DemoAccount("quantri", "CB001", Role.ADMINISTRATOR, "SO", "administrator of the department"),
    DemoAccount("lanhdao.so", "CB002", Role.UNIT_MANAGER, "SO", "head of the department"),
    DemoAccount("nguoiduyet", "CB003", Role.REVIEWER, "SO", "reviewer of materials for the whole province"),
    DemoAccount("thanhtra", "CB004", Role.INSPECTOR, "SO", "inspector: sees everything, changes nothing"),
    DemoAccount("lanhdao.xa", "CB005", Role.UNIT_MANAGER, "X-HUONGLAM", "head of education in a commune"),
    DemoAccount("hieutruong.mn", "GV101", Role.UNIT_MANAGER, "MN-HOASEN", "head of a preschool"),
    DemoAccount("hieutruong.th", "GV201", Role.UNIT_MANAGER, "TH-LEQUYDON", "head of a primary school"),
    DemoAccount("hieutruong.thcs", "GV301", Role.UNIT_MANAGER, "THCS-NAKHOANG", "head of a school with two levels"),
    DemoAccount("hieutruong.thpt", "GV401", Role.UNIT_MANAGER, "THPT-CHUVANAN", "head of an upper secondary school"),
    DemoAccount("giaovien.mn", "GV102", Role.TEACHER, "MN-HOASEN", "preschool teacher"),
    DemoAccount("giaovien.th", "GV202", Role.TEACHER, "TH-LEQUYDON", "primary teacher"),
    DemoAccount("giaovien.thcs", "GV302", Role.TEACHER, "THCS-NAKHOANG", "lower secondary teacher"),
    DemoAccount("giaovien.thpt", "GV402", Role.TEACHER, "THPT-CHUVANAN", "upper secondary teacher"),
    DemoAccount("hocsinh.th", "HS201", Role.STUDENT, "TH-LEQUYDON", "pupil of grade 4"),
    DemoAccount("hocsinh.thcs", "HS301", Role.STUDENT, "THCS-NAKHOANG", "pupil of grade 6"),
    DemoAccount("hocsinh.thpt", "HS401", Role.STUDENT, "THPT-CHUVANAN", "pupil of grade 10"),
)

# Those of the whole province beside them.
MORE_ACCOUNTS: tuple[DemoAccount, ...] = (
    DemoAccount("lanhdao.phuong", "CB006", Role.UNIT_MANAGER, "P-THANHBINH", "head of education in a ward"),
    DemoAccount("hieutruong.banmay", "GV210", Role.UNIT_MANAGER, "TH-BANMAY", "head of a school in a difficult area"),
    DemoAccount("hieutruong.thanhbinh", "GV310", Role.UNIT_MANAGER, "THCS-THANHBINH", "head of a large school"),
    DemoAccount("giamdoc.gdtx", "GV500", Role.UNIT_MANAGER, "GDTX-SONBINH", "head of a centre"),
    DemoAccount("totruong.thanhbinh", "GV312", Role.REVIEWER, "THCS-THANHBINH", "reviewer of one school"),
    DemoAccount("giaovien.tuthuc", "GV111", Role.TEACHER, "MN-ANHDUONG", "teacher of a private preschool"),
    DemoAccount("giaovien.banmay", "GV211", Role.TEACHER, "TH-BANMAY", "primary teacher in a difficult area"),
    DemoAccount("giaovien.thanhbinh", "GV311", Role.TEACHER, "THCS-THANHBINH", "teacher of mathematics"),
    DemoAccount("giaovien.suoingan", "GV321", Role.TEACHER, "THCS-SUOINGAN", "teacher of informatics"),
    DemoAccount("giaovien.nguyendu", "GV411", Role.TEACHER, "THPT-NGUYENDU", "teacher of biology"),
    DemoAccount("giaovien.gdtx", "GV501", Role.TEACHER, "GDTX-SONBINH", "teacher of continuing education"),
    DemoAccount("giaovien.ktth", "GV601", Role.TEACHER, "KTTH-SONBINH", "teacher of vocational subjects"),
    DemoAccount("giaovien.tccn", "GV701", Role.TEACHER, "TCCN-SONBINH", "teacher of a vocational school"),
    DemoAccount("giaovien.cokhi", "GV702", Role.TEACHER, "TCCN-SONBINH", "teacher of a vocational school"),
    DemoAccount("giaovien.anh", "GV204", Role.TEACHER, "TH-LEQUYDON", "teacher on maternity leave"),
    DemoAccount("giaovien.van", "GV313", Role.TEACHER, "THCS-THANHBINH", "teacher of literature"),
    DemoAccount("giaovien.toan", "GV412", Role.TEACHER, "THPT-NGUYENDU", "teacher of mathematics"),
    DemoAccount("giaovien.ktpl", "GV413", Role.TEACHER, "THPT-NGUYENDU", "teacher of economics and law"),
)


def named_accounts(database: Database) -> tuple[DemoAccount, ...]:
    """The accounts with a name of their own that are in a database."""
    with database.read() as session:
        there = set(session.scalars(select(Account.login)))
    return tuple(row for row in (*ACCOUNTS, *MORE_ACCOUNTS) if row.login in there)


def is_demo(database: Database) -> bool:
    """Whether a database was filled as a demo (an empty one was not)."""
    if not inspect(database.engine).has_table(DatabaseMark.__tablename__):
        return False
    with database.read() as session:
        return session.scalar(select(DatabaseMark.name).where(DatabaseMark.name == MARK)) is not None
