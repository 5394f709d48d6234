"""Words that an operator adds to the search; what cannot be read stops the start with the line."""

import pytest

from elearn.search_words import REASONS, synonyms_of
from elearn.settings import SettingsError, load_settings
from search_index.synonyms import school_synonyms
from search_index.vietnamese import tokenise


def settings_for(home, name="words.txt"):
    return load_settings({"ELEARN_HOME": str(home), "ELEARN_SEARCH_WORDS": name})


def test_without_a_file_the_words_of_the_software_are_used(tmp_path):
    assert synonyms_of(settings_for(tmp_path, "")) is school_synonyms()


def test_words_of_the_file_are_added_to_those_of_the_software(tmp_path):
    (tmp_path / "words.txt").write_text("TNKN = Tân Nhân Khê Nông\n", encoding="utf-8-sig")
    synonyms = synonyms_of(settings_for(tmp_path))
    for known in ("TNKN", "GDCD"):
        assert list(synonyms.meanings(list(tokenise(known))))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (b"a = b\nGDCD\n", f"line 2 of .*words.txt: {REASONS['one_name']}"),
        (b"a = b -> c\n", f"line 1 of .*{REASONS['mixed']}"),
        ("GDCD = giáo dục công dân".encode("utf-16"), "is not UTF-8; save it as UTF-8"),
        (b"a = b\n" * 200_000, "is larger than 1 MiB"),
        (None, "cannot be read: No such file"),
    ],
)
def test_a_file_that_cannot_be_used_stops_the_start(tmp_path, written, said):
    if written is not None:
        (tmp_path / "words.txt").write_bytes(written)
    with pytest.raises(SettingsError, match=said):
        synonyms_of(settings_for(tmp_path))
