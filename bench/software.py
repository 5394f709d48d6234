"""Measure the pages of the catalogue of teaching software on a generated province, and what agents cost.

    python bench/software.py [--titles 5000] [--schools 2800] [--rows 400000] [--lessons 50000] [--requests 1000]
                             [--engine sqlite|postgresql] [--seed 5]

Each page is asked for through the whole application: twice to warm up, then five times. Its milliseconds (median and
worst, and processor time of this process), statements and bytes are printed, and, as the last line, all figures as
JSON. The same seed gives the same province. `AIM` says what a page may cost; a page above it makes the exit code 1.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from sqlalchemy import event, insert, select, text

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from software_use import Use

from elearn.app import create_app, settle
from elearn.database.schema import upgrade
from elearn.house import House, open_house
from elearn.identifiers import new_uid
from elearn.models.account import Account, Role, RoleGrant
from elearn.models.curriculum import Level
from elearn.models.installations import Age, Installation, Proof, ReportedBy
from elearn.models.material import Material, MaterialLevel, SoftwareDetail, Status
from elearn.models.organisation import Unit, UnitKind, UnitLevel, UnitName, UnitParent
from elearn.models.software import LicenceKind, Outcome, SoftwareDecision, SoftwareLicence, SoftwareRelease
from elearn.models.software_request import SoftwareRequest
from elearn.services import curriculum, organisation
from elearn.services.access import SYSTEM, load_identity
from elearn.services.account import hash_password
from elearn.services.indexing import rebuild
from elearn.services.software.installed.tokens import make_token
from elearn.services.software.quota import QuotaKind, Target, add_quota
from elearn.settings import load_settings
from elearn.web.logs import configure_logging
from tests.support.postgres import running_postgres
from tests.support.web import PASSWORD, Browser

if TYPE_CHECKING:
    from collections.abc import Iterator

AIM_MS, AIM_STATEMENTS = 300, 30
COMMUNES, CHUNK = 120, 20_000
SINCE, BOUGHT = date(2010, 1, 1), date(2026, 1, 1)
VERSIONS = ("1.0", "2.0", "3.0")
_WORDS = "toán hình vẽ nhạc tập đọc viết bản đồ sao cây máy thí nghiệm vui học bé tô màu ghép chữ số đàn"
WORDS = tuple(_WORDS.split())
LEVELS = (Level.MN, Level.TH, Level.THCS, Level.THPT)


@dataclass
class Province:
    """What was generated: ids of titles and schools, and the chance they were drawn by."""

    given: argparse.Namespace
    chance: random.Random
    account: int = 0
    root: int = 0
    schools: list[int] = field(default_factory=list)


class Pages:
    """Somebody who opens pages, and what each of them cost."""

    def __init__(self, house: House, browser: Browser, told: dict[str, Any]) -> None:
        self.house, self.browser, self.told = house, browser, told

    def measure(self, name: str, address: str, *, is_page: bool = True, **arguments: Any) -> None:
        """Ask for an address; files are measured and not judged."""
        statements = [0]

        def count(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            statements[0] += not statement.startswith("BEGIN")

        times, cpu = [], []
        for _ in range(7):
            statements[0] = 0
            event.listen(self.house.database.engine, "before_cursor_execute", count)
            begin, busy = time.perf_counter(), time.process_time()
            answer = self.browser.open(address, **arguments)
            body = answer.data
            times.append((time.perf_counter() - begin) * 1000)
            cpu.append((time.process_time() - busy) * 1000)
            event.remove(self.house.database.engine, "before_cursor_execute", count)
            assert answer.status_code == 200, (name, answer.status_code)
        median, worst, busy = statistics.median(times[2:]), max(times[2:]), statistics.median(cpu[2:])
        is_over = is_page and (median > AIM_MS or statements[0] > AIM_STATEMENTS)
        self.told[name] = {"ms": round(median), "worst_ms": round(worst), "cpu_ms": round(busy)}
        self.told[name] |= {"statements": statements[0], "bytes": len(body), "over": is_over}
        mark = "  TOO MUCH" if is_over else ""
        cost = f"{median:5.0f} ms {worst:5.0f} ms {busy:5.0f} ms cpu {statements[0]:3} statements {len(body):7} B"
        print(f"{name:34} {cost}{mark}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--titles", type=int, default=5_000)
    parser.add_argument("--schools", type=int, default=2_800)
    parser.add_argument("--rows", type=int, default=400_000)
    parser.add_argument("--lessons", type=int, default=50_000)
    parser.add_argument("--requests", type=int, default=1_000)
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--seed", type=int, default=5)
    given = parser.parse_args()
    told: dict[str, Any] = dict(vars(given))
    with ExitStack() as stack:
        home = Path(stack.enter_context(TemporaryDirectory(prefix="elearn-bench-")))
        more = {}
        if given.engine == "postgresql":
            more["database_url"] = stack.enter_context(running_postgres())
        house = open_house(load_settings({}, home=home, log_level="error", **more))
        configure_logging(house.settings)
        stack.callback(house.close)
        begin = time.perf_counter()
        province = generate(house, given)
        rebuild(house.database, house.engine)
        told["generate_s"] = round(time.perf_counter() - begin, 1)
        print(f"{'generated and indexed':34} {told['generate_s']:7} s", flush=True)
        pages: dict[str, Any] = {}
        measure(house, province, pages)
        told["pages"] = pages
    told["peak_memory_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(json.dumps(told))
    return int(any(page["over"] for page in pages.values()))


def measure(house: House, province: Province, told: dict[str, Any]) -> None:
    app = create_app(house)
    settle()  # as a server does
    officer, teacher, head = Browser(app), Browser(app), Browser(app)
    for browser, login in ((officer, "can.bo"), (teacher, "giao.vien"), (head, "hieu.truong")):
        assert browser.sign_in(login).status_code == 303
    with house.database.read() as session:
        root = session.get_one(Unit, province.root).uid
        school = session.get_one(Unit, province.schools[0]).uid
        commune = organisation.children_on(session, session.get_one(Unit, province.root), BOUGHT)[0].uid
        popular = session.get_one(Material, 1).uid
        wanted = session.get_one(SoftwareRequest, 1).uid
        release = session.scalars(select(SoftwareRelease.uid).where(SoftwareRelease.title_id == 1)).first()
    shown = Pages(house, officer, told)
    for name, address in {
        "catalogue": "/software",
        "catalogue, narrowed": "/software?q=hinh+ve&level=TH",
        "title": f"/materials/{popular}",
        "release": f"/software/{popular}/releases/{release}",
        "plan": f"/software/plan/{root}",
        "licence form": f"/software/{popular}/licences/new",
        "licences that end": f"/software/ends/{root}",
        "spending": f"/software/spending/{root}",
        "form 05, province": f"/software/form05/{root}",
        "form 05, commune": f"/software/form05/{commune}",
        "level": f"/software/form05/{root}/{Level.TH}",
        "requests": "/software/requests",
        "requests, page 30": "/software/requests?page=30",
        "requests, answered": "/software/requests?answered=",
        "request of hundreds": f"/software/requests/{wanted}",
        "request joined with another": f"/software/requests/{wanted}/merge",
        "installed, province": f"/software/installed/{root}",
        "installed, over seats": f"/software/installed/{root}?flag=over",
        "installed, page 60": f"/software/installed/{root}?page=60",
        "installed, commune": f"/software/installed/{commune}",
        "by unit, province": f"/software/installed/{root}/units",
        "by unit, commune": f"/software/installed/{commune}/units",
        "where a title is": f"/software/{popular}/installed",
        "at a school": f"/software/at/{school}",
        "at a school, all levels": f"/software/at/{school}?levels=all",
        "at the department": f"/software/at/{root}?page=100",
        "agents": f"/software/at/{school}/agents",
        "sheet form": f"/software/at/{school}/sheet",
    }.items():
        shown.measure(name, address)
    at_school = f"/software/at/{school}"
    taught = {"requests, teacher": "/software/requests", "lessons taught": "/taught", "lesson form": "/taught/new"}
    for name, address in {"at a school, teacher": at_school, **taught}.items():
        Pages(house, teacher, told).measure(name, address)
    signed = {"lessons to countersign": "/countersign", "requests, head": "/software/requests"}
    for name, address in signed.items():
        Pages(house, head, told).measure(name, address)
    for form in ("csv", "xlsx"):
        shown.measure(f"programs.{form}", f"/software/installed/{root}/programs.{form}", is_page=False)
    measure_agents(house, province, app, told)


def measure_agents(house: House, province: Province, app: Any, told: dict[str, Any]) -> None:
    """An inventory of a school: what is new, and the same again; then one that is refused for its size."""
    with house.database.write() as session:
        _, secret = make_token(session, SYSTEM, session.get_one(Unit, province.schools[1]), "bench")
        names = session.scalars(select(Material.title).limit(140)).all()
    asker = Pages(house, Browser(app), told)
    headers = {"Authorization": f"Bearer {secret}"}
    programs = [{"name": name, "version": "2.0", "room": "P1", "machines": 20} for name in names]
    for name, sent in (("inventory, the same again", programs),):
        body = json.dumps({"programs": sent}).encode()
        asked = {"method": "POST", "data": body, "content_type": "application/json", "headers": headers}
        asker.measure(name, "/api/v1/inventory", is_page=False, **asked)
    many = json.dumps({"programs": [{"name": f"Máy {number}", "room": "P"} for number in range(100_000)]}).encode()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answer = asker.browser.open(
        "/api/v1/inventory", method="POST", data=many, content_type="application/json", headers=headers
    )
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"{'inventory of 100,000 machines':34} {len(many)} B refused with {answer.status_code}, {grown:.0f} MB more")


def generate(house: House, given: argparse.Namespace) -> Province:
    """A department, communes and schools; titles with releases, decisions and licences; reports drawn by the seed."""
    province = Province(given, random.Random(given.seed))
    upgrade(house.database)
    with house.database.write() as session:
        curriculum.seed(session)
        root = organisation.ensure_root(session, SYSTEM)
        province.root, province.schools = root.id, add_units(session, root, given.schools)
        organisation.rebuild_closure(session)
        hashed = hash_password(PASSWORD)
        for login, role, unit in (("can.bo", Role.UNIT_MANAGER, root.id), ("giao.vien", Role.TEACHER, None)):
            account = Account(login=login, display_name=login, password_hash=hashed)
            session.add(account)
            session.flush()
            province.account = province.account or account.id
            session.add(RoleGrant(account_id=account.id, role=role, unit_id=unit or province.schools[0]))
        officer = load_identity(session, province.account)
        for level in LEVELS:
            target = Target(frozenset({level}), QuotaKind.LEVEL, 9, SINCE, date(2014, 12, 31), "KH 99")
            add_quota(session, officer, root, target)
    titles = range(1, given.titles + 1)
    moment = datetime(2025, 9, 1, tzinfo=UTC)
    fill(house, Material, (a_title(province, number, moment) for number in titles))
    fill(house, SoftwareDetail, ({"material_id": n, "vendor": f"Nhà làm {n % 300}", "release": VERSIONS[-1],
                                  "platforms": ["windows"], "maker_url": f"https://maker{n % 300}.example"}
                                 for n in titles))  # fmt: skip
    fill(house, MaterialLevel, ({"material_id": n, "level": LEVELS[n % 4]} for n in titles))
    fill(house, SoftwareRelease, (
        {"title_id": n, "version": version, "released_on": date(2023 + place, 1, 1 + n % 28), "created_at": moment,
         "is_latest": version == VERSIONS[-1], "is_supported": place > 0 or n % 3 > 0, "notes": ""}
        for n in titles for place, version in enumerate(VERSIONS)
    ))  # fmt: skip
    fill(house, SoftwareDecision, (
        {"title_id": n, "unit_id": province.root, "outcome": Outcome.APPROVED, "reason": "", "recorded_at": moment,
         "decided_on": date(2024, 1, 1) + timedelta(days=n % 700), "account_id": province.account}
        for n in titles if n % 10
    ))  # fmt: skip
    fill(house, SoftwareLicence, licences(province, moment))
    fill(house, Installation, reports(province, moment))
    use = Use(house, lambda table, rows: fill(house, table, rows), province.chance)
    use.add(province.schools, given.titles, given.lessons, given.requests)
    with house.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE" if given.engine == "sqlite" else "VACUUM ANALYZE"))  # as autovacuum does
    return province


def add_units(session: Any, root: Unit, count: int) -> list[int]:
    def unit(code: str, kind: UnitKind, parent: Unit) -> Unit:
        row = Unit(code=code, kind=kind, valid_from=SINCE, names=[UnitName(name=f"Đơn vị {code}", valid_from=SINCE)])
        session.add(row)
        session.flush()
        session.add(UnitParent(unit_id=row.id, parent_id=parent.id, valid_from=SINCE))
        return row

    communes = [unit(f"X{number:03}", UnitKind.COMMUNE, root) for number in range(min(COMMUNES, count))]
    schools = [unit(f"T{n:05}", UnitKind.SCHOOL, communes[n % len(communes)]) for n in range(count)]
    session.add_all(
        UnitLevel(unit_id=school.id, level=LEVELS[n % 4], valid_from=SINCE) for n, school in enumerate(schools)
    )
    session.flush()
    return [school.id for school in schools]


def a_title(province: Province, number: int, moment: datetime) -> dict[str, Any]:
    words = province.chance.sample(WORDS, 3)
    said = {"title": f"{' '.join(words).capitalize()} số {number}", "description": f"Phần mềm {' '.join(words)}."}
    dates = dict.fromkeys(("created_at", "changed_at", "published_at"), moment)
    return {**said, **dates, "kind": "software", "unit_id": province.root, "owner_id": province.account,
            "status": Status.PUBLISHED, "is_public": True, "keywords": [], "play_options": {}}  # fmt: skip


def licences(province: Province, moment: datetime) -> Iterator[dict[str, Any]]:
    """Of ten titles six are free; one is for the whole province, one by seats, one of single schools, one of nobody."""
    about = {"cost_per_year": 0, "starts_on": BOUGHT, "contract_number": "", "note": "", "created_at": moment}
    for n in range(1, province.given.titles + 1):
        at_root = {**about, "title_id": n, "unit_id": province.root, "seats": None}
        if n % 10 < 6:
            yield {**at_root, "kind": LicenceKind.FREE}
        elif n % 10 == 6:
            yield {**at_root, "kind": LicenceKind.PROVINCE, "cost_per_year": 50_000_000}
        elif n % 10 == 7:
            yield {**at_root, "kind": LicenceKind.SEATS, "seats": province.chance.randrange(500, 3000)}
            for school in province.chance.sample(province.schools, min(3, len(province.schools))):
                yield {**at_root, "unit_id": school, "kind": LicenceKind.SEATS, "seats": 40, "cost_per_year": 1_000_000}
        elif n % 10 == 8:
            for school in province.chance.sample(province.schools, min(5, len(province.schools))):
                yield {**at_root, "unit_id": school, "kind": LicenceKind.SITE, "cost_per_year": 2_000_000}


def reports(province: Province, moment: datetime) -> Iterator[dict[str, Any]]:
    """Each school the same number of rows: four fifths stand, the others were outdone; some titles are everywhere."""
    given, chance = province.given, province.chance
    each = max(1, given.rows // len(province.schools))
    for school in province.schools:
        for number in range(each):
            title = min(int(chance.paretovariate(0.35)), given.titles * 50) % given.titles + 1
            version = chance.randrange(4)
            is_known, is_current = version < len(VERSIONS), number % 5 > 0
            day = date(2025, 9, 5) + timedelta(days=chance.randrange(365))
            age = (Age.UNSUPPORTED if title % 3 == 0 else Age.OUTDATED, Age.OUTDATED, Age.CURRENT, Age.UNKNOWN)[version]
            named = number % 20 > 0
            yield {
                "unit_id": school,
                "title_id": title if named else None,
                "name": f"Tên {title}",
                "name_key": "" if named else f"ten {title % 500}",
                "release_id": (title - 1) * len(VERSIONS) + version + 1 if is_known and named else None,
                "version": VERSIONS[version] if is_known else "",
                "age": age if named else Age.UNKNOWN,
                "room": f"Phòng {number % 6}",
                "machines": chance.randrange(1, 40),
                "reported_on": day,
                "confirmed_on": day,
                "via": ReportedBy.TOKEN if number % 2 else ReportedBy.SHEET,
                "proof": Proof.AGENT if number % 2 else Proof.SAID,
                "account_id": None,
                "token_id": None,
                "recorded_at": moment,
                "is_current": is_current,
            }


def fill(house: House, table: Any, rows: Iterator[dict[str, Any]]) -> None:
    has_uid, batch = "uid" in table.__table__.columns, []
    for row in rows:
        batch.append({"uid": new_uid(), **row} if has_uid else row)
        if len(batch) == CHUNK:
            write(house, table, batch)
            batch = []
    write(house, table, batch)


def write(house: House, table: Any, batch: list[dict[str, Any]]) -> None:
    if batch:
        with house.database.write() as session:
            session.execute(insert(table.__table__), batch)


if __name__ == "__main__":
    sys.exit(main())
