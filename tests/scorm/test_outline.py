"""A manifest in a few words: contents with what each item opens, and what its sequencing uses."""

from scorm import outline
from scorm.manifest import read_manifest
from scorm.outline import OutlineItem, outlines_of
from tests.support.manifests import ENTRIES, RESOURCE, manifest_xml
from tests.support.validation import cluster, leaf, objectives, rollup, rule


def outlined(version="2004 4th Edition", **parts):
    manifest, _ = read_manifest(manifest_xml(version, **parts).encode(), ENTRIES)
    return outlines_of(manifest)


def test_the_contents_show_depth_and_what_each_item_opens():
    hidden = leaf("i2", attributes='isvisible="false"')
    (found,) = outlined(items=cluster("c", leaf("i1") + hidden) + '<item identifier="i3"><title>x</title></item>')
    assert found.items == (
        OutlineItem(0, "c", "c", "cluster"),
        OutlineItem(1, "i1", "i1", "sco", "index.html"),
        OutlineItem(1, "i2", "i2", "sco", "index.html", is_visible=False),
        OutlineItem(0, "x", "i3", "nothing"),
    )
    assert (found.title, found.is_default, found.scos) == ("Toán lớp 5", True, 2)


def test_a_resource_that_is_no_sco_is_a_page():
    (found,) = outlined("1.2", resources=RESOURCE.replace('"sco"', '"asset"'))
    assert [item.kind for item in found.items] == ["asset"]


def test_items_beyond_what_anybody_reads_are_counted(monkeypatch):
    monkeypatch.setattr(outline, "MOST_ITEMS", 3)
    (found,) = outlined(items="".join(leaf(f"i{n}") for n in range(10)))
    assert (len(found.items), found.left_out, found.scos) == (3, 7, 10)


def test_the_sequencing_is_summed_up():
    to_global = '<imsss:mapInfo targetObjectiveID="g" writeSatisfiedStatus="true"/>'
    quiz = leaf(
        "quiz",
        rule("post", "retry", 'condition="satisfied"')
        + '<imsss:limitConditions attemptLimit="3"/>'
        + objectives("", primary=to_global),
    )
    root = '<imsss:sequencing><imsss:controlMode choice="false" flow="true"/></imsss:sequencing>'
    (found,) = outlined(items=cluster("c", quiz, rollup("", 'condition="completed"')) + root)
    summary = found.sequencing
    assert (summary.choice, summary.flow, summary.forward_only) == (False, True, False)
    assert (summary.rules, summary.rollup_rules, summary.limits) == (1, 1, 1)
    assert (summary.global_objectives, summary.shares_objectives) == (("g",), True)


def test_scorm_1_2_has_no_sequencing():
    assert outlined("1.2")[0].sequencing is None
