"""What SCORM 2004 adds to an item beside sequencing: threshold, launch data, shared data, presentation (CAM 3.4.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scorm.manifest.elements import attribute, children, text_of

if TYPE_CHECKING:
    from scorm.validation.subject import Activity, Subject

_LONGEST_DATA: Final = 4000  # characters every system must keep (CAM 3.4.1.13)


def check(subject: Subject) -> None:
    """Report on the additions of every item."""
    for item in subject.items:
        _check_launch_data(subject, item)
        _check_threshold(subject, item)
        _check_shared_data(subject, item)
        _check_presentation(subject, item)


def _check_launch_data(subject: Subject, item: Activity) -> None:
    """`adlcp:dataFromLMS` has 4,000 characters; `timeLimitAction` needs a limit (CAM 3.4.1.12, 3.4.1.13)."""
    data, action = item.part("datafromlms"), item.part("timelimitaction")
    if len(text_of(data)) > _LONGEST_DATA:
        subject.note("cam_data_from_lms_too_long", f"{item.identifier}: > {_LONGEST_DATA}", data)
    if text_of(action) and not item.definition.limits.attempt_absolute_duration_limit:
        subject.note("cam_time_limit_actions_alone", item.identifier, action)


def _check_threshold(subject: Subject, item: Activity) -> None:
    """`minProgressMeasure` decides nothing unless `completedByMeasure` is true (CAM 3.4.1.14)."""
    threshold = item.source.completion_threshold
    element = item.part("completionthreshold")
    is_unused = threshold is not None and not threshold.completed_by_measure
    if is_unused and element is not None and attribute(element, "minprogressmeasure"):
        subject.note("cam_thresholds_unused", item.identifier, element)


def _check_shared_data(subject: Subject, item: Activity) -> None:
    """`adlcp:data` belongs to SCOs, with each target once (CAM 3.4.1.17, 3.4.1.18)."""
    data = item.part("data")
    if data is None:
        return
    if not item.is_sco:
        subject.note("cam_data_maps_unused", item.identifier, data)
    targets: set[str] = set()
    for written in children(data, "map"):
        target = attribute(written, "targetid") or ""
        if target in targets:
            subject.note("cam_data_maps_repeated", f"{item.identifier}: {target}", written)
        targets.add(target)


def _check_presentation(subject: Subject, item: Activity) -> None:
    """`adlnav:presentation` belongs to leaves that launch something (CAM 5.2.1)."""
    presentation = item.part("presentation")
    if presentation is not None and item.children:
        subject.note("cam_presentations_unused", item.identifier, presentation)
