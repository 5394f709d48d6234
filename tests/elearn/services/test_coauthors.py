"""Co-authors: who may be named, by whom, when; what their answer opens and closes; for whom a lesson counts."""

import pytest
from sqlalchemy import select

from elearn.models.account import Account, AuditEvent, Role
from elearn.models.describing import Licence
from elearn.models.material import Material, MaterialLevel, Status
from elearn.models.people import Person
from elearn.services import coauthors, review
from elearn.services.access import Action, may, tokens_for, tokens_of, visible_materials
from elearn.services.authorship import Verdict, authors_due, authorship_of
from elearn.services.errors import ConflictError, ForbiddenError, NotFoundError, ServiceError


@pytest.fixture
def office(world):
    return world.unit("SO")


@pytest.fixture
def school(world, office):
    return world.unit("TH1", office)


@pytest.fixture
def make_colleague(world, school):
    """A person with a post, and the identity of an account: `make_colleague("Trần Văn Bình")`."""

    def make(name, unit=school, role=Role.TEACHER, login=""):
        person = world.person(name)
        world.post(person, unit)
        account = world.account(login, person)
        world.grant(account, role, unit)
        return person, world.identity(account)

    return make


@pytest.fixture
def author(make_colleague):
    return make_colleague("Nguyễn Thị Lan", login="lan")[1]


@pytest.fixture
def draft(session, world, school, author):
    levels = [MaterialLevel(level="TH")]
    material = world.material(school, session.get_one(Account, author.account_id), licence=Licence.CC_BY, levels=levels)
    session.refresh(material)
    return material


@pytest.fixture
def binh(make_colleague):
    return make_colleague("Trần Văn Bình", login="binh")


def test_colleagues_are_found_by_name_without_accents_and_by_code(session, author, draft, binh):
    person, _ = binh
    for text in ("binh", "bi", "Trần Văn", "tran  van", "van binh", person.code):
        assert coauthors.candidates(session, author, draft, text) == [person], text


@pytest.mark.parametrize("text", ["", " ", "b", "inh", "%%", "khong co ai"])
def test_too_short_or_strange_a_question_finds_nobody(session, author, draft, binh, text):
    assert coauthors.candidates(session, author, draft, text) == []


def test_people_of_the_offices_above_are_found_and_of_other_schools_not(
    session, world, office, author, draft, make_colleague
):
    above, _ = make_colleague("Phạm Bình Minh", office)
    elsewhere, _ = make_colleague("Lê Bình", world.unit("TH2", office))
    assert coauthors.candidates(session, author, draft, "binh") == [above]
    with pytest.raises(NotFoundError, match="coauthor_person_not_found"):
        coauthors.name(session, author, draft, elsewhere.uid)


def test_only_the_author_names_not_even_the_head(session, world, school, draft, binh):
    for role in (Role.UNIT_MANAGER, Role.REVIEWER, Role.TEACHER):
        somebody = world.somebody(role, school)
        with pytest.raises(ForbiddenError):
            coauthors.name(session, somebody, draft, binh[0].uid)
        with pytest.raises(ForbiddenError):
            coauthors.candidates(session, somebody, draft, "binh")


def test_three_at_most_and_nobody_twice_nor_the_author(session, author, draft, make_colleague):
    people = [make_colleague(f"Trần Văn {letter}")[0] for letter in "ABCD"]
    for person in people[:3]:
        coauthors.name(session, author, draft, person.uid)
    with pytest.raises(ConflictError, match="coauthor_too_many"):
        coauthors.name(session, author, draft, people[3].uid)
    with pytest.raises(ConflictError, match="coauthor_named_already"):
        coauthors.name(session, author, draft, people[0].uid)
    own = session.get_one(Person, author.person_id)
    with pytest.raises(ServiceError, match="coauthor_is_author"):
        coauthors.name(session, author, draft, own.uid)


@pytest.mark.parametrize("uid", ["", "x", "0" * 32])
def test_nobody_of_that_uid_is_named_or_removed(session, author, draft, uid):
    for act in (coauthors.name, coauthors.remove):
        with pytest.raises(NotFoundError, match="coauthor_person_not_found"):
            act(session, author, draft, uid)


def test_names_are_given_and_taken_back_only_before_submission(session, author, draft, binh, make_colleague):
    coauthors.name(session, author, draft, binh[0].uid)
    review.submit(session, author, draft)
    for act, person in ((coauthors.remove, binh[0]), (coauthors.name, make_colleague("Lê Hoa")[0])):
        with pytest.raises(ConflictError, match="coauthor_not_draft"):
            act(session, author, draft, person.uid)


def test_a_name_taken_back_is_gone_and_audited(session, author, draft, binh):
    coauthors.name(session, author, draft, binh[0].uid)
    coauthors.remove(session, author, draft, binh[0].uid)
    assert draft.co_authors == []
    assert list(coauthors.waiting_for(session, binh[1])) == []
    actions = session.scalars(select(AuditEvent.action).where(AuditEvent.subject_uid == draft.uid)).all()
    assert actions == ["material.coauthor.name", "material.coauthor.remove"]


