"""Groups of a course and their sets (Course Groups Service 1.0)."""

import pytest

from elearn.lti.claims import GroupService, launch_of
from elearn.lti.errors import LtiError
from elearn.lti.groups import Group, GroupSet, groups_page, sets_page
from elearn.lti.roster import listing, page
from tests.elearn.lti.conftest import NOW
from tests.support.lti_groups import GS, GS_SCOPE
from tests.support.lti_platform import CLIENT

HERE = "https://moodle.truong.example/gs/3/groups"
NEXT = f"{HERE}?from=2"
CLAIM = {"context_groups_url": HERE, "scope": [GS_SCOPE], "service_versions": ["1.0"]}


def offered(platform, **changes):
    told = {name: value for name, value in {**CLAIM, **changes}.items() if value is not None}
    return launch_of(platform.claims(now=NOW, **{GS: told}), CLIENT).groups


def test_a_claim_of_the_service(platform):
    assert offered(platform) == GroupService(HERE)
    assert offered(platform, context_group_sets_url=f"{HERE}/sets").sets == f"{HERE}/sets"


def test_a_platform_that_names_neither_scope_nor_version_means_ours(platform):
    assert offered(platform, scope=None, service_versions=None) == GroupService(HERE)


@pytest.mark.parametrize(
    "changes", [{"scope": ["https://a.example/other"]}, {"service_versions": ["2.0"]}, {"context_groups_url": None}]
)
def test_a_service_that_we_may_not_use_is_none(platform, changes):
    assert offered(platform, **changes) is None


def test_a_page_of_groups_with_ids_of_both_kinds():
    body = {"groups": [{"id": 7, "name": "Tổ 1", "set_id": "s"}, {"id": "8"}, {"id": ""}, {"id": True}, 5]}
    assert groups_page(body, f'<{NEXT}>; rel="next"', asked=HERE) == ([Group("7", "Tổ 1", "s"), Group("8", "8")], NEXT)


def test_a_page_of_sets():
    assert sets_page({"sets": [{"id": "s", "name": "Tổ"}]}, "", asked=HERE) == ([GroupSet("s", "Tổ")], "")


@pytest.mark.parametrize("body", [None, [], {}, {"groups": {}}, {"groups": [{"id": "1", "name": 5}]}])
def test_what_is_no_page_of_groups(body):
    with pytest.raises(LtiError, match="service_malformed"):
        groups_page(body, "", asked=HERE)


def test_the_next_page_lies_on_the_same_host():
    with pytest.raises(LtiError, match="service_elsewhere"):
        groups_page({"groups": []}, '<https://evil.example/>; rel="next"', asked=HERE)


def test_the_roster_is_asked_for_groups_in_its_own_question():
    assert listing(f"{HERE}?limit=5&groups=false", groups="true") == f"{HERE}?limit=5&groups=true"
    assert listing(f"{HERE}?a=1", user_id="a&b") == f"{HERE}?a=1&limit=100&user_id=a%26b"


@pytest.mark.parametrize(
    ("told", "groups"),
    [
        ({}, None),
        ({"group_enrollments": "x"}, None),
        ({"group_enrollments": []}, frozenset()),
        ({"group_enrollments": [{"group_id": 7}, {"group_id": "b"}, {"group_id": "x" * 256}, {}, 1]}, {"7", "b"}),
    ],
)
def test_groups_of_a_member(told, groups):
    (member,) = page({"members": [{"user_id": "1", "roles": [], **told}]}, "", asked=HERE).members
    assert member.groups == groups
