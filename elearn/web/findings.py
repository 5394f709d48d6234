"""The sentences for every finding: what was found, and what to do about it.

Those of intake say both in one sentence; what the standard says of a manifest has a cause and a remedy.
"""
# ruff: noqa: E501 - a sentence is one line, so that it can be found and read

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from elearn.web.content_findings import MISBEHAVED
from elearn.web.manifest_remedies import MANIFEST_REMEDIES
from elearn.web.packaging_findings import PACKAGING
from elearn.web.sequencing_findings import SEQUENCING
from elearn.web.tolerance_findings import TOLERATED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

N_ = str  # marks a message for the catalogs; it is translated when it is shown

_OF_INTAKE: Mapping[str, str] = {
    "empty_file": N_("The file is empty (0 bytes). Export it again and upload the new file."),
    "not_an_archive": N_(
        "The file is called %(extension)s but is not a package at all; it was probably damaged on its way. Export it again from your authoring tool."
    ),
    "unrecognised_file": N_(
        "What kind of file this is cannot be told from its contents. Pack it into a ZIP if it should be kept all the same."
    ),
    "zip_named_otherwise": N_(
        "The file is called %(extension)s, but it is a plain ZIP archive without the parts of such a file, so nothing could open it under that name. Save the document anew, or call the archive .zip."
    ),
    "malware_found": N_(
        "The scanner has found harmful software in this file: %(threat)s. The file was set aside; nobody can open it. Clean the machine it came from and make the file anew, or ask your administrator if you believe that the scanner is wrong."
    ),
    "too_large_to_scan": N_(
        "The file is larger than the scanner takes. An administrator must release it before it is opened or published."
    ),
    "reader_failed": N_(
        "The file could not be read because of a fault on our side. It was not stored; please tell your administrator."
    ),
    "reader_took_too_long": N_(
        "Reading the file took too long and was stopped. Try to save it anew with fewer or simpler pages."
    ),
    "zip_truncated": N_("The archive ends too early: part of it is missing. Upload it again, or export it anew."),
    "zip_damaged": N_("The archive's table of contents is damaged. Export it anew."),
    "zip_without_files": N_("The archive holds no files."),
    "zip_multi_volume": N_("This is one part of an archive split into several. Make it anew as one file."),
    "zip_encrypted": N_(
        "The archive is protected by a password, so nobody could open the lesson. Make it anew without one."
    ),
    "zip_unknown_method": N_(
        "A file in the archive is compressed with method %(method)s, which browsers and this library cannot read. Make it anew as an ordinary ZIP."
    ),
    "zip_header_mismatch": N_(
        "The archive says two different things about the same file, as forged archives do. Make it anew."
    ),
    "zip_overlap": N_("Files in the archive overlap, as in archives made to do harm. Make it anew."),
    "zip_size_mismatch": N_("A file in the archive is not as large as the archive says. Make it anew."),
    "zip_crc_mismatch": N_("A file in the archive is damaged (its checksum is wrong). Export it anew."),
    "zip_data_damaged": N_("A file in the archive is damaged and cannot be unpacked. Export it anew."),
    "zip_bomb": N_(
        "The archive would unpack to an unreasonable size (more than %(limit)s times its own), as archives made to do harm do."
    ),
    "zip_too_many_entries": N_("The archive holds more files than are allowed."),
    "zip_too_large": N_("Unpacked, the archive would be larger than is allowed."),
    "zip_entry_too_large": N_("One file in the archive is larger than is allowed."),
    "entry_special_file": N_(
        "The archive holds a link or device instead of a file (%(type)s). Make it anew with ordinary files only."
    ),
    "entry_folder_with_data": N_("A folder in the archive carries data, as forged archives do. Make it anew."),
    "name_empty": N_("A file in the archive has no name."),
    "name_undecodable": N_(
        "A file name in the archive cannot be read: its letters were lost when the archive was made. Rename the file."
    ),
    "name_traversal": N_("A file name in the archive leads out of the package (“..”), as in archives made to do harm."),
    "name_absolute": N_("A file name in the archive is an absolute path, as in archives made to do harm."),
    "name_control_character": N_("A file name in the archive holds an invisible control character."),
    "name_reserved": N_("A file name in the archive is reserved by Windows (such as CON or NUL). Rename the file."),
    "name_trailing_dot_or_space": N_("A file name in the archive ends in a dot or a space. Rename the file."),
    "name_too_long": N_("A file name in the archive is too long. Shorten it."),
    "name_duplicate": N_("Two files in the archive have the same name. Make it anew."),
    "name_collision": N_(
        "Two files in the archive have names that differ only in letter case or accents (the other is %(other)s). Rename one."
    ),
    "name_file_and_folder": N_("The archive uses the same name for a file and for a folder."),
    "manifest_without_package": N_(
        "This is only the description of a package (%(kind)s), without its files. Upload the whole package."
    ),
    "manifest_too_deep": N_(
        "imsmanifest.xml lies too deep in folders, or several lie beside each other. Make the archive anew with it at the top."
    ),
    "h5p_without_h5p_json": N_("The file is called .h5p but has no h5p.json inside. Export it anew from H5P."),
    "pdf_encrypted": N_("The PDF is protected by a password. Save it without one."),
    "pdf_damaged": N_("The PDF is damaged and cannot be opened. Export it anew."),
    "pdf_without_pages": N_("The PDF has no pages."),
    "name_collision_identical": N_(
        "Two files differ only in the letter case of their names and are the same; one is served for both (the other is %(other)s)."
    ),
    "wrong_extension": N_(
        "The file is called %(extension)s, but by its contents it is of the kind “%(kind)s”; it was taken as that."
    ),
    "outside_host": N_(
        "A page of the lesson loads something from %(host)s. That does not work here: lessons may not reach other sites."
    ),
    "flash_needed": N_(
        "The lesson is made of %(count)s Flash files, which no browser plays any more: learners would see an empty page. Open its source in the authoring tool and publish it anew as HTML5."
    ),
    "pdf_without_text": N_(
        "The PDF holds pictures of pages but no text, so search finds it only by title and description."
    ),
    "picture_failed": N_("No picture of the first page could be made."),
    "junk_ignored": N_("%(count)s files that an operating system left in the archive are ignored."),
    "name_legacy_encoding": N_(
        "File names in the archive are written in an old encoding (%(encoding)s) and were converted."
    ),
    "name_backslash": N_("%(count)s file names use “\\” instead of “/” and were corrected."),
    "text_shortened": N_(
        "The text of the material is long; search covers its beginning (%(count)s parts were shortened)."
    ),
    "office_encrypted": N_("The document is protected by a password. Save it without one."),
    "office_macros": N_(
        "The document holds macros (small programs). The library never runs them; switch them on only if you trust the author."
    ),
    "document_partly_unreadable": N_(
        "A part of the document is damaged or too large to be read, so search covers only the rest."
    ),
    "kept_as_download": N_(
        "A file of this kind is kept as it is and can be downloaded; search finds it by title and description."
    ),
    "old_office_not_read": N_(
        "This is a document in the old form of Office (.doc, .ppt, .xls). Where this site has LibreOffice, its pages can be looked at and found by their words; else it is kept for download. Save it as .docx, .pptx or .xlsx to be sure."
    ),
    "epub_protected": N_(
        "The book is protected by a key that was bought with it, so nobody else could open it. Upload an edition without protection."
    ),
    "description_unreadable": N_(
        "The file %(name)s, which describes the package, is missing or damaged. Export the package anew."
    ),
    "launch_file_missing": N_("The package has nothing to open: %(name)s is not in it. Export the package anew."),
    "launch_files_missing": N_("%(count)s parts lead to files that are not in the package: %(names)s."),
    "launch_outside": N_("%(count)s parts lead to other sites and are not kept here: %(names)s."),
    "listed_files_missing": N_("%(count)s files that the package lists are not in it: %(names)s."),
    "h5p_main_library_missing": N_(
        "The file h5p.json does not say of which type the content is. Export it anew from H5P."
    ),
    "h5p_libraries_missing": N_(
        "%(count)s H5P libraries are not in the file (%(names)s). It plays only where they are installed; export it with its libraries."
    ),
    "results_not_recorded": N_(
        "The lesson opens in the browser, but for this kind results and progress are not recorded yet."
    ),
    "not_played_yet": N_(
        "A lesson of this kind is kept, found by its words and can be downloaded, but it cannot be opened in the browser here yet."
    ),
    "single_page_downloaded": N_(
        "A single web page is offered for download only, because pages can carry programs. Put it into a ZIP with its pictures to have it opened in the browser."
    ),
    "xml_empty": N_("imsmanifest.xml is empty."),
    "xml_too_large": N_("imsmanifest.xml is too large (%(size)s bytes; at most %(limit)s)."),
    "xml_too_many_elements": N_("imsmanifest.xml has too many elements (at most %(limit)s)."),
    "xml_too_deep": N_("imsmanifest.xml is nested too deeply (at most %(limit)s levels)."),
    "xml_doctype_refused": N_(
        "imsmanifest.xml declares a document type (DTD) or entities, which are refused because they can be used to do harm."
    ),
    "xml_not_well_formed": N_(
        "imsmanifest.xml is not well-formed XML (line %(line)s, column %(column)s: %(reason)s). Export the package anew."
    ),
    "xml_repaired": N_("imsmanifest.xml has a fault in line %(line)s (%(reason)s) that could be mended."),
    "xml_prefix_undeclared": N_(
        "imsmanifest.xml uses a namespace prefix that it does not declare; it was understood nevertheless."
    ),
    "xml_encoding_guessed": N_("imsmanifest.xml does not say its encoding; it was read as %(encoding)s."),
    "xml_encoding_misdeclared": N_("imsmanifest.xml says %(declared)s but is written in %(encoding)s."),
    "manifest_root_unexpected": N_("imsmanifest.xml is not a manifest: it begins with “%(name)s”."),
    "manifest_not_scorm": N_("The manifest is not SCORM but %(kind)s %(version)s."),
    "manifest_nothing_to_launch": N_("The package has nothing to open: no item leads to a file."),
    "manifest_launch_file_missing": N_(
        "The file the lesson starts with is not in the package: %(name)s. Export the package anew."
    ),
    "manifest_launch_only_outside": N_(
        "The lesson begins on another site (%(names)s) and not with a file of the package, so it can neither be kept nor tracked here. Export it again with its own files."
    ),
    "manifest_launch_files_missing": N_(
        "%(count)s parts of the lesson lead to files that are not in the package: %(names)s."
    ),
    "manifest_launch_addresses_refused": N_("%(count)s addresses were refused because they could do harm: %(names)s."),
    "manifest_launch_addresses_external": N_("%(count)s parts lead to other sites and will not be tracked: %(names)s."),
    "manifest_in_subfolder": N_(
        "The manifest lies in the folder %(folder)s instead of at the top; the package was taken from there."
    ),
    "manifest_edition_conflict": N_(
        "The manifest says edition “%(declared)s”, but is written like %(edition)s; it was taken as that."
    ),
    "manifest_edition_guessed": N_(
        "The manifest does not say its edition clearly (“%(declared)s”); it was taken as %(edition)s."
    ),
    "manifest_organization_missing": N_(
        "The manifest has no organization; a table of contents of %(count)s entries was made from its resources."
    ),
    "manifest_default_organization_unknown": N_(
        "The manifest names a default organization that does not exist (%(identifier)s); the first one was taken."
    ),
    "manifest_default_organization_empty": N_(
        "The default organization (%(identifier)s) is empty; another one was taken."
    ),
    "manifest_submanifests_merged": N_("The manifest holds %(count)s manifests inside itself, which were merged."),
    "manifest_identifiers_missing": N_("%(count)s entries have no identifier and were given one: %(names)s."),
    "manifest_identifiers_duplicate": N_("%(count)s identifiers are used twice: %(names)s."),
    "manifest_titles_missing": N_("%(count)s entries have no title: %(names)s."),
    "manifest_too_many_items": N_("The manifest has more entries than can be kept (at most %(limit)s)."),
    "manifest_resources_missing": N_("%(count)s entries refer to resources that the manifest lacks: %(names)s."),
    "manifest_dependencies_missing": N_("%(count)s dependencies are not in the manifest: %(names)s."),
    "manifest_files_missing": N_("%(count)s listed files are not in the package: %(names)s."),
    "manifest_file_names_differ": N_(
        "%(count)s file names are written differently in the manifest and in the package; the files were found nevertheless: %(names)s."
    ),
    "manifest_values_invalid": N_(
        "%(count)s values in the manifest are not allowed there and were left out: %(names)s."
    ),
    "manifest_metadata_file_missing": N_("%(count)s files with metadata are missing: %(names)s."),
    "manifest_metadata_file_unreadable": N_("%(count)s files with metadata cannot be read: %(names)s."),
}

