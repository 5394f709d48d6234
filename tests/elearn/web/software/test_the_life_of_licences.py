"""Pages about licences as time goes on: renewing, what ends, what is spent; and the mail about it."""

import csv
import html
import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from elearn.database import day_of
from elearn.models.account import Account, Role
from elearn.models.material import SoftwareDetail
from elearn.models.software import LicenceKind, SoftwareLicence
from elearn.services.access import SYSTEM
from elearn.services.organisation import root_unit
from elearn.services.software.licences import LicenceTerms, add_licence
from elearn.web import software_mails
from tests.support.factories import World


@pytest.fixture
def licence(house):
    """A licence that ends in twenty days, of a title with a name that a spreadsheet would run; uids of all three."""
    with house.database.write() as session:
        world, root = World(session, 500), root_unit(session)
        title = world.material(root, world.account("chu"), kind="software", title="=cmd|'/c calc'!A1")
        title.software = SoftwareDetail(vendor="Nhà làm phần mềm")
        today = day_of(session)
        terms = LicenceTerms(
            LicenceKind.SEATS,
            today - timedelta(days=345),
            today + timedelta(days=20),
            seats=40,
            cost_per_year=3_660_000,
        )
        return root.uid, title.uid, add_licence(session, SYSTEM, title, root, terms).uid


def text(answer):
    return html.unescape(answer.text)


def test_a_licence_is_renewed_from_its_own_terms(sign_in, house, licence):
    unit, title, uid = licence
    officer = sign_in("canbo", Role.UNIT_MANAGER)
    assert "còn 20 ngày" in text(officer.get(f"/software/ends/{unit}?days=30"))
    assert "Không có giấy phép nào hết hạn" in text(officer.get(f"/software/ends/{unit}?days=over"))
    assert f"/software/{title}/licences/{uid}/renew" in officer.get("/").text
    address = f"/software/{title}/licences/{uid}/renew"
    page = text(officer.get(address))
    with house.database.read() as session:
        old = session.scalars(select(SoftwareLicence)).one()
    first = old.expires_on + timedelta(days=1)
    assert f'value="{first.isoformat()}"' in page
    told = {"kind": "seats", "seats": "50", "cost_per_year": "4000000", "money": "", "starts_on": first.isoformat(),
            "expires_on": (first + timedelta(days=364)).isoformat(), "confirmed": "yes"}  # fmt: skip
    assert officer.post(address, told | {"starts_on": "2001-01-01"}).status_code == 400
    assert officer.post(address, told).status_code == 303
    page = text(officer.get(f"/materials/{title}"))
    assert "nối tiếp giấy phép từ" in page
    assert "đã gia hạn từ" in page
    assert "đã gia hạn từ" in text(officer.get(f"/software/ends/{unit}?days=30"))
    assert officer.post(address, told).status_code == 409


def test_spending_is_shown_and_taken_along_without_formulas(sign_in, licence):
    unit = licence[0]
    officer = sign_in("canbo", Role.UNIT_MANAGER)
    page = officer.get(f"/software/spending/{unit}?until=abc")
    assert page.status_code == 200
    assert "8.600.000.000 đồng" in text(page)
    assert "1 giấy phép tốn" in text(page)
    got = officer.get(f"/software/spending/{unit}/files/titles.csv")
    rows = list(csv.reader(io.StringIO(got.data.decode())))
    assert rows[1][0].startswith("'=cmd")
    assert officer.get(f"/software/spending/{unit}/files/spending.xlsx").data.startswith(b"PK")
    assert officer.get(f"/software/spending/{unit}/files/other.csv").status_code == 404
    teacher = sign_in("lan", Role.TEACHER)
    for address in (
        f"/software/spending/{unit}",
        f"/software/ends/{unit}",
        f"/software/spending/{unit}/files/titles.csv",
    ):
        assert teacher.get(address).status_code == 404


def test_the_mail_says_which_licence_ends_and_nothing_once_it_was_renewed(make_house, monkeypatch):
    sent = []
    monkeypatch.setattr(software_mails.mail, "send", lambda _settings, *told: sent.append(told))
    house = make_house(ELEARN_PUBLIC_URL="https://hoclieu.example")
    with house.database.write() as session:
        world, root = World(session, 500), root_unit(session)
        account = world.account("truong", email="truong@example.vn")
        title = world.material(root, account, kind="software", title="Bảng\ncộng")
        today = day_of(session)
        terms = LicenceTerms(LicenceKind.SITE, today - timedelta(days=300), today + timedelta(days=6))
        licence = add_licence(session, SYSTEM, title, root, terms)
        payload = {"account_id": account.id, "licence_id": licence.id, "step": 7}
        uid, last = title.uid, terms.expires_on
    software_mails.send_reminder(house, payload)
    ((to, subject, said),) = sent
    assert to == "truong@example.vn"
    assert "\n" not in subject
    assert f"{last:%d/%m/%Y}" in subject
    assert "còn 6 ngày" in said
    assert f"https://hoclieu.example/materials/{uid}" in said
    with house.database.write() as session:
        session.get(Account, payload["account_id"]).disabled_at = session.get(Account, payload["account_id"]).created_at
    software_mails.send_reminder(house, payload)
    assert len(sent) == 1
