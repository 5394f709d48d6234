"""Copies of files and of texts: what is compared, and what keys are kept of it."""

import pytest

from content_packages.archive.table import Entry, EntryTable
from elearn.models.material import Likeness, Part, Status
from elearn.services.authorship import Verdict, authorship_of
from elearn.services.likeness import Prints, keep_prints, prints_of, shingles

WORDS = [f"từ{number}" for number in range(200)]
TEXT = " ".join(WORDS)


def table(*files):
    """Entries of (path, size, CRC-32), one behind the other."""
    return EntryTable.of(Entry(path, 0, 10 * place, size, size, crc) for place, (path, size, crc) in enumerate(files))


LESSON = (("imsmanifest.xml", 9, 1), ("index.html", 10, 2), ("anh/hinh.png", 20, 3))


@pytest.mark.parametrize(
    "copy",
    [
        reversed(LESSON),
        [("imsmanifest.xml", 12, 77), *LESSON[1:]],
        [*LESSON[:2], ("khac.png", 20, 3)],
        [*LESSON, ("__MACOSX/._index.html", 5, 5), ("anh/Thumbs.db", 6, 6), ("rong.txt", 0, 0)],
    ],
    ids=["order", "manifest", "name", "junk"],
)
def test_an_archive_packed_again_has_the_same_key(copy):
    assert prints_of(table(*copy), []) == prints_of(table(*LESSON), []) != Prints()


def test_another_picture_is_another_archive():
    assert prints_of(table(*LESSON[:2], ("anh/hinh.png", 20, 4)), []) != prints_of(table(*LESSON), [])


def test_a_manifest_alone_and_a_short_text_have_no_key():
    assert prints_of(table(LESSON[0]), ["Hai phân số bằng nhau"]) == Prints()


def test_case_punctuation_and_the_cut_into_parts_change_no_text():
    assert shingles([TEXT.upper()]) == shingles([" ".join(WORDS[:90]), " – ".join(WORDS[90:])]) != frozenset()


@pytest.fixture
def make(session, world):
    """A published lesson of a new author with a text, with the keys that intake gives it."""
    school = world.unit("TH1", world.unit("SO"))

    def lesson(text):
        material = world.material(school, world.account(person=world.person()), Status.PUBLISHED)
        session.refresh(material)
        version = material.current_version
        version.parts = [Part(key="1", kind="page", title="", position=0, href="", text=text)]
        keep_prints(session, version, prints_of(None, [text]))
        return material

    return lesson


def test_a_text_with_a_few_other_words_is_a_copy_of_the_earlier_one(session, make):
    make("bài khác " * 60)
    first = make(TEXT)
    copy = make(TEXT.replace("từ100", "khác") + " thêm một câu")
    found = authorship_of(session, copy)
    assert (found.verdict, found.original, found.likeness) == (Verdict.DUPLICATE, first, Likeness.TEXT)
    assert authorship_of(session, first).original is None


def test_a_text_of_which_a_half_is_new_is_no_copy(session, make):
    make(TEXT)
    assert authorship_of(session, make(" ".join([*WORDS[:100], *(f"mới{n}" for n in range(100))]))).original is None
