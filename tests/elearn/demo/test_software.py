import io
import re
import subprocess
import sys
import zipfile

import pytest

from elearn.demo.software import SOFTWARE, build_software

BY_SLUG = {entry.slug: entry for entry in SOFTWARE}
EACH_ENTRY = pytest.mark.parametrize("entry", SOFTWARE, ids=lambda entry: entry.slug)


def unpacked(slug, folder):
    zipfile.ZipFile(io.BytesIO(build_software(BY_SLUG[slug]))).extractall(folder)
    return folder


@EACH_ENTRY
def test_a_program_is_packed_to_the_same_bytes_every_time(entry):
    assert build_software(entry) == build_software(entry)


@EACH_ENTRY
def test_a_program_has_a_starter_for_windows_and_a_readme_that_names_its_version(entry):
    archive = zipfile.ZipFile(io.BytesIO(build_software(entry)))
    starters = [name for name in archive.namelist() if name.endswith(".bat")]
    assert starters
    assert all(b"\r\n" in archive.read(name) for name in starters)
    assert f"phiên bản {entry.version}\r\n" in archive.read("DOC-TRUOC.txt").decode()


@EACH_ENTRY
def test_a_program_holds_no_binaries_of_others(entry):
    archive = zipfile.ZipFile(io.BytesIO(build_software(entry)))
    for name in archive.namelist():
        archive.read(name).decode("utf-8")


def sheet(folder, *options):
    script = unpacked("luyen-tinh-nham", folder) / "tinh-nham" / "tinh_nham.py"
    command = [sys.executable, str(script), "--hat-giong", "7", *options]
    return subprocess.run(command, capture_output=True, check=True, timeout=60, encoding="utf-8")


@pytest.mark.parametrize("grade", ["1", "2", "3", "4", "5"])
def test_the_answers_on_an_arithmetic_sheet_are_right(tmp_path, grade):
    printed = sheet(tmp_path, "--lop", grade, "--phieu", "30", "--dap-an").stdout
    asked = re.findall(r"^ *(\d+)\.  (\d+) ([+−×:]) (\d+) =", printed, re.MULTILINE)
    answers = dict(re.findall(r"(\d+)\) (\d+)", printed.partition("Đáp án:")[2]))
    assert len(asked) == len(answers) == 30
    for number, left, sign, right in asked:
        a, b = int(left), int(right)
        results = {"+": a + b, "−": a - b, "×": a * b, ":": a / b if b else None}
        assert results[sign] == int(answers[number])


def test_the_same_seed_gives_the_same_sheet(tmp_path):
    assert sheet(tmp_path, "--phieu", "10").stdout == sheet(tmp_path, "--phieu", "10").stdout


@pytest.mark.journey
def test_the_fraction_board_compares_reduces_and_draws(browser, tmp_path):
    page = browser.new_page()
    page.goto(f"file://{unpacked('ban-phan-so', tmp_path)}/ban-phan-so/index.html")
    assert page.locator("#sign").text_content() == "<"
    for name, value in (("top", "6"), ("bottom", "8")):
        page.locator(f"[data-name=a] [name={name}]").fill(value)
    assert page.locator("#sign").text_content() == "="
    assert page.locator("[data-name=a] .value").text_content() == "6/8 = 3/4 = 0,75"
    assert page.locator("[data-name=a] .on").count() == 6
    page.close()
