"""A link that was picked for one part of a lesson plays that part, until something else is picked for it."""

import pytest
from sqlalchemy import select

from elearn.models.learning import Attempt, Registration
from elearn.models.lti_courses import LtiLink
from tests.support.lti_doors import OURS
from tests.support.packages import pdf
from tests.support.shelf import AUTHOR, put


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


class TestAPageOfADocument:
    @pytest.fixture
    def document(self, house, make_account):
        make_account(AUTHOR)
        return put(house, pdf("mot", "hai", "ba"), "tai-lieu.pdf")

    @pytest.fixture
    def opened(self, door, document):
        """Open the document as a learner at what an address names; gives the button and where it leads."""

        def click(part):
            link = door.place(document)
            door.site.links[link].url = f"{OURS}/lti/open/m/{document}{part}"
            learner = door.enter("42", link)
            headers = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}
            return learner.get("/activity").text, learner.open("/activity/file", headers=headers).location

        return click

    def test_it_opens_at_that_page(self, opened):
        page, address = opened("/p/2")
        assert "Mở ở trang 2" in page
        assert address.endswith("#page=2")

    @pytest.mark.parametrize("part", ["", "/p/9", "/p/x", "/p/%3Cb%3E"])
    def test_what_is_no_page_opens_at_the_beginning(self, opened, part):
        page, address = opened(part)
        assert "Mở ở trang" not in page
        assert "#" not in address
