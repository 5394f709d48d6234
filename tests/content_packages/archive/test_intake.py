"""Taking archives in: every hazard refuses the whole package, every harmless oddity does not."""

import io
import struct
import zlib

import pytest

from content_packages.archive.intake import take_in
from content_packages.archive.limits import Limits
from tests.support.zips import (
    DEFLATED,
    FULL32,
    STORED,
    STREAMED,
    ZipEntry,
    build_zip,
    deflate,
    extra,
    simple_zip,
    unicode_path,
)

LESSON = b"<h1>B\xc3\xa0i 1</h1>" * 20


def taken(data, **limits):
    return take_in(io.BytesIO(data), Limits(**limits))


def codes(intake):
    return [finding.code for finding in intake.findings]


def lesson(name="lesson.html", **changes):
    return ZipEntry(name, LESSON, **changes)


def test_an_honest_archive_is_taken_in_without_a_word():
    intake = taken(simple_zip({"index.html": LESSON, "img/a.png": b"\x89PNG"}))
    assert codes(intake) == []
    assert sorted(entry.path for entry in intake.entries) == ["img/a.png", "index.html"]


def test_an_entry_knows_its_place_sizes_and_checksum():
    data = build_zip(lesson())
    entry = taken(data).entries.lookup("lesson.html")
    assert data[entry.offset : entry.offset + entry.compressed_size] == deflate(LESSON)
    assert (entry.method, entry.size, entry.crc32) == (DEFLATED, len(LESSON), zlib.crc32(LESSON))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../x", "name_traversal"),
        ("a/../../x", "name_traversal"),
        ("..\\x", "name_traversal"),
        ("a/..", "name_traversal"),
        ("/abs", "name_absolute"),
        ("\\\\server\\share", "name_absolute"),
        ("C:\\x", "name_absolute"),
        ("c:x", "name_absolute"),
        ("a\0b", "name_control_character"),
        ("a\nb", "name_control_character"),
        ("x" * 300, "name_too_long"),
        ("d/" * 600 + "x", "name_too_long"),
        ("trailing.", "name_trailing_dot_or_space"),
        ("trailing ", "name_trailing_dot_or_space"),
        ("folder /x", "name_trailing_dot_or_space"),
        ("CON", "name_reserved"),
        ("aux.html", "name_reserved"),
        ("a/com1.txt", "name_reserved"),
        ("", "name_empty"),
        ("./", "name_empty"),
    ],
)
def test_an_unsafe_name_refuses_the_whole_package(name, code):
    intake = taken(build_zip(lesson(), ZipEntry(name, b"x")))
    assert intake.refused
    assert code in codes(intake)
    assert [entry.path for entry in intake.entries] == ["lesson.html"]


@pytest.mark.parametrize(
    "name", ["console.js", "a..b", "...x", "com.js", "nul-point/a", "Phần 1: mở đầu.html", "Bài giảng 1.html"]
)
def test_a_name_that_only_resembles_an_unsafe_one_is_kept(name):
    assert codes(taken(build_zip(ZipEntry(name, b"x")))) == []


def test_backslashes_separate_folders():
    intake = taken(build_zip(ZipEntry("img\\a.png", b"x")))
    assert "img/a.png" in intake.entries
    assert codes(intake) == ["name_backslash"]


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ("a.html", "a.html", "name_duplicate"),
        ("a.html", "./a.html", "name_duplicate"),
        ("imsmanifest.xml", "IMSManifest.xml", "name_collision"),
        ("Bài.html", "Ba\u0300i.html", "name_duplicate"),
        ("Đ.html", "đ.html", "name_collision"),
        ("a", "a/b", "name_file_and_folder"),
        ("a/b", "A", "name_file_and_folder"),
        ("a", "a/", "name_file_and_folder"),
    ],
)
def test_names_that_hide_each_other_refuse_the_package(first, second, code):
    entries = (ZipEntry(first, b"one"), ZipEntry(second, b"" if second.endswith("/") else b"two"))
    assert codes(taken(build_zip(*entries))) == [code]


def test_names_that_differ_in_case_but_not_in_content_are_only_remarked():
    intake = taken(simple_zip({"Logo.png": b"same", "logo.png": b"same"}))
    assert codes(intake) == ["name_collision_identical"]
    assert not intake.refused


@pytest.mark.parametrize("mode", [0o120777, 0o060644, 0o020644, 0o010644, 0o140755])
def test_links_devices_pipes_and_sockets_refuse_the_package(mode):
    assert "entry_special_file" in codes(taken(build_zip(lesson(mode=mode))))


def test_plain_files_and_folders_with_unix_modes_are_fine():
    folder = ZipEntry("a/", method=STORED, mode=0o040755)
    assert codes(taken(build_zip(folder, lesson("a/b.html", mode=0o100644)))) == []


def test_a_folder_that_holds_bytes_refuses_the_package():
    assert "entry_folder_with_data" in codes(taken(build_zip(lesson(), ZipEntry("a/", b"hidden"))))


