"""Serving verified entries straight from the archive."""

import gzip
import hashlib
import io

import pytest

from content_packages.archive.inflate import CHUNK, DamagedEntryError
from content_packages.archive.intake import take_in
from content_packages.archive.serving import (
    gzip_size,
    iter_gzip,
    iter_identity,
    open_raw,
    read_contents,
)
from tests.support.zips import DEFLATED, STORED, ZipEntry, build_zip, deflate

# Larger than several chunks, and not the same at any two places.
CONTENT = hashlib.shake_128(b"lesson").digest(CHUNK) + b"abc" * CHUNK


@pytest.fixture(params=[STORED, DEFLATED], ids=["stored", "deflated"])
def archive(request):
    file = io.BytesIO(build_zip(ZipEntry("before", b"x"), ZipEntry("page", CONTENT, method=request.param)))
    return file, take_in(file).entries.lookup("page")


def test_the_whole_content_comes_out(archive):
    assert b"".join(iter_identity(*archive)) == CONTENT


@pytest.mark.parametrize(
    ("start", "stop"),
    [
        (0, 1),
        (5, 5),
        (10, 4),
        (CHUNK - 1, CHUNK + 1),
        (700_000, 700_010),
        (len(CONTENT) - 3, len(CONTENT) + 9),
        (9**9, None),
    ],
)
def test_a_range_is_that_slice_of_the_content(archive, start, stop):
    assert b"".join(iter_identity(*archive, start, stop)) == CONTENT[start:stop]


def test_pieces_are_small_whatever_the_file_is(archive):
    assert max(map(len, iter_identity(*archive))) <= CHUNK


def test_the_raw_form_is_what_the_archive_holds(archive):
    expected = deflate(CONTENT) if archive[1].is_deflated else CONTENT
    assert b"".join(open_raw(*archive)) == expected


def test_a_deflated_entry_passes_through_as_gzip():
    file = io.BytesIO(build_zip(ZipEntry("page", CONTENT)))
    entry = take_in(file).entries.lookup("page")
    packed = b"".join(iter_gzip(file, entry))
    assert gzip.decompress(packed) == CONTENT
    assert len(packed) == gzip_size(entry)


def test_a_blob_that_was_cut_since_intake_is_noticed(archive):
    file, entry = archive
    short = io.BytesIO(file.getvalue()[: entry.offset + 100])
    with pytest.raises(DamagedEntryError):
        list(iter_identity(short, entry))


def test_reading_gives_the_beginning_even_of_a_damaged_entry(archive):
    file, entry = archive
    short = io.BytesIO(file.getvalue()[: entry.offset + CHUNK])
    assert CONTENT.startswith(read_contents(short, entry, CHUNK))
    assert read_contents(file, entry, 10) == CONTENT[:10]
