"""What pages and scripts mention: said only where all of them could be read."""

import pytest

from scorm.validation import launch_pages
from tests.support.validation import FILES, examined, leaf

NO_CONTINUE = (
    "<adlnav:presentation><adlnav:navigationInterface><adlnav:hideLMSUI>continue</adlnav:hideLMSUI>"
    "</adlnav:navigationInterface></adlnav:presentation>"
)
FLOW_ONLY = '<imsss:sequencing><imsss:controlMode choice="false" flow="true"/></imsss:sequencing>'
SILENT = {**FILES, "index.html": b"<h1>Bai 1</h1>"}


def test_a_sco_in_whose_package_nothing_mentions_the_api_is_found():
    assert examined(items=leaf("i1"), files=SILENT)["cam_api_not_found"].params["names"] == "i1: r1"


@pytest.mark.parametrize("script", [b"w.API_1484_11", b"LMSInitialize('')", b"import SCORM", "API".encode("utf-16")])
def test_a_script_that_mentions_the_api_is_enough(script):
    assert "cam_api_not_found" not in examined(items=leaf("i1"), files={**SILENT, "lib/x.js": script})


def test_nothing_is_said_of_pages_beyond_the_budget(monkeypatch):
    monkeypatch.setattr(launch_pages, "_READ", 5)
    assert "cam_api_not_found" not in examined(items=leaf("i1"), files=SILENT)


def test_nothing_is_said_where_there_is_no_page():
    assert "cam_api_not_found" not in examined(items=leaf("i1"), files={**FILES, "index.html": None})


def test_a_sco_that_hides_continue_and_cannot_go_on_by_itself_is_found():
    items = leaf("i1", more=NO_CONTINUE) + leaf("i2") + FLOW_ONLY
    assert examined(items=items)["nav_no_way_on"].params["names"] == "i1"


def test_a_sco_may_ask_for_navigation_itself():
    items = leaf("i1", more=NO_CONTINUE) + leaf("i2") + FLOW_ONLY
    script = b"API_1484_11.SetValue('adl.nav.request', 'continue')"
    assert "nav_no_way_on" not in examined(items=items, files={**FILES, "index.html": script})


def test_the_last_sco_and_one_beside_a_table_of_contents_may_hide_continue():
    assert "nav_no_way_on" not in examined(items=leaf("i1") + leaf("i2", more=NO_CONTINUE) + FLOW_ONLY)
    assert "nav_no_way_on" not in examined(items=leaf("i1", more=NO_CONTINUE) + leaf("i2"))


def test_pages_are_searched_once_however_many_items_ask(monkeypatch):
    class Counted:
        searched = 0

        def search(self, _text):
            Counted.searched += 1

    monkeypatch.setattr(launch_pages, "_NAVIGATION", Counted())
    items = "".join(leaf(f"i{n}", more=NO_CONTINUE) for n in range(50)) + FLOW_ONLY
    assert examined(items=items)["nav_no_way_on"].params["count"] == 49
    assert Counted.searched == 1
