"""Launches from a learning platform without its protocol: the rows behind one, and a browser below its handle."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from elearn.clock import now
from elearn.models.account import Account, Identity
from elearn.models.learning import Placement, PlacementKind
from elearn.models.lti import LtiDeployment, LtiPlatform, PlatformStatus
from elearn.models.lti_courses import LtiLink, LtiSession
from elearn.models.material import Material
from elearn.services.access import SYSTEM
from elearn.services.lti.launched import open_launched_session
from elearn.services.organisation import ensure_root
from tests.support.shelf import Opened, Player
from tests.support.web import Browser

if TYPE_CHECKING:
    from sqlalchemy.orm import Session
    from werkzeug.test import TestResponse

    from elearn.house import House
    from elearn.models.organisation import Unit

_TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')
MOODLE = "https://moodle.truong.example"


def add_platform(session: Session, unit: Unit, origin: str = MOODLE, **values: Any) -> LtiPlatform:
    """A platform that may launch, with one accepted deployment."""
    values = {"name": "Moodle của trường", "status": PlatformStatus.ACTIVE, "issuer": origin} | values
    platform = LtiPlatform(
        unit_id=unit.id,
        client_id="7Xk2pQ",
        authorization_endpoint=f"{origin}/mod/lti/auth.php",
        token_endpoint=f"{origin}/mod/lti/token.php",
        **values,
    )
    session.add(platform)
    session.flush()
    session.add(LtiDeployment(platform_id=platform.id, name="1", accepted_at=now()))
    session.flush()
    return platform


def add_link(session: Session, platform: LtiPlatform, material: Material | None, **values: Any) -> LtiLink:
    """A resource link at which a material stands."""
    link = LtiLink(deployment_id=platform.deployments[0].id, name="1", title="", scopes=[], policy={}, **values)
    session.add(link)
    session.flush()
    if material is not None:
        placement = Placement(kind=PlacementKind.LTI, material_id=material.id, context=link.uid, policy={})
        session.add(placement)
        session.flush()
        link.placement_id = placement.id
    return link


def add_user(session: Session, name: str) -> Account:
    """An account that a platform has brought: neither login nor role."""
    account = Account(display_name=name)
    session.add(account)
    session.flush()
    return account


def launch(
    session: Session, platform: LtiPlatform, account: Account, link: LtiLink | None = None, **values: Any
) -> str:
    """End a launch of an account and give its handle."""
    named = Identity(
        account_id=account.id, provider="lti", issuer=platform.issuer, client=platform.client_id, subject=account.uid
    )
    known = session.query(Identity).filter_by(account_id=account.id, provider="lti").one_or_none()
    if known is None:
        session.add(named)
        session.flush()
    left = LtiSession(
        deployment_id=platform.deployments[0].id,
        identity_id=(known or named).id,
        account_id=account.id,
        link_id=link.id if link else None,
        **values,
    )
    return open_launched_session(session, left)


class LaunchedBrowser(Browser):
    """A browser below a handle; what starts with a slash is meant below it, unless another origin is asked."""

    def __init__(self, app: Any, handle: str, **arguments: Any) -> None:
        super().__init__(app, **arguments)
        self.handle = handle
        self.base = f"/l/{handle}"

    def open(self, path: str, *, origin: str | None = None, **arguments: Any) -> TestResponse:
        """Ask for a page of the launch, or for one of a content host."""
        below = origin is None and not path.startswith(f"{self.base}/")
        return super().open(self.base + path if below else path, origin=origin, **arguments)

    def token(self) -> str:
        """The token of the forms of this launch."""
        found = _TOKEN.search(self.get("/activity").text)
        assert found, "no page of the launch"
        return found[1]

    def ask(self, path: str, body: Any) -> TestResponse:
        """Send what a script of ours sends."""
        headers = {"Accept": "application/json", "X-CSRFToken": self.token()}
        return self.open(path, method="POST", json=body, headers=headers)

    def begin(self) -> str:
        """Press the button; gives the address of the shell."""
        answer = self.open("/activity/play", method="POST", data={"csrf_token": self.token()})
        assert answer.status_code == 303, answer.text
        return str(answer.location)

    def play(self) -> Opened:
        """The player page in the frame of the shell."""
        return self.open_player(self.begin())

    def open_player(self, shell: str) -> Opened:
        """The player page in the frame of the shell at an address."""
        url = self.ask(f"{shell}/code", {"tab": "1"}).json["url"]
        return Opened(Player(self), url, Player(self).follow(url))


class Course:
    """A course of a Moodle with one lesson of ours in it."""

    def __init__(self, house: House, app: Any, uid: str) -> None:
        self.house, self.app = house, app
        with house.database.write() as session:
            platform = add_platform(session, ensure_root(session, SYSTEM))
            self.link = add_link(session, platform, session.query(Material).filter_by(uid=uid).one()).id

    def pupil(self, name: str = "Vừ A Dính", login: str | None = None, **values: Any) -> LaunchedBrowser:
        """The browser of somebody who has just clicked the lesson; `login` names a linked account of ours."""
        known = {"login": login} if login else {"login": None, "display_name": name}
        with self.house.database.write() as session:
            platform = session.query(LtiPlatform).one()
            account = session.query(Account).filter_by(**known).one_or_none() or add_user(session, name)
            handle = launch(session, platform, account, session.get_one(LtiLink, self.link), **values)
        return LaunchedBrowser(self.app, handle)
