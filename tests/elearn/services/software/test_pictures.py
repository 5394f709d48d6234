"""Pictures of a title: drawn anew, in an order, with words; what is no picture changes nothing."""

import io

import pytest
from PIL import Image
from sqlalchemy import select

from content_packages.pictures.cards import draw_screen
from content_packages.storage.folder import FolderStorage
from elearn.models.material import StoredBlob
from elearn.models.software_life import SoftwarePicture
from elearn.services import library, orphans
from elearn.services.errors import ForbiddenError
from elearn.services.software.pictures import (
    MOST_PICTURES,
    PreparedPicture,
    add_picture,
    move_picture,
    pictures_of,
    prepare,
    remove_picture,
)
from tests.support.software import refused


def picture(form="PNG", size=(1600, 900), **options):
    data = io.BytesIO()
    Image.new("RGB", size, "teal").save(data, form, **options)
    return data.getvalue()


@pytest.fixture
def storage(tmp_path):
    return FolderStorage(tmp_path / "blobs")


def drawn(storage, tmp_path, data):
    path = tmp_path / "sent"
    path.write_bytes(data)
    return prepare(storage, tmp_path / "staging", path)


def prepared(number):
    return PreparedPicture((f"{number:064}", 10), (f"{number + 5000:064}", 5), 100, 50)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_drawn_anew_without_what_stands_beside_it(storage, tmp_path, form):
    exif = Image.Exif()
    exif[0x010E] = "nhà riêng của tôi"
    made = drawn(storage, tmp_path, picture(form, exif=exif))
    assert (made.width, made.height) == (1280, 720)
    with storage.open(made.large[0]) as file:
        kept = Image.open(file)
        assert (kept.format, kept.size, dict(kept.getexif())) == ("WEBP", (1280, 720), {})
    with storage.open(made.small[0]) as file:
        assert Image.open(file).size == (320, 180)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        picture("GIF"),
        picture()[:500],
        picture(size=(40, 40)),
        b"MZ" + bytes(500),
    ],
    ids=["nothing", "svg", "gif", "half", "icon", "program"],
)
def test_what_is_no_picture_is_refused(storage, tmp_path, data):
    with refused("picture_unreadable"):
        drawn(storage, tmp_path, data)


def test_a_tall_picture_is_whole(tmp_path):
    path = tmp_path / "tall.png"
    path.write_bytes(picture(size=(400, 2000)))
    screen = draw_screen(path)
    assert (screen.width, screen.height) == (256, 1280)


def test_pictures_have_an_order_and_words(session, catalogue):
    title = catalogue.title()
    rows = [add_picture(session, catalogue.officer, title, prepared(n), f" Màn hình\n{n} ") for n in range(3)]
    assert [row.words for row in pictures_of(session, title)] == ["Màn hình 0", "Màn hình 1", "Màn hình 2"]
    move_picture(session, catalogue.officer, title, rows[2].uid, "up")
    move_picture(session, catalogue.officer, title, rows[0].uid, "up")
    session.flush()
    assert pictures_of(session, title) == [rows[0], rows[2], rows[1]]
    assert library.pictures_of(session, [title]) == {title.id: prepared(0).large[0]}
    assert library.card_of(session, title, small=True) == prepared(0).small[0]
    remove_picture(session, catalogue.officer, title, rows[0].uid)
    assert library.card_of(session, title) == prepared(2).large[0]
    named = set(session.scalars(select(StoredBlob.sha256).where(orphans.is_named())))
    assert prepared(0).large[0] not in named
    assert set(prepared(1).small) & named


def test_who_may_not_and_what_is_missing(session, catalogue):
    title, other = catalogue.title(), catalogue.title("Khác")
    with refused("picture_wordless"):
        add_picture(session, catalogue.officer, title, prepared(1), " \n ")
    with pytest.raises(ForbiddenError):
        add_picture(session, catalogue.head, title, prepared(1), "Màn hình")
    made = add_picture(session, catalogue.officer, title, prepared(1), "Màn hình")
    with refused("picture_twice"):
        add_picture(session, catalogue.officer, title, prepared(1), "Màn hình")
    with refused("picture_not_found"):
        remove_picture(session, catalogue.officer, other, made.uid)
    for number in range(2, MOST_PICTURES + 1):
        add_picture(session, catalogue.officer, title, prepared(number), "Màn hình")
    with refused("picture_most"):
        add_picture(session, catalogue.officer, title, prepared(99), "Màn hình")
    assert len(session.scalars(select(SoftwarePicture)).all()) == MOST_PICTURES
