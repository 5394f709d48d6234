"""What the demo's teachers ask for, what schools have tried out, and how titles are rated.

What is asked for and tried out does not exist. Ratings are of titles of the catalogue, by teachers whose lessons with
them were countersigned.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from elearn.demo.accounts import ACCOUNTS, MORE_ACCOUNTS
from elearn.demo.catalogue.loading import DEPARTMENT, HELPERS, OFFICER
from elearn.demo.catalogue.purchases import MADE_UP
from elearn.demo.population.calendar import DAY, moment
from elearn.models.material import Licence, Material
from elearn.models.software_request import (
    RequestEvent,
    RequestState,
    RequestStep,
    RequestVoice,
    SoftwareRating,
    SoftwareRequest,
    SoftwareTrial,
    TrialSchool,
)
from elearn.models.usage import ActKind, UsageAct
from elearn.services.access import load_identity
from elearn.services.metadata import Metadata
from elearn.services.organisation import unit_by_code
from elearn.services.people.pasting import plain
from elearn.services.software.titles import TitleDetails, create_title
from elearn.services.usage.signs import signed_acts

if TYPE_CHECKING:
    from datetime import date, datetime
    from random import Random

    from sqlalchemy.orm import Session

    from elearn.demo.activity.world import World
    from elearn.demo.inserting import Inserter

UNIT_OF = {row.login: row.unit for row in (*ACCOUNTS, *MORE_ACCOUNTS)}
CRITERIA = (("Đúng chương trình", 20), ("Dễ dùng", 10), ("Chạy được trên máy của trường", 10))
MOST_RATINGS, RATED = 4, 0.7  # of a title, and the part of those who taught with it that rate it
WORDS = {
    5: ("Học sinh thích, giờ học sôi nổi.", "Dùng được ngay, không phải cài thêm gì.", ""),
    4: ("Hay, nhưng cần thêm hướng dẫn tiếng Việt.", "Máy cũ chạy hơi chậm.", ""),
    3: ("Chỉ hợp với một vài bài.", ""),
    2: ("Khó dùng với học sinh nhỏ.",),
}


class TrialRow(NamedTuple):
    """A trial: first and last day as days before the demo's last day, and of each school its head, scores and words."""

    first: int
    last: int
    schools: tuple[tuple[str, tuple[int, ...], str], ...]


class WishRow(NamedTuple):
    """A request: when it was asked for (days before the last day), by whom and why, and what came of it, in order."""

    name: str
    levels: tuple[str, ...]
    asked: int
    voices: tuple[tuple[str, str], ...]
    state: RequestState
    said: tuple[tuple[str, RequestStep, str], ...] = ()
    trial: TrialRow | None = None


