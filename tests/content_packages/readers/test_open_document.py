"""OpenDocument: texts by heading, presentations by slide, spreadsheets by sheet."""

import pytest

from content_packages.facts import Kind
from tests.support.office import odf_files
from tests.support.zips import simple_zip


def told(facts):
    return [(part.key, part.kind, part.title, part.text) for part in facts.parts]


def test_a_text_is_divided_by_its_headings_and_says_what_it_is(inspected):
    body = (
        "<office:text><text:p>Mở <text:span>đầu</text:span><text:s/>bài</text:p>"
        '<text:h text:outline-level="1">Phân số</text:h><text:p>Hai nửa</text:p></office:text>'
    )
    meta = (
        "<dc:title>Giáo án</dc:title><meta:initial-creator>Lan</meta:initial-creator><dc:creator>Hoa</dc:creator>"
        "<meta:keyword>toán</meta:keyword><dc:language>vi</dc:language>"
        '<meta:generator>LibreOffice/7.4$Linux</meta:generator><meta:document-statistic meta:page-count="3"/>'
    )
    facts = inspected(simple_zip(odf_files("text", body, meta)), "bai.odt")
    assert told(facts) == [("1", "section", "", "Mở đầu bài"), ("2", "section", "Phân số", "Phân số Hai nửa")]
    assert (facts.title, facts.authors, facts.keywords) == ("Giáo án", ("Lan",), ("toán",))
    assert (facts.language, facts.tool, facts.properties) == ("vi", "LibreOffice 7.4", {"pages": 3})
    assert (facts.kind, facts.findings) == (Kind.DOCUMENT, ())


def test_a_presentation_is_read_slide_by_slide(inspected):
    slides = (
        '<draw:page draw:name="page1"><draw:frame presentation:class="title"><draw:text-box><text:p>Phân số</text:p>'
        "</draw:text-box></draw:frame><text:p>Hai nửa</text:p></draw:page>"
        '<draw:page draw:name="page2"><text:p>Bài tập</text:p></draw:page>'
    )
    facts = inspected(simple_zip(odf_files("presentation", f"<office:presentation>{slides}</office:presentation>")))
    assert told(facts) == [("1", "slide", "Phân số", "Phân số Hai nửa"), ("2", "slide", "page2", "Bài tập")]
    assert (facts.kind, facts.properties) == (Kind.PRESENTATION, {"pages": 2})


def test_a_spreadsheet_is_read_sheet_by_sheet(inspected):
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    inner = f'<table:table table:name="trong">{cell.format("Hoa")}</table:table>'
    body = (
        f'<table:table table:name="Lớp 6A">{cell.format("Lan")}{inner}</table:table>'
        f'<table:table table:name="Lớp 6B">{cell.format("Mai")}</table:table>'
    )
    facts = inspected(simple_zip(odf_files("spreadsheet", f"<office:spreadsheet>{body}</office:spreadsheet>")))
    assert told(facts) == [("1", "sheet", "Lớp 6A", "Lan Hoa"), ("2", "sheet", "Lớp 6B", "Mai")]
    assert (facts.kind, facts.properties) == (Kind.SPREADSHEET, {"sheets": 2})


def test_a_document_with_a_password_is_refused(inspected):
    manifest = '<manifest:manifest xmlns:manifest="m"><manifest:encryption-data/></manifest:manifest>'
    facts = inspected(simple_zip(odf_files("text", "") | {"META-INF/manifest.xml": manifest}), "kin.odt")
    assert [found.code for found in facts.findings] == ["office_encrypted"]


@pytest.mark.parametrize("data", ["", "<a>" * 3000, '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b"\x00\x01"])
def test_a_broken_content_is_a_finding_and_no_more(inspected, data):
    facts = inspected(simple_zip(odf_files("text", "") | {"content.xml": data}), "x.odt")
    assert (facts.accepted, facts.parts) == (True, ())
    assert [found.code for found in facts.findings] == ["document_partly_unreadable"]


def test_macros_are_pointed_out(inspected):
    files = odf_files("text", "<office:text/>") | {"Basic/Standard/Module1.xml": "<m/>"}
    assert [found.code for found in inspected(simple_zip(files), "x.odt").findings] == ["office_macros"]
