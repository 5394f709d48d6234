"""The words of pages about materials: findings, steps of publishing, platforms and languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext, lazy_gettext

from elearn.models.describing import ResourceType
from elearn.models.material import ReviewStep
from elearn.web.findings import finding_remedy, finding_sentence
from elearn.web.labels import KINDS
from scorm.manifest.entries import MANIFEST_NAME

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.blueprints import Blueprint

    from elearn.models.material import VersionFinding
    from scorm.findings import Finding

LANGUAGES: Mapping[str, Any] = {
    "vi": lazy_gettext("Vietnamese"),
    "en": lazy_gettext("English"),
    "fr": lazy_gettext("French"),
    "zh": lazy_gettext("Chinese"),
    "ja": lazy_gettext("Japanese"),
    "ko": lazy_gettext("Korean"),
    "ru": lazy_gettext("Russian"),
    "de": lazy_gettext("German"),
    "hmn": lazy_gettext("Hmong"),
    "tai": lazy_gettext("Thai (of Vietnam)"),
    "km": lazy_gettext("Khmer"),
    "cjm": lazy_gettext("Cham"),
    "jra": lazy_gettext("Jarai"),
    "mul": lazy_gettext("Several languages"),
}
PLATFORMS: Mapping[str, Any] = {
    "windows": "Windows",
    "linux": "Linux",
    "macos": "macOS",
    "android": "Android",
    "ios": "iOS",
    "java": "Java",
    "web": lazy_gettext("Web browser"),
}
RESOURCE_TYPES: Mapping[str, Any] = {
    ResourceType.UNKNOWN: lazy_gettext("Not stated"),
    ResourceType.ELEARNING: lazy_gettext("E-learning lesson"),
    ResourceType.SLIDES: lazy_gettext("Slides for a lesson"),
    ResourceType.LESSON_PLAN: lazy_gettext("Lesson plan"),
    ResourceType.WORKSHEET: lazy_gettext("Worksheet, exercises"),
    ResourceType.TEST: lazy_gettext("Test, examination"),
    ResourceType.SIMULATION: lazy_gettext("Virtual experiment, simulation"),
    ResourceType.GAME: lazy_gettext("Learning game"),
    ResourceType.VIDEO: lazy_gettext("Lesson on video"),
    ResourceType.AUDIO: lazy_gettext("Sound recording"),
    ResourceType.PICTURE: lazy_gettext("Picture, diagram, map"),
    ResourceType.READING: lazy_gettext("Text to read, reference"),
    ResourceType.TEXTBOOK: lazy_gettext("Textbook"),
    ResourceType.SOFTWARE: lazy_gettext("Teaching software"),
    ResourceType.COURSE: lazy_gettext("Whole course"),
}
STEPS: Mapping[str, Any] = {
    ReviewStep.SUBMITTED: lazy_gettext("Submitted"),
    ReviewStep.RETURNED: lazy_gettext("Returned"),
    ReviewStep.PUBLISHED: lazy_gettext("Published"),
    ReviewStep.WITHDRAWN: lazy_gettext("Withdrawn"),
    ReviewStep.EDITED: lazy_gettext("Description changed"),
    ReviewStep.PROPOSED: lazy_gettext("New version sent"),
    ReviewStep.ACCEPTED: lazy_gettext("New version accepted"),
    ReviewStep.DECLINED: lazy_gettext("New version declined"),
    ReviewStep.TAKEN_BACK: lazy_gettext("New version taken back"),
    ReviewStep.RESTORED: lazy_gettext("Earlier version restored"),
}


def sentence_of(finding: Finding | VersionFinding) -> str:
    """A finding as a sentence in the language of the page; kinds have the names people read."""
    params = dict(finding.params)
    if params.get("kind") in KINDS:
        params["kind"] = KINDS[params["kind"]][0]
    return finding_sentence(finding.code, params, gettext)


def remedy_of(finding: Finding | VersionFinding) -> str:
    """What to do about a finding, "" where its sentence says it."""
    return finding_remedy(finding.code, finding.params, gettext)


def place_of(finding: Finding | VersionFinding) -> str:
    """Where a finding is; lines of a manifest come as "imsmanifest.xml:12, 40"."""
    file, colon, lines = finding.place.partition(":")
    if file != MANIFEST_NAME or not colon:
        return finding.place
    return gettext("%(file)s, line %(lines)s", file=file, lines=lines)


def install_words(blueprint: Blueprint) -> None:
    """Give templates a filter for each; an unknown code shows as itself."""
    for name, words in (
        ("platform_label", PLATFORMS),
        ("step_label", STEPS),
        ("material_language", LANGUAGES),
        ("resource_type_label", RESOURCE_TYPES),
    ):
        blueprint.add_app_template_filter(lambda code, words=words: words.get(code, code), name)
    for name, words_of in (("sentence", sentence_of), ("remedy", remedy_of), ("place", place_of)):
        blueprint.add_app_template_filter(words_of, f"finding_{name}")
