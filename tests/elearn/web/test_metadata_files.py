"""Describing a material: the further fields, what is offered, and metadata as files in both directions."""

import io
import json
import re

import pytest
from lxml import etree
from werkzeug.datastructures import FileStorage
from werkzeug.test import stream_encode_multipart

from elearn.models.account import Role
from elearn.web import metadata_files
from tests.support.contributing import described, published, uploaded

LOM = """<lom xmlns="http://ltsc.ieee.org/xsd/LOM"><general><title><string language="vi">Từ nơi khác</string></title>
<keyword><string>vần</string></keyword></general>
<educational><typicalLearningTime><duration>PT35M</duration></typicalLearningTime></educational>
<classification><purpose><value>educational level</value></purpose><taxonPath><taxon><id>1</id></taxon></taxonPath>
</classification></lom>"""
FURTHER = {
    "topic": "Phân số, bài 3",
    "resource_type": "worksheet",
    "duration_minutes": "40",
    "edition_name": "2.1",
    "requirements": "Máy chiếu",
}


def send(browser, uid, data, name="lom.xml"):
    form = {"csrf_token": browser.csrf(), "file": FileStorage(io.BytesIO(data), name)}
    body, _length, boundary = stream_encode_multipart(form, use_tempfile=False)
    kind = f'multipart/form-data; boundary="{boundary}"'
    return browser.open(f"/materials/{uid}/lom", method="POST", input_stream=body, content_type=kind)


def linked_data(page):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page.text, re.DOTALL)[1])


def test_every_further_field_is_kept_and_shown(teacher, reviewer):
    uid = published(teacher, reviewer, is_public="y", **FURTHER)
    page = teacher.get(f"/materials/{uid}")
    for words in ("Phân số, bài 3", "Phiếu học tập, bài tập", "khoảng 40 phút", "2.1", "Máy chiếu"):
        assert words in page.text
    form = teacher.get(f"/materials/{uid}/edit").text
    assert 'value="40"' in form
    said = linked_data(page)
    assert (said["timeRequired"], said["version"], said["learningResourceType"]) == (
        "PT40M",
        "2.1",
        "Phiếu học tập, bài tập",
    )


@pytest.mark.parametrize("minutes", ["0", "-5", "6001", "bốn mươi", "1e3"])
def test_a_duration_that_is_none_is_refused_beside_its_field(teacher, minutes):
    uid = uploaded(teacher)
    answer = described(teacher, uid, submit=False, duration_minutes=minutes)
    assert answer.status_code == 422
    assert 'id="duration_minutes-error"' in answer.text
    assert "Phân số bằng nhau" not in teacher.get(f"/materials/{uid}").text


@pytest.mark.parametrize(
    ("changes", "commercial", "licence"),
    [
        ("yes", "yes", "by"),
        ("alike", "yes", "by-sa"),
        ("no", "yes", "by-nd"),
        ("yes", "no", "by-nc"),
        ("alike", "no", "by-nc-sa"),
        ("no", "no", "by-nc-nd"),
    ],
)
def test_two_answers_choose_a_licence_of_creative_commons(teacher, changes, commercial, licence):
    uid = uploaded(teacher)
    answers = {"licence": "cc", "cc_changes": changes, "cc_commercial": commercial}
    assert described(teacher, uid, submit=False, **answers).status_code == 303
    assert f"/licenses/{licence}/4.0/" in teacher.get(f"/materials/{uid}/dublin-core.xml").text
    form = teacher.get(f"/materials/{uid}/edit").text
    assert re.search(rf'checked[^>]* name="cc_changes"[^>]* value="{changes}"', form)
    assert re.search(rf'checked[^>]* name="cc_commercial"[^>]* value="{commercial}"', form)


