"""Word, PowerPoint and Excel: what is said on which part, what the document says of itself, and what harms nobody."""

from unicodedata import normalize

import pytest

from content_packages.facts import Kind
from content_packages.readers import xml_walk
from tests.support.office import (
    docx,
    docx_files,
    paragraph,
    pptx_files,
    relationships,
    shape,
    slide,
    xlsx_files,
)
from tests.support.packages import compound_file
from tests.support.zips import simple_zip


def codes(facts):
    return [found.code for found in facts.findings]


def test_a_document_is_divided_by_its_larger_headings(inspected):
    facts = inspected(
        docx(
            paragraph("Trường THCS"),
            paragraph("Phân số", "u1"),
            paragraph("Hai phân số bằng nhau"),
            paragraph("Chú ý", "u3"),
            paragraph("Hình học", "u1"),
        ),
        "giao an.docx",
    )
    assert (facts.kind, facts.accepted, facts.findings) == (Kind.DOCUMENT, True, ())
    assert [(part.key, part.kind, part.title, part.text) for part in facts.parts] == [
        ("1", "section", "", "Trường THCS"),
        ("2", "section", "Phân số", "Phân số Hai phân số bằng nhau Chú ý"),
        ("3", "section", "Hình học", "Hình học"),
    ]


def test_a_document_says_of_itself_what_its_properties_say(inspected):
    core = (
        "<dc:title>Giáo án</dc:title><dc:creator>Lan; Hoa</dc:creator><cp:keywords>toán, lớp 6</cp:keywords>"
        "<dc:subject>Bài 1</dc:subject>"
    )
    facts = inspected(simple_zip(docx_files(paragraph("a"), core=core, pages=12)), "x.docx")
    assert (facts.title, facts.authors, facts.keywords) == ("Giáo án", ("Lan", "Hoa"), ("toán", "lớp 6"))
    assert (facts.description, facts.language, facts.tool) == ("Bài 1", "vi", "Microsoft Office Word")
    assert facts.properties == {"pages": 12}


@pytest.mark.parametrize("title", ["", "Microsoft Word - bai1.doc", "PowerPoint Presentation"])
def test_a_title_that_only_a_program_gave_gives_way_to_the_name_of_the_file(inspected, title):
    assert inspected(docx(paragraph("a"), core=f"<dc:title>{title}</dc:title>"), "Bài 5.docx").title == "Bài 5"


@pytest.mark.parametrize("pages", [-3, 0, "NaN", "9" * 400, "٣"])
def test_a_number_of_pages_that_cannot_be_is_left_out(inspected, pages):
    assert inspected(simple_zip(docx_files(paragraph("a"), pages=pages)), "x.docx").properties == {}


def test_slides_come_in_the_order_in_which_they_are_shown_with_title_and_notes(inspected):
    files = pptx_files(slide(shape("Phân số", "title"), shape("Hai nửa")), slide(shape("Bài tập", "ctrTitle")))
    files["ppt/slides/_rels/slide2.xml.rels"] = relationships(("notesSlide", "../notesSlides/notes1.xml"))
    files["ppt/notesSlides/notes1.xml"] = slide(shape("Nhắc học sinh"))
    facts = inspected(simple_zip(files), "bai.pptx")
    assert [(part.key, part.kind, part.title, part.text) for part in facts.parts] == [
        ("1", "slide", "Phân số", "Phân số Hai nửa Nhắc học sinh"),
        ("2", "slide", "Bài tập", "Bài tập"),
    ]
    assert (facts.kind, facts.properties) == (Kind.PRESENTATION, {"pages": 2})


def test_a_slide_that_is_not_there_leaves_its_number_to_itself(inspected):
    files = pptx_files(slide(shape("a", "title")), slide(shape("b", "title")))
    del files["ppt/slides/slide2.xml"]
    facts = inspected(simple_zip(files), "bai.pptx")
    assert [(part.key, part.title) for part in facts.parts] == [("1", ""), ("2", "b")]
    assert codes(facts) == ["document_partly_unreadable"]


