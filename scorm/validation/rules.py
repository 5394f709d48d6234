"""All groups of rules, run over one package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scorm.validation import (
    control_modes,
    files,
    items,
    launch_pages,
    metadata,
    objectives,
    package,
    resources,
    rollup,
    scorm12,
    scorm2004,
    sequencing_rules,
    sequencing_values,
)
from scorm.validation.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lxml.etree import _Element as Element

    from scorm.findings import Finding
    from scorm.manifest.model import Manifest

_FOR_ALL: Final = (package, items, resources, files, metadata, launch_pages)
_FOR_12: Final = (scorm12,)
_FOR_2004: Final = (scorm2004, sequencing_values, control_modes, sequencing_rules, rollup, objectives)


def validate(
    root: Element,
    manifest: Manifest,
    names: Iterable[str],
    *,
    base: str = "",
    read_entry: Callable[[str], bytes | None] | None = None,
) -> tuple[Finding, ...]:
    """What the rules say of a manifest: its parsed XML, and what `scorm.manifest` read from it.

    `names`, `base` and `read_entry` are those of `scorm.manifest.read_manifest`; without `read_entry` nothing is said
    of what files contain. No finding refuses the package. The time is linear in the size of the manifest, and what
    is read of files is bounded.
    """
    subject = Subject(root, manifest, frozenset(names), base, read_entry or (lambda _: None))
    for group in (*_FOR_ALL, *(_FOR_2004 if subject.is_2004 else _FOR_12)):
        group.check(subject)
    return subject.report.findings()
