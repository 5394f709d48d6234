"""Authoring tools are recognised by what they leave in a package."""

import pytest

from content_packages.readers.authoring_tools import detect_tool, named_generator

LEFT_BEHIND = {
    "Articulate Rise": {"scormcontent/lib/rise/1.js": ""},
    "Articulate Storyline": {"story_content/a.js": ""},
    "Articulate Storyline 3.8.1": {"story.html": "<!-- Created using Storyline 3 --><!-- version: 3.8.1 -->"},
    "iSpring 10.2.0": {"index.html": "<!-- Created with iSpring --><!--version 10.2.0 -->"},
    "Adobe Captivate": {"assets/js/CPXHRLoader.js": ""},
    "Adobe Captivate 11.5": {"index.html": "<!-- Adobe Captivate 11.5 -->"},
    "Adobe Presenter": {"breeze-manifest.xml": ""},
    "eXeLearning 2.6": {"index.html": '<meta name="generator" content="eXeLearning 2.6 - exelearning.net">'},
    "Adapt": {"adapt/js/adapt.min.js": ""},
    "Lectora": {"trivantis-player.js": ""},
    "Camtasia": {"bai_player.html": ""},
    "H5P": {"h5p.json": "{}"},
    "Rustici golf sample": {"shared/launchpage.html": ""},
    "": {"index.html": "<p>Làm bằng tay</p>"},
}


@pytest.mark.parametrize(("tool", "files"), LEFT_BEHIND.items())
def test_a_tool_is_recognised(opened, tool, files):
    assert detect_tool(opened(files), launch="index.html") == tool


def test_rise_is_recognised_by_the_bundle_of_its_first_years(opened):
    assert detect_tool(opened({"scormcontent/lib/main.bundle.js": ""})) == "Articulate Rise"


def test_the_manifest_tells_too(opened):
    assert detect_tool(opened({"a": "b"}), b'<organization identifier="articulate_rise">') == "Articulate Rise"


def test_a_generator_must_look_like_a_name():
    assert named_generator(["", " \n ", "x" * 200, " Violet  1.9 "]) == "Violet 1.9"
    assert named_generator([]) == ""
