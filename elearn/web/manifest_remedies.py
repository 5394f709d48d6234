"""What to do about what the reader of manifests finds; the causes stand with the other findings of intake."""
# ruff: noqa: E501 - a sentence is one line, so that it can be found and read

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

N_ = str  # marks a message for the catalogs; it is translated when it is shown

MANIFEST_REMEDIES: Mapping[str, str] = {
    "xml_encoding_guessed": N_("Save imsmanifest.xml as UTF-8."),
    "xml_encoding_misdeclared": N_("Save imsmanifest.xml as UTF-8."),
    "xml_repaired": N_(
        "Escape & as &amp; in imsmanifest.xml, or export the package anew; other systems will refuse it."
    ),
    "xml_prefix_undeclared": N_(
        "Declare the prefix (xmlns:…) in the first element; other systems will refuse the file."
    ),
    "xml_empty": N_("Export the package anew."),
    "xml_too_large": N_("Split the course into several packages."),
    "xml_too_many_elements": N_("Split the course into several packages."),
    "xml_too_deep": N_("Export the package anew with fewer levels."),
    "xml_doctype_refused": N_("Remove the lines <!DOCTYPE …> and export the package anew."),
    "manifest_root_unexpected": N_("Export the package as SCORM anew."),
    "manifest_not_scorm": N_("Export it as SCORM 1.2 or SCORM 2004."),
    "manifest_nothing_to_launch": N_("Give at least one item a page of the package, or export it anew."),
    "manifest_launch_files_missing": N_("Add the files, or correct the addresses."),
    "manifest_launch_addresses_refused": N_("Let items open files of the package only."),
    "manifest_launch_addresses_external": N_("Put the pages into the package."),
    "manifest_in_subfolder": N_(
        "Zip the content of the folder, not the folder itself; other systems will not find the manifest."
    ),
    "manifest_edition_conflict": N_("Write the schemaversion that fits, or export the package anew."),
    "manifest_edition_guessed": N_("Write <schemaversion>, such as “1.2” or “2004 4th Edition”."),
    "manifest_organization_missing": N_("Add an organization with a title and items."),
    "manifest_default_organization_unknown": N_("Correct the attribute “default” of <organizations>."),
    "manifest_default_organization_empty": N_(
        "Correct the attribute “default” of <organizations>, or fill the organization."
    ),
    "manifest_submanifests_merged": N_("Write one manifest; SCORM 2004 has no nested ones."),
    "manifest_identifiers_missing": N_("Give every item and resource an identifier."),
    "manifest_identifiers_duplicate": N_(
        "Give every item and resource an identifier of its own, because results are kept under it."
    ),
    "manifest_titles_missing": N_("Give every item a title; learners choose by it."),
    "manifest_too_many_items": N_("Split the course into several packages."),
    "manifest_resources_missing": N_("Add the resources, or correct the identifierref."),
    "manifest_dependencies_missing": N_("Add the resources, or remove the dependency."),
    "manifest_files_missing": N_("Add the files, or remove them from the list."),
    "manifest_file_names_differ": N_(
        "Write the names exactly as the files are called, small and capital letters included; other systems will not find them."
    ),
    "manifest_values_invalid": N_("Write one of the values the standard allows."),
    "manifest_metadata_file_missing": N_("Add the files, or remove the reference (location)."),
    "manifest_metadata_file_unreadable": N_("Export the metadata anew, or remove the reference (location)."),
    "outside_host": N_("Put the files into the package and refer to them there."),
}
