"""Time from a file to a material in the library: a large package, and a heap of mixed files."""

from __future__ import annotations

import argparse
import base64
import io
import json
import random
import re
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PIL import Image
from support import PASSWORD, Browser, Installation, installation

import elearn.demo.documents
from content_packages.storage.receiving import receive
from elearn.demo.builder import build
from elearn.demo.lessons import LESSONS
from elearn.house import open_house
from elearn.services.access import load_identity
from elearn.services.account import account_by_login
from elearn.services.contribute import create_material, examine
from elearn.services.organisation import root_unit
from elearn.settings import load_settings

if TYPE_CHECKING:
    from elearn.house import House

PART = 16 * 1024 * 1024  # bytes of an upload in one request


def generated(megabytes: int) -> bytes:
    """A demo lesson with media beside it that no compression makes smaller."""
    source = random.Random(11)
    buffer = io.BytesIO(build(LESSONS[0]))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(megabytes):
            archive.writestr(f"media/{number}.mp4", source.randbytes(1024 * 1024))
    return buffer.getvalue()


def mixed(folder: Path) -> list[Path]:
    """Files as a school brings them: lessons, documents, web pages, pictures, texts, programs."""
    made = {f"bai-{number}.zip": build(lesson) for number, lesson in enumerate(LESSONS)}
    documents = Path(elearn.demo.documents.__file__).parent
    made |= {file.name: file.read_bytes() for file in documents.glob("*.pdf")}
    source = random.Random(5)
    for number in range(20):
        pages = {f"trang-{page}.html": f"<title>Trang {page}</title><p>{source.random()}" * 50 for page in range(10)}
        made[f"web-{number}.zip"] = zipped(pages | {"index.html": f"<title>Web {number}</title>"})
        made[f"anh-{number}.png"] = png(source)
        made[f"ghi-chu-{number}.txt"] = ("Phân số bằng nhau. " * 400 + str(number)).encode()
        made[f"phan-mem-{number}.zip"] = zipped({"setup.exe": "MZ" + str(source.random()), "doc.txt": "Toán"})
    for name, data in made.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in made]


def zipped(files: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def png(source: random.Random) -> bytes:
    buffer = io.BytesIO()
    Image.frombytes("RGB", (400, 300), source.randbytes(360_000)).save(buffer, "PNG")
    return buffer.getvalue()


def take_in(house: House, name: str, data: bytes) -> None:
    with receive(io.BytesIO(data), house.settings.staging_folder, len(data)) as staged:
        intake = examine(house.storage, staged, name)
        assert intake.facts.accepted, (name, intake.facts.findings)
        with house.database.write() as session:
            by = load_identity(session, account_by_login(session, "quan.tri").id)
            create_material(session, by, root_unit(session), intake)


def many(place: Installation) -> dict[str, float]:
    """Files and megabytes in a second, by one process."""
    house = open_house(load_settings({"ELEARN_HOME": str(place.home)}))
    folder = place.home / "mixed"
    folder.mkdir()
    files = mixed(folder)
    size = sum(file.stat().st_size for file in files)
    started = time.perf_counter()
    for file in files:
        take_in(house, file.name, file.read_bytes())
    seconds = time.perf_counter() - started
    house.close()
    told = {"mixed_files": len(files), "mixed_megabytes": round(size / 1e6, 1)}
    return told | {"files_per_second": round(len(files) / seconds, 1), "mb_per_second": round(size / 1e6 / seconds, 1)}


class Teacher(Browser):
    """Somebody who sends a file in parts and then plays it."""

    def __init__(self, port: int) -> None:
        super().__init__(port)
        token = self.get("/sign-in").field("csrf_token")
        self.post_form("/sign-in", csrf_token=token, login="quan.tri", password=PASSWORD)
        self.token = self.get("/account").field("csrf_token")

    def send_parts(self, data: bytes) -> str:
        """Send a file in parts; gives the uid of the upload."""
        own = {"Tus-Resumable": "1.0.0", "X-CSRFToken": self.token}
        name = base64.b64encode(b"lon.zip").decode()
        said = {"Upload-Length": str(len(data)), "Upload-Metadata": f"filename {name}"}
        address = self.send("POST", "/uploads", **own, **said).headers["Location"]
        for start in range(0, len(data), PART):
            said = {"Upload-Offset": str(start), "Content-Type": "application/offset+octet-stream"}
            answer = self.send("PATCH", address, data[start : start + PART], **own, **said)
            assert answer.status == 204, answer.text
        return address.rpartition("/")[2]

    def play(self, uid: str) -> None:
        """Until the first page of the lesson is here."""
        shell = self.post_form(f"/materials/{uid}/play", csrf_token=self.token).headers["Location"]
        code = json.loads(self.post_json(f"{shell}/code", {"tab": "bench"}, **{"X-CSRFToken": self.token}).body)
        page = urlsplit(code["url"])
        start = re.search(r'id="start">(.*?)</script>', self.get(page.path, host=page.netloc).text, re.DOTALL)
        begun = json.loads(start[1])
        first = begun["files"] + begun["view"]["delivery"]["path"]
        assert self.get(first, host=page.netloc).status == 200, first


def last_byte_to_playable(place: Installation, data: bytes) -> dict[str, float]:
    """From the answer to the last part until the first page of the lesson has come, over HTTP."""
    with place.serve():
        teacher = Teacher(place.port)
        upload = teacher.send_parts(data)
        started = time.perf_counter()
        answer = teacher.post_form("/contribute", csrf_token=teacher.token, upload=upload)
        assert answer.status == 303, answer.text
        taken = time.perf_counter()
        teacher.play(answer.headers["Location"].split("/")[-2])
        done = time.perf_counter()
        teacher.close()
    return {"taken_in_s": round(taken - started, 2), "last_byte_to_playable_s": round(done - started, 2)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, help="a package; default: one of 100 MB is generated")
    file = parser.parse_args().file
    data = file.read_bytes() if file else generated(100)
    with installation(0) as place:
        house = open_house(load_settings({"ELEARN_HOME": str(place.home)}))
        started = time.perf_counter()
        with receive(io.BytesIO(data), house.settings.staging_folder, len(data)) as staged:
            received = time.perf_counter()
            intake = examine(house.storage, staged, file.name if file else "generated.zip")
            assert intake.facts.accepted, intake.facts.findings
            examined = time.perf_counter()
            with house.database.write() as session:
                by = load_identity(session, account_by_login(session, "quan.tri").id)
                create_material(session, by, root_unit(session), intake)
        done = time.perf_counter()
        house.close()
        more = many(place) | last_byte_to_playable(place, data)
    told = {"megabytes": round(len(data) / 1e6, 1), "receive_s": round(received - started, 2)}
    told |= {"examine_and_store_s": round(examined - received, 2), "rows_s": round(done - examined, 3)}
    print(json.dumps({"bench": "importing", **told, "total_s": round(done - started, 2), **more}))


if __name__ == "__main__":
    main()
