"""Shared data go from one SCO to another through what is kept by target id (RTE 4.3)."""

from scorm.manifest.model import DataMap
from scorm.runtime import shared_entries, shared_values
from tests.support.runtime import T2004, done, launched, running, told

WRITER = [DataMap("own"), DataMap("common", read_shared_data=False)]
READER = [
    DataMap("common", write_shared_data=False),
    DataMap("locked", read_shared_data=False, write_shared_data=False),
]


def test_one_sco_reads_what_another_wrote():
    writer = running(T2004, launched(T2004, shared=shared_entries(WRITER, {})))
    assert done(writer, "adl.data.1.store", "hello") == "0"
    kept = shared_values(writer.document)

    assert kept == {"common": "hello"}
    reader = running(T2004, launched(T2004, shared=shared_entries(READER, kept)))
    assert told(reader, "adl.data.0.store") == ("hello", "0")
    assert done(reader, "adl.data.0.store", "x") == "404"
    assert told(reader, "adl.data.1.store") == ("", "405")


def test_nothing_shared_is_nothing_kept():
    assert shared_entries([], {"x": "y"}) == {}
    assert shared_values(launched(T2004)) == {}
