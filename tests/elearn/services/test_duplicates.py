"""What an upload is like: found by a job, and told as far as each one may see the other material."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from elearn.models.account import Role
from elearn.models.material import Likeness, Material, Part, Status, Version, VersionLikeness, VersionSketch
from elearn.models.operations import Job
from elearn.services import duplicates, likeness
from elearn.services.authorship import Verdict, authorship_of
from elearn.services.drafts import delete_draft
from elearn.services.likeness import ALIKE, DOUBT, SKETCH, guess, keep_prints, prints_of, share_of, shingles
from scorm.manifest import manifest_to_json, read_manifest
from tests.support.factories import World
from tests.support.playing import some_scos
from tests.support.properties import unhurried

WORDS = [f"từ{number}" for number in range(300)]
TEXT = " ".join(WORDS)


def hashes(elements):
    return frozenset(int(value) for value in elements)


def least(elements):
    return np.array(sorted(elements)[:SKETCH], dtype="u8")


@given(st.integers(0, 2**32), st.integers(40, 3000), st.integers(0, 100))
@unhurried
def test_sketches_tell_the_share_of_two_texts(seed, size, percent):
    draw = np.random.default_rng(seed)
    both = hashes(draw.integers(0, 2**63, size * percent // 100, dtype="u8"))
    one = both | hashes(draw.integers(0, 2**63, size - len(both), dtype="u8"))
    other = both | hashes(draw.integers(0, 2**63, size - len(both), dtype="u8"))
    told = guess(least(one), len(one), least(other), len(other))
    assert abs(told - share_of(one, other)) < 2 * DOUBT
    assert told == guess(least(other), len(other), least(one), len(one))


def test_texts_that_share_four_fifths_nearly_always_share_a_key():
    draw = np.random.default_rng(11)
    met = 0
    for _ in range(2000):
        both = draw.integers(0, 2**63, 400, dtype="u8")
        one, other = (np.sort(np.concatenate([both, draw.integers(0, 2**63, 50, dtype="u8")])) for _ in range(2))
        met += bool(set(one[: likeness.KEYS].tolist()) & set(other[: likeness.KEYS].tolist()))
    assert met == 2000


@pytest.fixture
def school(world):
    return world.unit("TH1", world.unit("SO"))


@pytest.fixture
def make(session, world, school):
    """A material of a new author with a text and perhaps a manifest, with the prints that intake gives it."""

    def lesson(text="", unit=None, status=Status.PUBLISHED, manifest=None, **values):
        material = world.material(unit or school, world.account(person=world.person()), status, **values)
        session.refresh(material)
        version = material.current_version
        version.parts = [Part(key="1", kind="page", title="", position=0, href="", text=text)]
        if manifest is not None:
            version.manifest = manifest_to_json(manifest)
        keep_prints(session, version, prints_of(None, [text], manifest))
        session.flush()
        return material

    return lesson


@pytest.fixture
def compare(session):
    """Let the job of a material's version run."""

    def run(material):
        version = session.get_one(Material, material.id).current_version
        duplicates.keep(session, version.id, duplicates.find(session, version))
        session.expire_all()
        return session.scalars(select(VersionLikeness).where(VersionLikeness.version_id == version.id)).all()

    return run


def outline(*names):
    manifest, _ = read_manifest(some_scos(*names).encode(), ["imsmanifest.xml", *(f"{name}.html" for name in names)])
    return manifest


def test_near_copies_are_found_and_what_shares_less_is_not(make, compare, world):
    near, far = make(TEXT.replace("từ100", "khác")), make(" ".join([*WORDS[:150], *(f"mới{n}" for n in range(150))]))
    (row,) = compare(make(TEXT))
    assert (row.other_id, row.how) == (near.versions[0].id, Likeness.TEXT)
    assert row.share >= ALIKE
    assert far.id != near.id


def test_the_very_same_file_is_known_before_any_job(session, make, world, school):
    one, other = make(TEXT), make("khác")
    other.current_version.blob_sha256 = one.current_version.blob_sha256
    session.flush()
    twins = duplicates.twins_of(session, world.somebody(Role.REVIEWER, school), other)
    assert [(twin.material.id, twin.how) for twin in twins.seen] == [(one.id, Likeness.FILE)]
    assert not twins.is_compared