@pytest.mark.parametrize("flags", [0x0001, 0x0041, 0x2000])
def test_encryption_refuses_the_package(flags):
    assert codes(taken(build_zip(lesson(flags=flags)))) == ["zip_encrypted"]


@pytest.mark.parametrize("method", [1, 9, 12, 14, 93, 99])
def test_an_unknown_method_refuses_the_package(method):
    assert codes(taken(build_zip(lesson(method=method, raw=b"x")))) == ["zip_unknown_method"]


@pytest.mark.parametrize(
    "lie",
    [{"name": b"lesson.htmx"}, {"method": STORED}, {"crc32": 1}, {"size": 7}, {"compressed_size": 7}, {"flags": 1}],
)
def test_a_local_header_that_tells_another_story_refuses_the_package(lie):
    assert "zip_header_mismatch" in codes(taken(build_zip(lesson(local=lie))))


def test_entries_that_share_bytes_refuse_the_package():
    assert "zip_overlap" in codes(taken(build_zip(lesson("a"), ZipEntry("a", LESSON, offset=0))))


def test_an_entry_quoted_inside_another_refuses_the_package():
    quoting = ZipEntry("outer", build_zip(lesson("inner.html")), method=STORED)
    quoted = lesson("inner.html", offset=30 + len("outer"))
    assert "zip_overlap" in codes(taken(build_zip(quoting, quoted)))


def test_a_ratio_beyond_the_limit_is_a_bomb_and_is_not_inflated():
    bomb = ZipEntry("zeros", b"\0" * 5_000_000)
    assert codes(taken(build_zip(lesson(), bomb))) == ["zip_bomb"]


def test_many_small_bombs_are_one_bomb():
    bombs = [ZipEntry(f"{number}", b"\0" * 100_000) for number in range(50)]
    assert codes(taken(build_zip(*bombs))) == ["zip_bomb"]


def test_a_small_blank_picture_may_shrink_as_much_as_it_likes():
    assert codes(taken(simple_zip({"blank.bmp": b"\xff" * 3_000_000}))) == []


@pytest.mark.parametrize("size", [0, len(LESSON) - 1, len(LESSON) + 1])
def test_a_lying_size_refuses_the_package(size):
    assert codes(taken(build_zip(lesson(size=size)))) == ["zip_size_mismatch"]


def test_a_bomb_that_claims_to_be_small_is_refused():
    liar = ZipEntry("zeros", b"\0" * 5_000_000, size=1000, crc32=0)
    assert codes(taken(build_zip(liar))) == ["zip_size_mismatch"]


def test_a_wrong_checksum_refuses_the_package():
    assert codes(taken(build_zip(lesson(crc32=1)))) == ["zip_crc_mismatch"]


@pytest.mark.parametrize(
    "raw", [b"\xff\xff\xff", deflate(LESSON)[:-3], deflate(LESSON) + b"more", b""], ids=["no", "cut", "long", "empty"]
)
def test_a_damaged_deflate_stream_refuses_the_package(raw):
    assert codes(taken(build_zip(lesson(raw=raw)))) == ["zip_data_damaged"]


@pytest.mark.parametrize("keep", [0, 4, 40, -1, -22, -60])
def test_a_truncated_archive_is_called_so(keep):
    data = build_zip(lesson(), lesson("b.html"))
    assert codes(taken(data[:keep])) == ["zip_truncated"]


def test_a_piece_missing_from_the_middle_refuses_the_package():
    data = build_zip(lesson(), lesson("b.html"))
    assert taken(data[:50] + data[60:]).refused


def test_bytes_before_the_archive_refuse_it():
    assert codes(taken(b"#!/bin/sh\n" + build_zip(lesson()))) == ["zip_damaged"]


def test_a_comment_that_looks_like_an_end_record_changes_nothing():
    fake = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0, 0, 0, 0, 500)
    assert codes(taken(build_zip(lesson(), comment=fake))) == []


@pytest.mark.parametrize("count", [0, 2])
def test_a_wrong_number_of_entries_refuses_the_package(count):
    assert codes(taken(build_zip(lesson(), count=count))) == ["zip_damaged"]


def test_one_volume_of_several_is_refused():
    assert codes(taken(build_zip(lesson(), disk=1))) == ["zip_multi_volume"]


def test_an_archive_without_files_is_refused():
    assert codes(taken(build_zip(ZipEntry("folder/", method=STORED)))) == ["zip_without_files"]
    assert codes(taken(build_zip())) == ["zip_without_files"]


def test_too_many_entries_are_refused_before_they_are_read():
    assert codes(taken(build_zip(lesson(), count=60_000))) == ["zip_too_many_entries"]


def test_a_million_entries_in_zip64_are_refused_before_they_are_read():
    assert codes(taken(build_zip(lesson(), zip64=True, count=1_000_000))) == ["zip_too_many_entries"]


def test_the_limits_of_size_are_those_of_the_settings():
    data = simple_zip({"a": b"1" * 600, "b": b"2" * 600})
    assert codes(taken(data, total_size=1000)) == ["zip_too_large"]
    assert codes(taken(data, entry_size=500)) == ["zip_entry_too_large"] * 2


