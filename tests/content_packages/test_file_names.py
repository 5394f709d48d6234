"""Names of files from any system are fit to be kept and shown."""

import pytest

from content_packages.file_names import readable_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Bài 1 – Phân số.zip", "Bài 1 – Phân số.zip"),
        (b"B\xe0i 1.zip".decode("utf-8", "surrogateescape"), "B\N{REPLACEMENT CHARACTER}i 1.zip"),
        ("a\0b\n\x7f.zip", "ab.zip"),
        ("", ""),
    ],
)
def test_what_cannot_be_stored_is_shown_as_unknown(name, shown):
    assert readable_name(name) == shown
