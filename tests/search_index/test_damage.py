"""An absent or damaged index is noticed and named; a rebuild repairs it."""

import errno
import json
from contextlib import suppress
from functools import cache
from shutil import copytree, rmtree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search_index.engine import IndexUnavailableError, open_engine
from tests.support.search_documents import ask, found, material


def documents():
    return [material(f"m{n}", f"Phân số {n}", body="toán học " * n) for n in range(20)]


def generation(tmp_path):
    (folder,) = (tmp_path / "index").glob("generation-*")
    return folder


def only(tmp_path, *patterns):
    (file,) = (file for pattern in patterns for file in generation(tmp_path).glob(pattern))
    return file


CONTENTS = ("*.toc", "meta.json")  # what lists the segments, of either engine
SEGMENT = ("*.seg", "*.idx")  # where the postings are


def remove_pointer(tmp_path):
    (tmp_path / "index" / "current").unlink()


def empty_pointer(tmp_path):
    (tmp_path / "index" / "current").write_text("")


def odd_pointer(tmp_path):
    (tmp_path / "index" / "current").write_text('{"a": 1}')


def older_form(tmp_path):
    pointer = tmp_path / "index" / "current"
    form, *rest = json.loads(pointer.read_text())
    pointer.write_text(json.dumps([form - 1, *rest]))


def remove_generation(tmp_path):
    for file in generation(tmp_path).iterdir():
        file.unlink()
    generation(tmp_path).rmdir()


def remove_contents(tmp_path):
    only(tmp_path, *CONTENTS).unlink()


def truncate_contents(tmp_path):
    file = only(tmp_path, *CONTENTS)
    file.write_bytes(file.read_bytes()[:-40])


def remove_segment(tmp_path):
    only(tmp_path, *SEGMENT).unlink()


def empty_segment(tmp_path):
    only(tmp_path, *SEGMENT).write_bytes(b"")


def truncate_segment(tmp_path):
    file = only(tmp_path, *SEGMENT)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def overwrite_segment(tmp_path):
    file = only(tmp_path, *SEGMENT)
    file.write_bytes(b"\xa5" * file.stat().st_size)


@pytest.mark.parametrize(
    "damage",
    [
        remove_pointer,
        empty_pointer,
        odd_pointer,
        older_form,
        remove_generation,
        remove_contents,
        truncate_contents,
        remove_segment,
        empty_segment,
        truncate_segment,
        overwrite_segment,
    ],
)
def test_damage_is_noticed_and_mended_by_a_rebuild(engine, tmp_path, damage):
    engine.rebuild(documents())
    engine.close()
    damage(tmp_path)
    with pytest.raises(IndexUnavailableError):
        engine.search(ask("phân số"))
    with pytest.raises(IndexUnavailableError):
        engine.apply(documents(), [])
    with pytest.raises(IndexUnavailableError):
        list(engine.uids())
    assert not engine.is_sound()
    assert engine.rebuild(documents()) == 20
    assert engine.is_sound()
    assert engine.search(ask("phân số")).total == 20


@pytest.mark.parametrize("engine_name", ["whoosh"], scope="session")
def test_damaged_postings_are_noticed_when_they_are_read(engine, tmp_path):
    engine.rebuild(documents())
    engine.close()
    file = only(tmp_path, *SEGMENT)
    # Posting lists start with this tag; the lists of facets are read at opening, those of words at a search.
    file.write_bytes(file.read_bytes().replace(b"W3Bl", b"XXXX"))
    with pytest.raises(IndexUnavailableError):
        engine.search(ask("toán học"))