WISHES = (
    WishRow(
        "Bàn cờ phân số", ("TH",), 6,
        (("giaovien.th", "Học sinh lớp 4 so sánh phân số bằng hình sẽ nhớ lâu hơn."),
         ("giaovien.banmay", "Trường có ít đồ dùng, cần phần mềm chạy được trên máy cũ.")),
        RequestState.ASKED,
    ),
    WishRow(
        "Sổ tay thí nghiệm Khoa học tự nhiên", ("THCS",), 20,
        (("giaovien.thanhbinh", "Ghi số liệu thí nghiệm và vẽ đồ thị ngay trên lớp."),
         ("giaovien.thcs", "Phòng thí nghiệm của trường chưa đủ bộ đo."),
         ("giaovien.suoingan", "Cần cho dự án liên môn với Tin học.")),
        RequestState.GROUP,
        (("totruong.thanhbinh", RequestStep.GROUP_YES, "Cả tổ thống nhất, dùng cho ba khối."),),
    ),
    WishRow(
        "Bản đồ lịch sử Sơn Bình", ("THPT",), 34,
        (("giaovien.thpt", "Nội dung giáo dục địa phương chưa có bản đồ số."),
         ("giaovien.nguyendu", "Học sinh tự đánh dấu di tích trong chuyến thực tế.")),
        RequestState.SCHOOL,
        (("hieutruong.thpt", RequestStep.SCHOOL_YES, "Phù hợp kế hoạch giáo dục địa phương của trường."),),
    ),
    WishRow(
        "Phòng thí nghiệm hóa học ảo", ("THCS", "THPT"), 75,
        (("giaovien.nguyendu", "Có những thí nghiệm không làm được an toàn trên lớp."),
         ("giaovien.thpt", "Học sinh làm thử nhiều lần mà không tốn hóa chất.")),
        RequestState.TRIAL,
        (("hieutruong.thpt", RequestStep.SCHOOL_YES, ""),),
        TrialRow(40, -30, (("hieutruong.thpt", (17, 8, 9), "Hai lớp 10 đã dùng trong bốn tiết."),
                           ("hieutruong.thanhbinh", (), ""))),
    ),
    WishRow(
        "Trò chơi gõ mười ngón Ong Vàng", ("TH",), 150,
        (("giaovien.th", "Học sinh lớp 3 bắt đầu học Tin học."),),
        RequestState.DECLINED,
        (("hieutruong.th", RequestStep.SCHOOL_YES, ""),
         (OFFICER, RequestStep.DECLINED, "Hai trường dùng thử đều báo quảng cáo hiện trong bài; đã có Tux Typing.")),
        TrialRow(120, 90, (("hieutruong.th", (9, 5, 8), "Hiện quảng cáo giữa bài."),
                           ("hieutruong.banmay", (8, 6, 3), "Không chạy được khi mất mạng."))),
    ),
    WishRow(
        "Kho đề thi trắc nghiệm theo tháng", ("THPT",), 60,
        (("giaovien.toan", "Cần thêm đề ôn tập."),),
        RequestState.DECLINED,
        ((OFFICER, RequestStep.DECLINED, "Học liệu ôn tập đã có trong kho dùng chung, không mua thêm."),),
    ),
)  # fmt: skip


def draw_wishes(world: World, insert: Inserter, until: date) -> None:
    """Enter the requests with voices, steps and trials; `until` is the demo's last day."""
    for row in WISHES:
        _Wish(world, insert, until, row).enter()


