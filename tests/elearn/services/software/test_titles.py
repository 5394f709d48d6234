"""Titles of the catalogue: who enters them, and what cannot be said."""

import pytest
from sqlalchemy import select

from elearn.models.account import AuditEvent
from elearn.models.material import Status
from elearn.services.errors import ForbiddenError, NotFoundError
from elearn.services.metadata import Metadata
from elearn.services.software.titles import (
    TitleDetails,
    attach_guide,
    checked_address,
    detach_guide,
    edit_title,
    get_title,
    guides_of,
)
from tests.support.software import refused


def test_a_title_needs_no_file_and_is_seen_by_nobody_below_before_it_is_approved(session, catalogue):
    title = catalogue.title(maker_url="https://example.org/phan-mem", contact="Phòng CNTT, 024 1234 5678")
    assert title.status is Status.DRAFT
    assert title.current_version is None
    assert title.software.maker_url == "https://example.org/phan-mem"
    assert get_title(session, catalogue.officer, title.uid) is title
    with pytest.raises(NotFoundError):
        get_title(session, catalogue.teacher, title.uid)


def test_only_managers_of_the_unit_enter_titles(catalogue):
    for somebody in (catalogue.teacher, catalogue.head):
        with pytest.raises(ForbiddenError):
            catalogue.title(by=somebody)
    assert catalogue.title(by=catalogue.head, at=catalogue.school).unit_id == catalogue.school.id


def test_a_title_without_level_or_name_is_refused(catalogue):
    with refused("level_needed"):
        catalogue.title(levels=frozenset())
    with refused("title_needed"):
        catalogue.title("\u200b ")


def test_the_same_title_of_the_same_vendor_stands_once_in_a_catalogue(catalogue):
    catalogue.title("Bảng cộng vui", vendor="An Bình")
    with refused("title_twice"):
        catalogue.title("Bảng cộng vui", vendor="AN BÌNH")
    assert catalogue.title("Bảng cộng vui", vendor="Hoà Bình")
    assert catalogue.title("Bảng cộng vui", vendor="An Bình", by=catalogue.head, at=catalogue.school)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "data:text/html,x", "ftp://example.org/", "//example.org", "example.org", "https://",
        "https://u:p@example.org/", "https://example.org:99999/", "https://exa mple.org/", "https://[::1",
        "http://x" * 90,
    ],
)  # fmt: skip
def test_only_web_addresses_become_links(address):
    with refused("web_address"):
        checked_address(address)


def test_no_address_is_fine():
    assert checked_address("  ") == ""
    assert checked_address(" https://example.org/tải?x=1 ") == "https://example.org/tải?x=1"


def test_what_changes_stands_in_the_audit_log(session, catalogue):
    title = catalogue.title(maker_url="https://example.org/")
    said = Metadata(title="Bảng cộng vui 2", levels=frozenset({"TH"}), vendor="Nhà làm phần mềm")
    edit_title(session, catalogue.officer, title, said, TitleDetails(maker_url="https://example.com/"))
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "title.edit")).one()
    assert event.details["before"]["maker_url"] == "https://example.org/"
    assert event.details["after"]["maker_url"] == "https://example.com/"
    with pytest.raises(ForbiddenError):
        edit_title(session, catalogue.head, title, said, TitleDetails())


def test_guides_are_attached_once_and_shown_to_who_may_see_them(session, world, catalogue):
    title = catalogue.title()
    owner = world.account()
    guide = world.material(catalogue.department, owner, Status.PUBLISHED, title="Hướng dẫn")
    plan = world.material(catalogue.department, owner, Status.DRAFT, title="Giáo án nháp")
    for material in (guide, plan):
        attach_guide(session, catalogue.officer, title, material.uid)
    assert guides_of(session, catalogue.teacher, title) == [guide]
    assert guides_of(session, catalogue.officer, title) == [plan, guide]
    with refused("guide_twice"):
        attach_guide(session, catalogue.officer, title, guide.uid)
    with refused("guide_itself"):
        attach_guide(session, catalogue.officer, title, title.uid)
    with refused("material_not_found"):
        attach_guide(session, catalogue.officer, title, "xyz")
    detach_guide(session, catalogue.officer, title, guide.uid)
    detach_guide(session, catalogue.officer, title, guide.uid)
    assert guides_of(session, catalogue.teacher, title) == []


def test_other_materials_are_no_titles(session, world, catalogue):
    lesson = world.material(catalogue.department, world.account(), Status.PUBLISHED)
    with refused("title_not_found"):
        get_title(session, catalogue.officer, lesson.uid)