def test_a_report_of_many_faults_stays_short():
    entries = [ZipEntry(f"../{number}", b"x") for number in range(100)]
    assert codes(taken(build_zip(*entries), findings_per_code=3)).count("name_traversal") == 3


def sums(data=LESSON, *, wide=False, signature=True):
    form = "<L2Q" if wide else "<3L"
    packed = struct.pack(form, zlib.crc32(data), len(deflate(data)), len(data))
    return (b"PK\7\x08" if signature else b"") + packed


UNKNOWN_YET = {"crc32": 0, "size": 0, "compressed_size": 0}


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("signature", [False, True])
def test_a_streamed_entry_is_described_after_its_data(wide, signature):
    streamed = lesson(flags=STREAMED, local=UNKNOWN_YET, descriptor=sums(wide=wide, signature=signature))
    assert codes(taken(build_zip(streamed, lesson("next.html")))) == []


def test_a_data_descriptor_that_lies_refuses_the_package():
    streamed = lesson(flags=STREAMED, local=UNKNOWN_YET, descriptor=sums(b"something else"))
    assert codes(taken(build_zip(streamed))) == ["zip_header_mismatch"]


def test_a_missing_data_descriptor_is_forgiven_when_the_header_said_all():
    assert codes(taken(build_zip(lesson(flags=STREAMED)))) == []


def test_zip64_sizes_are_read_from_the_extra_field():
    raw = deflate(LESSON)
    wide = extra(1, struct.pack("<2Q", len(LESSON), len(raw)))
    entry = lesson(size=FULL32, compressed_size=FULL32, extra=wide)
    intake = taken(build_zip(entry, zip64=True))
    assert codes(intake) == []
    assert intake.entries.lookup("lesson.html").size == len(LESSON)


def test_zip64_without_its_extra_field_is_damaged():
    assert codes(taken(build_zip(lesson(size=FULL32)))) == ["zip_damaged"]


@pytest.mark.parametrize("claim", [2**32, 2**63 - 1, 2**64 - 1])
@pytest.mark.parametrize("field", ["compressed_size", "offset"])
def test_a_place_beyond_the_end_of_the_file_is_damaged(field, claim):
    entry = lesson(extra=extra(1, struct.pack("<Q", claim)), **{field: FULL32})
    assert codes(taken(build_zip(entry))) == ["zip_damaged"]


def test_a_size_beyond_four_gigabytes_is_refused_by_its_claim_alone():
    wide = extra(1, struct.pack("<Q", 5 << 30))
    assert "zip_entry_too_large" in codes(taken(build_zip(lesson(size=FULL32, extra=wide))))


def test_junk_of_operating_systems_is_ignored_and_counted():
    files = {"__MACOSX/._a": b"1", ".DS_Store": b"2", "img/Thumbs.db": b"3", "index.html": LESSON}
    intake = taken(simple_zip(files))
    assert [entry.path for entry in intake.entries] == ["index.html"]
    assert [(found.code, dict(found.params)) for found in intake.findings] == [("junk_ignored", {"count": 3})]


def test_junk_is_verified_all_the_same():
    assert "zip_crc_mismatch" in codes(taken(build_zip(lesson(), ZipEntry(".DS_Store", b"x", crc32=1))))


def test_a_traversal_does_not_pass_as_junk():
    assert "name_traversal" in codes(taken(build_zip(lesson(), ZipEntry("../.DS_Store", b"x"))))


def test_a_unicode_path_overrules_the_name():
    raw = b"b?i.html"
    entry = ZipEntry(raw, LESSON, extra=unicode_path("bài.html", raw))
    assert "bài.html" in taken(build_zip(entry)).entries


def test_a_unicode_path_written_for_another_name_is_ignored():
    entry = ZipEntry(b"renamed.html", LESSON, extra=unicode_path("bài.html", b"before.html"))
    assert "renamed.html" in taken(build_zip(entry)).entries


@pytest.mark.parametrize("body", [b"", b"\2" + b"\0" * 9, struct.pack("<BL", 1, zlib.crc32(b"a.html")) + b"\xff"])
def test_a_malformed_unicode_path_is_ignored(body):
    assert "a.html" in taken(build_zip(ZipEntry(b"a.html", LESSON, extra=extra(0x7075, body)))).entries


def test_padding_after_the_extra_fields_is_tolerated():
    assert codes(taken(build_zip(lesson(extra=extra(0x5455, b"12345") + b"\0\0\0")))) == []
    assert codes(taken(build_zip(lesson(extra=struct.pack("<2H", 0x5455, 99))))) == []


def test_a_traversal_in_a_unicode_path_is_seen():
    entry = ZipEntry(b"x", LESSON, extra=unicode_path("../x", b"x"))
    assert "name_traversal" in codes(taken(build_zip(entry)))


def test_unused_bytes_between_entries_are_tolerated():
    assert codes(taken(build_zip(lesson(), lesson("b.html"), gap=b"left by an update"))) == []
