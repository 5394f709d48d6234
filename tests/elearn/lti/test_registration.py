"""Dynamic Registration 1.0, as Moodle and others do it."""

import pytest

from elearn.lti.errors import LTI_CODES, LtiError
from elearn.lti.registration import (
    PLATFORM,
    TOOL,
    Registered,
    ToolFacts,
    platform_configuration,
    registered,
    registration_request,
)
from tests.support.lti_platform import ISSUER

FETCHED = f"{ISSUER}/mod/lti/openid-configuration.php"
BASE = "https://elearn.example:8443"
FACTS = ToolFacts(
    name="Kho học liệu",
    address=BASE,
    login_url=f"{BASE}/lti/login",
    launch_url=f"{BASE}/lti/launch",
    keyset_url=f"{BASE}/lti/keys",
    picker_url=f"{BASE}/lti/pick",
    icon=f"{BASE}/static/img/mark.svg",
    contact="so@gd.example",
    custom={"history": "$Context.id.history"},
)


@pytest.fixture
def configured(platform):
    return platform_configuration(platform.configuration(), fetched_from=FETCHED)


def refusal(read, *values, **options):
    with pytest.raises(LtiError) as refused:
        read(*values, **options)
    assert refused.value.code in LTI_CODES
    return refused.value.code, refused.value.params


def test_a_platform_tells_where_everything_is(configured):
    assert configured.issuer == ISSUER
    assert configured.keyset_url == f"{ISSUER}/mod/lti/certs.php"
    assert configured.product == "moodle"


@pytest.mark.parametrize("field", ["authorization_endpoint", "token_endpoint", "jwks_uri", "registration_endpoint"])
@pytest.mark.parametrize("value", [None, "", 5, "javascript:1", "file:///etc/passwd", "https://u:p@x/"])
def test_every_address_must_be_one(platform, field, value):
    document = platform.configuration(**{field: value})
    assert refusal(platform_configuration, document, fetched_from=FETCHED)[1]["field"] == field


@pytest.mark.parametrize("document", [None, [], "x", 5, {}])
def test_what_is_no_configuration(document):
    assert refusal(platform_configuration, document, fetched_from=FETCHED)[0] == "configuration_malformed"


@pytest.mark.parametrize(
    ("issuer", "asked"),
    [
        (ISSUER, "https://evil.example/openid-configuration"),
        (ISSUER, f"{ISSUER}.evil.example/openid-configuration"),
        (ISSUER, f"http{ISSUER.removeprefix('https')}/openid-configuration"),
        (f"{ISSUER}/b", f"{ISSUER}/a/openid-configuration"),
        (f"{ISSUER}/a", f"{ISSUER}/ab/openid-configuration"),
        ("https://[", "https://evil.example/openid-configuration"),
    ],
)
def test_nobody_registers_in_the_name_of_another_host_or_place(platform, issuer, asked):
    told = refusal(platform_configuration, platform.configuration(issuer=issuer), fetched_from=asked)
    assert told == ("configuration_issuer", {"issuer": issuer})


@pytest.mark.parametrize("issuer", [ISSUER, f"{ISSUER}/", f"{ISSUER}/truong", f"{ISSUER}/truong/"])
def test_an_issuer_may_be_a_place_on_its_host(platform, issuer):
    asked = f"{ISSUER}/truong/mod/lti/openid-configuration.php"
    assert platform_configuration(platform.configuration(issuer=issuer), fetched_from=asked).issuer == issuer


def test_we_ask_for_names_and_for_picking_in_the_course(configured):
    told = registration_request(FACTS, configured)
    tool = told[TOOL]
    assert {"name", "given_name", "family_name", "email"} <= set(tool["claims"])
    assert [message["type"] for message in tool["messages"]] == ["LtiResourceLinkRequest", "LtiDeepLinkingRequest"]
    assert told["token_endpoint_auth_method"] == "private_key_jwt"
    assert told["redirect_uris"] == [f"{BASE}/lti/launch"]


def test_the_domain_has_its_port_because_moodle_compares_both(configured):
    assert registration_request(FACTS, configured)[TOOL]["domain"] == "elearn.example:8443"


def test_we_ask_for_no_service_that_the_platform_lacks(configured):
    asked = registration_request(FACTS, configured)["scope"].split()
    assert asked
    assert set(asked) <= configured.scopes


def test_a_platform_that_says_nothing_of_services_is_asked_for_all(platform):
    silent = platform_configuration(platform.configuration(scopes_supported=None), fetched_from=FETCHED)
    assert len(registration_request(FACTS, silent)["scope"].split()) == 4


def test_canvas_is_asked_for_names_and_for_the_places_where_it_lets_choose(platform):
    about = {"product_family_code": "canvas"}
    told = platform.configuration(authorization_server="canvas.example", **{PLATFORM: about})
    canvas = platform_configuration(told, fetched_from=FETCHED)
    tool = registration_request(FACTS, canvas)[TOOL]
    assert tool["https://canvas.instructure.com/lti/privacy_level"] == "public"
    assert "assignment_selection" in tool["messages"][1]["placements"]
    assert canvas.authorization_server == ""


def test_an_audience_that_is_an_address_is_kept(platform):
    told = platform.configuration(authorization_server="https://auth.example/token")
    assert platform_configuration(told, fetched_from=FETCHED).authorization_server == "https://auth.example/token"


def test_moodle_gives_client_and_deployment():
    assert registered({"client_id": "7Xk2pQ", TOOL: {"deployment_id": "1"}}) == Registered("7Xk2pQ", "1")


def test_canvas_makes_the_deployment_later():
    assert registered({"client_id": "10000000000001"}) == Registered("10000000000001", "")


def test_a_refusal_in_the_platforms_own_words():
    told = refusal(registered, {"error": "invalid_client_metadata", "error_description": "no such scope"})
    assert told == ("registration_refused", {"reason": "no such scope"})


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        {},
        {"client_id": ""},
        {"client_id": 5},
        {"client_id": "a", TOOL: "x"},
        {"client_id": "a", TOOL: {"deployment_id": "x" * 256}},
    ],
)
def test_an_answer_that_cannot_be_read(answer):
    assert refusal(registered, answer)[0] == "registration_malformed"
