"""Everything intake may say about a file has a sentence that its parameters fill."""

import re

import pytest

from content_packages.findings import FINDING_CODES as PACKAGE_CODES
from elearn.paths import static_folder
from elearn.web.findings import FINDINGS, REMEDIES, finding_remedy, finding_sentence
from elearn.web.tolerance_findings import SWITCHES as NAMED_SWITCHES
from scorm.manifest import FINDING_CODES as MANIFEST_CODES
from scorm.tolerance import FINDING_CODES as TOLERANCE_CODES
from scorm.tolerance import SWITCHES
from scorm.validation import FINDING_CODES as RULE_CODES


def test_every_code_has_a_sentence_and_every_sentence_a_code():
    assert set(FINDINGS) == {*PACKAGE_CODES, *MANIFEST_CODES, *RULE_CODES, *TOLERANCE_CODES, *noticed_by_the_player()}


def noticed_by_the_player():
    """The codes that watch.js tells of content that misbehaves."""
    script = (static_folder() / "player" / "watch.js").read_text(encoding="utf-8")
    return {f"content_{code}" for code in re.findall(r'this\.tell\("(\w+)"', script)}


def test_every_switch_of_the_player_has_a_name_and_help():
    assert set(NAMED_SWITCHES) == set(SWITCHES)


def test_no_code_is_declared_in_two_rooms():
    assert not set(PACKAGE_CODES) & {*MANIFEST_CODES, *RULE_CODES}


def test_whatever_the_rules_find_has_a_remedy():
    assert set(RULE_CODES) <= set(REMEDIES) <= set(FINDINGS)


@pytest.mark.parametrize("code", sorted(REMEDIES))
def test_a_remedy_needs_no_parameters(code):
    assert "%(" not in REMEDIES[code]
    assert "%%" not in finding_remedy(code, {}, str)


@pytest.mark.parametrize("code", sorted(FINDINGS))
def test_a_sentence_is_filled_even_where_parameters_are_missing(code):
    assert not re.search(r"%\(", finding_sentence(code, {}, str))


def test_parameters_from_the_file_are_not_translated():
    told = finding_sentence("outside_host", {"host": "%(kind)s"}, str)
    assert "from %(kind)s." in told


def test_a_code_of_an_older_version_shows_as_itself():
    assert finding_sentence("no_longer_known", {}, str) == "no_longer_known"
    assert finding_remedy("no_longer_known", {}, str) == ""
