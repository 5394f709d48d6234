"""Accounts in pages: lists within reach, invitations printed and mailed, roles given and taken back."""

import re
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

from elearn.models.account import Account, AuditEvent, Role
from elearn.models.operations import Job
from elearn.models.organisation import UnitKind
from elearn.services import organisation
from elearn.services.access import SYSTEM
from elearn.services.organisation import ensure_root
from elearn.web.mails import send_invitation
from tests.support.site import free_port
from tests.support.web import PASSWORD

NEW_PASSWORD = "sáng nay trời rất đẹp"


@pytest.fixture
def school(house):
    with house.database.write() as session:
        root = ensure_root(session, SYSTEM)
        return organisation.create_unit(
            session,
            SYSTEM,
            code="TH-1",
            name="Trường Tiểu học Một",
            kind=UnitKind.SCHOOL,
            valid_from=root.valid_from,
            parent=root,
        )


@pytest.fixture
def head(sign_in, school):
    return sign_in("hieutruong", Role.UNIT_MANAGER, school)


def uid_of(house, login):
    with house.database.read() as session:
        return session.scalar(select(Account.uid).where(Account.login == login))


def make(browser, **fields):
    values = {"login": "gv.moi", "display_name": "Trần Thị Mới", "role": "teacher", "how": "print"}
    return browser.post("/administration/accounts/new?unit=TH-1", values | fields)


def link_of(answer):
    return re.search(r"http://localhost(/invitation/[A-Za-z0-9_\-]+)", answer.text)[1]


def test_a_head_makes_an_account_and_its_holder_chooses_the_password(head, make_browser):
    link = link_of(make(head))
    teacher = make_browser()
    assert "Trần Thị Mới" in teacher.get(link).text
    assert teacher.post(link, {"new": NEW_PASSWORD, "again": NEW_PASSWORD}).status_code == 303
    assert "gv.moi" in teacher.get("/account").text
    assert make_browser().sign_in("gv.moi", NEW_PASSWORD).status_code == 303
    again = make_browser().get(link)
    assert again.status_code == 403
    assert "giấy mời mới" in again.text


@pytest.mark.parametrize(
    ("new", "again"), [("ngắn", "ngắn"), (NEW_PASSWORD, "khác hẳn nhé"), ("gv.moigv.moi", "gv.moigv.moi"), ("", "")]
)
def test_a_bad_password_leaves_the_invitation_open(head, make_browser, new, again):
    link = link_of(make(head))
    somebody = make_browser()
    assert somebody.post(link, {"new": new, "again": again}).status_code in {400, 422}
    assert somebody.get(link).status_code == 200


@pytest.mark.parametrize("token", ["x", "%00", "A" * 43, "../admin", "A" * 5000])
def test_a_made_up_invitation_is_refused(client, token):
    assert client.get(f"/invitation/{token}").status_code in {403, 404}


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"login": "Có Dấu"}, 400),
        ({"login": ""}, 422),
        ({"login": "hieutruong"}, 409),
        ({"display_name": ""}, 400),
        ({"person": "KHONG-CO"}, 404),
        ({"email": "khong phai dia chi"}, 422),
        ({"role": "administrator"}, 422),
        ({"how": "mail", "email": "a@example.vn"}, 400),
    ],
)
def test_what_cannot_be_made_is_told_and_nothing_is_kept(head, house, fields, status):
    assert make(head, **fields).status_code == status
    assert uid_of(house, "gv.moi") is None


def test_a_head_sees_and_touches_only_the_own_school(head, house, make_account):
    make_account("quantri", Role.ADMINISTRATOR)
    above = uid_of(house, "quantri")
    assert "quantri" not in head.get("/administration/accounts?q=quan").text
    assert head.get(f"/administration/accounts/{above}").status_code == 404
    for step in ("invite", "email", "disable", "enable", "grant", "revoke"):
        assert (
            head.post(f"/administration/accounts/{above}/{step}", {"unit": "TH-1", "role": "teacher"}).status_code
            == 404
        )
    assert head.get("/administration/accounts?unit=SO").status_code == 404
    assert head.get("/administration/accounts/new?unit=SO").status_code == 404


@pytest.mark.parametrize("role", [Role.TEACHER, Role.STUDENT, Role.REVIEWER, Role.INSPECTOR])
def test_others_have_no_page_of_accounts(sign_in, house, role):
    somebody = sign_in("ai", role)
    own = uid_of(house, "ai")
    for address in ("/administration/accounts", "/administration/accounts/new", f"/administration/accounts/{own}"):
        assert somebody.get(address).status_code == 403


