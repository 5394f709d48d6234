"""The world in which every page is looked at has a row for each of them; the look itself is for a browser."""

from tests.support.every_page import Everything
from tests.support.page_addresses import addresses_of, pages_of


def test_every_page_has_an_address(app, house, password_hash):
    with house.database.write() as session:
        parameters = Everything(session, password_hash).parameters()
    addresses = addresses_of(app, parameters)
    assert len(set(addresses)) == len(addresses) == len(pages_of(app))
