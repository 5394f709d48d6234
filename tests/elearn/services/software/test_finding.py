"""Software in the index and in the emergency search: by system and by kind of licence."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from elearn.models.material import SearchChange
from elearn.models.software import LicenceKind
from elearn.services.access import load_tree
from elearn.services.indexing import documents_of
from elearn.services.search import search
from elearn.services.software.licences import LicenceTerms, add_licence, remove_licence
from search_index.engine import IndexUnavailableError

SEATS = LicenceTerms(LicenceKind.SEATS, date(2026, 1, 1), date(2026, 12, 31), seats=40)


class Lost:
    """An engine without an index."""

    def search(self, _query):
        raise IndexUnavailableError("lost")


def test_a_document_has_the_systems_and_the_licences_on_record(session, catalogue):
    title = catalogue.title(platforms=("windows", "linux"))
    other = catalogue.title("Khác")
    add_licence(session, catalogue.officer, title, catalogue.department, SEATS)
    site = replace(SEATS, kind=LicenceKind.SITE, seats=None)
    removed = add_licence(session, catalogue.officer, title, catalogue.school, site)
    marked = len(session.scalars(select(SearchChange).where(SearchChange.material_id == title.id)).all())
    remove_licence(session, catalogue.officer, removed, "Nhập nhầm")
    assert len(session.scalars(select(SearchChange).where(SearchChange.material_id == title.id)).all()) == marked + 1
    one, two = documents_of(session, [title, other], load_tree(session))
    assert (one.platforms, one.licence_kinds) == (("linux", "windows"), ("seats",))
    assert (two.platforms, two.licence_kinds) == ((), ())


def test_without_an_index_the_database_narrows_the_same(session, catalogue):
    title = catalogue.title(platforms=("windows",))
    catalogue.title("Khác", platforms=("web",))
    licence = add_licence(session, catalogue.officer, title, catalogue.department, SEATS)

    def found(**filters):
        return [row.material for row in search(session, Lost(), catalogue.officer, "", filters).found]

    assert found(platform=["windows", "ios"]) == found(licence_kind=["seats"]) == [title]
    assert found(platform=["window"]) == found(licence_kind=["site"]) == []
    remove_licence(session, catalogue.officer, licence, "Nhập nhầm")
    assert found(licence_kind=["seats"]) == []
