"""Whatever the order of outcomes, failures and restarts: a platform ends with the newest grade and never goes back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Response

from elearn.services.lti import asking as services
from elearn.services.lti import tokens
from elearn.services.lti.delivering import deliver
from elearn.services.lti.sending import claim, mark
from elearn.services.outside import Answer
from tests.support.lti_grading import Embedded
from tests.support.lti_http import Fault

BEGIN = datetime(2030, 1, 1, 5, tzinfo=UTC)
EXAMPLES = 25  # each of up to twenty steps

STEPS = st.one_of(
    st.just(("reach", None)),
    st.sampled_from([0, 500, 503, 401, 429, -500]).map(lambda status: ("send", status)),  # below 0: the answer is lost
    st.sampled_from(["before", "after"]).map(lambda when: ("die", when)),
    st.just(("stall", None)),
    st.just(("wake", None)),
    st.sampled_from([-10, 1, 3, 60]).map(lambda minutes: ("clock", minutes)),
)


class Run:
    """One learner, the steps of whose life are drawn."""

    def __init__(self, place, subject, clock):
        self.place, self.subject, self.clock = place, subject, clock
        place.learner(subject)
        self.reached: list[int] = []
        self.stalled = []

    def reach(self, _):
        """A new outcome, never one that was there before."""
        self.reached.append((len(self.reached) * 37 + 11) % 101)
        self.place.reaches(self.reached[-1] / 100, self.subject)

    def send(self, status):
        if status:
            self.place.site.misbehave("scores", Fault(abs(status), after=status < 0))
        self.place.send()
        self.place.site.behave()

    def die(self, when):
        """A worker ends after it has claimed a grade: before or after it was sent, but before that was marked."""
        for parcel in claim(self.place.house.database, 10):
            if when == "after":
                deliver(self.place.house, parcel)

    def stall(self, _):
        """A worker stands still with a grade in its hands."""
        self.stalled += claim(self.place.house.database, 10)

    def wake(self, _):
        """It goes on; its lease may be over by now."""
        told = [(parcel, deliver(self.place.house, parcel)) for parcel in self.stalled]
        mark(self.place.house.database, told)
        self.stalled = []

    def tick(self, minutes):
        self.clock.shift(timedelta(minutes=minutes))

    def settle(self):
        """Time goes on, and everybody behaves."""
        self.wake(None)
        for _ in range(3):
            self.clock.shift(timedelta(hours=30))
            self.place.send()

    @property
    def told(self):
        """The indexes of the outcomes that the platform has taken, in this order."""
        scores = [told for _, told in self.place.site.book.scores if told["userId"] == self.subject]
        return [self.reached.index(round(told["scoreGiven"])) for told in scores]


@pytest.fixture
def place(asking, site, registered, monkeypatch):
    def fetch(_guard, url, *, method="GET", body=None, headers=None):
        environ = EnvironBuilder(url, method=method, data=body, headers=headers).get_environ()
        answer = Response.from_app(site, environ)
        return Answer(answer.status_code, {name.lower(): value for name, value in answer.headers}, answer.get_data())

    monkeypatch.setattr(services, "fetch", fetch)
    monkeypatch.setattr(tokens, "fetch", fetch)
    return Embedded(asking, site, registered)


def test_the_platform_ends_with_the_newest_grade_and_never_goes_back(place, time_machine):
    numbers = count(1)

    @settings(max_examples=EXAMPLES)
    @given(st.lists(STEPS, max_size=20))
    def live(steps):
        number = next(numbers)
        time_machine.move_to(BEGIN + timedelta(days=30 * number))
        run = Run(place, f"s{number}", time_machine)
        run.reach(None)
        for name, value in steps:
            getattr(run, {"clock": "tick"}.get(name, name))(value)
        run.settle()
        assert place.points(run.subject) == run.reached[-1]
        assert run.told == sorted(run.told)
        row = place.grade(run.subject)
        assert (row.sent_number, row.next_at, row.refused_at) == (row.number, None, None)

    live()
