"""How the player treats one material: switches that its author or a reviewer sets, kept as a small document."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from elearn.services import audit, review
from elearn.services.access import Action, require
from elearn.services.errors import ServiceError
from scorm.tolerance import Tolerance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from elearn.models.material import Material
    from elearn.services.access import Identity

_USUAL = Tolerance()


@dataclass(frozen=True, slots=True)
class PlayOptions:
    """The switches with their defaults; a new one is a new field, and rows that do not have it have its default.

    `api_log`: the calls of the content are recorded whenever the material is played. `tolerance`: which faults of
    content the run time puts up with. `own_window`: it plays in a window of its own. `frame_width`, `frame_height`:
    the size in CSS px for which it was made; 0 where nobody says.
    """

    api_log: bool = False
    tolerance: Tolerance = _USUAL
    own_window: bool = False
    frame_width: int = 0
    frame_height: int = 0

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> PlayOptions:
        """What a row says; a field of another type than its default counts as not set."""
        known = {field.name: type(field.default) for field in fields(cls)}
        plain = {name: value for name, value in stored.items() if type(value) is known.get(name)}
        return cls(**plain, tolerance=Tolerance.from_json(stored.get("tolerance")))

    def to_json(self) -> dict[str, Any]:
        """What differs from the defaults."""
        return {field.name: asdict(self)[field.name] for field in fields(self) if not _is_default(self, field.name)}


def _is_default(options: PlayOptions, name: str) -> bool:
    return bool(getattr(options, name) == getattr(PlayOptions(), name))


def play_options(material: Material) -> PlayOptions:
    """The switches of a material."""
    return PlayOptions.from_json(material.play_options)


def set_play_options(session: Session, identity: Identity, material: Material, **changes: Any) -> PlayOptions:
    """Change some switches of a material.

    Raises:
        ForbiddenError: the identity is neither its author nor a reviewer over it.
        ServiceError: `play_option_malformed`: no such switch, or a value of another type than its default.
    """
    review.hold(session, material)
    session.refresh(material, ["play_options"])
    require(identity, Action.SET_PLAY_OPTIONS, material)
    known = {field.name: type(field.default) for field in fields(PlayOptions)}
    for name, value in changes.items():
        if type(value) is not known.get(name):
            raise ServiceError("play_option_malformed", option=name)
    options = replace(play_options(material), **changes)
    if options != play_options(material):
        material.play_options = options.to_json()
        session.flush()
        audit.record(session, identity, "material.play_options", material, **options.to_json())
    return options
