"""The bounds of archives that an operator has set hold on every way in."""

import pytest
from sqlalchemy import select

from elearn.models.upload import Fetch
from elearn.services import fetching
from elearn.services.outside import Downloaded
from elearn.worker import Worker
from tests.support.contributing import kept, upload
from tests.support.packages import scorm_package
from tests.support.tus import Sender

ADDRESS = "https://thu-vien.example/bai.zip"


@pytest.fixture(
    params=[
        ("ELEARN_ARCHIVE_FILES", "2", scorm_package(mot="1", hai="2"), "zip_too_many_entries"),
        (
            "ELEARN_ARCHIVE_UNPACKED_MB",
            "1",
            scorm_package(mot__bin=bytes(600_000), hai__bin=bytes(600_000)),
            "zip_too_large",
        ),
        ("ELEARN_ARCHIVE_RATIO", "50", scorm_package(bom__bin=bytes(8_000_000)), "zip_bomb"),
    ],
    ids=lambda param: param[0],
)
def bound(request):
    return request.param


@pytest.fixture
def house(make_house, bound):
    return make_house(**{bound[0]: bound[1]})


@pytest.fixture
def data(bound):
    return bound[2]


def test_by_the_form(house, teacher, data):
    assert upload(teacher, data).status_code == 422
    assert kept(house) == (0, 0, 0, 0)


def test_in_parts(house, teacher, data):
    sender = Sender(teacher)
    assert sender.use(sender.sent(data)).status_code == 422
    assert kept(house) == (0, 0, 0, 0)


def test_from_an_address(house, teacher, data, monkeypatch, bound):
    def download(_guard, _url, file, _limits, _told):
        file.write(data)
        return Downloaded(len(data), "bai.zip")

    monkeypatch.setattr(fetching, "download", download)
    teacher.post("/contribute/from-address", {"addresses": ADDRESS})
    worker = Worker(house)
    while worker.step_beside():
        pass
    with house.database.read() as session:
        assert session.scalar(select(Fetch.code)) == bound[3]
    assert kept(house) == (0, 0, 0, 0)
