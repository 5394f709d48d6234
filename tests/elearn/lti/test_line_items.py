"""Columns of a gradebook: how a platform lists them, and which one is ours."""

from datetime import UTC, datetime, timedelta

import pytest

from elearn.lti.errors import LtiError
from elearn.lti.grades import asked_wait
from elearn.lti.line_items import LineItem, Wanted, as_json, choose, listing, made, page

CONTAINER = "https://moodle.truong.example/mod/lti/services.php/3/lineitems?type_id=1"
ASKED = "https://moodle.truong.example/mod/lti/services.php/3/lineitems?type_id=1&limit=2"
NEXT = "https://moodle.truong.example/mod/lti/services.php/3/lineitems?type_id=1&limit=2&from=2"
WANTED = Wanted("7", "elearn", "m1")


def item(number, **values):
    return LineItem(f"https://moodle.truong.example/items/{number}", **values)


def test_the_list_is_asked_for_behind_the_query_of_the_platform():
    assert listing(CONTAINER, Wanted("a b&c")) == f"{CONTAINER}&resource_link_id=a+b%26c"


def test_columns_with_what_they_belong_to():
    told = {
        "id": "https://moodle.truong.example/9/lineitem?type_id=1",
        "resourceLinkId": "7",
        "tag": "elearn",
        "resourceId": "m1",
    }
    found, following = page([told], "", asked=ASKED)
    assert found == [LineItem("https://moodle.truong.example/9/lineitem?type_id=1", "7", "elearn", "m1")]
    assert following == ""


def test_a_number_as_the_id_of_a_link_is_its_name():
    found, _ = page([{"id": "https://moodle.truong.example/9", "resourceLinkId": 7}], "", asked=ASKED)
    assert found[0].link == "7"


def test_what_is_no_column_is_left_out():
    elsewhere = ["https://evil.example/9", "http://moodle.truong.example/9", "https://moodle.truong.example:8443/9"]
    told = [{"id": "javascript:alert(1)"}, {"label": "x"}, 7, {"id": None}, {"id": f"{ASKED}{'x' * 2048}"}]
    assert page([*told, *({"id": address} for address in elsewhere)], "", asked=ASKED) == ([], "")


@pytest.mark.parametrize("body", [None, {}, "x", 7])
def test_what_is_no_list_is_named(body):
    with pytest.raises(LtiError, match="service_malformed"):
        page(body, "", asked=ASKED)


@pytest.mark.parametrize(
    "header",
    [
        f'<{NEXT}>; rel="next"',
        f"<{NEXT}>;rel=next",
        f"<{NEXT}; rel=next>",
        f'<{CONTAINER}>; rel="prev", <{NEXT}; rel="next">',
    ],
)
def test_the_next_page_is_found_in_a_malformed_header_too(header):
    assert page([], header, asked=ASKED)[1] == NEXT


@pytest.mark.parametrize(
    "header", ['<https://evil.example/x>; rel="next"', "<http://moodle.truong.example/x; rel=next>"]
)
def test_a_next_page_elsewhere_is_refused(header):
    with pytest.raises(LtiError, match="service_elsewhere"):
        page([], header, asked=ASKED)


def test_the_column_of_the_link_is_ours():
    assert choose([item(1, link="6"), item(2, link="7")], WANTED) == item(2, link="7")


def test_of_several_columns_of_a_link_the_one_with_our_tag_and_material():
    plain, tagged = item(1, link="7"), item(2, link="7", tag="elearn")
    exact = item(3, link="7", tag="elearn", resource_id="m1")
    assert choose([plain, tagged], WANTED) == tagged
    assert choose([plain, exact, tagged], WANTED) == exact
    assert choose([plain], WANTED) == plain


def test_a_column_that_names_no_link_is_ours_only_by_tag_and_material():
    exact = item(3, tag="elearn", resource_id="m1")
    assert choose([exact], WANTED) == exact
    assert choose([item(1, tag="elearn"), item(2, resource_id="m1"), item(3)], WANTED) is None
    assert choose([item(3, link="8", tag="elearn", resource_id="m1")], WANTED) is None
    assert choose([item(3)], Wanted("7")) is None


def test_a_column_is_made_with_its_names():
    told = as_json(WANTED, label="Phân số" * 100, maximum=100)
    assert (told["scoreMaximum"], told["resourceLinkId"], told["tag"], told["resourceId"]) == (100, "7", "elearn", "m1")
    assert len(told["label"]) == 255
    assert as_json(Wanted("7"), label="x", maximum=1) == {"scoreMaximum": 1, "label": "x", "resourceLinkId": "7"}


@pytest.mark.parametrize("body", [None, [], {}, {"id": ""}, {"id": "file:///x"}, {"id": "https://evil.example/9"}])
def test_an_answer_that_names_no_column_is_malformed(body):
    with pytest.raises(LtiError, match="service_malformed"):
        made(body, asked=CONTAINER)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("Mon, 02 Nov 2026 05:01:00 GMT", 60),
        ("Mon, 02 Nov 2026 04:00:00 GMT", 0),
        ("99999999999999", 86_400),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("²", None),
    ],
)
def test_the_wait_that_a_platform_asks_for(header, seconds):
    found = asked_wait(header, datetime(2026, 11, 2, 5, tzinfo=UTC))
    assert found == (None if seconds is None else timedelta(seconds=seconds))
