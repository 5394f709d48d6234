"""The one way in: whatever comes, the answer is facts, and nothing else happens."""

import json
import socket
import zipfile

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from content_packages import inspection
from content_packages.facts import Kind, PackageFacts
from content_packages.inspection import inspect
from tests.support.manifests import manifest_xml, sco
from tests.support.packages import pdf, program, scorm_files, scorm_package, written
from tests.support.zips import ZipEntry, build_zip, simple_zip


def codes(facts):
    return [finding.code for finding in facts.findings]


def test_nothing_is_written_beside_the_file(inspected, tmp_path):
    inspected(scorm_package())
    inspected(build_zip(ZipEntry("../escaped", b"x"), ZipEntry("index.html", b"x")))
    assert [path.name for path in tmp_path.iterdir()] == ["received"]


def test_a_fault_of_ours_is_a_finding_and_not_an_exception(inspected, monkeypatch, caplog):
    def fail(_source):
        raise RuntimeError("a bug")

    monkeypatch.setattr(inspection.scorm, "read", fail)
    facts = inspected(scorm_package(), "bai1.zip")
    assert (codes(facts), facts.title) == (["reader_failed"], "bai1")
    assert "a bug" in caplog.text


def test_an_absent_file_is_the_callers_mistake(tmp_path):
    with pytest.raises(FileNotFoundError):
        inspect(tmp_path / "absent.zip", "absent.zip")


@pytest.mark.parametrize(
    "manifest",
    [
        '<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]><manifest>&x;</manifest>',
        '<!DOCTYPE m [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><manifest>&b;</manifest>',
        '<!DOCTYPE m SYSTEM "http://127.0.0.1:9/x.dtd"><manifest/>',
        "<a>" * 5000,
        "",
        "not xml",
    ],
    ids=["external entity", "entity bomb", "external DTD", "deep", "empty", "text"],
)
def test_a_hostile_manifest_refuses_the_package_without_any_network(inspected, monkeypatch, manifest):
    def no_network(*_arguments):
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", no_network)
    facts = inspected(simple_zip({**scorm_files(), "imsmanifest.xml": manifest}))
    assert (facts.kind, facts.accepted, facts.table) == (Kind.SCORM, False, None)
    assert codes(facts)[0].startswith(("xml_", "manifest_"))


def test_the_facts_of_a_nested_archive_are_those_of_the_outer_one(inspected):
    facts = inspected(simple_zip({**scorm_files(), "extra/more.zip": scorm_package()}))
    assert facts.accepted
    assert "extra/more.zip" in facts.table


def test_an_archive_that_python_wrote_is_accepted(inspected, tmp_path):
    path = tmp_path / "python.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in scorm_files().items():
            with archive.open(name, "w", force_zip64=True) as entry:
                entry.write(data.encode())
    assert inspected(path.read_bytes()).accepted


SEEDS = [
    scorm_package(),
    scorm_package("2004 4th Edition", Bài__html="<p>" + "Phân số " * 500),
    simple_zip({"h5p.json": json.dumps({"title": "x"}), "content/content.json": "{}"}),
    build_zip(*(ZipEntry(n, d.encode()) for n, d in scorm_files().items()), zip64=True, comment=b"c"),
    program(ProductName="Violet"),
    b"<?xml version='1.0'?>" + manifest_xml().encode(),
]


@st.composite
def mutants(draw):
    """A valid file with bytes changed, cut out, repeated or cut off."""
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 8))):
        start = draw(st.integers(0, max(0, len(data) - 1)))
        stop = min(len(data), start + draw(st.integers(1, 40)))
        act = draw(st.sampled_from(["change", "cut", "repeat", "end", "full"]))
        if act == "change":
            data[start:stop] = draw(st.binary(min_size=stop - start, max_size=stop - start))
        elif act == "cut":
            del data[start:stop]
        elif act == "repeat":
            data[start:start] = data[start:stop]
        elif act == "full":
            data[start:stop] = b"\xff" * (stop - start)
        else:
            del data[stop:]
    return bytes(data)


