"""Nasty archives and manifests: an answer always, with findings of its own, and nothing written beside the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from content_packages.inspection import inspect
from tests.support.nasty import NOISILY_DESCRIBED, ODD_TEXTS, harmed, lies, oddly_described, oddly_written
from tests.support.properties import unhurried


def demand_an_answer(data: bytes, name: str = "bai.zip") -> None:
    """The file is named and judged by a reader; a fault of ours (`reader_failed`) is none of its findings."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "upload")
        path.write_bytes(data)
        facts = inspect(path, name)
        assert "reader_failed" not in {found.code for found in facts.findings}
        assert facts.accepted or facts.table is None
        assert [text for text in texts(replace(facts, table=None)) if not storable(text)] == []
        assert list(Path(folder).iterdir()) == [path]
        assert path.read_bytes() == data


def texts(value):
    """Every text in nested facts."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        yield from texts([getattr(value, member.name) for member in fields(value)])
    elif isinstance(value, Mapping):
        yield from texts([*value.keys(), *value.values()])
    elif isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            yield from texts(inner)


def storable(text: str) -> bool:
    """Whether every database takes it: PostgreSQL knows no NUL, UTF-8 no half of a surrogate pair."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


@given(harmed(), st.sampled_from(["bai.zip", "bai.exe", "bai.msi", "bai.pdf.zip", "bai", ".zip", "a\0b.zip"]))
@unhurried
def test_a_harmed_file_gets_an_answer(data, name):
    demand_an_answer(data, name)


@given(lies())
@unhurried
def test_an_archive_of_lies_gets_an_answer(data):
    demand_an_answer(data)


@given(oddly_described())
@unhurried
def test_a_manifest_of_odd_elements_gets_an_answer(data):
    demand_an_answer(data)


@given(NOISILY_DESCRIBED)
@unhurried
def test_a_manifest_of_noise_gets_an_answer(data):
    demand_an_answer(data)


@given(ODD_TEXTS)
@unhurried
def test_a_page_of_odd_characters_gets_an_answer(text):
    demand_an_answer(oddly_written(text), f"{text}.zip")
