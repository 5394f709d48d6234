"""Files of software releases and the scanner: what the release says, who may have them, what an administrator does."""

from datetime import date

import pytest
from sqlalchemy import select

from content_packages.scanner import Judgement, Verdict
from elearn.models.account import AuditEvent, Role
from elearn.models.installations import SoftwareMirror
from elearn.models.material import StoredBlob
from elearn.models.operations import Job
from elearn.models.scanning import FileScan, ScanState
from elearn.models.software import SoftwareFile, SoftwareRelease
from elearn.services import safety
from elearn.services.metadata import Metadata
from elearn.services.organisation import root_unit
from elearn.services.safety.scanning import keep_verdict
from elearn.services.software.titles import TitleDetails, create_title
from tests.support.factories import World

DIGEST = "5" * 64


@pytest.fixture
def address(house):
    """The address of a release with one file whose bytes wait for the scanner."""
    with house.database.write() as session:
        root = root_unit(session)
        officer = World(session).somebody(Role.UNIT_MANAGER, root)
        said = Metadata(title="Bảng cộng vui", vendor="An Bình", levels=frozenset({"TH"}))
        title = create_title(session, officer, root, said, TitleDetails(maker_url="", contact=""))
        session.add(StoredBlob(sha256=DIGEST, size=7))
        session.add(FileScan(sha256=DIGEST, state=ScanState.WAITING))
        release = SoftwareRelease(title_id=title.id, version="2.1", released_on=date(2026, 3, 1), notes="")
        told = {"media_type": "application/x-msdownload", "blob_sha256": DIGEST, "facts": {}, "findings": []}
        release.files.append(SoftwareFile(platform="windows", file_name="cai-dat.exe", **told))
        session.add(release)
        session.flush()
        file_id, unit_id = release.files[0].id, root.id
        session.add(SoftwareMirror(file_id=file_id, unit_id=unit_id, address="http://may-chu.truong/cai-dat.exe"))
        return f"/software/{title.uid}/releases/{release.uid}"


@pytest.fixture
def administrator(sign_in, address):
    return sign_in("quantri", Role.ADMINISTRATOR)


def download(house, address):
    with house.database.read() as session:
        return f"{address.partition('/releases/')[0]}/files/{session.scalar(select(SoftwareFile.uid))}/download"


def judged(house, judgement, threat=""):
    with house.database.write() as session:
        keep_verdict(session, DIGEST, Verdict(judgement, threat))


@pytest.mark.parametrize(
    ("judgement", "result", "reason"),
    [
        (None, "chưa quét", "chưa được quét mã độc"),
        (Judgement.INFECTED, "phát hiện mã độc", "tệp đã bị cách ly"),
        (Judgement.TOO_LARGE, "lớn hơn mức phần mềm quét nhận", "quản trị viên phải cho phép"),
    ],
)
def test_a_held_file_is_given_to_nobody_and_the_release_says_why(
    house, administrator, address, judgement, result, reason
):
    if judgement:
        judged(house, judgement, "Test.Harmful-1")
    page = administrator.get(address).text
    assert result in page
    assert reason in page
    assert "/download" not in page
    assert "may-chu.truong" not in page
    answer = administrator.get(download(house, address))
    assert (answer.status_code, reason in answer.text) == (409, True)


def test_a_clean_one_says_so_and_is_handed_out(house, administrator, address):
    judged(house, Judgement.CLEAN)
    page = administrator.get(address).text
    assert "đã quét, không phát hiện" in page
    assert "may-chu.truong" in page
    assert administrator.get(download(house, address)).status_code == 303


def test_it_stands_in_the_list_and_is_released_with_a_reason(house, administrator, address):
    judged(house, Judgement.INFECTED, "Test.Harmful-1")
    listed = administrator.get("/administration/quarantine").text
    assert all(word in listed for word in ("Test.Harmful-1", "cai-dat.exe", "Bảng cộng vui 2.1", address))
    answer = administrator.post(f"/administration/quarantine/{DIGEST}/release", {"reason": "Báo nhầm"})
    assert answer.status_code == 303
    assert "quản trị viên đã cho phép dùng" in administrator.get(address).text
    assert administrator.get(download(house, address)).status_code == 303
    assert actions(house) == ["file.set_aside", "file.release"]


def test_deleting_takes_it_out_of_the_release(house, administrator, address):
    judged(house, Judgement.INFECTED, "Test.Harmful-1")
    where = download(house, address)
    answer = administrator.post(f"/administration/quarantine/{DIGEST}/delete", {"reason": "Có mã độc"})
    assert answer.status_code == 303
    assert "cai-dat.exe" not in administrator.get(address).text
    assert administrator.get(where).status_code == 404
    assert actions(house) == ["file.set_aside", "file.delete"]


def actions(house):
    with house.database.read() as session:
        asked = select(AuditEvent.action).where(AuditEvent.action.startswith("file.")).order_by(AuditEvent.id)
        return session.scalars(asked).all()


def test_scanning_everything_anew_asks_about_it_too(house, address):
    with house.database.write() as session:
        assert safety.enqueue_stored(session) == 1
        assert session.scalar(select(Job.payload).where(Job.kind == "scan_file")) == {"sha256": DIGEST}