def test_a_sheet_gives_its_words_and_not_its_numbers(inspected):
    facts = inspected(
        simple_zip(
            xlsx_files(
                "<si><t>Họ tên</t></si><si><r><t>Điểm </t></r><r><t>thi</t></r><rPh><t>x</t></rPh></si>",
                Lớp6A='<row><c t="s"><v>1</v></c><c><v>42</v></c><c t="inlineStr"><is><t>Lan</t></is></c></row>',
                Lớp6B='<row><c t="str"><f>A1</f><v>Giỏi</v></c><c t="s"><v>0</v></c></row>',
            )
        ),
        "so diem.xlsx",
    )
    assert [(part.title, part.text) for part in facts.parts] == [("Lớp6A", "Điểm thi Lan"), ("Lớp6B", "Giỏi Họ tên")]
    assert (facts.kind, facts.properties, facts.findings) == (Kind.SPREADSHEET, {"sheets": 2}, ())


@pytest.mark.parametrize("number", ["7", "-1", "x", "9" * 5000, ""])
def test_a_string_that_the_table_lacks_is_no_word(inspected, number):
    facts = inspected(simple_zip(xlsx_files("", A=f'<c t="s"><v>{number}</v></c>')), "a.xlsx")
    assert [part.text for part in facts.parts] == [""]
    assert facts.accepted


@pytest.mark.parametrize("path", ["word/vbaProject.bin", "xl/macrosheets/sheet1.xml"])
def test_macros_are_pointed_out(inspected, path):
    assert codes(inspected(simple_zip(docx_files(paragraph("a")) | {path: b"x"}), "x.docm")) == ["office_macros"]


HOSTILE = {
    "entities": '<!DOCTYPE d [<!ENTITY a "aaaa">]><d>&a;</d>',
    "external": '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><d>&a;</d>',
    "deep": "<w:p>" * 5000,
    "unended": "<w:document><w:body><w:p><w:t>Ba",
    "empty": "",
    "no xml": b"\xff\xfe\x00\x01\x02",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_broken_main_part_is_a_finding_and_no_more(inspected, data):
    facts = inspected(simple_zip(docx_files() | {"word/document.xml": data}), "x.docx")
    assert facts.accepted
    assert codes(facts) == ["document_partly_unreadable"]
    assert "root:" not in "".join(part.text for part in facts.parts)


def test_what_stands_before_a_fault_is_found(inspected):
    data = "<d><p><t>Trước</t></p><p></d>"
    (part,) = inspected(simple_zip(docx_files() | {"word/document.xml": data}), "x.docx").parts
    assert part.text == "Trước"


def test_a_part_of_too_many_tags_is_read_up_to_a_bound(inspected, monkeypatch):
    monkeypatch.setattr(xml_walk, "_TAGS", 40)
    facts = inspected(docx(*(paragraph(f"dòng {number}") for number in range(50))), "x.docx")
    assert codes(facts) == ["document_partly_unreadable"]
    assert "dòng 0" in facts.parts[0].text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1258"])
def test_a_document_in_another_encoding_is_read(inspected, encoding):
    data = "<d><p><t>Đươ\u0300ng và tư duy</t></p></d>".encode(encoding)
    (part,) = inspected(simple_zip(docx_files() | {"word/document.xml": data}), "x.docx").parts
    assert normalize("NFC", part.text) == "Đường và tư duy"


def test_what_is_repeated_for_older_programs_is_read_once(inspected):
    repeated = (
        "<AlternateContent><Choice><p><t>mới</t></p></Choice><Fallback><p><t>cũ</t></p></Fallback></AlternateContent>"
    )
    (part,) = inspected(simple_zip(docx_files() | {"word/document.xml": f"<d>{repeated}</d>"}), "x.docx").parts
    assert part.text == "mới"


@pytest.mark.parametrize(
    ("stream", "kind"),
    [
        ("WordDocument", Kind.DOCUMENT),
        ("PowerPoint Document", Kind.PRESENTATION),
        ("Workbook", Kind.SPREADSHEET),
    ],
)
def test_the_old_binary_form_is_kept_and_said_so(inspected, stream, kind):
    facts = inspected(compound_file(stream), "cu.doc")
    assert (facts.kind, facts.accepted) == (kind, True)
    assert "old_office_not_read" in codes(facts)


def test_a_document_with_a_password_is_refused(inspected):
    assert codes(inspected(compound_file("EncryptedPackage"), "kin.docx")) == ["office_encrypted"]


def test_a_plain_text_gives_its_words_in_whichever_encoding(inspected):
    facts = inspected("Đươ\u0300ng và tư duy".encode("cp1258"), "de.txt")
    assert (facts.kind, facts.accepted) == (Kind.DOCUMENT, True)
    assert [part.text for part in facts.parts] == ["Đường và tư duy"]
