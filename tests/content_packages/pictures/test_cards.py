"""The picture of a card: drawn anew, small, whatever comes; nothing but the given file is read."""

import io

import pytest
from PIL import Image

from content_packages.detection import detect
from content_packages.facts import Kind
from content_packages.pictures.cards import draw_card
from content_packages.pictures.covers import cover_of
from content_packages.source import Source
from tests.support.zips import simple_zip

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" width="60" height="60">{}</svg>'


def image(width, height, form="PNG", mode="RGB"):
    buffer = io.BytesIO()
    Image.new(mode, (width, height)).save(buffer, form)
    return buffer.getvalue()


@pytest.fixture
def card(tmp_path):
    def draw(data, form="picture"):
        path = tmp_path / "file"
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        drawn = draw_card(path, form)
        return drawn and (Image.open(io.BytesIO(drawn.large)), Image.open(io.BytesIO(drawn.small)))

    return draw


def test_a_picture_becomes_a_webp_in_two_sizes_and_a_long_one_is_cut(card):
    large, small = card(image(1600, 6000, "JPEG"))
    assert (large.format, large.size, small.size) == ("WEBP", (640, 960), (320, 480))


def test_what_is_transparent_lies_on_white_and_nothing_is_made_larger(card):
    large, small = card(image(100, 80, mode="RGBA"))
    assert large.size == small.size == (100, 80)
    assert large.convert("RGB").getpixel((5, 5))[0] > 250


@pytest.mark.parametrize(
    "data",
    [image(40, 40), image(200, 200)[:60], b"", b"%PDF-1.7", image(9000, 9000, mode="1")],
    ids=["an icon", "cut off", "empty", "a document", "a bomb"],
)
def test_of_what_is_too_small_broken_or_too_large_there_is_no_card(card, data):
    assert card(data) is None


def test_a_drawing_is_drawn_without_what_it_names_elsewhere(card, tmp_path):
    (tmp_path / "secret.png").write_bytes(image(60, 60))
    picture = f'<image x:href="{(tmp_path / "secret.png").as_uri()}" width="60" height="60"/>'
    large, _ = card(SVG.format(picture), "drawing")
    assert large.convert("RGB").getpixel((300, 300))[0] > 250  # white and not the black of the other file
    assert card("<svg", "drawing") is None


def test_the_cover_of_a_book_and_the_first_picture_of_an_h5p_are_found(tmp_path):
    big = b"x" * 2000
    named = '<metadata><meta name="cover" content="c"/></metadata><manifest><item id="c" href="i/a.jpg"/></manifest>'
    opf = f"<package>{named}</package>"
    container = '<container><rootfiles><rootfile full-path="O/b.opf"/></rootfiles></container>'
    book = {"META-INF/container.xml": container, "O/b.opf": opf, "O/i/a.jpg": big}
    content = '{"a": {"file": {"path": "images/b.png", "mime": "image/png"}}}'
    quiz = {"h5p.json": "{}", "content/content.json": content, "content/images/b.png": big}
    site = {"index.html": "", "x/y/thumbnail.png": big, "thumb.jpg": big, "arrow.png": big}
    for kind, files, wanted in (
        (Kind.EPUB, book, "O/i/a.jpg"),
        (Kind.H5P, quiz, "content/images/b.png"),
        (Kind.HTML5, site, "thumb.jpg"),
    ):
        assert _cover(tmp_path, files, kind) == wanted
    assert _cover(tmp_path, {"index.html": "", "arrow.png": big}, Kind.HTML5) == ""


def _cover(folder, files, kind):
    path = folder / "a.zip"
    path.write_bytes(simple_zip(files))
    with path.open("rb") as file:
        entry = cover_of(detect(Source(path, "a.zip", file, path.stat().st_size)).source, kind)
    return entry.path if entry else ""
