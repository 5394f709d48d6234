"""What a picker gives back (Deep Linking 2.0, 4.3)."""

import json

import pytest

from elearn.lti.claims import DeepLinkingSettings, launch_of
from elearn.lti.deep_linking import Asked, Picked, response
from elearn.lti.keys import keyset
from tests.elearn.lti.conftest import NOW
from tests.support.lti_platform import CLIENT, DEPLOYMENT, DL, ISSUER, LTI, check

LESSON = Picked(
    url="https://elearn.example/lti/launch?material=0198&version=2",
    title="Phân số bằng nhau",
    text="Toán 4",
    icon="https://elearn.example/cover.png",
    custom={"material": "0198", "version": "2"},
    maximum=100.0,
    tag="elearn",
    resource_id="0198",
)
LEAFLET = Picked(url="https://elearn.example/lti/launch?material=0199", title="Tờ rơi")


@pytest.fixture
def answered(platform, own_key):
    """The claims of the answer as the platform proves and reads them."""

    def answer(*picked, settings=None, message=""):
        launch = launch_of(platform.picking(now=NOW, settings=settings), CLIENT)
        asked = Asked(launch.issuer, launch.client_id, launch.deployment_id, launch.deep_linking)
        token = response(own_key, asked, picked, nonce="once", now=NOW, message=message)
        return check(token, keyset([own_key]))

    return answer


def test_the_platform_reads_who_answers_and_to_what(answered):
    claims = answered(LESSON)
    assert (claims["iss"], claims["aud"], claims["nonce"]) == (CLIENT, [ISSUER], "once")
    assert claims["exp"] - claims["iat"] == 300
    assert claims[f"{LTI}message_type"] == "LtiDeepLinkingResponse"
    assert claims[f"{LTI}version"] == "1.3.0"
    assert claims[f"{LTI}deployment_id"] == DEPLOYMENT


def test_a_lesson_with_a_grade_column(answered):
    assert answered(LESSON)[f"{DL}content_items"] == [
        {
            "type": "ltiResourceLink",
            "title": "Phân số bằng nhau",
            "url": "https://elearn.example/lti/launch?material=0198&version=2",
            "text": "Toán 4",
            "icon": {"url": "https://elearn.example/cover.png"},
            "custom": {"material": "0198", "version": "2"},
            "lineItem": {"scoreMaximum": 100.0, "label": "Phân số bằng nhau", "tag": "elearn", "resourceId": "0198"},
        }
    ]


def test_what_gives_no_grade_gets_no_column(answered):
    assert "lineItem" not in answered(LEAFLET)[f"{DL}content_items"][0]


def test_a_platform_that_takes_no_columns_gets_none(answered):
    items = answered(LESSON, settings={"accept_lineitem": False})[f"{DL}content_items"]
    assert "lineItem" not in items[0]


def test_a_platform_that_says_nothing_of_columns_gets_one(answered):
    items = answered(LESSON, settings={"accept_lineitem": None})[f"{DL}content_items"]
    assert "lineItem" in items[0]


def test_several_items_where_several_are_taken(answered):
    assert len(answered(LESSON, LEAFLET)[f"{DL}content_items"]) == 2


def test_one_item_where_one_is_taken(answered):
    items = answered(LESSON, LEAFLET, settings={"accept_multiple": False})[f"{DL}content_items"]
    assert [item["title"] for item in items] == ["Phân số bằng nhau"]


def test_no_link_where_links_are_not_taken(answered):
    assert answered(LESSON, settings={"accept_types": ["file"]})[f"{DL}content_items"] == []


def test_to_pick_nothing_is_to_cancel(answered):
    assert answered(message="Không chọn gì")[f"{DL}content_items"] == []


def test_data_go_back_to_the_letter_and_only_where_there_were_some(answered):
    data = "csrf ơ \\ \" 'x'"
    assert answered(LESSON, settings={"data": data})[f"{DL}data"] == data
    assert f"{DL}data" not in answered(LESSON)


@pytest.mark.parametrize("settings", [None, {"data": "ơ", "accept_multiple": False, "accept_types": ["file", "link"]}])
def test_settings_outlive_the_launch_as_json(platform, settings):
    told = launch_of(platform.picking(now=NOW, settings=settings), CLIENT).deep_linking
    kept = json.loads(json.dumps(told.to_json() | {"chosen": []}))
    assert DeepLinkingSettings.from_json(kept) == told