def test_every_search_over_randomly_damaged_files_answers_or_says_unavailable(engine, tmp_path):
    engine.rebuild(documents())
    engine.close()
    file = only(tmp_path, *SEGMENT)
    whole = file.read_bytes()
    outcomes = set()
    for at in range(0, len(whole), max(len(whole) // 60, 1)):
        file.write_bytes(whole[:at] + bytes(byte ^ 0x5A for byte in whole[at : at + 16]) + whole[at + 16 :])
        try:
            outcomes.add(engine.search(ask("phân số toán")).total)
        except IndexUnavailableError:
            outcomes.add("unavailable")
        engine.close()
    assert "unavailable" in outcomes


class Damage:
    """One way to spoil one file: bytes turned over, the end cut off, or no file at all."""

    def __init__(self, chance):
        self.chance = chance

    def spoil(self, file):
        whole = file.read_bytes()
        way = self.chance.choice(("bits", "bits", "cut", "gone")) if whole else "gone"
        if way == "gone":
            file.unlink()
        elif way == "cut":
            file.write_bytes(whole[: self.chance.randrange(len(whole))])
        else:
            at = self.chance.randrange(len(whole))
            file.write_bytes(whole[:at] + bytes([whole[at] ^ self.chance.randrange(1, 256)]) + whole[at + 1 :])


@pytest.mark.parametrize("engine_name", ["whoosh", "tantivy"], scope="session")
@settings(max_examples=25, deadline=None)
@given(chance=st.randoms(use_true_random=False))
def test_whatever_is_damaged_is_noticed_or_changes_no_answer_and_is_mended(
    written, engine_name, tmp_path_factory, chance
):
    folder = tmp_path_factory.mktemp("damaged") / "index"
    copytree(written, folder)
    file = chance.choice(sorted(file for file in folder.rglob("*") if file.is_file()))
    Damage(chance).spoil(file)
    engine = open_engine(engine_name, folder)
    try:
        engine.verify()
        noticed = False
        assert answers(engine) == answers_of(written, engine_name)
    except IndexUnavailableError:
        noticed = True
    assert noticed or file.name in UNSEALED or file.name.lower().endswith("lock")
    if noticed:
        engine.rebuild(documents())
        engine.verify()
        assert engine.is_sound()
    engine.close()
    rmtree(folder)


@pytest.fixture(scope="session")
def written(engine_name, tmp_path_factory):
    """An index in two segments, never changed."""
    folder = tmp_path_factory.mktemp("written") / "index"
    engine = open_engine(engine_name, folder)
    engine.rebuild(documents()[:15])
    engine.apply(documents()[15:], ["m3"])
    engine.close()
    return folder


# What is beside the files of an engine, may be lost, or guards itself.
UNSEALED = {"current", "sums", "meta.json", ".managed.json"}


def answers(engine):
    return [engine.search(ask(text)).hits for text in ("phân số", "phan so", "toán học 7", "")]


@cache
def answers_of(folder, engine_name):
    engine = open_engine(engine_name, folder)
    try:
        return answers(engine)
    finally:
        engine.close()


def test_damage_is_told_to_whoever_writes(engine, tmp_path):
    engine.rebuild(documents())
    file = max(generation(tmp_path).iterdir(), key=lambda file: file.stat().st_size)
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(IndexUnavailableError):
        engine.verify()
    assert not engine.is_sound()


def test_damage_stays_damage_whatever_is_committed_afterwards(engine, tmp_path):
    engine.rebuild(documents())
    whole = {file: file.read_bytes() for file in generation(tmp_path).iterdir() if file.suffix in {".seg", ".store"}}
    for file, content in whole.items():
        middle = len(content) // 2
        file.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
    with suppress(IndexUnavailableError):
        engine.apply([material("new")], [])
    with pytest.raises(IndexUnavailableError):
        engine.verify()


def test_a_folder_without_an_index_is_unavailable(engine_name, tmp_path):
    with pytest.raises(IndexUnavailableError):
        open_engine(engine_name, tmp_path / "nowhere").search(ask())


def test_an_open_reader_outlives_the_loss_of_its_files_until_the_pointer_moves(engine, tmp_path):
    engine.rebuild([material("a")])
    assert found(engine) == ["a"]
    remove_generation(tmp_path)
    assert found(engine) == ["a"]


@pytest.mark.parametrize("engine_name", ["whoosh"], scope="session")
def test_a_process_without_free_file_handles_reports_no_damage(engine, monkeypatch):
    engine.rebuild([material("a")])
    engine.close()

    def exhausted(*_arguments):
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr("search_index.segment.open_reader", exhausted)
    with pytest.raises(IndexUnavailableError):
        engine.search(ask())
    assert engine.is_sound()
