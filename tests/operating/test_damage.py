"""Missing and damaged files, a lost index: plain words, the right exit codes, and the way back."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import closing

import pytest

from tests.support.installation import LEARNERS, TEACHER, Contributor, Player, await_index, command, invoke
from tests.support.packages import scorm_package

QUESTIONS = ("phan so", "phân số", "bai", "", "chua tung co")


def largest_file(home):
    """The package of the lesson."""
    return max((home / "files").glob("??/*"), key=lambda path: path.stat().st_size)


def answers(home):
    found = [json.loads(command(home, "search", question, "--json")) for question in QUESTIONS]
    return [{name: value for name, value in page.items() if name != "took_ms"} for page in found]


def _remove(path):
    path.unlink()


def _cut(path):
    path.write_bytes(path.read_bytes()[:-1])


def _change(path):
    path.write_bytes(b"?" + path.read_bytes()[1:])


@pytest.mark.parametrize(
    ("harm", "arguments", "sentence"),
    [
        (_remove, ["check"], "1 files are missing: "),
        (_cut, ["check"], "1 files have the wrong size: "),
        (_change, ["check", "--deep"], "1 files are damaged: "),
    ],
)
def test_check_names_the_file_that_is_not_as_it_was(home, harm, arguments, sentence):
    path = largest_file(home)
    harm(path)
    told = invoke(home, *arguments)
    assert told.exit_code == 3
    assert f"{sentence}{path.name}" in told.output
    assert "Everything agrees." not in told.output


def _halve(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.parametrize(("harm", "status"), [(_remove, 404), (_halve, 500)])
def test_a_lesson_whose_file_is_harmed_is_refused_and_everything_else_goes_on(server, harm, status):
    with closing(Player(server.port, LEARNERS[0], server.material)) as player:
        harm(largest_file(server.home))
        path = player.start["view"]["delivery"]["path"].partition("?")[0]
        answer = player.get(player.start["files"] + path, player.host)
        assert answer.status == status
        assert "immutable" not in answer.headers.get("Cache-Control", "")
        assert player.commit_next({"cmi.core.lesson_location": "2"}).status == 200


@pytest.fixture
def lost(home):
    """The answers of a home before its index was deleted."""
    before = answers(home)
    shutil.rmtree(home / "index")
    return before


def test_a_lost_index_is_told_and_comes_back_the_same(home, lost):
    told = invoke(home, "check")
    assert told.exit_code == 3
    assert "Run: elearn index rebuild" in told.output
    assert invoke(home, "index", "check").exit_code == 3
    doctor = invoke(home, "doctor")
    assert doctor.exit_code == 0
    assert "There is no search index" in doctor.output
    assert "The index was rebuilt: 1 materials." in command(home, "index", "rebuild")
    assert answers(home) == lost
    assert "Everything agrees." in command(home, "check")


def test_without_an_index_titles_answer(home, lost):
    titles = [hit["title"] for page in lost for hit in page["hits"]]
    word = titles[0].split()[0]
    found = json.loads(command(home, "search", word, "--json"))
    assert titles[0] in [hit["title"] for hit in found["hits"]]
    assert json.loads(command(home, "search", "chua tung co", "--json"))["total"] == 0


def _delete(index):
    shutil.rmtree(index)


def _spoil(index):
    for path in index.rglob("*"):
        if path.is_file() and path.suffix != ".lock":
            path.write_bytes(b"no index")


@pytest.mark.parametrize("harm", [_delete, _spoil])
def test_a_running_site_answers_without_its_index_and_makes_it_anew(server, harm):
    def found():
        page = teacher.get("/api/v1/materials?q=hinh")
        assert page.status == 200
        return {hit["id"] for hit in json.loads(page.body)["hits"]}

    with closing(Contributor(server.port, TEACHER)) as teacher:
        before = found()
        assert before == {server.material}
        harm(server.home / "index")
        found()
        # The next change makes the worker notice.
        assert teacher.upload("moi.zip", scorm_package("1.2")).status == 303
        await_index(server.home)
        assert found() == before
        assert "Everything agrees." in command(server.home, "check")


def test_a_file_whose_name_is_no_utf8_is_imported_like_any_other(home, tmp_path):
    folder = tmp_path / "cu"
    folder.mkdir()
    for name in (b"b\xe0i.zip", b"x\xe0.zip"):
        (folder / os.fsdecode(name)).write_bytes(scorm_package("1.2") if name.startswith(b"b") else b"no archive")
    told = invoke(home, "import", str(folder), "--by", TEACHER, "--json")
    assert told.exit_code == 3
    first, second = (json.loads(line) for line in told.stdout.splitlines())
    assert (first["status"], second["status"]) == ("accepted", "refused")
    assert first["file"].endswith("b\N{REPLACEMENT CHARACTER}i.zip")