class _Wish:
    """One request on its way; each step is a day after the one before."""

    def __init__(self, world: World, insert: Inserter, until: date, row: WishRow) -> None:
        self.session, self.insert, self.row, self.until = world.session, insert, row, until
        self.accounts, self.units = world.logins, {code: unit_id for unit_id, code in world.units.items()}
        self.request_id, self._day = 0, until - row.asked * DAY

    def enter(self) -> None:
        row, at = self.row, self._next()
        title = self._title(at) if row.trial else None
        about = {"decider_id": self.units[DEPARTMENT], "title_id": title, "name": row.name, "folded": plain(row.name)}
        last = max(at + len(row.said) * DAY, *self._reported())
        rows = [{**about, "maker": MADE_UP, "maker_url": "", "levels": list(row.levels), "subjects": [],
                 "state": row.state, "created_at": at, "changed_at": last}]  # fmt: skip
        (self.request_id,) = self.insert.add(SoftwareRequest, rows)
        for number, (login, reason) in enumerate(row.voices):
            when = at + timedelta(hours=number)
            self.insert.pour(RequestVoice, [{"request_id": self.request_id, "account_id": self.accounts[login],
                             "unit_id": self._unit(login), "reason": reason, "asked_at": when}])  # fmt: skip
            self._step(RequestStep.JOINED if number else RequestStep.ASKED, login, reason, when)
        for login, step, note in row.said:
            when = self._next()
            if step is RequestStep.DECLINED and row.trial:
                self._try_out(title)
                when = max(when, *self._reported())
            self._step(step, login, note, when)
        if row.trial and row.state is RequestState.TRIAL:
            self._try_out(title)

    def _next(self) -> datetime:
        """Ten in the morning of the next day."""
        self._day += DAY
        return moment(self._day, 10, 0)

    def _unit(self, login: str) -> int:
        return self.units[UNIT_OF[login]]

    def _step(self, step: RequestStep, login: str, note: str, at: datetime) -> None:
        self.insert.pour(RequestEvent, [{"request_id": self.request_id, "step": step, "note": note, "at": at,
                         "account_id": self.accounts[login], "unit_id": self._unit(login)}])  # fmt: skip

    def _title(self, at: datetime) -> int:
        """What is tried out is a draft of the department's catalogue."""
        unit = unit_by_code(self.session, DEPARTMENT)
        assert unit is not None  # noqa: S101 - built before
        said = Metadata(title=self.row.name, description="Phần mềm mẫu, không có thật.", author_name="",
                        licence=Licence.UNKNOWN, levels=frozenset(self.row.levels), subjects=frozenset(),
                        vendor=MADE_UP, platforms=("windows",))  # fmt: skip
        officer = load_identity(self.session, self.accounts[OFFICER])
        title = create_title(self.session, officer, unit, said, TitleDetails(contact=HELPERS))
        title.created_at = title.changed_at = at
        self.session.flush()
        return title.id

    def _reported(self) -> list[datetime]:
        """When schools reported: a day after a trial ended, three weeks after it began while it goes on."""
        trial = self.row.trial
        if trial is None:
            return [moment(self.until - self.row.asked * DAY, 10, 0)]
        day = self.until - (trial.last - 1 if trial.last > 0 else trial.first - 21) * DAY
        return [moment(day, 9, number) for number, (_, scores, _) in enumerate(trial.schools) if scores]

    def _try_out(self, title: int | None) -> None:
        trial = self.row.trial
        assert trial is not None  # noqa: S101 - asked before
        first, last = self.until - trial.first * DAY, self.until - trial.last * DAY
        made = moment(first - DAY, 14, 0)
        about = {"title_id": title, "unit_id": self.units[DEPARTMENT], "starts_on": first, "ends_on": last, "note": ""}
        (trial_id,) = self.insert.add(SoftwareTrial, [{**about, "criteria": [list(each) for each in CRITERIA],
                                      "created_by_id": self.accounts[OFFICER], "created_at": made}])  # fmt: skip
        times = iter(self._reported())
        for login, scores, words in trial.schools:
            told = {"reported_by_id": self.accounts[login], "reported_at": next(times)} if scores else {}
            self.insert.pour(TrialSchool, [{"trial_id": trial_id, "unit_id": self._unit(login), "scores": list(scores),
                                            "words": words, **told}])  # fmt: skip
        self._step(RequestStep.TRIAL, OFFICER, "", made)


def draw_ratings(session: Session, insert: Inserter, until: date, rng: Random) -> None:
    """Let some of those who taught with a title rate it, some days after the lesson was countersigned."""
    lessons = select(UsageAct.material_id, UsageAct.person_id, UsageAct.account_id, UsageAct.act_date)
    lessons = lessons.join(Material, Material.id == UsageAct.material_id)
    lessons = lessons.where(UsageAct.kind == ActKind.TAUGHT_WITH, UsageAct.id.in_(signed_acts()))
    taught: dict[int, dict[int, tuple[int, date]]] = defaultdict(dict)
    for title, person, account, day in session.execute(lessons.order_by(Material.title, UsageAct.uid)):
        taught[title].setdefault(person, (account, day))
    rows = []
    for title, persons in taught.items():
        for person, (account, day) in list(persons.items())[:MOST_RATINGS]:
            if rng.random() < RATED:
                stars = rng.choices((2, 3, 4, 5), (1, 2, 5, 6))[0]
                at = moment(min(day + rng.randint(15, 30) * DAY, until), 19, rng.randrange(60))
                rows.append({"title_id": title, "person_id": person, "account_id": account, "stars": stars,
                             "words": rng.choice(WORDS[stars]), "rated_at": at})  # fmt: skip
    insert.pour(SoftwareRating, rows)
