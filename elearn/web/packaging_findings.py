"""What the rules of content packaging find in a manifest: the cause, and the remedy."""
# ruff: noqa: E501 - a sentence is one line, so that it can be found and read

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

N_ = str  # marks a message for the catalogs; it is translated when it is shown

PACKAGING: Mapping[str, tuple[str, str]] = {
    "cam_elements_of_other_edition": (
        N_("%(count)s elements belong to another edition of SCORM and are read by no player: %(names)s."),
        N_("Export for the edition you mean, or remove them."),
    ),
    "cam_clusters_with_resource": (
        N_("%(count)s items have items below them and a page of their own, which SCORM 2004 never shows: %(names)s."),
        N_("Move the page into an item of its own below them."),
    ),
    "cam_leaves_without_resource": (
        N_("%(count)s items lead nowhere, because they name no resource: %(names)s."),
        N_("Give each a page (identifierref), or remove it."),
    ),
    "cam_launches_without_href": (
        N_("%(count)s items use a resource that names no file to open: %(names)s."),
        N_("Add the launch file (href) to the resource."),
    ),
    "cam_scorm_types_unknown": (
        N_(
            "%(count)s resources have a scormType that is neither “sco” nor “asset”, so their results are not recorded: %(names)s."
        ),
        N_("Write “sco” for pages that report results, “asset” for all others."),
    ),
    "cam_mastery_scores_invalid": (
        N_("%(count)s mastery scores are not numbers from 0 to 100 and are ignored: %(names)s."),
        N_("Write the pass mark as a number from 0 to 100."),
    ),
    "cam_max_times_invalid": (
        N_("%(count)s time limits are not written as hours:minutes:seconds and are ignored: %(names)s."),
        N_("Write them like 0000:30:00."),
    ),
    "cam_prerequisites_unknown": (
        N_("%(count)s prerequisites name an item that does not exist, or the item itself: %(names)s."),
        N_("Use identifiers of other items of this manifest, or remove the prerequisite."),
    ),
    "cam_data_from_lms_too_long": (
        N_("The launch data (dataFromLMS) of %(count)s items is longer than a player must keep: %(names)s."),
        N_("Shorten it, or put it into a file of the package."),
    ),
    "cam_schema_unexpected": (
        N_("The manifest declares its edition in other words than the standard's: %(names)s."),
        N_("Write it exactly so; some systems refuse anything else."),
    ),
    "cam_elements_missing": (
        N_("The manifest lacks what every manifest must have: %(names)s."),
        N_("Export the package anew, or add the missing parts."),
    ),
    "cam_elements_repeated": (
        N_("%(count)s elements stand twice where one is allowed; only one of them counts: %(names)s."),
        N_("Keep the one you mean."),
    ),
    "cam_identifiers_malformed": (
        N_("%(count)s identifiers are not of the allowed form: %(names)s."),
        N_("Begin with a letter or “_”, then letters, digits, “-”, “_” and “.” only."),
    ),
    "cam_identifiers_shared": (
        N_("%(count)s identifiers are used by two kinds of elements: %(names)s."),
        N_("Give every element of the manifest an identifier of its own."),
    ),
    "cam_default_organization_missing": (
        N_("The manifest has several organizations but does not say which is the default; %(names)s was taken."),
        N_("Name it in the attribute “default” of <organizations>."),
    ),
    "cam_parameters_unused": (
        N_("%(count)s items have parameters but open no page, so nobody reads them: %(names)s."),
        N_("Move the parameters to the item that opens the page."),
    ),
    "cam_parameters_malformed": (
        N_("%(count)s items have parameters that cannot stand in an address: %(names)s."),
        N_("Write them like ?name=value&name=value, with blanks as %%20."),
    ),
    "cam_titles_too_long": (
        N_("The titles of %(count)s items are longer than 200 characters and may be cut: %(names)s."),
        N_("Shorten them."),
    ),
    "cam_everything_invisible": (
        N_("Every item is hidden from the table of contents (isvisible): %(names)s."),
        N_("Show the items among which learners should choose."),
    ),
    "cam_scorm_types_missing": (
        N_(
            "%(count)s resources do not say whether they report results (scormType), and are taken as pages that do not: %(names)s."
        ),
        N_("Write “sco” for pages that report results, “asset” for all others."),
    ),
    "cam_resource_types_unexpected": (
        N_("%(count)s resources have another type than “webcontent”: %(names)s."),
        N_('Write type="webcontent"; SCORM has no other.'),
    ),
    "cam_launch_files_unlisted": (
        N_("The launch file of %(count)s resources is not in their list of files: %(names)s."),
        N_("Add it as <file>; some systems copy listed files only."),
    ),
    "cam_resources_unused": (
        N_("%(count)s resources are used by no item: %(names)s."),
        N_("Remove them, or add the items that were meant to open them."),
    ),
    "cam_dependencies_circular": (
        N_("%(count)s resources depend on each other in a circle: %(names)s."),
        N_("Put what they share into one resource on which the others depend."),
    ),
    "cam_time_limit_actions_alone": (
        N_("%(count)s items say what happens when time is up but set no time limit: %(names)s."),
        N_("Set the limit as well, or remove the action."),
    ),
    "cam_thresholds_unused": (
        N_("%(count)s items set a progress for completion that decides nothing: %(names)s."),
        N_('Write completedByMeasure="true" if progress shall decide.'),
    ),
    "cam_data_maps_repeated": (
        N_("%(count)s shared data stores are named twice in one item: %(names)s."),
        N_("Name each targetID once."),
    ),
    "cam_data_maps_unused": (
        N_("%(count)s items name shared data stores, but open nothing that could use them: %(names)s."),
        N_("Move them to items that open a SCO."),
    ),
    "cam_presentations_unused": (
        N_("%(count)s items hide buttons of the player, but open no page themselves, so nothing is hidden: %(names)s."),
        N_("Move the presentation to the items that open pages."),
    ),
    "cam_metadata_files_missing": (
        N_("%(count)s files with metadata of items or resources are not in the package: %(names)s."),
        N_("Add the files, or remove the reference (location)."),
    ),
    "cam_metadata_files_unreadable": (
        N_("%(count)s files with metadata of items or resources are not well-formed XML: %(names)s."),
        N_("Export the metadata anew, or remove the reference (location)."),
    ),
    "cam_bases_malformed": (
        N_("%(count)s base folders (xml:base) are not relative or do not end in “/”: %(names)s."),
        N_("Write a folder of the package with “/” at its end."),
    ),
    "cam_addresses_absolute": (
        N_("%(count)s file addresses begin with “/”, which elsewhere means the whole server: %(names)s."),
        N_("Write them relative to imsmanifest.xml."),
    ),
    "cam_addresses_unescaped": (
        N_("%(count)s file addresses hold blanks, “\\” or other characters that must be escaped: %(names)s."),
        N_("Rename the files without them, or write a blank as %%20 and “\\” as “/”."),
    ),
    "cam_file_names_fragile": (
        N_("%(count)s file names hold “?”, “#” or “%%”, which mean something else in an address: %(names)s."),
        N_("Rename the files with letters, digits, “-” and “_”."),
    ),
    "cam_files_unlisted": (
        N_("%(count)s files of the package are listed by no resource: %(names)s."),
        N_("Remove what is not needed and list the rest; some systems copy listed files only."),
    ),
    "cam_api_not_found": (
        N_(
            "%(count)s items are said to report results, but none of the package's pages and scripts seems to mention the SCORM API: %(names)s."
        ),
        N_(
            "Play the package once and see whether it reports. If it does not, export it as SCORM anew, or declare its pages as “asset”."
        ),
    ),
}
