"""Members of a course (NRPS 2.0)."""

import pytest

from elearn.lti.errors import LtiError
from elearn.lti.roles import ContextRole
from elearn.lti.roster import following, listing, page
from tests.support.lti_platform import MEMBERSHIP

HERE = "https://moodle.truong.example/mod/lti/services.php/3/memberships?limit=2&from=0"
NEXT = "https://moodle.truong.example/mod/lti/services.php/3/memberships?limit=2&from=2"
BODY = {
    "id": HERE,
    "context": {"id": "3"},
    "members": [
        {"status": "Active", "roles": ["Learner"], "user_id": "42", "name": "Trần Thị Bích"},
        {"status": "Inactive", "roles": [f"{MEMBERSHIP}#Instructor"], "user_id": "2"},
    ],
}


def test_a_page_with_short_and_long_roles():
    read = page(BODY, f'<{NEXT}>; rel="next"', asked=HERE)
    assert [(each.subject, each.roles, each.is_active) for each in read.members] == [
        ("42", {ContextRole.LEARNER}, True),
        ("2", {ContextRole.INSTRUCTOR}, False),
    ]
    assert read.members[0].name == "Trần Thị Bích"
    assert read.following == NEXT


@pytest.mark.parametrize("link", ["", "nonsense", '<x>; rel="prev"', f'<{HERE}>; rel="next"', "<" * 20_000])
def test_the_last_page(link):
    assert following(link, asked=HERE) == ""


@pytest.mark.parametrize(
    "link", [f"<{NEXT}>;rel=next", f'</a>; rel="prev", <{NEXT}>; title="x"; rel="next"', f'<{NEXT}>; rel="NEXT"']
)
def test_forms_of_the_link_header(link):
    assert following(link, asked=HERE) == NEXT


def test_differences_are_a_relation_of_their_own():
    link = f'<{NEXT}&since=1>; rel="differences"'
    assert following(link, asked=HERE) == ""
    assert following(link, asked=HERE, relation="differences") == f"{NEXT}&since=1"


def test_a_relative_address_is_meant_from_here():
    assert following("<?limit=2&from=2>; rel=next", asked=HERE) == NEXT


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "http://moodle.truong.example/", "//evil.example", "file:///etc/passwd", "https://a@b/"],
)
def test_no_page_lies_elsewhere(target):
    with pytest.raises(LtiError, match="service_elsewhere"):
        page(BODY, f'<{target}>; rel="next"', asked=HERE)


@pytest.mark.parametrize("body", [None, [], {}, {"members": {}}, "x"])
def test_what_is_no_roster(body):
    with pytest.raises(LtiError, match="service_malformed"):
        page(body, "", asked=HERE)


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ("https://a.example/m", "https://a.example/m?limit=100"),
        ("https://a.example/m?role=x%20y&a=#f", "https://a.example/m?role=x+y&a=&limit=100"),
        (HERE, HERE),
    ],
)
def test_whole_schools_come_in_pages(told, asked):
    assert listing(told) == asked


def test_a_member_with_an_id_that_nobody_can_keep():
    with pytest.raises(LtiError, match="service_malformed"):
        page({"members": [{"user_id": "x" * 256, "roles": []}]}, "", asked=HERE)


def test_members_without_an_id_are_left_out():
    assert page({"members": [{"roles": ["Learner"]}, 5, {"user_id": ""}]}, "", asked=HERE).members == ()


def test_a_member_whose_name_is_no_text():
    with pytest.raises(LtiError, match="service_malformed"):
        page({"members": [{"user_id": "1", "name": 5}]}, "", asked=HERE)
