"""Titles and releases in the JSON interface."""

from datetime import date

import pytest

from elearn.models.account import Role
from elearn.models.material import SoftwareDetail, Status, StoredBlob
from elearn.models.software import SoftwareFile, SoftwareRelease
from elearn.services.indexing import mark_changed
from elearn.services.organisation import root_unit
from tests.support.contributing import counted, indexed
from tests.support.factories import World

DIGEST = "5" * 64


@pytest.fixture
def titles(house):
    """Two published titles, the first with a release of one file; uids of title and release."""
    with house.database.write() as session:
        world, root = World(session, 500), root_unit(session)
        owner = world.account("chu")
        one = world.material(root, owner, Status.PUBLISHED, kind="software", title="Bảng cộng vui")
        one.software = SoftwareDetail(vendor="An Bình", release="2.1", platforms=["windows"], contact="024 1234")
        one.is_public = True
        world.add(StoredBlob(sha256=DIGEST, size=5_000))
        release = world.add(
            SoftwareRelease(title_id=one.id, version="2.1", released_on=date(2026, 3, 1), is_latest=True)
        )
        file = {"platform": "windows", "architecture": "x86-64", "file_name": "cai đặt.exe", "blob_sha256": DIGEST}
        world.add(SoftwareFile(release_id=release.id, media_type="application/x", facts={}, findings=[], **file))
        two = world.material(root, owner, Status.PUBLISHED, kind="software", title="Đàn phím")
        two.software = SoftwareDetail(platforms=["web"])
        world.material(root, owner, Status.PUBLISHED, title="Bài giảng")
        for made in (one, two):
            mark_changed(session, made)
        uids = one.uid, release.uid
    indexed(house)
    return uids


def test_titles_are_listed_and_narrowed(sign_in, client, titles):
    teacher = sign_in("lan", Role.TEACHER)
    page = teacher.get("/api/v1/software").json
    assert {row["title"] for row in page["titles"]} == {"Bảng cộng vui", "Đàn phím"}
    assert page["facets"]["platform"] == {"windows": 1, "web": 1}
    (row,) = teacher.get("/api/v1/software?platform=windows&q=bang+cong").json["titles"]
    assert (row["id"], row["vendor"], row["version"]) == (titles[0], "An Bình", "2.1")
    assert client.get("/api/v1/software").json["total"] == 1
    assert teacher.get("/api/v1/software?platform=beos").status_code == 422
    assert teacher.get("/api/v1/software?limit=0").status_code == 422
    assert client.get("/api/v1/software", headers={"Authorization": "Bearer x"}).status_code == 401


def test_a_title_has_its_releases_with_checksums(sign_in, client, titles):
    uid, release = titles
    told = sign_in("lan", Role.TEACHER).get(f"/api/v1/software/{uid}").json
    (one,) = told["releases"]
    assert told["contact"] == "024 1234"
    assert (one["version"], one["released_on"], one["is_latest"]) == ("2.1", "2026-03-01", True)
    assert one["files"][0]["sha256"] == DIGEST
    assert one == client.get(f"/api/v1/software/{uid}/releases/{release}").json
    assert client.get(f"/api/v1/software/{uid}").json["contact"] == ""
    assert client.get(f"/api/v1/software/{'0' * 32}").status_code == 404
    assert client.get(f"/api/v1/software/{uid}/releases/{'0' * 32}").status_code == 404


def test_two_titles_ask_the_database_no_more_often_than_one(sign_in, house, titles):
    teacher = sign_in("lan", Role.TEACHER)
    teacher.get("/api/v1/software")
    with counted(house) as one:
        teacher.get("/api/v1/software?platform=web")
    with counted(house) as two:
        teacher.get("/api/v1/software")
    assert len(one) == len(two)


def test_the_description_names_the_paths(client):
    paths = client.get("/api/openapi.json").json["paths"]
    assert {"/api/v1/software", "/api/v1/software/{uid}", "/api/v1/software/{uid}/releases/{release_uid}"} <= set(paths)
