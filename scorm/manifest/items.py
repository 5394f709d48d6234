"""Reading of `<item>` and what the ADL namespaces add to it (CAM 1.2, 2.3; CAM 4th Edition 3.4.1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from scorm.manifest.elements import attribute, boolean, child, children, label_of, measure, text_of
from scorm.manifest.model import CompletionThreshold, DataMap, Item
from scorm.plain_text import one_line
from scorm.sequencing.reading import read_sequencing

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from lxml.etree import _Element as Element

    from scorm.manifest.report import Report
    from scorm.sequencing.definition import SequencingDefinition

_TIME_LIMIT_ACTIONS: Final = frozenset({"exit,message", "exit,no message", "continue,message", "continue,no message"})
_DEVICES: Final = {
    name.lower(): name for name in ("previous", "continue", "exit", "exitAll", "abandon", "abandonAll", "suspendAll")
}


@dataclass(slots=True)
class ItemReader:
    """Reads the items of one organization; `seen` holds the identifiers its activities already have."""

    is_2004: bool
    resource_ids: Collection[str]
    sequencing_collection: Mapping[str, Element]
    report: Report
    seen: set[str] = field(default_factory=set)
    _copies: dict[str, int] = field(default_factory=dict)  # how often an identifier was taken, to try the next

    def read_items(self, parent: Element, number: str = "") -> tuple[Item, ...]:
        """The `<item>` children of an organization or item, `number` being its outline number ("2.1.")."""
        return tuple(
            self._read_item(element, f"{number}{position}.")
            for position, element in enumerate(children(parent, "item"), start=1)
        )

    def _read_item(self, element: Element, number: str) -> Item:
        identifier = self.unique(element, f"item-{number.rstrip('.')}")
        return Item(
            identifier=identifier,
            title=self._title(element, identifier),
            resource_id=self._resource_id(element),
            parameters=attribute(element, "parameters") or "",
            is_visible=boolean(element, "isvisible", self.report, default=True),
            data_from_lms=text_of(child(element, "datafromlms")),
            time_limit_action=self._time_limit_action(element),
            mastery_score=label_of(child(element, "masteryscore")),
            max_time_allowed=label_of(child(element, "maxtimeallowed")),
            prerequisites=label_of(child(element, "prerequisites")),
            completion_threshold=self.completion_threshold(element),
            hide_lms_ui=self._hidden_devices(element),
            data_maps=self._data_maps(element),
            sequencing=self.sequencing(element),
            children=self.read_items(element, number),
        )

    def unique(self, element: Element, substitute: str) -> str:
        """An identifier no other activity of the tree has, so that no two share their tracking.

        A missing one is replaced by the outline number, a repeated one gets "~2", "~3"...
        """
        written = attribute(element, "identifier") or ""
        if not written:
            self.report.gather("manifest_identifiers_missing", substitute, element)
        elif written in self.seen:
            self.report.gather("manifest_identifiers_duplicate", written, element)
        wanted = identifier = written or substitute
        while identifier in self.seen:
            self._copies[wanted] = self._copies.get(wanted, 1) + 1
            identifier = f"{wanted}~{self._copies[wanted]}"
        self.seen.add(identifier)
        return identifier

    def completion_threshold(self, element: Element) -> CompletionThreshold | None:
        """`adlcp:completionThreshold` as attributes (4th Edition 3.4.1.14) or as text (2nd and 3rd Edition).

        The text form means that the measure decides the completion, because those editions have no
        attribute to say otherwise.
        """
        threshold = child(element, "completionthreshold")
        if threshold is None or not self.is_2004:
            return None
        text = text_of(threshold)
        by_text = bool(text) and measure(text, "completionThreshold", self.report, default=-1.0) >= 0
        least = text if by_text else attribute(threshold, "minprogressmeasure")
        return CompletionThreshold(
            completed_by_measure=boolean(threshold, "completedbymeasure", self.report, default=by_text),
            min_progress_measure=measure(least, "minProgressMeasure", self.report, default=1.0),
            progress_weight=measure(attribute(threshold, "progressweight"), "progressWeight", self.report, default=1.0),
        )

    def sequencing(self, element: Element) -> SequencingDefinition | None:
        """`imsss:sequencing` of an item or organization; SCORM 1.2 has none."""
        sequencing = child(element, "sequencing")
        if sequencing is None or not self.is_2004:
            return None
        return read_sequencing(sequencing, self.sequencing_collection)

    def _title(self, element: Element, identifier: str) -> str:
        """The title, or the identifier: a table of contents must not show an empty line."""
        title = label_of(child(element, "title"))
        if not title:
            self.report.gather("manifest_titles_missing", identifier, element)
        return title or one_line(identifier) or identifier

    def _resource_id(self, element: Element) -> str:
        written = attribute(element, "identifierref") or ""
        if not written or written in self.resource_ids:
            return written
        self.report.gather("manifest_resources_missing", written, element)
        return ""

    def _time_limit_action(self, element: Element) -> str:
        """`adlcp:timeLimitAction`, one of four values written "exit,message" without blank after the comma."""
        written = label_of(child(element, "timelimitaction"))
        value = ",".join(part.strip() for part in written.lower().split(","))
        if not value or value in _TIME_LIMIT_ACTIONS:
            return value
        self.report.gather("manifest_values_invalid", f"timeLimitAction={written}", element)
        return ""

    def _hidden_devices(self, element: Element) -> frozenset[str]:
        """Navigation devices of `adlnav:hideLMSUI` (CAM 4th Edition 5.2.1), in the standard's spelling."""
        interface = child(element, "presentation", "navigationinterface")
        hidden = set()
        for hide in () if interface is None else children(interface, "hidelmsui"):
            name = label_of(hide)
            if device := _DEVICES.get(name.lower()):
                hidden.add(device)
            elif name:
                self.report.gather("manifest_values_invalid", f"hideLMSUI={name}", hide)
        return frozenset(hidden)

    def _data_maps(self, element: Element) -> tuple[DataMap, ...]:
        """`adlcp:data/adlcp:map` (CAM 4th Edition 3.4.1.17); a map without target is left out."""
        data = child(element, "data")
        return tuple(
            DataMap(
                target_id=target,
                read_shared_data=boolean(entry, "readshareddata", self.report, default=True),
                write_shared_data=boolean(entry, "writeshareddata", self.report, default=True),
            )
            for entry in (() if data is None else children(data, "map"))
            if (target := attribute(entry, "targetid"))
        )
