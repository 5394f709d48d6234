"""A Moodle that is registered for a school, with one course in it, as rows: for tests of what follows a launch."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from elearn.clock import now
from elearn.identifiers import new_token, token_digest
from elearn.models.account import Account, Identity
from elearn.models.learning import Placement, PlacementKind
from elearn.models.lti import LtiDeployment, LtiPlatform, PlatformStatus
from elearn.models.lti_courses import LtiContext, LtiLink, LtiMember, LtiSession
from tests.support.lti_platform import CLIENT, DEPLOYMENT, ISSUER

if TYPE_CHECKING:
    from elearn.models.course import Course
    from elearn.models.material import Material
    from elearn.models.organisation import Unit
    from tests.support.factories import World

INSTRUCTOR, LEARNER = "Instructor", "Learner"


class Moodle:
    """A platform of a unit; `context` is its one course."""

    def __init__(self, world: World, unit: Unit, issuer: str = ISSUER) -> None:
        self.world = world
        self.platform: LtiPlatform = world.add(
            LtiPlatform(
                name="Moodle của trường",
                unit_id=unit.id,
                status=PlatformStatus.ACTIVE,
                issuer=issuer,
                client_id=CLIENT,
                authorization_endpoint=f"{issuer}/mod/lti/auth.php",
                token_endpoint=f"{issuer}/mod/lti/token.php",
            )
        )
        self.deployment: LtiDeployment = world.add(
            LtiDeployment(platform_id=self.platform.id, name=DEPLOYMENT, accepted_at=now())
        )
        self.context: LtiContext = world.add(
            LtiContext(deployment_id=self.deployment.id, name="3", title="Toán 4", label="TOAN4")
        )

    def person(self, subject: str, name: str = "", role: str = LEARNER) -> Account:
        """Somebody who has launched from the course: an account without login, its identity, a member."""
        account = self.world.account(display_name=name or f"Người {subject}")
        account.login = None
        about = {"issuer": self.platform.issuer, "client": self.platform.client_id, "subject": subject}
        self.world.add(Identity(account_id=account.id, provider="lti", **about))
        self.member(subject, account.display_name, role, account_id=account.id, opened_at=now())
        return account

    def member(self, subject: str, name: str = "", role: str = LEARNER, **values: Any) -> LtiMember:
        """Somebody of the course, whom its roster lists."""
        about = {"context_id": self.context.id, "subject": subject, "display_name": name, "roles": [role]}
        return self.world.add(LtiMember(**{**about, "listed_at": now(), **values}))

    def link(self, thing: Material, title: str = "Phân số", course: Course | None = None) -> LtiLink:
        """A place of the course at which a material is launched."""
        row = self.world.add(
            LtiLink(
                deployment_id=self.deployment.id,
                name=f"r{new_token()[:8]}",
                context_id=self.context.id,
                title=title,
                course_id=course.id if course else None,
            )
        )
        placed = Placement(kind=PlacementKind.LTI, material_id=thing.id, context=row.uid, policy={})
        row.placement_id = self.world.add(placed).id
        self.world.session.flush()
        return row

    def launched(self, account: Account, **values: Any) -> LtiSession:
        """What a launch of an account has left."""
        identity = self.world.session.query(Identity).filter_by(account_id=account.id).one()
        about = {
            "digest": token_digest(new_token()),
            "deployment_id": self.deployment.id,
            "identity_id": identity.id,
            "account_id": account.id,
            "context_id": self.context.id,
            "expires_at": now() + timedelta(hours=4),
        }
        return self.world.add(LtiSession(**{**about, **values}))
