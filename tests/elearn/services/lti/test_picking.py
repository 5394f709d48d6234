"""The basket of a picker and its one answer."""

import pytest

from elearn.lti.keys import keyset, new_key
from elearn.models.lti_courses import LtiSession
from elearn.models.material import Part, Picture, Status, StoredBlob
from elearn.services.errors import ConflictError, NotFoundError, ServiceError
from elearn.services.lti import picking
from tests.support.lti_platform import DL, ISSUER, check
from tests.support.moodle import INSTRUCTOR

KEY = new_key()
# The platform puts in what the course and the activity are copies of (LTI Core 1.3, appendix B).
HISTORY = {"context_history": "$Context.id.history", "link_history": "$ResourceLink.id.history"}
HERE = "https://elearn.example"


@pytest.fixture
def launch(moodle):
    """A launch that asks to pick; `launch(accept_multiple=False)` asks for something else than Moodle does."""
    teacher = moodle.person("42", "Trần Thị Bích", INSTRUCTOR)

    def make(**settings):
        asked = {
            "return_url": f"{ISSUER}/return",
            "accept_types": ["ltiResourceLink"],
            "accept_multiple": True,
            "accept_line_item": True,
            "data": None,
            **settings,
        }
        return moodle.launched(teacher, is_teaching=True, picking=asked)

    return make


@pytest.fixture
def reader(inside, launch, session):
    return inside(session.get_one(LtiSession, launch().digest).account)


def told(session, reader, launched):
    token = picking.answer(session, reader, launched, KEY, origin=HERE)
    return check(token, keyset([KEY]))[f"{DL}content_items"]


def with_parts(place, lesson):
    version = lesson.versions[0]
    for number, key in enumerate(["MỤC 1/a", "MUC2"]):
        about = {"kind": "sco", "title": f"Phần {number + 1}", "position": number, "href": "", "text": ""}
        place.world.add(Part(version_id=version.id, key=key, **about))
    place.session.expire_all()
    return lesson


def test_what_was_chosen_goes_back_in_the_order_of_choosing(place, session, reader, launch):
    lesson, paper, launched = place.lesson("Phân số"), place.document("Phiếu"), launch()
    for thing in (paper, lesson):
        picking.choose(session, reader, launched, picking.place_of(thing))
    assert told(session, reader, launched) == [
        {
            "type": "ltiResourceLink",
            "title": "Phiếu",
            "url": f"{HERE}/lti/open/m/{paper.uid}",
            "custom": {"material": paper.uid, "version": "1", **HISTORY},
        },
        {
            "type": "ltiResourceLink",
            "title": "Phân số",
            "url": f"{HERE}/lti/open/m/{lesson.uid}",
            "custom": {"material": lesson.uid, "version": "1", **HISTORY},
            "lineItem": {"scoreMaximum": 100.0, "label": "Phân số", "tag": "elearn", "resourceId": lesson.uid},
        },
    ]


def test_a_single_part_of_a_lesson(place, session, reader, launch):
    lesson, launched = with_parts(place, place.lesson("Phân số")), launch()
    part = lesson.current_version.parts[0]
    picking.choose(session, reader, launched, picking.place_of(lesson, part))
    (item,) = told(session, reader, launched)
    assert item["url"] == f"{HERE}/lti/open/m/{lesson.uid}/p/M%E1%BB%A4C%201%2Fa"
    assert item["title"] == "Phân số – Phần 1"
    assert item["custom"] == {"material": lesson.uid, "version": "1", "part": "MỤC 1/a", **HISTORY}


def test_an_open_course_of_the_school(place, session, reader, launch):
    course, launched = place.course(place.lesson(), title="Toán 4"), launch()
    with pytest.raises(NotFoundError, match="lti_choice_not_found"):
        picking.choose(session, reader, launched, f"c/{course.uid}")  # a draft
    place.open(course)
    launched = session.merge(launched)
    picking.choose(session, reader, launched, f"c/{course.uid}")
    (item,) = told(session, reader, launched)
    assert (item["url"], item["custom"]) == (f"{HERE}/lti/open/c/{course.uid}", {"course": course.uid, **HISTORY})
    assert item["lineItem"]["scoreMaximum"] == 100.0


