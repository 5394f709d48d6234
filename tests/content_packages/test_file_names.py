"""Names of files from any system are fit to be kept and shown."""

import pytest

from content_packages.file_names import readable_name, storable_path


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Bài 1 – Phân số.zip", "Bài 1 – Phân số.zip"),
        (b"B\xe0i 1.zip".decode("utf-8", "surrogateescape"), "B\N{REPLACEMENT CHARACTER}i 1.zip"),
        ("a\0b\n\x7f.zip", "ab.zip"),
        ("hoa\u0301 \u202egnp\u200b.exe", "hoá gnp.exe"),
        ("..", "file"),
        ("\u200b\u3164", "file"),
        ("", "file"),
    ],
)
def test_what_cannot_be_stored_or_seen_is_left_out_or_shown_as_unknown(name, shown):
    assert readable_name(name) == shown


def test_a_path_stays_as_it_is_but_for_what_cannot_be_stored():
    assert (
        storable_path("/tai lieu/hoa\u0301  a\x1b.zip\udce0") == "/tai lieu/hoa\u0301  a.zip\N{REPLACEMENT CHARACTER}"
    )
