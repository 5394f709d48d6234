"""A department, a school of it and titles of software, for tests of the catalogue."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from content_packages.inspection import inspect
from content_packages.storage.receiving import receive
from elearn.models.account import Role
from elearn.models.curriculum import Level
from elearn.services.contribute import Intake
from elearn.services.errors import ServiceError
from elearn.services.metadata import Metadata
from elearn.services.software.titles import TitleDetails, create_title

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

    from elearn.models.material import Material
    from elearn.models.organisation import Unit
    from elearn.services.access import Identity
    from tests.support.factories import World

LONG_AGO = date(2012, 1, 1)


class Catalogue:
    """A department with two schools, and the people who run its software."""

    def __init__(self, session: Session, world: World, root: Unit | None = None) -> None:
        self.session, self.world = session, world
        self.department = root or world.unit("SO")
        self.school = world.unit("TH1", self.department, levels=(Level.TH,))
        self.other = world.unit("MN1", self.department, levels=(Level.MN,))
        self.officer = world.somebody(Role.UNIT_MANAGER, self.department)
        self.head = world.somebody(Role.UNIT_MANAGER, self.school)
        self.teacher = world.somebody(Role.TEACHER, self.school)

    def title(
        self, name: str = "Bảng cộng vui", by: Identity | None = None, at: Unit | None = None, **said: Any
    ) -> Material:
        """A title in a catalogue, the department's unless told otherwise."""
        details = TitleDetails(maker_url=said.pop("maker_url", ""), contact=said.pop("contact", ""))
        said = {"levels": frozenset({"TH"}), "vendor": "Nhà làm phần mềm", **said}
        metadata = Metadata(title=name, **said)
        return create_title(self.session, by or self.officer, at or self.department, metadata, details)


@contextmanager
def refused(code: str) -> Iterator[None]:
    """The block is refused with a code."""
    with pytest.raises(ServiceError) as caught:
        yield
    assert caught.value.code == code


@contextmanager
def taken_in(folder: Path, data: bytes, name: str) -> Iterator[Intake]:
    """A file as intake examines it."""
    with receive(BytesIO(data), folder, len(data)) as staged:
        yield Intake(staged, name, inspect(staged.path, name))
