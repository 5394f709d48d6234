"""PDF documents, read in a limited child."""

import io

import pypdf
from PIL import Image

from content_packages.facts import Kind
from content_packages.readers.pdf import read
from content_packages.sandbox import Allowance
from tests.support.packages import pdf


def codes(facts):
    return [finding.code for finding in facts.findings]


def test_title_author_pages_and_text_are_read(inspected):
    facts = inspected(pdf("Phan so", "Hinh hoc", title="Toan 5", author="Lan"), "toan.pdf")
    assert facts.accepted
    assert (facts.kind, facts.title, facts.authors) == (Kind.PDF, "Toan 5", ("Lan",))
    assert facts.properties == {"pages": 2}
    assert [(p.key, p.text, p.kind, p.href) for p in facts.parts] == [
        ("1", "Phan so", "page", "#page=1"),
        ("2", "Hinh hoc", "page", "#page=2"),
    ]


def test_the_file_names_a_document_without_title(inspected):
    assert inspected(pdf("x"), "Đề thi.pdf").title == "Đề thi"


def test_the_first_page_is_drawn(inspected):
    picture = Image.open(io.BytesIO(inspected(pdf("x"), "a.pdf").thumbnail))
    assert (picture.format, picture.width) == ("WEBP", 480)


def test_a_document_of_pictures_is_accepted_with_a_warning(inspected):
    facts = inspected(pdf(""), "a.pdf")
    assert facts.accepted
    assert codes(facts) == ["pdf_without_text"]


def test_a_document_without_pages_is_refused(inspected):
    assert codes(inspected(pdf(), "a.pdf")) in (["pdf_without_pages"], ["pdf_damaged"])


def test_a_damaged_document_is_refused(inspected):
    assert codes(inspected(b"%PDF-1.7\n" + b"x" * 100, "a.pdf")) == ["pdf_damaged"]


def test_a_document_with_a_password_is_refused(inspected):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf("x")))
    writer.encrypt("secret", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    assert codes(inspected(locked.getvalue(), "a.pdf")) == ["pdf_encrypted"]


def test_a_reader_that_takes_too_long_is_ended(opened):
    facts = read(opened(pdf("x"), "a.pdf"), Allowance(seconds=0.0))
    assert codes(facts) == ["reader_took_too_long"]


def test_a_reader_without_memory_ends_without_us(opened):
    facts = read(opened(pdf("x"), "a.pdf"), Allowance(memory=1024 * 1024))
    assert codes(facts) == ["reader_failed"]
