from __future__ import annotations

import pytest

from scorm.manifest.addresses import Address, Outcome, package_base, resolve
from scorm.manifest.entries import ManifestLocation, PackageEntries, locate_manifest

ENTRIES = PackageEntries(
    (
        "index.html",
        "Bài 1/trang đầu.html",
        "a%20b.html",
        "c d.html",
        "content/Start.htm",
        "content/what?.html",
        "C#/intro.html",
        "folder/index.html",
        "folder/",
    )
)


@pytest.mark.parametrize(
    ("href", "path", "suffix"),
    [
        ("index.html", "index.html", ""),
        ("  ./index.html\n", "index.html", ""),
        ("/index.html", "index.html", ""),
        ("content/../index.html", "index.html", ""),
        ("content//Start.htm", "content/Start.htm", ""),
        ("content\\Start.htm", "content/Start.htm", ""),
        ("index.html?a=1&b=c\\d#top", "index.html", "?a=1&b=c\\d#top"),
        ("index.html#/slide/1?x", "index.html", "#/slide/1?x"),
        ("c%20d.html", "c d.html", ""),
        ("a%20b.html", "a%20b.html", ""),  # the name itself has the percent sign
        ("B%C3%A0i%201/trang%20%C4%91%E1%BA%A7u.html", "Bài 1/trang đầu.html", ""),
        ("content/what?.html", "content/what?.html", ""),
        ("C#/intro.html", "C#/intro.html", ""),
        ("C#/intro.html?q=1#end", "C#/intro.html", "?q=1#end"),
    ],
)
def test_href_finds_its_entry(href: str, path: str, suffix: str) -> None:
    address = resolve(href, package_base(), ENTRIES)
    assert (address.outcome, address.path, address.suffix) == (Outcome.FOUND, path, suffix)


@pytest.mark.parametrize(
    ("href", "path"),
    [
        ("INDEX.HTML", "index.html"),
        ("Content/start.htm?x=1", "content/Start.htm"),
        ("a b.html", "a%20b.html"),
        ("Ba\u0300i 1/trang \u0111a\u0302\u0300u.html", "Bài 1/trang đầu.html"),
    ],
)
def test_href_written_otherwise_finds_its_entry_and_says_so(href: str, path: str) -> None:
    address = resolve(href, package_base(), ENTRIES)
    assert (address.outcome, address.path) == (Outcome.DIFFERS, path)


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "C:\\windows\\win.ini",
        "//evil.example/x.js",
        "\\\\evil.example\\x",
        "/\\evil.example",
        "http:evil",
        "https:/evil",
        "http://",
        "ftp://evil.example/x",
        "../index.html",
        "content/../../index.html",
    ],
)
def test_address_that_leaves_the_package_otherwise_than_by_http_is_refused(href: str) -> None:
    address = resolve(href, package_base(), ENTRIES)
    assert (address.outcome, address.path, address.suffix) == (Outcome.REFUSED, "", "")


@pytest.mark.parametrize("href", ["nowhere.html", "folder/", "content", "%2e%2e/index.html", "javascript%3Aalert(1)"])
def test_address_of_no_entry_is_absent(href: str) -> None:
    assert resolve(href, package_base(), ENTRIES) == Address(Outcome.ABSENT, "", "", href)


def test_web_address_is_external_and_kept_whole() -> None:
    address = resolve("HTTPS://example.org/a?b#c", package_base(), ENTRIES)
    assert (address.outcome, address.path) == (Outcome.EXTERNAL, "HTTPS://example.org/a?b#c")


def test_empty_href_is_neither_found_nor_absent() -> None:
    assert resolve(" \n", package_base(), ENTRIES).outcome is Outcome.EMPTY


@pytest.mark.parametrize(
    ("bases", "href", "path"),
    [
        (["content/"], "Start.htm", "content/Start.htm"),
        (["content"], "Start.htm", "content/Start.htm"),  # by RFC 3986 "content" would be dropped
        (["content"], "index.html", "index.html"),
        (["./", "content/", ""], "Start.htm", "content/Start.htm"),
        (["content/"], "/index.html", "index.html"),
        (["content/"], "../index.html", "index.html"),
        (["a/b/", "/content/"], "Start.htm", "content/Start.htm"),
        (["B%C3%A0i 1\\"], "trang đầu.html", "Bài 1/trang đầu.html"),
    ],
)
def test_xml_base_is_applied_at_every_level(bases: list[str], href: str, path: str) -> None:
    base = package_base()
    for written in bases:
        base = base.below(written)
    assert resolve(href, base, ENTRIES).path == path


@pytest.mark.parametrize(
    ("xml_base", "outcome", "path"),
    [
        ("https://example.org/course/", Outcome.EXTERNAL, "https://example.org/course/index.html"),
        ("javascript:", Outcome.REFUSED, ""),
        ("//evil.example/", Outcome.REFUSED, ""),
        ("../", Outcome.REFUSED, ""),
    ],
)
def test_xml_base_outside_the_package_is_judged_like_an_href(xml_base: str, outcome: Outcome, path: str) -> None:
    address = resolve("index.html", package_base().below(xml_base), ENTRIES)
    assert (address.outcome, address.path) == (outcome, path)


@pytest.mark.parametrize("href", ["index.html", "/index.html", "./index.html"])
def test_manifest_in_a_folder_starts_there(href: str) -> None:
    assert resolve(href, package_base("folder/"), ENTRIES).path == "folder/index.html"


def test_manifest_in_a_folder_reaches_entries_beside_it() -> None:
    assert resolve("../content/Start.htm", package_base("folder/"), ENTRIES).path == "content/Start.htm"


@pytest.mark.parametrize(
    ("names", "location"),
    [
        (["imsmanifest.xml", "sub/imsmanifest.xml"], ManifestLocation("imsmanifest.xml")),
        (["IMSManifest.xml"], ManifestLocation("IMSManifest.xml")),
        (["bai1/imsmanifest.xml", "bai1/a.html"], ManifestLocation("bai1/imsmanifest.xml", "bai1/")),
        (
            ["__MACOSX/imsmanifest.xml", "bai1/imsmanifest.xml"],
            ManifestLocation("bai1/imsmanifest.xml", "bai1/"),
        ),
        (["bai1/imsmanifest.xml", "bai2/imsmanifest.xml"], None),
        (["a/b/imsmanifest.xml"], None),
        (["index.html"], None),
    ],
)
def test_manifest_is_located_at_the_root_or_in_one_folder(names: list[str], location: ManifestLocation | None) -> None:
    assert locate_manifest(names) == location
