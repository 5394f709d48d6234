"""`elearn inspect`: what “Check my package” says, without a database."""

import json

import pytest
from click.testing import CliRunner

from elearn.cli import main
from tests.support.packages import scorm_package
from tests.support.zips import ZipEntry, build_zip


@pytest.fixture
def inspected(tmp_path, monkeypatch):
    """Run the command in an empty folder; returns its result, and what the folder holds afterwards."""
    monkeypatch.setenv("ELEARN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ELEARN_LOCALE", "en")

    def run(data, *options):
        path = tmp_path / "bai.zip"
        path.write_bytes(data)
        result = CliRunner().invoke(main, ["inspect", str(path), *options])
        assert [found.name for found in tmp_path.iterdir()] == ["bai.zip"]
        return result

    return run


def test_a_package_in_order_is_said_to_be(inspected):
    result = inspected(scorm_package())
    assert (result.exit_code, "in order (scorm 1.2)" in result.output) == (0, True)


def test_what_is_wrong_is_said_with_place_and_remedy(inspected):
    result = inspected(scorm_package("2004 4th edition"))
    assert "in other words than the standard's" in result.output
    assert "[imsmanifest.xml:1]" in result.output
    assert "→ Write it exactly so" in result.output


def test_a_refused_package_ends_with_code_3_and_as_json_for_programs(inspected):
    result = inspected(build_zip(ZipEntry("../x", b"1")), "--json")
    told = json.loads(result.output)
    assert (result.exit_code, told["status"], told["findings"][0]["code"]) == (3, "refused", "name_traversal")
