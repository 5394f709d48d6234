"""Exports in themselves: names every computer takes, a ZIP that flows, a manifest by the rules of the profile."""

import io
import zipfile
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from content_packages.archive.intake import take_in
from content_packages.facts import Kind
from content_packages.inspection import inspect
from elearn.services.exports.cartridge import CP, LOM, CartridgeItem, manifest, web_link
from elearn.services.exports.names import ending_of, named_by_title, plain_name
from elearn.services.exports.zipping import CHUNK, zipped
from tests.support.properties import unhurried

ITEMS = (
    CartridgeItem("Mục lục <Toán> & Lý", "index.html"),
    CartridgeItem("Phân số bằng nhau", "files/01-phan-so-bang-nhau.zip"),
    CartridgeItem("Phân số bằng nhau ↗", "links/01.xml", is_link=True),
)


class Shelf:
    """A storage of made-up files; `opened` counts the pieces that are asked for."""

    def __init__(self, **sizes):
        self.sizes = sizes

    def open(self, sha256):
        return io.BytesIO(bytes(self.sizes[sha256]))


@pytest.mark.parametrize(
    ("title", "file", "titled", "plain"),
    [
        ("Phân số bằng nhau", "bai.zip", "07 Phân số bằng nhau.zip", "07-phan-so-bang-nhau.zip"),
        ('Đo <độ> "dài": a/b', "a.PDF", "07 Đo độ dài a b.PDF", "07-do-do-dai-a-b.PDF"),
        ("...", "../../x", "07 file", "07"),
        ("CON", "x.pdf", "07 CON.pdf", "07-con.pdf"),
        ("=1+1|cmd", "x.xlsx", "07 =1+1 cmd.xlsx", "07-1-1-cmd.xlsx"),
        ("Bài\u202e\0 1.", "bai.tar.gz", "07 Bài 1.gz", "07-bai-1.gz"),
    ],
)
def test_a_file_is_called_as_its_material(title, file, titled, plain):
    assert (named_by_title(7, title, file), plain_name(7, title, file)) == (titled, plain)


@given(st.text(max_size=300), st.text(max_size=40))
@unhurried
def test_every_name_is_safe_everywhere(title, file):
    names = named_by_title(1, title, file), plain_name(1, title, file)
    archive = b"".join(zipped(Shelf(), [(name, b"x") for name in dict.fromkeys(names)]))
    intake = take_in(io.BytesIO(archive))
    assert not intake.refused, intake.findings
    assert names[1].isascii()
    assert urlsplit(names[1]).path == names[1]
    assert len(names[0]) <= 120
    assert not set('<>:"/\\|?*') & set(names[0])


def test_an_ending_is_kept_when_it_is_one():
    assert [ending_of(name) for name in ("a.b.mp4", ".bashrc", "a", "a.", "a.tên", "a.toolongtobeone")] == [
        ".mp4", "", "", "", "", "",
    ]  # fmt: skip


def test_an_archive_flows_in_small_pieces_and_is_whole():
    size = 40 * CHUNK
    pieces = list(zipped(Shelf(a=size, b=3), [("index.html", b"<p>" * 1000), ("files/01 Bài.mp4", "a"), ("b", "b")]))
    assert max(map(len, pieces)) < 2 * CHUNK
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as archive:
        assert archive.testzip() is None
        assert {info.filename: info.file_size for info in archive.infolist()} == {
            "index.html": 3000,
            "files/01 Bài.mp4": size,
            "b": 3,
        }


def test_a_manifest_keeps_the_rules_of_the_profile():
    """IMS Common Cartridge 1.1, 3.2: what its profile of Content Packaging demands of every cartridge."""
    root = etree.fromstring(manifest("01", "Tuyển tập", "vi", ITEMS))
    space = {"cp": CP, "lom": LOM}
    assert root.xpath("string(cp:metadata/cp:schema)", namespaces=space) == "IMS Common Cartridge"
    assert root.xpath("string(cp:metadata/cp:schemaversion)", namespaces=space) == "1.1.0"
    assert root.xpath("string(cp:metadata/lom:lom/lom:general/lom:title/lom:string)", namespaces=space) == "Tuyển tập"
    (organization,) = root.findall("cp:organizations/cp:organization", space)
    assert organization.get("structure") == "rooted-hierarchy"
    (top,) = organization.findall("cp:item", space)
    assert (top.find("cp:title", space), top.get("identifierref")) == (None, None)
    resources = {each.get("identifier"): each for each in root.iterfind("cp:resources/cp:resource", space)}
    shown = [
        (item.findtext("cp:title", None, space), item.get("identifierref")) for item in top.findall("cp:item", space)
    ]
    assert [title for title, _ in shown] == [item.title for item in ITEMS]
    assert [reference for _, reference in shown] == list(resources)
    for item, resource in zip(ITEMS, resources.values(), strict=True):
        assert resource.get("type") == ("imswl_xmlv1p1" if item.is_link else "webcontent")
        assert resource.get("href") == (None if item.is_link else item.path)
        assert [file.get("href") for file in resource.findall("cp:file", space)] == [item.path]
    identifiers = root.xpath("//@identifier")
    assert len(set(identifiers)) == len(identifiers)


@pytest.mark.given("cartridge_schemas")
def test_a_manifest_and_a_link_are_valid_against_the_schemas(request):
    folder = request.config.getoption("cartridge_schemas")
    described, link = manifest("01", "Tuyển tập", "vi", ITEMS), web_link("A & B", "https://x.example/materials/1?a=1&b")
    for name, data in (
        ("ccv1p1_imscp_v1p2_v1p0.xsd", described),
        ("cc11libxml2validator.xsd", described),
        ("ccv1p1_imswl_v1p1.xsd", link),
    ):
        schema = etree.XMLSchema(etree.parse(folder / name))
        schema.assertValid(etree.fromstring(data))
        assert not schema.validate(
            etree.fromstring(data.replace(b"<title>", b"<titel>").replace(b"</title>", b"</titel>"))
        )


def test_our_own_reader_takes_a_cartridge_in(tmp_path):
    pieces = [("imsmanifest.xml", manifest("01", "Tuyển tập", "vi", ITEMS)), ("index.html", b"<p>1</p>")]
    pieces += [("files/01-phan-so-bang-nhau.zip", "a"), ("links/01.xml", web_link("A", "https://x.example/"))]
    file = tmp_path / "x.imscc"
    file.write_bytes(b"".join(zipped(Shelf(a=10), pieces)))
    facts = inspect(file, "x.imscc")
    assert (facts.kind, facts.edition, facts.title) == (Kind.COMMON_CARTRIDGE, "1.1.0", "Tuyển tập")
    assert facts.accepted
