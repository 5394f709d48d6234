from __future__ import annotations

import socket

import pytest

from scorm.findings import Severity
from scorm.manifest.xml_document import MAX_AMPERSANDS, MAX_BYTES, MAX_DEPTH, MAX_TAGS, parse_document
from tests.support.manifests import codes

TITLE = "<title>Bài giảng: Phân số</title>"


@pytest.mark.parametrize(
    "data",
    [
        TITLE.encode(),
        b"\xef\xbb\xbf" + TITLE.encode(),
        ('<?xml version="1.0" encoding="UTF-8"?>' + TITLE).encode(),
        (' \r\n\t<?xml version="1.0" encoding="utf-8" standalone="no" ?>\n' + TITLE).encode(),
        ('<?xml version="1.0" encoding="UTF-16"?>' + TITLE).encode("utf-16"),
        TITLE.encode("utf-16-le"),
        TITLE.encode("utf-16-be"),
        TITLE.encode("utf-32"),
        TITLE.encode() + b"\x00\x00\r\n\x1a",
        ('<?xml version="1.0" encoding="UTF-16"?>' + TITLE).encode(),  # declared, and not so
        ('<?xml version="1.1" encoding="x-unheard-of"?>' + TITLE).encode(),
    ],
)
def test_text_survives_every_honest_encoding(data: bytes) -> None:
    root, findings = parse_document(data)
    assert root is not None
    assert root.text == "Bài giảng: Phân số"
    assert findings == ()


def test_utf_8_declared_as_windows_1252_is_read_as_utf_8_and_told() -> None:
    root, findings = parse_document(b'<?xml version="1.0" encoding="windows-1252"?>' + TITLE.encode())
    assert root is not None
    assert root.text == "Bài giảng: Phân số"
    assert [(f.code, f.severity) for f in findings] == [("xml_encoding_misdeclared", Severity.INFO)]


@pytest.mark.parametrize(
    ("declaration", "told"),
    [
        ("", {"xml_encoding_guessed"}),
        ('<?xml version="1.0" encoding="UTF-8"?>', {"xml_encoding_guessed"}),
        ('<?xml version="1.0" encoding="windows-1252"?>', set()),
        ('<?xml version="1.0" encoding="ISO-8859-1"?>', set()),
    ],
)
def test_western_code_page_is_read_and_told_when_it_was_guessed(declaration: str, told: set[str]) -> None:
    root, findings = parse_document((declaration + "<title>¿Quién “soy”?</title>").encode("windows-1252"))
    assert root is not None
    assert root.text == "¿Quién “soy”?"
    assert codes(findings) == told


def test_vietnamese_code_page_is_recognised_by_its_combining_tones() -> None:
    # windows-1258 writes "ạ" as "a" and a combining dot below.
    root, findings = parse_document("<title>Đường đi và vâ\u0323n tốc</title>".encode("cp1258", "ignore"))
    assert root is not None
    assert (root.text or "").startswith("Đ")
    assert "vận" in (root.text or "")
    assert findings[0].params == {"encoding": "windows-1258"}


def test_declared_utf_7_does_not_hide_markup() -> None:
    root, findings = parse_document(b'<?xml version="1.0" encoding="UTF-7"?>+ADw-a/+AD4-')
    assert root is None
    assert codes(findings) == {"xml_not_well_formed"}


BILLION_LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]><a>&a9;</a>"
)


@pytest.mark.parametrize(
    "text",
    [
        BILLION_LAUGHS,
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/evil.dtd"><a/>',
        '<!DOCTYPE a PUBLIC "-//X//Y" "http://127.0.0.1:9/evil.dtd"><a/>',
        '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]><a/>',
        '<?xml version="1.0"?><!-- <a> --><?pi <!-- ?><!-- x --><!DOCTYPE a><a/>',
        "<!doctype a><a/>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_type_is_refused_without_file_or_network(
    text: str, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "socket", _forbidden)
    root, findings = parse_document(text.encode(encoding))
    assert root is None
    assert codes(findings) == {"xml_doctype_refused"}


def _forbidden(*_: object, **__: object) -> None:
    pytest.fail("a parser opened a socket")


def test_word_doctype_in_comment_or_text_is_harmless() -> None:
    root, findings = parse_document(b"<!-- <!DOCTYPE a> --><a><![CDATA[<!DOCTYPE b>]]></a>")
    assert root is not None
    assert root.text == "<!DOCTYPE b>"
    assert findings == ()


def test_xinclude_stays_an_ordinary_element() -> None:
    root, findings = parse_document(
        b'<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd" parse="text"/></a>'
    )
    assert root is not None
    assert [child.tag for child in root] == ["{http://www.w3.org/2001/XInclude}include"]
    assert findings == ()


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 200, 50_000])
def test_deep_nesting_is_refused(depth: int) -> None:
    root, findings = parse_document(b"<a>" * depth + b"</a>" * depth)
    assert root is None
    assert codes(findings) == {"xml_too_deep"}


def test_nesting_up_to_the_limit_is_read() -> None:
    root, findings = parse_document(b"<a>" * MAX_DEPTH + b"</a>" * MAX_DEPTH)
    assert root is not None
    assert findings == ()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "xml_empty"),
        (b"\xef\xbb\xbf \n", "xml_empty"),
        (b'<?xml version="1.0"?>\n', "xml_empty"),
        (b"<a>" + b" " * MAX_BYTES + b"</a>", "xml_too_large"),
        (b"<a>" + b"<b/>" * MAX_TAGS + b"</a>", "xml_too_many_elements"),
        (b"<a><b></a>", "xml_not_well_formed"),
        (b"<a>" + b"&" * (MAX_AMPERSANDS + 1) + b"</a>", "xml_not_well_formed"),
        (b"PK\x03\x04", "xml_not_well_formed"),
    ],
)
def test_what_is_no_usable_xml_is_refused_with_its_cause(data: bytes, code: str) -> None:
    root, findings = parse_document(data)
    assert root is None
    assert [(f.code, f.severity) for f in findings] == [(code, Severity.ERROR)]


def test_broken_xml_names_line_and_reason() -> None:
    _, findings = parse_document(b"<a>\n<b>\n</a>")
    assert findings[0].params["line"] == 3
    assert findings[0].params["reason"] == "ERR_TAG_NAME_MISMATCH"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Toán & Tiếng Việt", "Toán & Tiếng Việt"),
        ("B&agrave;i&nbsp;1 &amp; 2 &#273;", "Bài\xa01 & 2 đ"),
        ("a &lt;b&gt; & &lt;c&gt;", "a <b> & <c>"),
        ("lời\x0b giải\x00", "lời giải"),
        ("<![CDATA[x & y &nbsp;]]> & z", "x & y &nbsp; & z"),
        ("&unknown; & <![CDATA[", None),
    ],
)
def test_stray_ampersands_and_control_characters_are_mended(written: str, text: str | None) -> None:
    root, findings = parse_document(f"<a>{written}</a>".encode())
    assert (None if root is None else root.text) == text
    assert codes(findings) == ({"xml_repaired"} if text else {"xml_not_well_formed"})


def test_undeclared_prefix_is_accepted_with_a_warning() -> None:
    root, findings = parse_document(b'<a><b adlcp:scormtype="sco"/></a>')
    assert root is not None
    assert codes(findings) == {"xml_prefix_undeclared"}


def test_undeclared_prefix_beside_other_faults_is_refused() -> None:
    root, findings = parse_document(b'<a><b adlcp:scormtype="sco"></a>')
    assert root is None
    assert any(finding.refuses for finding in findings)
