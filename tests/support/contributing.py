"""Contributing through the pages, for tests over the whole application."""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import event, func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import stream_encode_multipart

from elearn.models.material import Material, StoredBlob
from elearn.services.indexing import rebuild
from tests.support.packages import scorm_package

if TYPE_CHECKING:
    from collections.abc import Iterator

    from elearn.house import House
    from tests.support.web import Browser

SAID = {"title": "Phân số bằng nhau", "levels": "TH", "grades": "4", "subjects": "TOAN", "language": "vi"}
SAID |= {"licence": "CC-BY-4.0", "description": "Học sinh so sánh hai phân số.", "author_name": "Nguyễn Thị Lan"}


def upload(browser: Browser, data: bytes, name: str = "bai-giang.zip", to: str = "/contribute", **fields: Any) -> Any:
    """Send a file as a form does."""
    form = {"csrf_token": browser.csrf(), "file": FileStorage(io.BytesIO(data), name), **fields}
    # In memory: werkzeug's own test client leaves the temporary file of a large form open.
    body, _length, boundary = stream_encode_multipart(form, use_tempfile=False)
    kind = f'multipart/form-data; boundary="{boundary}"'
    return browser.open(to, method="POST", input_stream=body, content_type=kind)


def uploaded(browser: Browser, data: bytes | None = None, name: str = "bai-giang.zip", **fields: Any) -> str:
    """Upload a good file; returns the uid of its draft."""
    answer = upload(browser, data or scorm_package(), name, **fields)
    assert answer.status_code == 303
    uid: str = answer.headers["Location"].split("/")[-2]
    return uid


def described(browser: Browser, uid: str, *, submit: bool = True, **changes: Any) -> Any:
    """Fill in the form about a draft, and submit it unless told otherwise."""
    said = {**SAID, **changes, ("submit" if submit else "save"): "1"}
    return browser.post(f"/materials/{uid}/edit", said)


def published(author: Browser, reviewer: Browser, data: bytes | None = None, **changes: Any) -> str:
    """Bring a material the whole way; returns its uid."""
    uid = uploaded(author, data, changes.pop("name", "bai-giang.zip"))
    assert described(author, uid, **changes).status_code == 303
    assert reviewer.post(f"/materials/{uid}/publish", {"note": "Tốt"}).status_code == 303
    return uid


def indexed(house: House) -> None:
    """Let search know everything."""
    rebuild(house.database, house.engine)


def kept(house: House) -> tuple[int, int, int, int]:
    """What is stored: materials, rows of blobs, blobs in the storage, files in staging."""
    with house.database.read() as session:
        materials = session.scalar(select(func.count()).select_from(Material)) or 0
        rows = session.scalar(select(func.count()).select_from(StoredBlob)) or 0
    return materials, rows, len(list(house.storage.blobs())), len(list(house.settings.staging_folder.iterdir()))


@contextmanager
def counted(house: House) -> Iterator[list[str]]:
    """The statements that the database is asked meanwhile."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    event.listen(house.database.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(house.database.engine, "before_cursor_execute", note)
