"""Targets of the plan against approved titles, level by level (H314-316)."""

from dataclasses import replace
from datetime import date

import pytest

from elearn.models.curriculum import Level
from elearn.models.software import Outcome, QuotaKind
from elearn.services.errors import ForbiddenError
from elearn.services.software.decisions import decide
from elearn.services.software.quota import Target, add_quota, get_quota, progress, remove_quota
from tests.support.software import refused

PRIMARY = Target(frozenset({Level.TH}), QuotaKind.LEVEL, 3, date(2012, 1, 1), date(2014, 12, 31), "KH 99, mục 3")
DAY = date(2013, 6, 1)


@pytest.fixture
def approve(session, catalogue):
    def make(name, day, *levels, outcome=Outcome.APPROVED, title=None):
        title = title or catalogue.title(name, levels=frozenset(levels))
        decide(
            session, catalogue.officer, title, catalogue.department,
            outcome=outcome, decided_on=day, reason="Theo hội đồng",
        )  # fmt: skip
        return title

    return make


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"target": 0}, "quota_target"),
        ({"target": -2}, "quota_target"),
        ({"due_on": date(2011, 12, 31)}, "quota_span"),
        ({"levels": frozenset()}, "quota_levels"),
        ({"levels": frozenset({Level.TH, Level.TCCN})}, "quota_level_absent"),
        ({"due_on": date(9999, 12, 31)}, "day_range"),
    ],
)
def test_targets_that_cannot_be_are_refused(session, catalogue, change, code):
    with refused(code):
        add_quota(session, catalogue.officer, catalogue.department, replace(PRIMARY, **change))
    assert progress(session, catalogue.department, DAY) == []


def test_only_managers_set_targets_and_take_them_out(session, catalogue):
    with pytest.raises(ForbiddenError):
        add_quota(session, catalogue.head, catalogue.department, PRIMARY)
    quota = add_quota(session, catalogue.officer, catalogue.department, PRIMARY)
    with refused("quota_not_found"):
        get_quota(session, catalogue.head, quota.uid)
    remove_quota(session, catalogue.officer, get_quota(session, catalogue.officer, quota.uid))
    assert progress(session, catalogue.department, DAY) == []
    with refused("quota_not_found"):
        get_quota(session, catalogue.officer, quota.uid)


def test_titles_count_at_their_levels_while_they_are_approved(session, catalogue, approve):
    both = approve("Hai cấp", date(2012, 5, 1), "TH", "MN")
    approve("Mầm non", date(2012, 6, 1), "MN")
    gone = approve("Đã thôi", date(2012, 7, 1), "TH")
    approve("", date(2013, 1, 1), outcome=Outcome.ENDED, title=gone)
    catalogue.title("Chưa duyệt")
    add_quota(session, catalogue.officer, catalogue.department, PRIMARY)
    preschool = replace(PRIMARY, levels=frozenset({Level.MN}), target=1)
    add_quota(session, catalogue.officer, catalogue.department, preschool)
    first, second = progress(session, catalogue.department, DAY)
    assert (first.quota.levels, first.actual, first.missing, first.part) == (["MN"], 2, 0, 1.0)
    assert (second.titles, second.missing) == (frozenset({both.id}), 2)
    assert progress(session, catalogue.department, date(2012, 8, 1))[1].actual == 2


def test_an_increment_counts_what_came_since(session, catalogue, approve):
    approve("Có từ trước", date(2011, 12, 31), "TH")
    added = approve("Thêm", date(2012, 1, 1), "TH")
    add_quota(session, catalogue.officer, catalogue.department, replace(PRIMARY, kind=QuotaKind.INCREMENT))
    (row,) = progress(session, catalogue.department, DAY)
    assert row.titles == {added.id}


def test_levels_of_one_target_count_together_and_a_title_once(session, catalogue, approve):
    approve("Hai cấp", date(2012, 5, 1), "TH", "MN")
    approve("Mầm non", date(2012, 5, 1), "MN")
    add_quota(
        session, catalogue.officer, catalogue.department, replace(PRIMARY, levels=frozenset({Level.TH, Level.MN}))
    )
    assert progress(session, catalogue.department, DAY)[0].actual == 2


def test_what_the_department_approved_counts_in_a_plan_of_a_unit_below(session, catalogue, approve):
    title = approve("Toàn tỉnh", date(2012, 5, 1), "TH")
    add_quota(session, catalogue.head, catalogue.school, PRIMARY)
    assert progress(session, catalogue.school, DAY)[0].titles == {title.id}
