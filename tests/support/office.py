"""Office documents for tests, of the fewest parts that make one."""

from __future__ import annotations

from html import escape

from tests.support.zips import simple_zip

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/">{}</cp:coreProperties>'
)
APP = "<Properties><Application>Microsoft Office Word</Application><Pages>{}</Pages></Properties>"
# The ids are those of a Vietnamese Word, the names are the same in every language.
STYLES = (
    f'<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:styleId="u1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="u3"><w:name w:val="heading 3"/></w:style></w:styles>'
)


def paragraph(text: str, style: str = "") -> str:
    """A paragraph of WordprocessingML, split into runs inside its words as Word does."""
    half = len(text) // 2
    runs = "".join(f"<w:r><w:t>{escape(piece)}</w:t></w:r>" for piece in (text[:half], text[half:]))
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def docx_files(*paragraphs: str, core: str = "", pages: object = 1) -> dict[str, bytes | str]:
    """A Word document as a mapping."""
    return {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {_W}><w:body>{''.join(paragraphs)}</w:body></w:document>",
        "word/styles.xml": STYLES,
        "docProps/core.xml": CORE.format(core),
        "docProps/app.xml": APP.format(pages),
    }


def docx(*paragraphs: str, core: str = "") -> bytes:
    """The same as a file."""
    return simple_zip(docx_files(*paragraphs, core=core))


def relationships(*targets: tuple[str, str]) -> str:
    """A `.rels` part of (type, target); the ids are r1, r2, ..."""
    return "<Relationships>{}</Relationships>".format(
        "".join(
            f'<Relationship Id="r{number}" Type="{_TYPE}/{kind}" Target="{target}"/>'
            for number, (kind, target) in enumerate(targets, 1)
        )
    )


def shape(text: str, placeholder: str = "body") -> str:
    """A shape of a slide with one paragraph."""
    return (
        f'<p:sp><p:nvSpPr><p:nvPr><p:ph type="{placeholder}"/></p:nvPr></p:nvSpPr>'
        f"<p:txBody><a:p><a:r><a:t>{escape(text)}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def slide(*shapes: str) -> str:
    """A slide."""
    return f"<p:sld {_P} {_A} {_R}><p:cSld><p:spTree>{''.join(shapes)}</p:spTree></p:cSld></p:sld>"


def pptx_files(*slides: str) -> dict[str, bytes | str]:
    """A presentation whose files are numbered against the order in which they are shown."""
    count = len(slides)
    names = [f"slides/slide{count - number}.xml" for number in range(count)]
    listed = "".join(f'<p:sldId id="{256 + number}" r:id="r{number + 1}"/>' for number in range(count))
    files: dict[str, bytes | str] = {
        "[Content_Types].xml": "<Types/>",
        "ppt/presentation.xml": f"<p:presentation {_P} {_R}><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": relationships(*(("slide", name) for name in names)),
    }
    return files | {f"ppt/{name}": text for name, text in zip(names, slides, strict=True)}


def xlsx_files(shared: str, **sheets: str) -> dict[str, bytes | str]:
    """A workbook: the items of its shared strings, and the rows of every sheet by its name."""
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(sheets, 1))
    paths = [f"worksheets/sheet{number}.xml" for number in range(1, len(sheets) + 1)]
    files: dict[str, bytes | str] = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f"<workbook {_S} {_R}><sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relationships(*(("worksheet", path) for path in paths)),
        "xl/sharedStrings.xml": f"<sst {_S}>{shared}</sst>",
    }
    rows = (f"<worksheet {_S}><sheetData>{text}</sheetData></worksheet>" for text in sheets.values())
    return files | {f"xl/{path}": text for path, text in zip(paths, rows, strict=True)}


def odf_files(form: str, body: str, meta: str = "") -> dict[str, bytes | str]:
    """An OpenDocument file: `form` is "text", "presentation" or "spreadsheet"."""
    names = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in {
            "office": "office", "text": "text", "draw": "drawing", "table": "table",
            "presentation": "presentation", "meta": "meta",
        }.items()
    )  # fmt: skip
    dc = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return {
        "mimetype": f"application/vnd.oasis.opendocument.{form}",
        "content.xml": f"<office:document-content {names}><office:body>{body}</office:body></office:document-content>",
        "meta.xml": f"<office:document-meta {names} {dc}><office:meta>{meta}</office:meta></office:document-meta>",
    }
