"""What differs between two states of a material."""

from hypothesis import given
from hypothesis import strategies as st

from content_packages.archive.table import Entry, EntryTable
from content_packages.comparison import (
    Change,
    EntryChange,
    PartText,
    Sentence,
    compare_entries,
    compare_parts,
    compare_sentences,
    sentences_of,
)


def table(**files):
    """Entries of name -> (size, CRC-32); `__` is a dot."""
    named = {name.replace("__", "."): bits for name, bits in files.items()}
    return EntryTable.of(Entry(path, 0, 0, size, size, crc) for path, (size, crc) in named.items())


def page(text, key="1", title="Trang 1"):
    return PartText(key, "page", title, text)


def test_files_are_added_removed_changed_and_renamed():
    old = table(a__html=(10, 1), b__html=(20, 2), c__png=(30, 3), same__css=(5, 5))
    new = table(a__html=(12, 9), d__png=(30, 3), e__html=(7, 7), same__css=(5, 5))
    assert compare_entries(old, new) == (
        EntryChange(Change.CHANGED, "a.html", old_size=10, new_size=12),
        EntryChange(Change.REMOVED, "b.html", old_size=20),
        EntryChange(Change.MOVED, "d.png", "c.png", 30, 30),
        EntryChange(Change.ADDED, "e.html", new_size=7),
    )


def test_files_that_are_no_archive_have_no_entries():
    assert compare_entries(None, None) == ()
    assert [change.change for change in compare_entries(None, table(a=(1, 1)))] == [Change.ADDED]


def test_empty_files_are_not_taken_for_one_another():
    changes = compare_entries(table(a=(0, 0)), table(b=(0, 0)))
    assert {change.change for change in changes} == {Change.ADDED, Change.REMOVED}


sizes = st.dictionaries(st.sampled_from("abcdef"), st.tuples(st.integers(0, 3), st.integers(0, 2)))


@given(sizes, sizes)
def test_every_file_that_is_not_the_same_is_told_once(old, new):
    changes = compare_entries(table(**old), table(**new))
    told = [change.path for change in changes] + [change.before for change in changes if change.before]
    assert sorted(told) == sorted(name for name in old | new if old.get(name) != new.get(name))


def test_the_sentences_that_changed_stand_between_their_neighbours():
    (change,) = compare_parts(
        [page("Một. Hai. Ba. Bốn. Năm.")],
        [page("Một. Hai. Ba rưỡi. Bốn. Năm.")],
    )
    assert change.sentences == (
        Sentence(Change.SKIPPED, ""),
        Sentence(Change.SAME, "Hai."),
        Sentence(Change.REMOVED, "Ba."),
        Sentence(Change.ADDED, "Ba rưỡi."),
        Sentence(Change.SAME, "Bốn."),
        Sentence(Change.SKIPPED, ""),
    )


def test_parts_are_found_again_under_new_keys_and_titles():
    old = [page("Một.", "k1", "Mở đầu"), page("Hai.", "k2", "Bài tập"), page("Ba.", "k3", "Hết")]
    new = [page("Một.", "x1", "Mở đầu"), page("Hai.", "x2", "Luyện tập"), page("Bốn.", "x4", "Thêm")]
    changes = compare_parts(old, new)
    assert [(change.change, change.title, change.before) for change in changes] == [
        (Change.MOVED, "Luyện tập", "Bài tập"),
        (Change.ADDED, "Thêm", ""),
        (Change.REMOVED, "Hết", ""),
    ]


def test_texts_that_are_too_long_are_only_said_to_differ():
    long = " ".join(f"Câu {number}." for number in range(3000))
    (change,) = compare_parts([page(long)], [page(long.replace("Câu 7.", "Khác."))])
    assert change.is_long
    assert change.sentences == ()


texts = st.lists(st.sampled_from(["Một.", "Hai.", "Ba.", "Bốn."]), max_size=12)


@given(texts, texts)
def test_what_was_taken_out_and_put_in_leads_from_the_one_text_to_the_other(old, new):
    found = list(compare_sentences(old, new))
    out = [each.text for each in found if each.change is Change.REMOVED]
    into = [each.text for each in found if each.change is Change.ADDED]
    assert len(old) - len(out) == len(new) - len(into)
    assert all(out.count(text) <= old.count(text) for text in out)
    assert (not out and not into) == (old == new)


@given(st.text())
def test_cutting_into_sentences_loses_no_word(text):
    assert " ".join(sentences_of(text)).split() == text.split()
