"""Lessons in the database and pages that play them, for tests of the player's services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from elearn.models.account import Role
from elearn.models.material import Status, Version
from elearn.services.player.attempts import open_attempt
from elearn.services.player.commits import Commit, Receipt, take_commit
from elearn.services.player.navigation import navigate, open_page
from elearn.services.player.tokens import issue_code, play_session_of, redeem_code
from scorm.manifest import manifest_to_json, read_manifest
from scorm.sequencing import NavigationRequest, RequestKind
from tests.support.manifests import manifest_xml, sco

if TYPE_CHECKING:
    from elearn.models.learning import Attempt, PlaySession
    from elearn.models.material import Material
    from elearn.services.access import Identity
    from elearn.services.player.view import View
    from tests.support.factories import World

FLOW = '<imsss:sequencing><imsss:controlMode flow="true"/></imsss:sequencing>'
FOURTH = "2004 4th Edition"


def one_sco(edition: str = "1.2", **parts: str) -> str:
    """The manifest of a lesson with one SCO."""
    return manifest_xml(edition, resources=sco("r1", "index.html"), **parts)


def some_scos(*names: str, edition: str = FOURTH, inside: dict[str, str] | None = None, **parts: str) -> str:
    """The manifest of a course whose SCOs `a.html`, `b.html`, ... follow one another; `inside` is put into items."""
    more = inside or {}
    items = "".join(
        f'<item identifier="{name}" identifierref="r-{name}"><title>Phần {name}</title>{more.get(name, "")}</item>'
        for name in names
    )
    resources = "".join(sco(f"r-{name}", f"{name}.html") for name in names)
    organizations = (
        f'<organizations default="o1"><organization identifier="o1" {parts.pop("attributes", "")}>'
        f"<title>Toán lớp 5</title>{items}{FLOW if edition != '1.2' else ''}</organization></organizations>"
    )
    return manifest_xml(edition, organizations=organizations, resources=resources, **parts)


def playable(world: World, manifest: str, owner: Identity, unit: Any, **values: Any) -> Material:
    """A published material that plays a manifest; its files are nowhere."""
    found, findings = read_manifest(
        manifest.encode(), ["imsmanifest.xml", "index.html", *(f"{n}.html" for n in "abcd")]
    )
    assert found is not None, findings
    material = world.material(unit, owner, Status.PUBLISHED, **values)
    version = material.versions[0]
    version.manifest, version.standard, version.edition = manifest_to_json(found), "SCORM", found.edition.value
    world.session.flush()
    world.session.expire(material)
    return material


class Page:
    """A player page of a learner: what the browser would say, with numbers that rise."""

    def __init__(self, world: World, identity: Identity, attempt: Attempt, tab: str = "tab", part: str = "") -> None:
        self.session = world.session
        _, code = issue_code(self.session, identity, attempt, tab)
        self.play, self.token = redeem_code(self.session, code)
        self.number = 0
        self.view: View = open_page(self.session, self.play, part=part)

    @property
    def attempt(self) -> Attempt:
        return self.play.attempt

    @property
    def document(self) -> dict[str, str]:
        """The document the content starts with."""
        assert self.view.delivery is not None, "nothing was delivered"
        return self.view.delivery.document

    @property
    def shows(self) -> str | None:
        """The activity that was delivered last."""
        return self.view.delivery.activity if self.view.delivery else None

    def message(self, delta: dict[str, Any] | None = None, **fields: Any) -> Commit:
        """The next message."""
        self.number += 1
        return Commit.from_json({"number": self.number, "launch": self.play.launched, "delta": delta or {}} | fields)

    def commit(self, delta: dict[str, Any] | None = None, *, journalled: bool = False, **fields: Any) -> Receipt:
        """Commit what content has set."""
        return take_commit(self.session, self.known(), self.message(delta, **fields), journalled=journalled)

    def walk(
        self, kind: str | None = None, target: str = "", delta: dict[str, Any] | None = None, **fields: Any
    ) -> View:
        """Navigate: what the learner asks for, or (None) what content has asked for."""
        request = NavigationRequest(RequestKind(kind), target) if kind else None
        self.view = navigate(self.session, self.known(), self.message(delta, **fields), request)
        return self.view

    def take_over(self) -> View:
        """Continue here."""
        self.view = open_page(self.session, self.known(), take_over=True)
        return self.view

    def known(self) -> PlaySession:
        """The page as the server finds it by its token."""
        return play_session_of(self.session, self.token)


class Classroom:
    """A school with a teacher, her lessons, and learners who play them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.school = world.unit(parent=world.unit())
        self.teacher = world.account("giao.vien")
        world.grant(self.teacher, Role.TEACHER, self.school)
        self.learner = world.somebody(Role.STUDENT, self.school, "hoc.sinh")

    def lesson(self, manifest: str, **values: Any) -> Material:
        """A published lesson of the teacher."""
        return playable(self.world, manifest, self.teacher, self.school, **values)

    def new_version(self, material: Material) -> Version:
        """A second version of a lesson with the manifest of the first."""
        old = material.versions[0]
        old.is_current = False
        self.world.session.flush()
        fields = ("material_id", "file_name", "media_type", "blob_sha256", "created_by_id", "manifest", "edition")
        version = Version(number=2, is_current=True, **{name: getattr(old, name) for name in fields})
        self.world.add(version)
        self.world.session.expire(material)
        return version

    def another_learner(self) -> Identity:
        """Somebody else of the same school."""
        return self.world.somebody(Role.STUDENT, self.school)

    def play(self, material: Material, learner: Identity | None = None, tab: str = "tab") -> Page:
        """Press the one button on the material's page and let the player open."""
        learner = learner or self.learner
        return Page(self.world, learner, open_attempt(self.world.session, learner, material), tab)