def test_what_belongs_to_somebody_else_names_them_and_the_last_day(teacher):
    uid = uploaded(teacher)
    borrowed = {"licence": "third-party", "licence_source": "NXB Giáo dục, hợp đồng 12", "licence_expires_on": ""}
    refused = described(teacher, uid, **{**borrowed, "licence_source": " "})
    assert refused.status_code == 422
    assert "ghi rõ của ai" in refused.text
    over = described(teacher, uid, **{**borrowed, "licence_expires_on": "2020-01-31"})
    assert over.status_code == 422
    assert "đã hết" in over.text
    never = described(teacher, uid, **{**borrowed, "licence_expires_on": "2030-02-31"})
    assert never.status_code == 422
    assert described(teacher, uid, **{**borrowed, "licence_expires_on": "2099-01-31"}).status_code == 303
    page = teacher.get(f"/materials/{uid}")
    assert "NXB Giáo dục, hợp đồng 12" in page.text
    assert "31/01/2099" in page.text


def test_what_is_offered_is_taken_with_one_click_and_saved_by_nobody_else(teacher):
    uid = uploaded(teacher, name="Toán 4 phân số.zip")
    page = teacher.get(f"/materials/{uid}/edit").text
    assert 'value="grade:5"' in page or 'value="grade:4"' in page
    assert 'value="subject:TOAN"' in page
    taken = teacher.post(f"/materials/{uid}/edit", {"title": "Toán", "language": "vi", "take": "grade:4"})
    assert taken.status_code == 200
    for name, code in (("grades", "4"), ("levels", "TH")):
        assert re.search(rf'checked[^>]* name="{name}"[^>]* value="{code}"', taken.text)
    assert "<h1>Toán lớp 5</h1>" in teacher.get(f"/materials/{uid}").text
    assert teacher.post(f"/materials/{uid}/edit", {"title": "Toán", "take": "grade:99"}).status_code == 200


def test_lom_and_dublin_core_are_for_whoever_sees_the_material(teacher, reviewer, client, sign_in):
    uid = published(teacher, reviewer, **FURTHER)
    lom = teacher.get(f"/materials/{uid}/lom.xml")
    assert lom.mimetype == "application/xml"
    assert "attachment" in lom.headers["Content-Disposition"]
    assert "PT40M" in lom.text
    dublin = etree.fromstring(teacher.get(f"/materials/{uid}/dublin-core.xml").data)
    assert dublin[0].text == "Phân số bằng nhau"
    for file in ("lom.xml", "dublin-core.xml"):
        assert client.get(f"/materials/{uid}/{file}").status_code == 404


def test_a_title_cannot_end_the_script_it_stands_in(teacher, reviewer):
    uid = published(teacher, reviewer, title="</script><script>alert(1)</script>")
    page = teacher.get(f"/materials/{uid}")
    assert "<script>alert" not in page.text
    assert linked_data(page)["name"] == "</script><script>alert(1)</script>"


def test_a_lom_fills_in_the_form_and_saves_nothing(teacher):
    uid = uploaded(teacher)
    answer = send(teacher, uid, LOM.encode())
    assert answer.status_code == 200
    for part in ('value="Từ nơi khác"', 'value="vần"', 'value="35"', "chưa có gì được lưu"):
        assert part in answer.text
    assert re.search(r'checked[^>]* name="grades"[^>]* value="1"', answer.text)
    assert "<h1>Toán lớp 5</h1>" in teacher.get(f"/materials/{uid}").text


@pytest.mark.parametrize(
    "data",
    [b"", b"no xml", b"<a/>", b"<lom/>", b"\x00\xff" * 50, b'<!DOCTYPE a [<!ENTITY b "c">]><lom>&b;</lom>'],
)
def test_what_is_no_lom_is_said_so_and_changes_nothing(teacher, data):
    uid = uploaded(teacher)
    answer = send(teacher, uid, data)
    assert answer.status_code == 422
    assert "không có phần mô tả (LOM)" in answer.text
    assert 'value="Toán lớp 5"' in answer.text


def test_a_lom_is_for_whoever_may_edit_and_not_for_ever(teacher, sign_in, monkeypatch):
    uid = uploaded(teacher)
    assert send(sign_in("binh", Role.TEACHER), uid, LOM.encode()).status_code == 404
    assert send(teacher, uid, b"", "").status_code == 422
    monkeypatch.setattr(metadata_files, "MAX_BYTES", 10)
    answer = send(teacher, uid, b"x" * 1_100_000)
    assert answer.status_code == 413
