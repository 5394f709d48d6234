"""What programs say of themselves, read from samples that are built here and cannot run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_packages.facts import Kind
from content_packages.programs import apk, describe
from content_packages.programs.told import DAMAGE
from content_packages.source import Source
from tests.support import programs
from tests.support.zips import simple_zip


def test_a_signed_windows_program(inspected):
    data = programs.signed_program(signed=programs.signature(), ProductName="Bảng cộng", ProductVersion="2.1")
    assert inspected(data, "cai.exe").properties == {
        "product": "Bảng cộng", "release": "2.1", "platform": "windows", "architecture": "x86-64",
        "signer": "Công ty An Bình",
    }  # fmt: skip


@pytest.mark.parametrize(("machine", "named"), [(0x14C, "x86"), (0xAA64, "arm64"), (0x1234, "")])
def test_the_machine_of_a_windows_program(inspected, machine, named):
    assert inspected(programs.signed_program(machine), "cai.exe").properties.get("architecture", "") == named


def test_a_signature_that_is_none_is_not_named(inspected):
    facts = inspected(programs.signed_program(signed=b"no signature at all", ProductName="A"), "cai.exe")
    assert (facts.properties["product"], facts.properties.get("signer")) == ("A", None)


@pytest.mark.parametrize(("machine", "named"), [(0x3E, "x86-64"), (0xB7, "arm64"), (0x03, "x86")])
def test_an_appimage_tells_its_machine(inspected, machine, named):
    facts = inspected(programs.elf(machine), "bang-cong.AppImage")
    assert facts.properties == {"platform": "linux", "architecture": named}


@pytest.mark.parametrize("utf8", [False, True])
def test_an_android_program(inspected, utf8):
    manifest = programs.android_manifest(utf8=utf8, versionName="3.2.1", package="vn.edu.bangcong")
    files = {**programs.apk(manifest), "lib/arm64-v8a/libx.so": b"x", "META-INF/CERT.RSA": programs.signature("Sở")}
    assert inspected(simple_zip(files), "bang-cong.apk").properties == {
        "product": "vn.edu.bangcong", "release": "3.2.1", "platform": "android", "architecture": "arm64",
        "signer": "Sở",
    }  # fmt: skip


def test_a_windows_installer(inspected):
    said = {"ProductName": "Bảng cộng", "ProductVersion": "2.1.0", "Manufacturer": "An Bình"}
    facts = inspected(programs.installer(**said), "cai.msi")
    assert (facts.kind, facts.properties) == (
        Kind.SOFTWARE,
        {"product": "Bảng cộng", "release": "2.1.0", "vendor": "An Bình", "platform": "windows",
         "architecture": "x86-64"},
    )  # fmt: skip


def test_a_signed_windows_installer(inspected):
    data = programs.installer(signed=programs.signature("Nhà xuất bản"), ProductName="A")
    assert inspected(data, "cai.msi").properties["signer"] == "Nhà xuất bản"


def test_images_of_disks(inspected):
    facts = inspected(programs.iso(), "dia.iso")
    assert facts.properties == {"product": "PHAN MEM TOAN", "vendor": "NHA XUAT BAN"}
    assert inspected(programs.dmg(), "bang-cong.dmg").properties == {"platform": "macos"}


SAMPLES = {
    "a.exe": programs.signed_program(signed=programs.signature(), ProductName="A", ProductVersion="1"),
    "a.msi": programs.installer(ProductName="A", ProductVersion="1"),
    "a.apk": simple_zip(programs.apk(programs.android_manifest(package="a", versionName="1"))),
    "a.AppImage": programs.elf(),
    "a.iso": programs.iso(),
    "a.dmg": programs.dmg(),
}


@pytest.mark.parametrize("name", [*SAMPLES])
@given(damage=st.lists(st.tuples(st.floats(0, 0.999), st.binary(min_size=1, max_size=8)), min_size=1, max_size=6))
def test_damaged_programs_tell_less_and_crash_nothing(tmp_path_factory, name, damage):
    data = bytearray(SAMPLES[name])
    for share, noise in damage:
        place = int(share * len(data))
        data[place : place + len(noise)] = noise
    path = tmp_path_factory.mktemp("x") / name
    path.write_bytes(data)
    with path.open("rb") as file:
        said = describe(Source(path, name, file, len(data))).properties()
    assert all(len(value) <= 200 for value in said.values())


NOISY = st.binary(max_size=60).map(lambda noise: programs.android_manifest(a="b")[:-20] + noise)


@given(manifest=st.binary(max_size=400) | NOISY)
def test_manifests_of_noise_crash_nothing(manifest):
    try:
        said = apk._attributes(manifest)
    except DAMAGE:
        said = {}
    assert all(isinstance(value, str) for value in said.values())
