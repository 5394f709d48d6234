"""A lesson at a link of the test platform, learners who do it, and the grades that follow: committed, over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from elearn.lti.grades import LINE_ITEM_SCOPE, SCORE_SCOPE
from elearn.models.learning import Attempt, Registration
from elearn.models.lti_courses import LtiGrade, LtiLink
from elearn.services.lti import outbox
from elearn.services.lti.sender import Sender
from tests.support.factories import World

if TYPE_CHECKING:
    from elearn.house import House
    from tests.support.lti_site import LtiSite
    from tests.support.moodle import Moodle


class Embedded:
    """One link with its column; `subject` below is the platform's id of a learner."""

    def __init__(self, house: House, site: LtiSite, moodle: Moodle) -> None:
        self.house, self.site = house, site
        self.platform = moodle.platform
        self.accounts: dict[str, int] = {}
        with house.database.write() as session:
            world = moodle.world = World(session, 100)
            self._moodle = moodle
            owner = world.account()
            unit = session.merge(moodle.platform).unit
            self.material = world.material(unit, owner, kind="scorm")
            self.version_id = self.material.versions[0].id
            self.link = moodle.link(self.material, title="Phân số")
            self.link.scopes = [LINE_ITEM_SCOPE, SCORE_SCOPE]
            self.column = site.book.add("Phân số", 100, self.link.name)
            self.link.line_item = site.book.item_address(self.column)
            self.link.line_items = f"{site.book.address}?type_id=1"
        self.learner("42")

    def learner(self, subject: str) -> None:
        """Somebody more who launches the link."""
        with self.house.database.write() as session:
            self._moodle.world = World(session, 1000 * (len(self.accounts) + 1))
            self.accounts[subject] = self._moodle.person(subject).id
        self.site.book.learners.add(subject)

    def change(self, **values: Any) -> None:
        """Change the link."""
        with self.house.database.write() as session:
            row = session.get_one(LtiLink, self.link.id)
            for name, value in values.items():
                setattr(row, name, value)

    def reaches(self, share: float, subject: str = "42") -> None:
        """Let a learner's one attempt have a score, and the grade follow, as a commit does it."""
        account_id = self.accounts[subject]
        with self.house.database.write() as session:
            query = select(Attempt).join(Registration).where(Registration.account_id == account_id)
            attempt = session.scalar(query) or self._begun(World(session), account_id)
            attempt.score_scaled, attempt.completion = share, "completed"
            outbox.follow(session, attempt)

    def _begun(self, world: World, account_id: int) -> Attempt:
        about = {"account_id": account_id, "placement_id": self.link.placement_id}
        registration = world.add(Registration(**about, version_id=self.version_id))
        return world.add(Attempt(registration_id=registration.id, number=1))

    def send(self) -> None:
        """Send what is due, from a process that has just begun."""
        sender = Sender(self.house)
        try:
            sender.drain()
        finally:
            sender.close()

    def grade(self, subject: str = "42") -> LtiGrade:
        """The row of a learner."""
        with self.house.database.read() as session:
            return session.scalars(
                select(LtiGrade).where(LtiGrade.link_id == self.link.id, LtiGrade.account_id == self.accounts[subject])
            ).one()

    def points(self, subject: str = "42") -> float | None:
        """What stands in the gradebook of the platform."""
        return self.site.book.grade(self.link.name, subject)
