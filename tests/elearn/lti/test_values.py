"""Values of a platform as they stand in its messages."""

import pytest

from elearn.lti.errors import LtiError
from elearn.lti.values import DEEPEST, number, origin_of, read_json


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://moodle.truong.example", "https://moodle.truong.example"),
        ("https://Moodle.Truong.example:443/mod/lti/auth.php?a=1", "https://moodle.truong.example"),
        ("http://localhost:8080/moodle", "http://localhost:8080"),
        ("http://10.0.0.7:80", "http://10.0.0.7"),
        ("https://[2001:db8::1]:8443/x", "https://[2001:db8::1]:8443"),
    ],
)
def test_the_origin_of_an_address_is_written_as_browsers_write_it(address, origin):
    assert origin_of(address) == origin


@pytest.mark.parametrize(
    "address",
    [
        *(
            "",
            "moodle",
            "javascript:alert(1)",
            "urn:moodle:1",
            "https://",
            "https://*",
            "https://a b",
            "https://a:99999",
        ),
        *("https://a;b.example", "https://a,b", "https://a'b", "https://x@y.example", "https://trường.example"),
    ],
)
def test_what_has_no_origin_that_a_policy_could_name_has_none(address):
    assert origin_of(address) == ""


@pytest.mark.parametrize("body", [b'{"a": ["\\ud83d\\ude00", {"b": 1}]}', "[" * DEEPEST + "]" * DEEPEST, '"x"'])
def test_a_document_is_read(body):
    assert read_json(body) is not None


@pytest.mark.parametrize(
    "body",
    [
        *("", "{", b"\xff", '"a\\u0000"', '"\\ud800"', '{"\\udfff": 1}', '[["\\ude00\\ud83d"]]', "1" * 5000),
        *("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1), "[" * 100_000),
    ],
)
def test_what_cannot_be_kept_or_shown_is_no_document(body):
    with pytest.raises(ValueError):  # noqa: PT011 - whatever is wrong with it
        read_json(body)


@pytest.mark.parametrize("value", [10**400, -(10**400), float("inf"), float("nan"), True, "1", None])
def test_what_is_no_finite_number_is_none(value):
    with pytest.raises(LtiError):
        number({"exp": value}, "exp")