def test_a_form_that_everybody_fills_in_hides_no_copy(session, make, compare, monkeypatch):
    monkeypatch.setattr(likeness, "COMMON", 3)
    form = [f"mẫu{number}" for number in range(100)]
    for number in range(6):
        make(" ".join([*form, *(f"riêng{number}-{word}" for word in range(400))]))
    copy = make(" ".join([*form, *(f"bản-{word}" for word in range(400))]))
    rows = compare(make(" ".join([*form, *(f"bản-{word}" for word in range(400))])))
    assert [row.other_id for row in rows] == [copy.current_version.id]


def test_each_is_told_what_they_may_see_and_a_reviewer_how_much_more_there_is(session, world, school, make, compare):
    elsewhere = world.unit("TH2")
    hidden, seen = make(TEXT, unit=elsewhere, status=Status.DRAFT), make(TEXT)
    mine = make(TEXT, status=Status.DRAFT)
    compare(mine)
    mine = session.get_one(Material, mine.id)
    owner, reviewer = world.identity(mine.owner), world.somebody(Role.REVIEWER, school)
    world.grant(mine.owner, Role.TEACHER, school)
    owner = world.identity(mine.owner)
    for who, reviews, more in ((owner, False, 0), (reviewer, True, 1)):
        twins = duplicates.twins_of(session, who, mine, reviews=reviews)
        assert [twin.material.id for twin in twins.seen] == [seen.id]
        assert (twins.hidden, twins.is_compared) == (more, True)
    department = world.somebody(Role.ADMINISTRATOR, world.unit("X", None))
    assert hidden.id not in [twin.material.id for twin in duplicates.twins_of(session, department, mine).seen]


def test_the_earlier_one_is_told_of_the_later_one_too(session, world, school, make, compare):
    first = make(TEXT)
    later = make(TEXT)
    compare(later)
    first = session.get_one(Material, first.id)
    twins = duplicates.twins_of(session, world.somebody(Role.REVIEWER, school), first)
    assert [twin.material.id for twin in twins.seen] == [later.id]


def test_the_same_outline_with_much_of_the_text_is_a_copy_and_without_it_is_none(session, make):
    first = make(TEXT, manifest=outline("a", "b"))
    half = " ".join([*WORDS[:230], *(f"mới{n}" for n in range(70))])
    assert shingles([half]) & shingles([TEXT])
    copy = make(half, manifest=outline("a", "b"))
    found = authorship_of(session, copy)
    assert (found.verdict, found.original, found.likeness) == (Verdict.DUPLICATE, first, Likeness.MANIFEST)
    assert authorship_of(session, make(half, manifest=outline("b", "a"))).likeness is not Likeness.MANIFEST
    own = " ".join(f"riêng{n}" for n in range(300))
    assert authorship_of(session, make(own, manifest=outline("a", "b"))).original is None


def test_a_draft_that_was_compared_can_be_deleted(session, world, make, compare):
    first, later = make(TEXT, status=Status.DRAFT), make(TEXT, status=Status.DRAFT)
    compare(later)
    first = session.get_one(Material, first.id)
    delete_draft(session, world.identity(first.owner), first)
    assert session.scalars(select(VersionLikeness)).all() == []


def test_versions_of_before_there_were_comparisons_get_their_turn(database):
    with database.write() as session:
        world = World(session)
        material = world.material(world.unit("SO"), world.account())
        version = session.scalars(select(Version).where(Version.material_id == material.id)).one()
        session.add(Part(version_id=version.id, key="1", kind="page", title="", position=0, href="", text=TEXT))
        assert duplicates.ask_for_the_rest(session) == 1
        payload = session.scalars(select(Job.payload).where(Job.kind == duplicates.KIND)).one()
    finish = duplicates.compare_job(database, payload)
    with database.write() as session:
        finish(session)
        sketch = session.get_one(VersionSketch, payload["version_id"])
        assert sketch.shingles == len(shingles([TEXT]))
        assert sketch.compared_at is not None
        assert duplicates.ask_for_the_rest(session) == 0


def test_a_version_that_is_gone_is_compared_with_nothing(database):
    assert duplicates.compare_job(database, {"version_id": 10**6}) is None
