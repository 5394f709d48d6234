"""Addresses of a platform as they stand in its messages."""

import pytest

from elearn.lti.values import origin_of


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