def test_roles_are_given_and_taken_back(head, house):
    make(head)
    uid = uid_of(house, "gv.moi")
    assert head.post(f"/administration/accounts/{uid}/grant", {"unit": "TH-1", "role": "reviewer"}).status_code == 303
    page = head.get(f"/administration/accounts/{uid}").text
    grant = re.findall(r'name="grant" value="(\d+)"', page)
    assert len(grant) == 2
    assert head.post(f"/administration/accounts/{uid}/revoke", {"grant": grant[0]}).status_code == 303
    assert len(re.findall(r'name="grant" value="(\d+)"', head.get(f"/administration/accounts/{uid}").text)) == 1
    assert (
        head.post(f"/administration/accounts/{uid}/grant", {"unit": "TH-1", "role": "administrator"}).status_code == 403
    )
    assert head.post(f"/administration/accounts/{uid}/grant", {"unit": "SO", "role": "teacher"}).status_code == 403
    assert head.post(f"/administration/accounts/{uid}/revoke", {"grant": "999999"}).status_code == 404


def test_a_disabled_account_is_out_at_once_and_can_come_back(head, make_account, make_browser, school, house):
    make_account("gv.a", Role.TEACHER, school)
    teacher = make_browser()
    teacher.sign_in("gv.a")
    uid = uid_of(house, "gv.a")
    assert head.post(f"/administration/accounts/{uid}/disable").status_code == 303
    assert teacher.get("/account").status_code == 302
    assert teacher.sign_in("gv.a").status_code == 403
    assert head.post(f"/administration/accounts/{uid}/enable").status_code == 303
    assert teacher.sign_in("gv.a", PASSWORD).status_code == 303


def test_nobody_disables_the_own_account_in_the_page(sign_in, house):
    administrator = sign_in("quantri", Role.ADMINISTRATOR)
    answer = administrator.post(f"/administration/accounts/{uid_of(house, 'quantri')}/disable")
    assert answer.status_code == 409
    assert "quản trị viên khác" in answer.text


def test_every_step_is_in_the_audit_log(head, house):
    make(head)
    uid = uid_of(house, "gv.moi")
    head.post(f"/administration/accounts/{uid}/email", {"email": "gv@example.vn"})
    head.post(f"/administration/accounts/{uid}/disable")
    with house.database.read() as session:
        actions = session.scalars(select(AuditEvent.action).where(AuditEvent.subject_uid == uid)).all()
    assert actions == ["account.create", "role.grant", "account.invite", "account.email", "account.disable"]


def test_names_are_shown_as_text(head):
    make(head, display_name="<script>alert(1)</script>")
    page = head.get("/administration/accounts").text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


class Letterbox:
    """Takes mail as a department's server would."""

    def __init__(self):
        self.letters = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - the name aiosmtpd calls
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 taken"


@pytest.fixture
def letterbox():
    box = Letterbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    box.port = controller.port
    yield box
    controller.stop()


@pytest.fixture
def house(make_house, request):
    if "letterbox" not in request.fixturenames:
        return make_house()
    port = request.getfixturevalue("letterbox").port
    return make_house(ELEARN_SMTP_URL=f"smtp://127.0.0.1:{port}", ELEARN_MAIL_FROM="hoclieu@example.vn")


def test_an_invitation_by_mail_holds_a_link_that_works(letterbox, head, house, make_browser):
    assert make(head, email="moi@example.vn", how="mail").status_code == 303
    with house.database.read() as session:
        job = session.scalars(select(Job).where(Job.kind == "mail_invitation")).one()
    send_invitation(house, job.payload)
    (letter,) = letterbox.letters
    assert letter["To"] == "moi@example.vn"
    assert "Trần Thị Mới" in letter.get_content()
    link = re.search(r"http://localhost(/invitation/\S+)", letter.get_content())[1]
    assert make_browser().post(link, {"new": NEW_PASSWORD, "again": NEW_PASSWORD}).status_code == 303


def test_a_repeated_letter_replaces_the_first_link(letterbox, head, house, client):
    make(head, email="moi@example.vn", how="mail")
    with house.database.read() as session:
        job = session.scalars(select(Job).where(Job.kind == "mail_invitation")).one()
    send_invitation(house, job.payload)
    send_invitation(house, job.payload)
    links = [re.search(r"(/invitation/\S+)", letter.get_content())[1] for letter in letterbox.letters]
    assert [client.get(link).status_code for link in links] == [403, 200]
