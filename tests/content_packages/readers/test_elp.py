"""Projects of eXeLearning, of version 3 and of version 2."""

import pytest

from content_packages.facts import Kind
from tests.support.packages import HOME_PAGE
from tests.support.zips import simple_zip


def project(title="Bài", *pages):
    listed = "".join(
        f"<odeNavStructure><pageName>{name}</pageName><htmlView>&lt;p&gt;{text}&lt;/p&gt;</htmlView></odeNavStructure>"
        for name, text in pages
    )
    properties = "".join(
        f"<odeProperty><key>{key}</key><value>{value}</value></odeProperty>"
        for key, value in {
            "pp_title": title,
            "pp_lang": "vi",
            "pp_author": "Lan",
            "pp_description": "undefined",
        }.items()
    )
    return (
        f'<!DOCTYPE ode SYSTEM "content.dtd"><ode xmlns="http://www.intef.es/xsd/ode">{properties}'
        f"<odeNavStructures>{listed}</odeNavStructures></ode>"
    )


def codes(facts):
    return [found.code for found in facts.findings]


def test_a_project_of_version_3_is_read_page_by_page(inspected):
    files = {"content.xml": project("Bài", ("Mở đầu", "Phân số"), ("Bài tập", "Hai nửa")), "index.html": HOME_PAGE}
    facts = inspected(simple_zip(files), "bai.elpx")
    assert (facts.kind, facts.standard, facts.title) == (Kind.ELP, "eXeLearning", "Bài")
    assert (facts.language, facts.authors, facts.description) == ("vi", ("Lan",), "")
    assert [(part.title, part.text) for part in facts.parts] == [
        ("Mở đầu", "Mở đầu Phân số"),
        ("Bài tập", "Bài tập Hai nửa"),
    ]
    assert (dict(facts.properties), codes(facts)) == ({"entry": "index.html"}, ["results_not_recorded"])


def test_a_project_of_version_2_is_read_as_one_text(inspected):
    values = {"_title": "Bài", "content_w_resourcePaths": "&lt;p&gt;Phân số&lt;/p&gt;", "other": "không"}
    pairs = "".join(
        f'<string role="key" value="{key}"></string>\n<unicode value="{value}"></unicode>'
        for key, value in values.items()
    )
    facts = inspected(simple_zip({"contentv3.xml": f"<instance>{pairs}</instance>"}), "bai.elp")
    assert (facts.title, [part.text for part in facts.parts]) == ("Bài", ["Bài Phân số"])
    assert codes(facts) == ["not_played_yet"]


def test_a_pickled_project_is_kept_and_never_opened(inspected):
    facts = inspected(simple_zip({"content.data": b"cos\nsystem\n(S'exit 1'\ntR."}), "cu.elp")
    assert (facts.kind, facts.accepted, facts.parts) == (Kind.ELP, True, ())


@pytest.mark.parametrize("data", ["<instance>", "<a>" * 3000, b"\xff\xfe", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
def test_a_broken_project_is_a_finding_and_no_more(inspected, data):
    facts = inspected(simple_zip({"contentv3.xml": data}), "bai.elp")
    assert codes(facts) == ["document_partly_unreadable", "not_played_yet"]
