"""Large files are handed to the server itself, which reads them, so that no thread waits for a slow line."""

from datetime import date
from io import BytesIO
from random import Random

import pytest
from werkzeug.datastructures import Headers
from werkzeug.test import create_environ

from content_packages.storage.receiving import receive
from elearn.models.material import SoftwareDetail, Status
from elearn.models.software import SoftwareFile, SoftwareRelease
from elearn.services.blobs import record_blob
from elearn.services.organisation import root_unit
from elearn.services.player.capability import capability_of, host_label
from tests.support.factories import World

DATA = Random(3).randbytes(1_000_000)


@pytest.fixture
def place(house, tmp_path):
    """Where a large file is downloaded: origin and path."""
    with receive(BytesIO(DATA), tmp_path, len(DATA)) as staged:
        house.storage.put(staged.path, staged.sha256)
    with house.database.write() as session:
        world, root = World(session, 500), root_unit(session)
        title = world.material(root, world.account("chu"), Status.PUBLISHED, kind="software")
        title.software = SoftwareDetail()
        record_blob(session, staged.sha256, len(DATA))
        release = world.add(SoftwareRelease(title_id=title.id, version="1", released_on=date(2026, 1, 1)))
        about = {"platform": "windows", "file_name": "cai.exe", "media_type": "application/x", "facts": {}}
        file = world.add(SoftwareFile(release_id=release.id, blob_sha256=staged.sha256, findings=[], **about))
        secret = house.settings.secret_key
        path = f"/d/{capability_of(secret, file.uid, title.capability_epoch)}/cai.exe"
        return f"http://{host_label(secret, file.uid)}.localhost", path


class Handed:
    """What a server is handed: the file, and where it stood; nothing is read before the server does."""

    def __init__(self, file, _block_size):
        self.file, self.at = file, file.tell()

    def __iter__(self):
        return iter([b""])

    def read(self, length):
        """What a server sends of it."""
        self.file.seek(self.at)
        with self.file:
            return self.file.read(length)


@pytest.fixture
def fetch(app, place):
    """Fetch with some headers from a server that reads files itself: the answer, and the body it would send."""

    def got(**headers):
        handed = []

        def wrapper(file, block_size):
            handed.append(Handed(file, block_size))
            return handed[-1]

        environ = {"wsgi.file_wrapper": wrapper, "REMOTE_ADDR": "127.0.0.1"}
        environ |= create_environ(place[1], place[0], headers=headers) | environ
        told = {}
        body = app(environ, lambda status, lines, _error=None: told.update(status=status, lines=Headers(lines)))
        if handed:
            assert body is handed[0]  # wrapped in anything else, a server would not know it
            return told, handed[0].read(int(told["lines"]["Content-Length"]))
        return told, b"".join(body)

    return got


def test_the_whole_file_is_handed_over(fetch):
    told, body = fetch()
    assert (told["status"], body) == ("200 OK", DATA)
    assert told["lines"]["Content-Disposition"].startswith("attachment")
    assert told["lines"]["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize(("first", "last"), [(0, 499_999), (300_001, 999_999), (1, 700_000)])
def test_a_large_range_is_handed_over_from_its_first_byte_to_its_last(fetch, first, last):
    told, body = fetch(Range=f"bytes={first}-{last}")
    assert (told["status"], body) == ("206 PARTIAL CONTENT", DATA[first : last + 1])
    assert told["lines"]["Content-Range"] == f"bytes {first}-{last}/{len(DATA)}"


def test_small_ranges_are_not_and_what_is_outside_is_refused(fetch):
    told, body = fetch(Range="bytes=5-9")
    assert (told["status"], body) == ("206 PARTIAL CONTENT", DATA[5:10])
    assert fetch(Range="bytes=2000000-")[0]["status"].startswith("416")