def test_who_is_named_sees_the_draft_and_is_asked(session, author, draft, binh):
    _, identity = binh
    assert not may(identity, Action.SEE_MATERIAL, draft)
    coauthors.name(session, author, draft, binh[0].uid)
    assert [row.material_id for row in coauthors.waiting_for(session, identity)] == [draft.id]
    assert may(identity, Action.SEE_MATERIAL, draft)
    assert session.scalars(select(Material).where(visible_materials(identity))).all() == [draft]
    assert tokens_of(identity) & tokens_for(draft, identity.tree)


def test_who_declines_sees_it_no_more_and_is_not_asked_again(session, author, draft, binh):
    person, identity = binh
    coauthors.name(session, author, draft, person.uid)
    coauthors.answer(session, identity, draft.uid, confirms=False)
    assert not may(identity, Action.SEE_MATERIAL, draft)
    assert session.scalars(select(Material).where(visible_materials(identity))).all() == []
    assert list(coauthors.waiting_for(session, identity)) == []
    with pytest.raises(ConflictError, match="coauthor_declined"):
        coauthors.name(session, author, draft, person.uid)
    with pytest.raises(ConflictError, match="coauthor_declined"):
        coauthors.remove(session, author, draft, person.uid)


def test_an_answer_is_given_once_and_only_by_the_person(session, author, draft, binh, make_colleague):
    coauthors.name(session, author, draft, binh[0].uid)
    for other in (author, make_colleague("Lê Hoa")[1]):
        with pytest.raises(NotFoundError, match="coauthor_not_found"):
            coauthors.answer(session, other, draft.uid, confirms=True)
    coauthors.answer(session, binh[1], draft.uid, confirms=True)
    with pytest.raises(ConflictError, match="coauthor_answered"):
        coauthors.answer(session, binh[1], draft.uid, confirms=False)


@pytest.mark.parametrize("confirmed", [False, True])
def test_a_reviewer_who_is_named_cannot_publish_with_whichever_account(
    session, world, school, author, draft, make_colleague, confirmed
):
    person, identity = make_colleague("Trần Văn Bình", login="binh")
    second = world.account("binh.duyet", person)
    world.grant(second, Role.REVIEWER, school)
    coauthors.name(session, author, draft, person.uid)
    if confirmed:
        coauthors.answer(session, identity, draft.uid, confirms=True)
    review.submit(session, author, draft)
    reviewer = world.identity(second)
    assert review.queue(session, reviewer) == (0, [])
    with pytest.raises(ForbiddenError, match="not_independent"):
        review.publish(session, reviewer, draft)


@pytest.fixture
def published(session, author, draft, make_colleague):
    def bring(reviewer=None):
        review.submit(session, author, draft)
        review.publish(session, reviewer or make_colleague("Phạm Duyệt", role=Role.REVIEWER)[1], draft)
        return draft

    return bring


def due(session, material):
    return {identity.person_id for identity, _ in authors_due(session, material)}


def test_a_lesson_counts_for_its_author_and_those_who_confirmed(
    session, author, draft, binh, make_colleague, published
):
    hoa, hoa_identity = make_colleague("Lê Hoa")
    coauthors.name(session, author, draft, binh[0].uid)
    coauthors.name(session, author, draft, hoa.uid)
    coauthors.answer(session, binh[1], draft.uid, confirms=True)
    assert due(session, draft) == set()
    published()
    assert due(session, draft) == {author.person_id, binh[0].id}
    coauthors.answer(session, hoa_identity, draft.uid, confirms=True)
    assert due(session, draft) == {author.person_id, binh[0].id, hoa.id}


@pytest.mark.parametrize("kind", ["software", "archive", "image"])
def test_programs_and_raw_files_are_no_lessons(session, draft, published, kind):
    draft.kind = kind
    published()
    assert authorship_of(session, draft).verdict is Verdict.NOT_LESSON
    assert due(session, draft) == set()


def test_an_approval_by_an_account_of_nobody_publishes_and_counts_for_nobody(session, world, school, draft, published):
    published(world.somebody(Role.REVIEWER, school))
    assert draft.status is Status.PUBLISHED
    assert authorship_of(session, draft).verdict is Verdict.NOT_INDEPENDENT
    assert due(session, draft) == set()


def test_an_approval_by_an_account_that_turns_out_to_be_an_authors_counts_for_nobody(
    session, world, school, author, draft, published
):
    puppet = world.somebody(Role.REVIEWER, school)
    published(puppet)
    session.get_one(Account, puppet.account_id).person_id = author.person_id
    assert due(session, draft) == set()


@pytest.fixture
def copy_of(session, world, school):
    """Another material of the same bytes, uploaded later."""

    def make(material, owner):
        copy = world.material(school, session.get_one(Account, owner.account_id), Status.PUBLISHED)
        copy.versions[0].blob_sha256 = material.current_version.blob_sha256
        session.flush()
        session.refresh(copy)
        return copy

    return make


def test_the_same_file_counts_for_whoever_brought_it_first(session, draft, binh, copy_of, published):
    copy = copy_of(draft, binh[1])
    assert (authorship_of(session, copy).verdict, authorship_of(session, copy).original) == (Verdict.DUPLICATE, draft)
    assert due(session, copy) == set()
    published()
    assert authorship_of(session, draft).verdict is Verdict.COUNTS


def test_ones_own_file_under_a_second_account_is_no_copy(session, world, author, draft, copy_of):
    second = world.identity(world.account("lan2", session.get_one(Person, author.person_id)))
    assert authorship_of(session, copy_of(draft, second)).original is None
