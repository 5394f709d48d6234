"""Time from a file on disk to a material in the library, for the largest of some packages."""

from __future__ import annotations

import argparse
import io
import json
import random
import time
import zipfile
from pathlib import Path

from support import installation

from content_packages.storage.receiving import receive
from elearn.demo.builder import build
from elearn.demo.lessons import LESSONS
from elearn.house import open_house
from elearn.services.access import load_identity
from elearn.services.account import account_by_login
from elearn.services.contribute import create_material, examine
from elearn.services.organisation import root_unit
from elearn.settings import load_settings


def generated(megabytes: int) -> bytes:
    """A demo lesson with media beside it that no compression makes smaller."""
    source = random.Random(11)
    buffer = io.BytesIO(build(LESSONS[0]))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(megabytes):
            archive.writestr(f"media/{number}.mp4", source.randbytes(1024 * 1024))
    return buffer.getvalue()


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
    told = {"megabytes": round(len(data) / 1e6, 1), "receive_s": round(received - started, 2)}
    told |= {"examine_and_store_s": round(examined - received, 2), "rows_s": round(done - examined, 3)}
    print(json.dumps({"bench": "importing", **told, "total_s": round(done - started, 2)}))


if __name__ == "__main__":
    main()