@seed(327)
@settings(max_examples=400, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mutants(), st.sampled_from(["a.zip", "a.h5p", "a.exe", "a", "a.xml", "../a.zip"]))
def test_a_damaged_file_never_raises_and_never_escapes(tmp_path, data, name):
    facts = inspect(written(tmp_path, "received", data), name)
    assert isinstance(facts, PackageFacts)
    assert "reader_failed" not in codes(facts)
    assert facts.accepted or facts.table is None
    assert [path.name for path in tmp_path.iterdir()] == ["received"]


@pytest.mark.parametrize("number", range(12))
def test_a_damaged_document_never_raises(inspected, number):
    data = bytearray(pdf("Phan so", "Hinh hoc"))
    for step in range(1, 6):
        data[8 + (number * 97 + step * 61) % (len(data) - 8)] = (number * 37 + step * 11) % 256
    assert inspected(bytes(data), "a.pdf").kind is Kind.PDF


UNSEEN = "\u202e\u200b\x9f\ue000"  # right-to-left, zero width, a control of C1, private use
LOM = (
    f"<lom><general><title><langstring>{UNSEEN}Phân{UNSEEN} số</langstring></title><language>vi</language>"
    f"<description><langstring>Học{UNSEEN} sinh\u00a0 so sánh</langstring></description>"
    f"<keyword><langstring>toán{UNSEEN}</langstring></keyword><keyword><langstring>{UNSEEN}</langstring></keyword></general>"
    "<lifecycle><contribute><role><value><langstring>Author</langstring></value></role>"
    f"<centity><vcard>Cô{UNSEEN} Lan</vcard></centity></contribute></lifecycle></lom>"
)


@pytest.mark.parametrize("edition", ["1.2", "2004 4th Edition"])
def test_what_nobody_can_see_is_left_out_of_the_metadata_of_a_package(inspected, edition):
    items = f'<item identifier="i1" identifierref="r1"><title>Bài{UNSEEN} 1</title></item>'
    organizations = (
        f'<organizations><organization identifier="o1"><title>{UNSEEN}</title>{items}</organization></organizations>'
    )
    manifest = manifest_xml(edition, organizations=organizations, metadata=LOM)
    facts = inspected(simple_zip(scorm_files(edition) | {"imsmanifest.xml": manifest}))
    assert (facts.title, facts.description) == ("Phân số", "Học sinh so sánh")
    assert (facts.keywords, facts.authors) == (("toán",), ("Cô Lan",))
    assert [part.title for part in facts.parts] == ["Bài 1"]
    assert [item.title for item in facts.manifest.organization.walk()] == ["Bài 1"]


def test_a_title_of_which_nothing_can_be_seen_gives_way_to_the_name_of_the_file(inspected):
    page = f"<title>{UNSEEN}</title><p>x</p>"
    assert inspected(simple_zip({"index.html": page}), "trang.zip").title == "trang"


def test_what_nobody_can_see_is_left_out_of_what_a_program_says_of_itself(inspected):
    facts = inspected(
        program(CompanyName=f"A{UNSEEN}BC", ProductVersion="2\u200b.1", ProductName=UNSEEN), "ve hinh.exe"
    )
    assert facts.title == "ve hinh"
    assert dict(facts.properties) | {"platform": ""} == {
        "architecture": "x86",
        "vendor": "ABC",
        "release": "2.1",
        "product": "",
        "platform": "",
    }


def test_names_in_findings_can_be_seen(inspected):
    manifest = manifest_xml("1.2", resources=sco("r1", f"b{UNSEEN}ai.html"))
    facts = inspected(simple_zip(scorm_files() | {"imsmanifest.xml": manifest}))
    assert [dict(found.params) for found in facts.findings if found.refuses] == [{"name": "bai.html"}]


def test_of_a_refused_file_it_is_not_said_how_it_opens(tmp_path):
    file = tmp_path / "x.h5p"
    file.write_bytes(simple_zip({"h5p.json": '{"mainLibrary": "H5P.Essay"}', "content/content.json": "{"}))
    facts = inspect(file, "x.h5p")
    assert not facts.accepted
    assert "results_not_recorded" not in {found.code for found in facts.findings}
