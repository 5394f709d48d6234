"""No query makes the engine fail or work without bound."""

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search_index.question import LONGEST_QUERY, MOST_EXCLUSIONS, MOST_WORDS
from search_index.segment import SegmentFiles
from tests.support.examples import examples
from tests.support.search_documents import ask, found, material

HOSTILE = [
    "(" * 10_000,
    ")(" * 5_000,
    "*a*",
    "*" * 10_000,
    "a" * 10_000,
    "\\w+ [a-z]{1,99999} (a+)+$",
    "title:phân AND (body:số OR NOT",
    "' OR 1=1; DROP TABLE material; --",
    '"' * 9_999,
    '"phân số',
    "-" * 10_000,
    "\x00\x01\x1b[31m\r\n\t\x7f phân",
    "\ud800\udfff phân",
    "\u202ephân\u200b số\ufeff",
    "̣" * 10_000,
    "phân\u0323\u0302\u0301" * 2_000,
    unicodedata.normalize("NFD", "phân số thập phân " * 1_000),
    "toán " * 2_000,
    " ".join(f"w{n}" for n in range(3_000)),
    "ﷺ" * 2_000,
    "İstanbul ẞ ǅ",
    "𝒑𝒉𝒂̂𝒏 ＰＨÂＮ",
    '"' + " ".join(f"w{n}" for n in range(500)) + '"',
    '-"' + " ".join(f"w{n}" for n in range(500)) + '"',
    " ".join(f'-"w{n} w{n} w{n}"' for n in range(200)),
    "../../etc/passwd",
    "<script>alert(1)</script>",
    "%00%ff",
]


@pytest.fixture
def library(engine):
    engine.rebuild([material("a", "Phân số thập phân", body="Toán học"), material("b", "Vật lý")])
    return engine


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_gets_an_answer(library, text):
    result = library.search(ask(text))
    assert 0 <= len(result.hits) == result.total <= 2


@pytest.mark.parametrize("text", ["(" * 10_000, "*", "\x00", "***???", "̣" * 100])
def test_text_without_words_finds_nothing_rather_than_everything(library, text):
    assert found(library, text) == []


def test_signs_around_words_do_not_hide_them(library):
    assert found(library, "((phân)) *số* [thập]\x00 {phân}") == ["a"]


@settings(max_examples=examples(80), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200), limit=st.integers(-5, 500), offset=st.integers(-5, 500))
def test_any_text_and_any_page_gets_an_answer(library, text, limit, offset):
    result = library.search(ask(text, limit=limit, offset=offset))
    assert len(result.hits) <= result.total


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_the_number_of_posting_lists_read_is_bounded(library, monkeypatch, text):
    library.search(ask("phân"))
    read = []
    whole = SegmentFiles.postings
    monkeypatch.setattr(SegmentFiles, "postings", lambda self, *key: read.append(key) or whole(self, *key))
    library.search(ask(text))
    # Five fields; exact, folded, bigram and phrase for each word; exclusions; and a few for the permissions.
    assert len(read) <= 5 * (4 * MOST_WORDS + MOST_EXCLUSIONS + MOST_EXCLUSIONS**2) + 10


def test_marks_lie_in_the_texts_that_come_back(engine):
    long = "phân số " * 5_000
    engine.rebuild([material("a", long, body=long)])
    (hit,) = engine.search(ask("phân số " * LONGEST_QUERY)).hits
    for text, marks in ((hit.title, hit.title_marks), (hit.snippet, hit.marks)):
        assert marks
        assert all(0 <= start < end <= len(text) for start, end in marks)
