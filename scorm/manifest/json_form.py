"""The stored form of a manifest: JSON, because a version's manifest is read at every launch."""

from __future__ import annotations

from typing import Final

from scorm.dataclass_json import JsonFormError, JsonValue, from_json, to_json
from scorm.manifest.model import Manifest
from scorm.sequencing.definition import SequencingDefinition

FORMAT: Final = 1
_NAMES: Final = (("SequencingDefinition", SequencingDefinition),)


def manifest_to_json(manifest: Manifest) -> dict[str, JsonValue]:
    """The manifest with its sequencing as JSON values; `manifest_from_json` gives back an equal one."""
    return {"format": FORMAT, "manifest": to_json(manifest)}


def manifest_from_json(data: dict[str, JsonValue]) -> Manifest:
    """The manifest from its stored form.

    Raises:
        JsonFormError: the data was not written by `manifest_to_json`, or by a newer form of it.
    """
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise JsonFormError("not a manifest of a known format")
    return from_json(Manifest, data.get("manifest"), _NAMES)
