"""The campaign on packages of our own builders: an honest SCO, lessons of the demo, a file that is none."""

import pytest

from elearn.demo.builder import build
from elearn.demo.lessons import LESSONS
from tests.play.run import campaign
from tests.support.scos import honest_package

pytestmark = [pytest.mark.journey]


def lesson(slug):
    return build(next(each for each in LESSONS if each.slug == slug))


@pytest.fixture(scope="module")
def results(tmp_path_factory, browser):
    """What became of each package, by its name without ending."""
    folder = tmp_path_factory.mktemp("packages")
    packages = {
        "honest.zip": honest_package("Phân số", "Hai phân số bằng nhau"),
        "course.zip": lesson("mn-mau-sac"),
        "broken.zip": b"PK",
    }
    for name, data in packages.items():
        (folder / name).write_bytes(data)
    return {result.file.removesuffix(".zip"): result for result in campaign(browser, sorted(folder.iterdir()))}


def test_only_what_was_accepted_is_played(results):
    assert sorted(results) == ["course", "honest"]


@pytest.mark.parametrize("name", ["honest", "course"])
def test_a_package_of_ours_is_played_without_a_fault(results, name):
    result = results[name]
    assert result.faults == []
    assert (result.opened, result.blank, result.found_api) == (True, False, True)
    assert (result.content, result.missing, result.blocked, result.errors) == ([], [], [], {})


@pytest.mark.parametrize("name", ["honest", "course"])
def test_it_is_resumed_where_it_was_left_and_walked_by_keyboard(results, name):
    assert results[name].resumes == "place given back, entry “resume”"
    assert results[name].by_keyboard > 0


def test_it_is_driven_to_an_outcome(results):
    assert (results["honest"].completion, results["honest"].success, results["honest"].score) == (
        "completed",
        "passed",
        "0.8",
    )
