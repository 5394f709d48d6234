"""Nasty files: archives harmed or full of lies, manifests of odd elements, bombs; as strategies of hypothesis."""

from __future__ import annotations

import zlib
from functools import partial

from hypothesis import strategies as st

from tests.support.manifests import manifest_xml, sco
from tests.support.packages import HOME_PAGE, installer_database, program, scorm_package
from tests.support.zips import DEFLATED, STORED, ZipEntry, build_zip, deflate, simple_zip

EDITIONS = ("1.2", "CAM 1.3", "2004 3rd Edition", "2004 4th Edition")
PACKAGES = [scorm_package(edition, anh__png=b"\x89PNG" + bytes(range(256)) * 8) for edition in EDITIONS]
WHOLE = [*PACKAGES, simple_zip({"setup.exe": program(ProductName="Toan"), "doc.txt": "x"}), installer_database()]


@st.composite
def harmed(draw):
    """A whole file in which bytes were changed, taken out or doubled, mostly near its end, where the directory is."""
    data = bytearray(draw(st.sampled_from(WHOLE)))
    for _ in range(draw(st.integers(1, 6))):
        if not data:
            break
        near_end = max(0, len(data) - draw(st.sampled_from([22, 120, 600, len(data)])))
        place = draw(st.integers(min(near_end, len(data) - 1), len(data) - 1))
        match draw(st.sampled_from(["change", "cut", "remove", "insert"])):
            case "change":
                data[place] = draw(st.sampled_from([0, 1, 0x7F, 0x80, 0xFF]) | st.integers(0, 255))
            case "cut":
                del data[place:]
            case "remove":
                del data[place : place + draw(st.integers(1, 40))]
            case "insert":
                data[place:place] = draw(st.binary(min_size=1, max_size=40))
    return bytes(data)


NAMES = st.sampled_from(
    [
        "imsmanifest.xml", "IMSMANIFEST.XML", "index.html", "a/index.html", "a", "a/", "../x", "/x", "C:\\x", "a\\b",
        "x" * 300, "con", "x.", "x ", "\0", "é", "e\u0301", "a//b", "./a", "a/../b", "", "__MACOSX/._a", "%2e%2e/x",
    ]
) | st.text(max_size=20) | st.binary(max_size=12)  # fmt: skip
NUMBERS = st.sampled_from([0, 1, 2**16 - 1, 2**31, 2**32 - 1])


@st.composite
def lying_entry(draw):
    """An entry that may say anything of itself in either of its headers."""
    name = draw(NAMES)
    data = draw(st.sampled_from([b"", b"x", HOME_PAGE.encode(), manifest_xml("1.2").encode(), bytes(100_000)]))
    maybe = partial(st.one_of, st.none())
    return ZipEntry(
        name.encode("utf-8", "surrogatepass")[:60_000] if isinstance(name, str) else name,
        data,
        method=draw(st.sampled_from([STORED, DEFLATED, DEFLATED, DEFLATED, 1, 12, 14, 99])),
        flags=draw(maybe(st.sampled_from([0, 1, 8, 0x800, 0x2041]))),
        mode=draw(st.sampled_from([0, 0o100644, 0o120777, 0o040755, 0o060000, 0o020666])),
        raw=draw(maybe(st.sampled_from([b"", b"\xff" * 20, deflate(data) + b"tail", zlib.compress(data)]))),
        crc32=draw(maybe(NUMBERS)),
        size=draw(maybe(NUMBERS)),
        compressed_size=draw(maybe(NUMBERS)),
        extra=draw(st.sampled_from([b"", b"\1\0", b"\1\0\x08\0" + b"\xff" * 8, b"\x75\x70\x05\0\1\0\0\0\0"])),
        offset=draw(maybe(NUMBERS)),
        local=draw(st.sampled_from([{}, {"name": b"other"}, {"size": 7}, {"flags": 1}, {"method": 0}])),
    )


TAGS = st.sampled_from(
    [
        "manifest", "metadata", "schema", "schemaversion", "organizations", "organization", "item", "title",
        "resources",
        "resource", "file", "dependency", "adlcp:masteryscore", "adlcp:location", "adlcp:datafromlms",
        "imsss:sequencing",
        "imsss:controlMode",
        "imsss:sequencingRules",
        "imsss:preConditionRule", "imsss:ruleConditions",
        "imsss:rollupRules", "imsss:objectives", "imsss:primaryObjective", "imsss:mapInfo",
        "imsss:minNormalizedMeasure",
        "imsss:limitConditions", "imsss:randomizationControls", "imsss:deliveryControls", "adlseq:objectives",
        "adlnav:presentation", "adlcp:completionThreshold", "lom:lom", "lom:general", "lom:title", "lom:string",
        "lom:langstring", "lom:taxonPath", "lom:contribute", "x",
    ]
)  # fmt: skip
ATTRIBUTES = st.sampled_from(
    [
        "identifier", "identifierref", "href", "xml:base", "default", "type", "adlcp:scormtype", "adlcp:scormType",
        "isvisible", "parameters", "IDRef", "ID", "choice", "flow", "condition", "action", "objectiveID",
        "targetObjectiveID", "attemptLimit", "measureThreshold", "minProgressMeasure", "operator", "selectCount",
        "attemptAbsoluteDurationLimit", "xml:lang",
    ]
)  # fmt: skip
VALUES = st.sampled_from(
    [
        "", " ", "r1", "i1", "index.html", "../x", "//evil.example/x", "javascript:alert(1)", "data:text/html,x", "%ZZ",
        "http://[", "a b%20c.html", "index.html?x=1#y", "sco", "true", "TRUE", "maybe", "-1", "1e400", "NaN", "0,5",
        "9" * 400, "PT1H", "P", "always", "exitAll", "http://[::1", "file:///etc/passwd", "\u202e", "Bài 1", "x" * 5000,
    ]
)  # fmt: skip


