"""`elearn import`: what is told and kept of a file whose makers wrote what nobody can see."""

import json

from sqlalchemy import select

from elearn.house import open_house
from elearn.models.material import Material
from elearn.settings import load_settings
from tests.support.manifests import manifest_xml
from tests.support.packages import scorm_files
from tests.support.zips import simple_zip

UNSEEN = "\u202e\u200b\x9f\ue000"


def imported(ready, path):
    ready("user", "add", "gv", "--role", "teacher", "--password-stdin", text="con mèo trèo cây")
    return json.loads(ready("import", path, "--by", "gv", "--json").stdout)


def test_titles_and_names_are_kept_without_what_nobody_can_see(ready, home, tmp_path):
    organizations = (
        f'<organizations><organization identifier="o1"><title>Phân{UNSEEN}  số</title>'
        f'<item identifier="i1" identifierref="r1"><title>{UNSEEN}Bài 1</title></item></organization></organizations>'
    )
    path = tmp_path / f"phan{UNSEEN} so.zip"
    path.write_bytes(simple_zip(scorm_files() | {"imsmanifest.xml": manifest_xml("1.2", organizations=organizations)}))
    told = imported(ready, path)
    assert (told["status"], told["title"]) == ("accepted", "Phân số")
    house = open_house(load_settings({}, home=home))
    with house.database.read() as session:
        material = session.scalars(select(Material)).one()
        version = material.current_version
        assert (material.title, version.file_name) == ("Phân số", "phan so.zip")
        assert [part.title for part in version.parts] == ["Bài 1"]
    house.close()


def test_a_file_that_says_nothing_that_can_be_seen_is_called_by_its_name(ready, tmp_path):
    path = tmp_path / f"{UNSEEN}.html"
    path.write_text(f"<title>{UNSEEN}</title>", encoding="utf-8")
    told = imported(ready, path)
    assert told["title"] == ".html"
    assert told["file"] == str(path).replace("\x9f", "")
