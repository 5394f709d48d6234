"""The administrator's list of a platform's teachers: who is linked to whom."""

import pytest
from sqlalchemy import select

from elearn.models.account import Account, Identity, Role
from elearn.models.lti import LtiPlatform


@pytest.fixture
def address(house, door, link, make_account):
    """The list of a platform from which a teacher and a learner have come."""
    make_account("nhung", Role.TEACHER, name="Vũ Thị Nhung")
    door.enter("2", link)
    door.enter("42", link)
    with house.database.read() as session:
        return f"/administration/platforms/{session.scalars(select(LtiPlatform.uid)).one()}/teachers"


@pytest.fixture
def administrator(sign_in):
    return sign_in("quantri", Role.ADMINISTRATOR)


def holder(house):
    with house.database.read() as session:
        query = select(Account.login).join(Identity, Identity.account_id == Account.id).where(Identity.subject == "2")
        return session.scalars(query).one()


def test_a_teacher_is_linked_by_login_and_unlinked_again(house, administrator, address):
    page = administrator.get(address).text
    assert "Lê Văn Hòa" in page
    assert "Trần Thị Bích" not in page
    assert '<option value="nhung">Vũ Thị Nhung</option>' in page
    assert administrator.post(f"{address}/connect", {"subject": "2", "login": "Nhung"}).status_code == 303
    assert holder(house) == "nhung"
    assert "Vũ Thị Nhung" in administrator.get(address).text
    assert administrator.post(f"{address}/disconnect", {"subject": "2"}).status_code == 303
    assert holder(house) is None


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, 404),
        ({"subject": "2"}, 404),
        ({"subject": "2", "login": "nobody"}, 404),
        ({"subject": "nobody", "login": "nhung"}, 404),
        ({"subject": "2", "login": "quantri"}, 403),  # no teacher
    ],
)
def test_what_cannot_be_linked_is_said_and_changes_nothing(house, administrator, address, fields, status):
    answer = administrator.post(f"{address}/connect", fields)
    assert answer.status_code == status
    assert 'role="alert"' in answer.text
    assert holder(house) is None


def test_it_is_a_list_for_administrators(address, make_browser):
    teacher = make_browser()
    teacher.sign_in("nhung")
    assert teacher.get(address).status_code == 403
    assert teacher.post(f"{address}/connect", {"subject": "2", "login": "nhung"}).status_code == 403