def written(element) -> str:
    tag, attributes, content = element
    escaped = {
        name: value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;") for name, value in attributes
    }
    told = "".join(f' {name}="{value}"' for name, value in escaped.items())
    inside = content if isinstance(content, str) else "".join(map(written, content))
    return f"<{tag}{told}>{inside}</{tag}>"


ELEMENTS = st.recursive(
    st.tuples(TAGS, st.lists(st.tuples(ATTRIBUTES, VALUES), max_size=4), VALUES.map(lambda v: v.replace("<", ""))),
    lambda inner: st.tuples(TAGS, st.lists(st.tuples(ATTRIBUTES, VALUES), max_size=4), st.lists(inner, max_size=4)),
    max_leaves=25,
)
SPACES = (
    'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" '
    'xmlns:imsss="http://www.imsglobal.org/xsd/imsss" xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3" '
    'xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3" xmlns:lom="http://ltsc.ieee.org/xsd/LOM"'
)


@st.composite
def lies(draw):
    """An archive of entries that may say anything."""
    return build_zip(
        *draw(st.lists(lying_entry(), max_size=5)),
        comment=draw(st.sampled_from([b"", b"PK\5\6", b"x" * 70])),
        count=draw(st.sampled_from([None, 0, 1, 65_535])),
        zip64=draw(st.booleans()),
        disk=draw(st.sampled_from([0, 1])),
    )


@st.composite
def oddly_described(draw):
    """A package whose manifest has odd elements in it, or consists of them."""
    if draw(st.booleans()):
        manifest = f"<manifest identifier='m' {SPACES}>{written(draw(ELEMENTS))}</manifest>"
    else:
        odd = "".join(map(written, draw(st.lists(ELEMENTS, max_size=4)))).replace("\u202e", "")
        wrapped = "".join(f"<{tag} {SPACES}>{odd}</{tag}>" for tag in ("x", "organizations", "resources"))
        whole = manifest_xml(draw(st.sampled_from(EDITIONS)), resources=sco("r1", "index.html"))
        manifest = whole.replace("</manifest>", f"{wrapped}</manifest>")
    return simple_zip({"imsmanifest.xml": manifest, "index.html": HOME_PAGE})


NOISE = st.binary(max_size=400) | st.text(max_size=200).map(str.encode)
NOISILY_DESCRIBED = NOISE.map(lambda data: simple_zip({"imsmanifest.xml": data, "index.html": HOME_PAGE}))
ODD_TEXTS = st.text(st.sampled_from("ab\0\x0b\ufffe\ud800é<>&;# \n"), max_size=60)


def oddly_written(text: str) -> bytes:
    """A package with a page of odd characters."""
    page = f"<!doctype html><meta charset=utf-8><title>{text}</title><p>&#0;&#xD800;{text}"
    return scorm_package("1.2", index__html=page.encode("utf-8", "surrogatepass"))


ZEROS = bytes(64 * 1024 * 1024)
LAUGHS = '<!DOCTYPE m [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


HEAVY = (
    lambda: simple_zip({"index.html": ZEROS}),
    lambda: build_zip(ZipEntry("index.html", b"", raw=deflate(ZEROS), size=10)),
    lambda: simple_zip({f"{entry}.bin": bytes(3_900_000) for entry in range(40)}),
    lambda: simple_zip({"imsmanifest.xml": f"{LAUGHS}]><manifest>&i;</manifest>", "index.html": HOME_PAGE}),
    lambda: simple_zip({"imsmanifest.xml": "<manifest>" + "<item>" * 400_000, "index.html": HOME_PAGE}),
    lambda: scorm_package("1.2", index__html="<" * 3_000_000),
    lambda: scorm_package("1.2", index__html="<div>" * 500_000 + "&amp;" * 100_000),
    lambda: build_zip(*(ZipEntry(f"{entry}/x.html", b"") for entry in range(2_000))),
    lambda: simple_zip({"[Content_Types].xml": "<T/>", "word/document.xml": "<w:p xmlns:w='w'>" * 600_000}),
    lambda: simple_zip({"h5p.json": "[" * 200_000, "content/content.json": '{"a":' * 200_000}),
    lambda: simple_zip({"mimetype": "application/epub+zip", "META-INF/container.xml": "<a b='" * 100_000}),
    lambda: b"%PDF-1.4\n" + b"1 0 obj<</Kids[1 0 R 1 0 R]/Count 99999999>>endobj\n" * 20_000,
)
"""Files that would be costly to believe: bombs, endless manifests and pages, thousands of names."""
