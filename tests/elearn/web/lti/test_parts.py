"""A link that was picked for one part of a lesson plays that part, until something else is picked for it."""

from sqlalchemy import select

from elearn.models.learning import Attempt, Registration
from elearn.models.lti import LtiLink
from tests.support.lti_doors import OURS


def policies(house):
    with house.database.read() as session:
        return [link.placement.policy for link in session.scalars(select(LtiLink))]


def test_the_address_says_which_part_and_another_address_begins_anew(house, door, material):
    link = door.place(material)
    door.site.links[link].url = f"{OURS}/lti/open/m/{material}/p/item%201"
    door.enter("42", link)
    assert policies(house) == [{"part": "item 1"}]
    door.site.links[link].url = f"{OURS}/lti/open/m/{material}"
    door.enter("42", link)
    assert policies(house) == [{}]
    with house.database.read() as session:
        resets = session.execute(select(Registration.reset_at).join(Attempt).order_by(Attempt.id)).all()
        assert [reset is not None for (reset,) in resets] == [True, False]


def test_the_same_part_again_goes_on_with_it(house, door, material):
    link = door.place(material)
    door.site.links[link].url = f"{OURS}/lti/open/m/{material}/p/i1"
    for _ in range(2):
        door.enter("42", link)
    with house.database.read() as session:
        assert len(session.scalars(select(Attempt)).all()) == 1


def test_the_teachers_page_leads_to_the_class_and_the_learners_does_not(door, link):
    assert "/lti/class" in door.enter("2", link).get("/activity").text
    assert "/lti/class" not in door.enter("42", link).get("/activity").text
