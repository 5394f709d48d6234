"""The start pages: what visitors and members see of the library."""

import hashlib

import pytest

from elearn.clock import now
from elearn.models.account import Account
from elearn.models.material import Material, MaterialLevel, Status, StoredBlob, Version
from elearn.services.access import SYSTEM
from elearn.services.organisation import ensure_root


@pytest.fixture
def publish(house, make_account):
    """Put a material into the library: `publish("Phân số", "TH", is_public=True)`."""
    owner = make_account("tac.gia")

    def put(title, *levels, is_public=True, status=Status.PUBLISHED):
        digest = hashlib.sha256(title.encode()).hexdigest()
        with house.database.write() as session:
            unit = ensure_root(session, SYSTEM)
            session.add(StoredBlob(sha256=digest, size=1))
            session.flush()
            material = Material(kind="pdf", title=title, unit_id=unit.id, owner_id=owner.id, status=status)
            material.is_public, material.published_at = is_public, now()
            material.levels = [MaterialLevel(level=level) for level in levels]
            session.add(material)
            session.flush()
            session.add(
                Version(
                    material_id=material.id,
                    number=1,
                    file_name="a.pdf",
                    media_type="application/pdf",
                    blob_sha256=digest,
                    created_by_id=session.get_one(Account, owner.id).id,
                )
            )
            return material

    return put


def test_an_empty_library_says_so_and_what_to_do(client):
    assert "Thư viện chưa có học liệu công khai" in client.get("/").text


def test_visitors_see_public_materials_under_their_level_in_order(publish, client):
    publish("Số hữu tỉ", "THCS")
    publish("Phân số", "TH", "THCS")
    page = client.get("/").text
    assert page.index("<h2>Tiểu học</h2>") < page.index("Phân số") < page.index("<h2>Trung học cơ sở</h2>")
    assert page.index("<h2>Trung học cơ sở</h2>") < page.index("Số hữu tỉ")
    assert page.count("Phân số") == 1


def test_visitors_see_nothing_that_is_not_public_and_published(publish, client):
    publish("Nội bộ trường", "TH", is_public=False)
    publish("Bản nháp riêng", "TH", status=Status.DRAFT)
    page = client.get("/").text
    assert "Nội bộ trường" not in page
    assert "Bản nháp riêng" not in page


def test_members_see_what_their_school_published(publish, sign_in):
    publish("Nội bộ trường", "TH", is_public=False)
    assert "Nội bộ trường" in sign_in().get("/").text


def test_a_level_shows_its_four_newest(publish, client):
    for number in range(6):
        publish(f"Bài số {number}", "TH")
    page = client.get("/").text
    assert [number for number in range(6) if f"Bài số {number}" in page] == [2, 3, 4, 5]


def test_a_title_cannot_bring_its_own_markup(publish, client):
    publish("<script>alert(1)</script>", "TH")
    page = client.get("/").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_cards_have_the_covers_of_the_result_page(publish, client, sign_in):
    publish("Phân số", "TH")
    for browser in (client, sign_in()):
        page = browser.get("/").text
        assert 'class="cover cover-of-TH"' in page
        assert "css/library.css" in page
