"""Pages of documents as pictures, and Office documents on their way to being such."""

import io
import shutil

import pytest
from PIL import Image

from content_packages import program
from content_packages.facts import Kind, PartFacts
from content_packages.pictures import office
from content_packages.pictures.office import Conversion, to_pdf
from content_packages.pictures.pages import beginnings, draw_pages
from content_packages.readers import pdf as reader
from content_packages.sandbox import Allowance
from content_packages.source import Source
from tests.support.packages import pdf
from tests.support.zips import simple_zip

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT = "application/vnd.oasis.opendocument.text"


def size(data):
    return Image.open(io.BytesIO(data)).size


def test_a_run_of_pages_is_drawn_with_the_card_of_the_first(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(*(f"Trang {n}" for n in range(1, 4))))
    drawn = draw_pages(path, 1, 2)
    assert (drawn.count, sorted(drawn.pages)) == (3, [1, 2])
    assert size(drawn.pages[1].large)[0] == 1280 or size(drawn.pages[1].large)[1] == 3200
    assert size(drawn.pages[1].small)[0] == 200
    assert size(drawn.card.large)[0] == 640
    later = draw_pages(path, 3, 9)
    assert (sorted(later.pages), later.card) == ([3], None)


def test_of_what_is_no_document_there_are_no_pages(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7 nothing")
    assert draw_pages(path, 1, 9).pages == {}


def test_parts_are_found_on_the_pages_in_their_order():
    pages = [PartFacts(str(n), "", text, "page") for n, text in enumerate(("Mở đầu Bài", "1 Phân số", "Bài 1 lại"), 1)]
    parts = [PartFacts(key, "", text, "section") for key, text in (("a", "Bài 1 Phân"), ("b", "số  Bài 1"), ("c", "?"))]
    assert beginnings(parts, pages) == {"a": 1, "b": 2}


@pytest.fixture
def converter(tmp_path, monkeypatch):
    """A LibreOffice that is a line of shell in a folder of its own."""

    def make(line):
        place = tmp_path / "office" / "program" / "soffice"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"#!/bin/sh\n{line}\n")
        place.chmod(0o755)
        monkeypatch.setattr(office, "converter", lambda: str(place))

    return make


def convert(tmp_path, data=b"x", media_type=WORD, **limits):
    path, folder = tmp_path / "original", tmp_path / "made"
    path.write_bytes(data)
    folder.mkdir()
    found = to_pdf(path, Kind.DOCUMENT, media_type, folder, Allowance(memory=4 << 30, **limits))
    result = folder / "result.pdf"
    return found, result.read_bytes() if result.is_file() else None


def test_without_a_converter_a_document_stays_what_it_is(tmp_path, monkeypatch):
    monkeypatch.setattr(office, "converter", lambda: "")
    assert convert(tmp_path) == (Conversion.NO_PROGRAM, None)


def test_what_the_converter_writes_is_taken(tmp_path, converter):
    converter("cp document.docx document.pdf")
    assert convert(tmp_path, b"%PDF") == (Conversion.DONE, b"%PDF")


@pytest.mark.parametrize("line", ["exit 1", "exit 0", "sleep 60"], ids=["fails", "writes nothing", "hangs"])
def test_a_converter_that_does_not_do_its_work_is_a_failure(tmp_path, converter, line):
    converter(line)
    assert convert(tmp_path, seconds=0.5 if "sleep" in line else 20.0) == (Conversion.FAILED, None)


def test_a_converter_reads_no_file_of_the_house_and_writes_none(tmp_path, converter):
    (tmp_path / "secret").write_text("khóa bí mật")
    converter(f"cat {tmp_path}/secret > document.pdf; echo x > {tmp_path}/stray; true")
    found, made = convert(tmp_path)
    if made and b"b\xc3\xad m" in made:
        pytest.skip("this kernel has no Landlock")
    assert (found, made) == (Conversion.DONE, b"")
    assert not (tmp_path / "stray").exists()


ODF = "urn:oasis:names:tc:opendocument:xmlns"
CONTENT = (
    f'<office:document-content xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:body><office:text>'
    '<text:section text:name="s"><text:section-source xlink:href="{}"/></text:section><text:p>Xin chao</text:p>'
    "</office:text></office:body></office:document-content>"
)
MANIFEST = (
    f'<m:manifest xmlns:m="{ODF}:manifest:1.0" m:version="1.2"><m:file-entry m:full-path="/" m:media-type="{TEXT}"/>'
    '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>'
)


def test_a_document_that_includes_another_file_does_not_get_it(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("BIMAT")
    files = {"mimetype": TEXT, "content.xml": CONTENT.format(secret.as_uri()), "META-INF/manifest.xml": MANIFEST}
    found, made = convert(tmp_path, simple_zip(files), TEXT, seconds=120.0, cpu_seconds=90)
    assert found is Conversion.DONE
    path = tmp_path / "r.pdf"
    path.write_bytes(made)
    with path.open("rb") as file:
        words = " ".join(part.text for part in reader.read(Source(path, "r.pdf", file, len(made))).parts)
    assert "Xin chao" in words
    assert "BIMAT" not in words


def test_a_program_and_what_it_started_end_together(tmp_path):
    shell = shutil.which("sh")
    started = program.run_program([shell, "-c", "sleep 60 & sleep 60"], tmp_path, [], Allowance(1 << 30, seconds=0.3))
    assert not started
