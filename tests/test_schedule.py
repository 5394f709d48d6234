"""`make test` begins with what takes long."""

import re
from dataclasses import dataclass
from pathlib import Path

from tests.support.schedule import longest_first


@dataclass(frozen=True)
class Item:
    nodeid: str
    mark: str = ""

    def get_closest_marker(self, name):
        return self.mark if self.mark == name else None


def test_what_drives_browsers_servers_and_faults_comes_first():
    quick = [Item("tests/scorm/test_few.py::a"), Item("tests/test_many.py::a"), Item("tests/test_many.py::b")]
    long = [Item("tests/a/test_page.py::a", "journey"), Item("tests/b/test_property.py::a", "long")]
    fault = Item("tests/faults/test_kill.py::a")
    assert longest_first([*quick, *long, fault]) == [*long, fault, quick[1], quick[2], quick[0]]


def test_one_long_test_brings_its_whole_file_forward_in_its_order():
    other = [Item("tests/test_a.py::b"), Item("tests/test_a.py::c"), Item("tests/test_a.py::d")]
    mixed = [Item("tests/test_mixed.py::z"), Item("tests/test_mixed.py::a", "long")]
    assert longest_first([*other, *mixed]) == [*mixed, *other]


def test_make_test_keeps_this_order():
    makefile = (Path(__file__).parent.parent / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^test:.*\n(\t.*\n)*\t.*pytest .*--dist loadfile --no-loadscope-reorder", makefile, re.MULTILINE)