_OF_RULES = {**PACKAGING, **SEQUENCING}
_OF_PLAYING = {**TOLERATED, **MISBEHAVED}
FINDINGS: Mapping[str, str] = {**_OF_INTAKE, **_OF_PLAYING, **{code: cause for code, (cause, _) in _OF_RULES.items()}}
REMEDIES: Mapping[str, str] = {**MANIFEST_REMEDIES, **{code: remedy for code, (_, remedy) in _OF_RULES.items()}}


class _Given(dict[str, Any]):
    """Parameters of a finding; one that an older reader did not record shows as an ellipsis."""

    def __missing__(self, name: str) -> str:
        return "…"


def finding_sentence(code: str, params: Mapping[str, Any], translate: Callable[[str], str]) -> str:
    """What was found; a code that only an older version knew shows as itself."""
    return _told(FINDINGS, code, params, translate) or code


def finding_remedy(code: str, params: Mapping[str, Any], translate: Callable[[str], str]) -> str:
    """What to do about it, "" where the sentence says it already."""
    return _told(REMEDIES, code, params, translate)


def _told(sentences: Mapping[str, str], code: str, params: Mapping[str, Any], translate: Callable[[str], str]) -> str:
    sentence = sentences.get(code)
    # Translated first and filled afterwards: the parameters come from the file.
    return translate(sentence) % _Given(params) if sentence else ""
