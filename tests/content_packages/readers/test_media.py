"""Sound, film and pictures: how long, how large, and nothing that only a liar would say."""

import pytest

from content_packages.facts import Kind
from content_packages.readers import media_child
from tests.support.media import box, film, sound
from tests.support.packages import picture


def codes(facts):
    return [found.code for found in facts.findings]


def test_a_film_tells_its_duration_and_size(inspected):
    facts = inspected(film(90, 640, 360), "thi nghiem.mp4")
    assert (facts.kind, facts.media_type, facts.title) == (Kind.VIDEO, "video/mp4", "thi nghiem")
    assert dict(facts.properties) == {"seconds": 90, "width": 640, "height": 360}
    assert codes(facts) == []


def test_a_sound_tells_its_duration(inspected):
    facts = inspected(sound(3), "doc tho.wav")
    assert (facts.kind, dict(facts.properties), codes(facts)) == (Kind.AUDIO, {"seconds": 3}, [])


def test_a_picture_tells_its_size(inspected):
    facts = inspected(picture(), "ban do.png")
    assert (facts.kind, dict(facts.properties), codes(facts)) == (Kind.IMAGE, {"width": 8, "height": 8}, [])


def test_a_picture_that_is_a_document_is_only_downloaded(inspected):
    facts = inspected('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "hinh.svg")
    assert (facts.kind, dict(facts.properties), codes(facts)) == (Kind.IMAGE, {}, ["kept_as_download"])


def test_a_length_that_cannot_be_true_is_left_out(inspected):
    assert "seconds" not in inspected(film(5_000_000), "x.mp4").properties


LYING = {
    "endless": box(b"ftyp", b"isom\0\0\2\0isommp41") + b"\0\0\0\0moov" + b"\xff" * 64,
    "larger than the file": box(b"ftyp", b"isom\0\0\2\0isommp41") + b"\xff\xff\xff\xffmoov",
    "cut off": film()[:-100],
    "in itself": box(b"ftyp", b"isom\0\0\2\0isommp41") + box(b"moov", box(b"moov", box(b"mvhd", b""))),
    "empty boxes": box(b"ftyp", b"isom\0\0\2\0isommp41") + box(b"free") * 5000,
    "picture": picture()[:40],
}


@pytest.mark.parametrize("data", LYING.values(), ids=LYING.keys())
def test_a_head_that_lies_is_no_reason_to_fail(inspected, data):
    facts = inspected(data, "x.mp4")
    assert facts.accepted
    assert facts.kind in {Kind.VIDEO, Kind.IMAGE}


def test_boxes_of_the_long_form_are_understood(tmp_path):
    path = tmp_path / "film.mp4"
    moov = film()[film().index(b"moov") - 4 :]
    body = moov[8 : int.from_bytes(moov[:4], "big")]
    path.write_bytes(b"\0\0\0\1moov" + (16 + len(body)).to_bytes(8, "big") + body)
    assert media_child.frame(str(path)) == {"seconds": 90.0, "width": 640, "height": 360}
