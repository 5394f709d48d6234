"""A small world with a row for every kind of page, and the addresses of all pages people can open in it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from elearn.clock import now
from elearn.database import day_of
from elearn.models.account import Account, AuditEvent, Role, SavedSearch
from elearn.models.lti import LtiDeployment, LtiPlatform
from elearn.models.lti_courses import LtiGrade, LtiLink
from elearn.models.material import (
    CoAuthor,
    Material,
    MaterialLevel,
    Part,
    ReviewEvent,
    ReviewStep,
    SoftwareDetail,
    Status,
    StoredBlob,
    Version,
    VersionState,
)
from elearn.models.organisation import UnitGroup, UnitGroupMember, UnitKind
from elearn.models.people import Assignment, Leave, LeaveKind, PostRole, Transfer
from elearn.models.scanning import FileScan, ScanState
from elearn.models.search_log import SearchLog, SearchStep
from elearn.models.software import (
    LicenceKind,
    Money,
    Outcome,
    QuotaKind,
    SoftwareDecision,
    SoftwareFile,
    SoftwareGuide,
    SoftwareLicence,
    SoftwareQuota,
    SoftwareRelease,
)
from elearn.models.software_request import SoftwareRating
from elearn.models.usage import ActKind, ActSource, UsageAct
from elearn.services import courses
from elearn.services.access import SYSTEM
from elearn.services.account.invitations import make_token
from elearn.services.lti.events import About
from elearn.services.lti.events import add as add_event
from elearn.services.lti.invitations import invite as lti_invite
from elearn.services.lti.our_side import moodle_endpoints
from elearn.services.organisation import root_unit
from elearn.services.people.subject_groups import create_subject_group, seat
from elearn.services.player import api_log
from elearn.services.software.wishes.asking import Wish, ask
from elearn.services.software.wishes.supporting import support
from elearn.services.software.wishes.trials import TrialTerms, start_trial
from elearn.services.teach import sessions
from elearn.services.usage.signing import refuse
from tests.support.factories import World
from tests.support.installed import reported
from tests.support.playing import Page, one_sco, playable

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.models.organisation import Unit
    from elearn.models.people import Person

SINCE = date(2025, 9, 5)
DAY = date(2026, 11, 2)
LONG_UNIT = "Trường Phổ thông Dân tộc Bán trú Tiểu học và Trung học cơ sở Nguyễn Thị Minh Khai – xã Hương Lâm Thượng"
LONG_NAME = "Công Tằng Tôn Nữ Nguyễn Thị Phương Khuyên"
LOGINS = {
    "quantri": Role.ADMINISTRATOR,
    "hieutruong": Role.UNIT_MANAGER,
    "thanhtra": Role.INSPECTOR,
    "nguoiduyet": Role.REVIEWER,
    "giaovien": Role.TEACHER,
    "hocsinh": Role.STUDENT,
}


class Everything:
    """One school with everybody and everything in it, below a department with a second, silent school."""

    def __init__(self, session: Session, password_hash: str) -> None:
        self.session, self.world = session, World(session)
        self.password_hash = password_hash
        root = root_unit(session)
        assert root is not None
        self.root = root
        self.school = self.world.unit("TH1", root, name=LONG_UNIT, kind=UnitKind.SCHOOL)
        self.other = self.world.unit("TH2", root, name="Trường Tiểu học Bản Mây", kind=UnitKind.SCHOOL)
        self.accounts = {login: self._somebody(login, role) for login, role in LOGINS.items()}
        self.teacher, self.pupil = self.accounts["giaovien"], self.accounts["hocsinh"]
        self._register()
        self._materials()
        self._course()
        self._answers()
        self._use()
        self._software()
        self._declared()
        self._wishes()
        self._traces()
        self._platforms()
        session.flush()

    def _somebody(self, login: str, role: Role) -> Account:
        person = self.world.person(LONG_NAME if role is Role.TEACHER else f"Nguyễn Thị {login.title()}")
        unit = self.root if role in {Role.ADMINISTRATOR, Role.INSPECTOR} else self.school
        if role is not Role.STUDENT:
            self._post(person, unit, PostRole.TEACHER if role is Role.TEACHER else PostRole.MANAGER)
        account = self.world.account(login, person, password_hash=self.password_hash, display_name=person.full_name)
        self.world.grant(account, role, unit)
        return account

    def _post(self, person: Person, unit: Unit, role: PostRole = PostRole.TEACHER) -> Any:
        return self.world.post(person, unit, SINCE, role=role, level="TH", subject_code="TOAN")

    def _register(self) -> None:
        world = self.world
        self.colleague = world.person("Lê Văn Đạt")
        self.post = self._post(self.colleague, self.school)
        self._post(world.person("Trần Thị Ánh Nguyệt"), self.other)
        leaver = world.person("Phạm Thị Hoa")
        away = self._post(leaver, self.other)
        self.leave = world.add(
            Leave(person_id=self.colleague.id, kind=LeaveKind.STUDY, valid_from=DAY, valid_to=DAY + timedelta(days=9))
        )
        self.transfer = world.add(
            Transfer(
                post_id=away.id,
                person_id=leaver.id,
                from_unit_id=self.other.id,
                to_unit_id=self.school.id,
                first_day=date(2026, 12, 1),
            )
        )
        self.group = world.add(UnitGroup(code="vung-kho", name="Vùng khó khăn"))
        self.member = world.add(UnitGroupMember(group_id=self.group.id, unit_id=self.other.id, valid_from=SINCE))
        self.school_class = world.school_class(self.school)
        world.enrolment(self.pupil.person, self.school_class, SINCE)
        for name in ("Vừ A Dính", LONG_NAME):
            world.enrolment(world.person(name), self.school_class, SINCE)
        world.add(
            Assignment(class_id=self.school_class.id, person_id=self.teacher.person_id, valid_from=date(2026, 9, 5))
        )

    def _materials(self) -> None:
        self.lesson = playable(self.world, one_sco(), self.teacher, self.school, title="Phân số bằng nhau")
        self.lesson.published_at = now()
        self._newer_version()
        self.draft = self._material("Bài giảng còn dở", Status.DRAFT)
        self.submitted = self._material("Phép nhân với số có hai chữ số và tính chất giao hoán", Status.SUBMITTED)
        self.submitted.submitted_at = now() - timedelta(days=9)
        step = ReviewEvent(step=ReviewStep.RETURNED, account_id=self.accounts["nguoiduyet"].id, note="Thiếu đáp án.")
        step.version_id = self.draft.versions[0].id
        self.draft.steps.append(step)
        scan = FileScan(sha256=self.draft.versions[0].blob_sha256, state=ScanState.INFECTED, threat="Test.Harmful-1")
        self.world.add(scan)
        shared = self._material("Học liệu của đồng nghiệp", Status.DRAFT, self.accounts["hieutruong"])
        self.world.add(CoAuthor(material_id=shared.id, person_id=self.teacher.person_id))

    def _newer_version(self) -> None:
        """Another file for the lesson, with one more page, that waits for a reviewer."""
        first = self.lesson.versions[0]
        first.released_at = now()
        first.parts = [Part(key="1", kind="page", title="Mở đầu", position=0, href="", text="Một. Hai.")]
        self.world.add(StoredBlob(sha256="e" * 64, size=1))
        about = {"material_id": self.lesson.id, "number": 2, "is_current": False, "state": VersionState.WAITING}
        about |= {"file_name": f"{LONG_UNIT}.zip", "media_type": "application/zip", "blob_sha256": "e" * 64}
        newer = self.world.add(Version(**about, note="Thêm bài tập.", created_by_id=self.teacher.id))
        newer.parts = [Part(key="1", kind="page", title="Mở đầu", position=0, href="", text="Một. Ba.")]
        self.session.flush()
        self.session.expire(self.lesson)

    def _material(self, title: str, status: Status, owner: Account | None = None) -> Material:
        made = self.world.material(self.school, owner or self.teacher, status, title=title, kind="pdf")
        made.levels = [MaterialLevel(level="TH")]
        self.session.flush()
        self.session.refresh(made)
        return made

    def _course(self) -> None:
        teacher, details = self.world.identity(self.teacher), courses.CourseDetails("Toán 4 trực tuyến")
        self.session.refresh(self.lesson)
        self.course = courses.create_course(self.session, teacher, self.school, details)
        courses.add_item(self.session, teacher, self.course, self.lesson)
        courses.open_to_class(
            self.session, teacher, self.course, self.school_class, opens_on=date(2026, 9, 7), closes_on=None
        )
        self.item = courses.items_of(self.course)[0]

    def _answers(self) -> None:
        """The pupil walks through the lesson of the course and answers two questions in it."""
        identity = self.world.identity(self.pupil)
        self.taken = courses.launch(self.session, identity, self.course.uid, self.item.uid).attempt
        page = Page(self.world, identity, self.taken)
        for number, (kind, given, result) in enumerate((("choice", "a,c", "correct"), ("fill-in", "ba", "wrong"))):
            about = {"id": f"cau_hoi_{number}", "type": kind, "student_response": given, "result": result}
            about |= {"latency": "0000:00:12.50", "correct_responses.0.pattern": "a,c"}
            page.commit({f"cmi.interactions.{number}.{name}": value for name, value in about.items()})
        api_log.record_attempt(self.session, None, self.taken, on=True)
        calls = [
            [0, "LMSInitialize", [""], "true", "0"],
            [9, "LMSSetValue", ["cmi.core.score.raw", "x"], "false", "405"],
        ]
        api_log.take_calls(self.session, page.play, {"number": 1, "now": 20, "calls": calls})
        page.walk("choice", "nowhere", delta={"cmi.core.lesson_status": "incomplete", "cmi.core.score.raw": "80"})

    def _use(self) -> None:
        self.attempt = self.world.attempt(self.pupil, self.lesson)
        teacher = self.world.identity(self.teacher)
        self.lesson_given = sessions.start(self.session, teacher, self.lesson, self.school_class.uid, lesson_period=2)
        self.act = self.world.add(
            UsageAct(
                kind=ActKind.TAUGHT,
                source=ActSource.TRACKER,
                occurred_at=now(),
                act_date=DAY,
                account_id=self.teacher.id,
                person_id=self.teacher.person_id,
                unit_id=self.school.id,
                material_id=self.lesson.id,
                class_id=self.school_class.id,
            )
        )

    def _software(self) -> None:
        """A title with a release, a file, a licence that is over, a guide, a decision, and a target it counts for."""
        self.title = self._material("Bảng cộng vui", Status.PUBLISHED)
        self.title.kind = "software"
        self.title.software = SoftwareDetail(vendor="Nhà làm phần mềm", maker_url="https://phan-mem.example/tai-ve")
        manager, about = self.accounts["hieutruong"].id, {"title_id": self.title.id, "unit_id": self.school.id}
        self.release = self.world.add(
            SoftwareRelease(title_id=self.title.id, version="2.1", released_on=DAY, is_latest=True, notes="Bản mới.")
        )
        digest = "5" * 64
        self.world.add(StoredBlob(sha256=digest, size=5_000_000))
        self.world.add(
            SoftwareFile(release_id=self.release.id, platform="windows", architecture="x86-64", blob_sha256=digest,
                         file_name="bang-cong-vui-2.1-cai-dat-cho-truong-tieu-hoc.exe", media_type="application/x",
                         facts={"product": "Bảng cộng", "vendor": "Ai đó"}, findings=["file_vendor_differs"])
        )  # fmt: skip
        self.licence = self.world.add(
            SoftwareLicence(**about, kind=LicenceKind.SEATS, seats=40, cost_per_year=12_500_000, money=Money.BUDGET,
                            starts_on=SINCE, expires_on=SINCE + timedelta(days=364), created_by_id=manager)
        )  # fmt: skip
        self.world.add(SoftwareGuide(title_id=self.title.id, material_id=self.lesson.id))
        self.program = reported(self.world, self.title, self.school, self.accounts["hieutruong"])
        self.world.add(SoftwareDecision(**about, outcome=Outcome.APPROVED, decided_on=DAY, account_id=manager))
        self.quota = self.world.add(
            SoftwareQuota(unit_id=self.school.id, levels=["TH"], kind=QuotaKind.LEVEL, target=10, starts_on=SINCE,
                          due_on=DAY, source="KH 99/KH-UBND, mục 3")
        )  # fmt: skip

    def _declared(self) -> None:
        """A subject group with its leader, and two lessons taught with the title: one waits, one is refused."""
        head = self.world.identity(self.accounts["hieutruong"])
        self.subject_group = create_subject_group(self.session, head, self.school, "Tổ Toán – Tin học", ["TOAN"])
        seat(self.session, head, self.subject_group, self.colleague.code, is_leader=True, since=SINCE)
        for number in range(2):
            act = UsageAct(
                kind=ActKind.TAUGHT_WITH,
                source=ActSource.TRACKER,
                occurred_at=now(),
                act_date=day_of(self.session) - timedelta(days=number),
                account_id=self.teacher.id,
                person_id=self.teacher.person_id,
                unit_id=self.school.id,
                material_id=self.title.id,
                class_id=self.school_class.id,
                details={"by": "declared", "lesson_period": 2, "note": "Cả lớp luyện bảng cộng, nhóm bốn em một máy."},
            )
            self.world.add(act)
        refuse(self.session, head, [act], "Hôm đó phòng máy khóa.")
        self.declared = act

    def _wishes(self) -> None:
        """A request for another title that is on trial at the school, and a rating of the title there is."""
        teacher, head = self.world.identity(self.teacher), self.world.identity(self.accounts["hieutruong"])
        chief = self.world.identity(self.accounts["quantri"])
        told = Wish("Phòng thí nghiệm ảo cho học sinh tiểu học", "Cần cho bài 12.", LONG_NAME, levels=frozenset({"TH"}))
        self.wish, _ = ask(self.session, teacher, self.school, told)
        support(self.session, head, self.wish, self.school.id, supports=True, note="Cả tổ cần.")
        today = day_of(self.session)
        terms = TrialTerms((self.school,), today, today + timedelta(days=30), (("Dễ dùng với mọi học sinh", 20),))
        self.trial_school = start_trial(self.session, chief, self.wish, terms).schools[0]
        self.rating = self.world.add(
            SoftwareRating(title_id=self.title.id, person_id=self.teacher.person_id, account_id=self.teacher.id,
                           stars=4, words="Học sinh thích, máy cũ vẫn chạy được.", rated_at=now())
        )  # fmt: skip

    def _platforms(self) -> None:
        """A Moodle that waits for approval, after some trouble, and one more invitation."""
        endpoints = moodle_endpoints("https://moodle.truong-dai-thuong-lam.edu.example")
        self.platform = self.world.add(
            LtiPlatform(
                name=f"Moodle {LONG_UNIT}", unit_id=self.school.id, client_id="7X", product="moodle", **endpoints
            )
        )
        deployment = self.world.add(LtiDeployment(platform_id=self.platform.id, name="1"))
        about = {"platform_id": self.platform.id, "account_id": self.teacher.id}
        for code, params in (
            ("", {}),
            ("token_from_future", {"seconds": 243}),
            ("access_keyset", {"host": "a", "port": 1}),
        ):
            add_event(self.session, "launch", About(params=params, **about), code)
        add_event(self.session, "login", About(issuer="https://la.example"), "lti_platform_unknown")
        self._stuck_grades(deployment.id)
        self.registration = lti_invite(self.session, SYSTEM, self.school, "Moodle thứ hai")

    def _stuck_grades(self, deployment_id: int) -> None:
        """A grade that the platform refused, and one that could not be sent."""
        link = self.world.add(
            LtiLink(deployment_id=deployment_id, name="7", title=f"Bài {LONG_UNIT}", scopes=[], policy={})
        )
        about = {"link_id": link.id, "share": 0.8, "activity": "Completed", "grading": "FullyGraded", "tries": 3}
        for subject, values in (
            ("1", {"refused_at": now(), "code": "grade_no_learner", "params": {"status": 400}}),
            ("2", {"next_at": now(), "code": "grade_later", "params": {"status": 503}}),
        ):
            account = self.world.account(display_name=f"Học sinh {LONG_UNIT}")
            self.world.add(LtiGrade(account_id=account.id, subject=subject, **about, **values))

    def _traces(self) -> None:
        self.invitation = make_token(self.session, self.world.account("moi"), None)
        self.world.add(SavedSearch(account_id=self.teacher.id, title="Phân số", query="q=toan", feed_salt="0" * 32))
        for asker in range(3):
            self.world.add(
                SearchLog(day=day_of(self.session), step=SearchStep.ASKED, question="tập hợp lớp 6", found=0,
                          folded="tap hop lop 6", level="THCS", unit_id=self.school.id, asker=asker)
            )  # fmt: skip
        self.world.add(
            AuditEvent(account_id=self.accounts["quantri"].id, action="unit.create", subject_kind="unit",
                       subject_uid=self.school.uid, details={"after": {"name": LONG_UNIT}})
        )  # fmt: skip

    def more_of_everything(self, session: Session) -> None:
        """Three times more of what start pages list: materials, teachers, acts, courses, searches."""
        world, teacher = World(session, first=1000), self.teacher
        for number in range(3):
            person = world.person(f"Giáo viên {number}")
            world.post(person, self.school, SINCE, role=PostRole.TEACHER, level="TH", subject_code="TV")
            for status in (Status.PUBLISHED, Status.SUBMITTED, Status.DRAFT):
                made = world.material(self.school, teacher, status, title=f"Thêm {status} {number}", kind="pdf")
                made.submitted_at = made.published_at = now()
            world.attempt(self.pupil, made)
            world.add(SavedSearch(account_id=teacher.id, title=f"Tìm {number}", query=f"q=toan+{number}"))
            world.add(UsageAct(kind=ActKind.TAUGHT, source=ActSource.TRACKER, occurred_at=now(), act_date=DAY,
                               person_id=person.id, unit_id=self.school.id, material_id=made.id))  # fmt: skip
            course = courses.create_course(
                session, world.identity(teacher), self.school, courses.CourseDetails(f"Khóa học {number}")
            )
            courses.add_item(session, world.identity(teacher), course, session.merge(self.lesson))
            courses.open_to_class(
                session, world.identity(teacher), course, self.school_class, opens_on=date(2026, 9, 7), closes_on=None
            )

    def parameters(self) -> dict[str, dict[str, Any]]:
        """What stands in the addresses of pages about something, by endpoint; a blueprint speaks for all its own."""
        uids = {
            "accounts": self.teacher.uid, "classes": self.school_class.uid, "courses": self.course.uid,
            "organisation": self.school.uid, "library": self.lesson.uid, "player": self.attempt.uid,
            "platforms": self.platform.uid, "playing": self.lesson.uid, "software": self.title.uid,
            "versions": self.lesson.uid,
        }  # fmt: skip
        named = {blueprint: {"uid": uid} for blueprint, uid in uids.items()}
        person, staff = {"uid": self.colleague.uid}, {"uid": self.school.uid}
        posts = {"uid": self.post.uid}
        named |= {f"register.{page}": staff for page in ("staff", "new", "paste")}
        named |= {f"register.{page}": posts for page in ("correct", "end_post", "remove", "share", "transfer")}
        named |= {f"register.{page}": person for page in ("person", "edit", "add_leave", "add_post")}
        named |= {f"register.{page}": person | {"leave_id": self.leave.id} for page in ("end_leave", "remove_leave")}
        named |= {f"register.{page}_transfer": {"uid": self.transfer.uid} for page in ("accept", "decline")}
        group = {"code": self.group.code}
        named |= {f"organisation.{page}": group for page in ("group", "add_member", "rename_group")}
        wish = {"uid": self.wish.uid}
        named |= {f"software.{page}_wish": wish for page in ("approve", "decline", "merge", "trial")}
        named["software.wish"] = wish
        named["software.report_trial_of"] = {"school_uid": self.trial_school.uid}
        named["software.remove_rating"] = {"uid": self.title.uid, "rating_uid": self.rating.uid}
        subject_group = {"group_uid": self.subject_group.uid}
        named |= {f"organisation.{page}_subject_group": subject_group for page in ("edit", "seat", "close")}
        return named | {
            "organisation.end_member": group | {"member_id": self.member.id},
            "accounts.accept": {"token": self.invitation},
            "lti.outside": {"place": f"m/{self.lesson.uid}"},
            "platforms.register": {"token": self.registration},
            "contribute.edit": {"uid": self.draft.uid},
            "software.release": {"uid": self.title.uid, "release_uid": self.release.uid},
            "software.remove": {"uid": self.title.uid, "licence_uid": self.licence.uid},
            "software.renew_licence": {"uid": self.title.uid, "licence_uid": self.licence.uid},
            "software.plan": {"uid": self.school.uid},
            **{
                f"software.{page}": {"uid": self.school.uid}
                for page in ("agents", "at_school", "installed", "installed_units", "name_title", "sheet")
            },
            "software.new_mirror": {"uid": self.title.uid, "file_uid": self.program.uid},
            "software.ends": {"uid": self.school.uid},
            "software.form_05": {"uid": self.school.uid},
            "software.level_page": {"uid": self.school.uid, "level": "TH"},
            "software.spending": {"uid": self.school.uid},
            "software.new_quota": {"uid": self.school.uid},
            "software.remove_target": {"uid": self.school.uid, "quota_uid": self.quota.uid},
            "coauthors.choose": {"uid": self.draft.uid},
            "courses.choose": {"uid": self.lesson.uid},
            "teach.choose": {"uid": self.lesson.uid},
            "teach.show": {"uid": self.lesson_given.uid},
            "reports.person": {"uid": self.teacher.person.uid},
            "reports.act": {"uid": self.act.uid},
            "courses.item": {"uid": self.course.uid, "item": self.item.uid},
            "insight.steps": {"uid": self.taken.uid},
            "insight.attempt": {"uid": self.taken.uid},
            "insight.calls": {"uid": self.taken.uid},
            "insight.item": {
                "uid": self.course.uid,
                "class_uid": self.school_class.uid,
                "item": self.item.uid,
            },
            "courses.matrix": {"uid": self.course.uid, "class_uid": self.school_class.uid},
            "courses.learner": {
                "uid": self.course.uid,
                "class_uid": self.school_class.uid,
                "person": self.pupil.person.uid,
            },
        }

    def more(self) -> list[str]:
        """Addresses of pages that look different with a question or another row."""
        return [
            "/library?q=khong-co-gi",
            "/administration/searches?shown=all",
            "/export?mine=1",
            "/administration/platforms/new?address=moodle.example",
            f"/materials/{self.submitted.uid}",
            f"/materials/{self.draft.uid}",
            f"/materials/{self.title.uid}",
            f"/software/ends/{self.school.uid}?days=over",
            f"/reports/acts/{self.declared.uid}",
            f"/reports/ict?unit={self.school.code}",
            "/reports/ict/persons?reason=no_qualifying_act",
            "/nowhere",
        ]