def test_a_picture_is_named_only_where_everybody_may_see_it(place, session, reader, launch):
    lessons = [place.lesson("a"), place.lesson("b")]
    place.world.add(StoredBlob(sha256="e" * 64, size=1))
    for lesson in lessons:
        about = {"role": "card", "media_type": "image/webp", "blob_sha256": "e" * 64}
        place.world.add(Picture(version_id=lesson.versions[0].id, **about))
    lessons[0].is_public = True
    launched = launch()
    for lesson in lessons:
        picking.choose(session, reader, launched, picking.place_of(lesson))
    icons = [item.get("icon") for item in told(session, reader, launched)]
    assert icons == [{"url": f"{HERE}/materials/{lessons[0].uid}/picture"}, None]


@pytest.mark.parametrize("place_asked", ["", "m/", "m/../x", "x/" + "0" * 32, "m/" + "0" * 32, "c/" + "0" * 32])
def test_what_is_not_there_cannot_be_chosen(session, reader, launch, place_asked):
    with pytest.raises(NotFoundError, match="lti_choice_not_found"):
        picking.choose(session, reader, launch(), place_asked)


def test_only_what_learners_of_the_unit_may_open_can_be_chosen(place, session, reader, launch):
    hidden = [
        place.lesson(status=Status.DRAFT),
        place.lesson(unit=place.other_school),
        with_parts(place, place.lesson()),
    ]
    asked = [picking.place_of(each) for each in hidden[:2]] + [f"{picking.place_of(hidden[2])}/p/khac"]
    for each in asked:
        with pytest.raises(NotFoundError, match="lti_choice_not_found"):
            picking.choose(session, reader, launch(), each)


def test_not_even_the_own_draft_can_be_chosen(place, session, inside, launch):
    draft = place.lesson(status=Status.DRAFT)
    with pytest.raises(NotFoundError, match="lti_choice_not_found"):
        picking.choose(session, inside(place.teacher_account), launch(), picking.place_of(draft))


def test_what_is_withdrawn_before_the_answer_is_left_out(place, session, reader, launch):
    lesson, launched = place.lesson(), launch()
    picking.choose(session, reader, launched, picking.place_of(lesson))
    lesson.status = Status.WITHDRAWN
    session.flush()
    assert told(session, reader, launched) == []


def test_where_one_is_taken_the_last_choice_counts(place, session, reader, launch):
    launched = launch(accept_multiple=False)
    for lesson in (place.lesson("a"), place.lesson("b")):
        picking.choose(session, reader, launched, picking.place_of(lesson))
    assert [item["title"] for item in told(session, reader, launched)] == ["b"]


def test_the_same_thing_is_in_the_basket_once_and_can_be_put_back(place, session, reader, launch):
    launched, (first, second) = launch(), (place.lesson("a"), place.lesson("b"))
    for lesson in (first, second, first):
        picking.choose(session, reader, launched, picking.place_of(lesson))
    assert [each.title for each in picking.basket(session, reader, launched)] == ["b", "a"]
    picking.put_back(session, launched, picking.place_of(second))
    assert [each.title for each in picking.basket(session, reader, launched)] == ["a"]


def test_a_basket_has_an_end(place, session, reader, launch):
    launched = launch(chosen=[f"m/{number:032x}" for number in range(picking.MOST)])
    with pytest.raises(ServiceError, match="lti_too_many"):
        picking.choose(session, reader, launched, picking.place_of(place.lesson()))


def test_a_platform_that_takes_no_links_gets_none(place, session, reader, launch):
    with pytest.raises(ConflictError, match="lti_links_refused"):
        picking.choose(session, reader, launch(accept_types=["file"]), picking.place_of(place.lesson()))


def test_a_launch_is_answered_once(place, session, reader, launch):
    launched = launch()
    told(session, reader, launched)
    session.refresh(launched)
    for late in (
        lambda: picking.answer(session, reader, launched, KEY, origin=HERE),
        lambda: picking.cancel(session, reader, launched, KEY, origin=HERE),
        lambda: picking.choose(session, reader, launched, picking.place_of(place.lesson())),
    ):
        with pytest.raises(ConflictError, match="lti_picked_already"):
            late()


def test_a_cancel_takes_nothing_along(place, session, reader, launch):
    launched = launch(data="x")
    picking.choose(session, reader, launched, picking.place_of(place.lesson()))
    claims = check(picking.cancel(session, reader, launched, KEY, origin=HERE), keyset([KEY]))
    assert (claims[f"{DL}content_items"], claims[f"{DL}data"]) == ([], "x")


def test_a_launch_of_something_else_is_no_picker(moodle, session, reader):
    launched = moodle.launched(moodle.person("7", role=INSTRUCTOR))
    with pytest.raises(NotFoundError, match="lti_not_picking"):
        picking.asked_of(launched)
