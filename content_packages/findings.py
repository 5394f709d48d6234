"""The codes of everything intake can say about a file, each with its severity."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from scorm.findings import Finding, Severity
from scorm.plain_text import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

_REFUSALS = (
    # The file as a whole.
    "empty_file",
    "not_an_archive",
    "unrecognised_file",
    "zip_named_otherwise",
    "reader_failed",
    "reader_took_too_long",
    # The structure of a ZIP archive.
    "zip_truncated",
    "zip_damaged",
    "zip_without_files",
    "zip_multi_volume",
    "zip_encrypted",
    "zip_unknown_method",
    "zip_header_mismatch",
    "zip_overlap",
    "zip_size_mismatch",
    "zip_crc_mismatch",
    "zip_data_damaged",
    "zip_bomb",
    "zip_too_many_entries",
    "zip_too_large",
    "zip_entry_too_large",
    # The entries of a ZIP archive.
    "entry_special_file",
    "entry_folder_with_data",
    "name_empty",
    "name_undecodable",
    "name_traversal",
    "name_absolute",
    "name_control_character",
    "name_reserved",
    "name_trailing_dot_or_space",
    "name_too_long",
    "name_duplicate",
    "name_collision",
    "name_file_and_folder",
    # The kinds of package.
    "manifest_without_package",
    "manifest_too_deep",
    "h5p_without_h5p_json",
    "pdf_encrypted",
    "pdf_damaged",
    "pdf_without_pages",
    "office_encrypted",
    "epub_protected",
    "description_unreadable",
    "launch_file_missing",
    # What a scanner says.
    "malware_found",
    "h5p_main_library_missing",
)
_WARNINGS = (
    "name_collision_identical",
    "wrong_extension",
    "outside_host",
    "too_large_to_scan",
    "flash_needed",
    "pdf_without_text",
    "picture_failed",
    "office_macros",
    "document_partly_unreadable",
    "launch_files_missing",
    "launch_outside",
    "listed_files_missing",
    "h5p_libraries_missing",
)
_REMARKS = (
    "junk_ignored",
    "name_legacy_encoding",
    "name_backslash",
    "text_shortened",
    "kept_as_download",
    "old_office_not_read",
    "results_not_recorded",
    "not_played_yet",
    "single_page_downloaded",
)

FINDING_CODES: Mapping[str, Severity] = MappingProxyType(
    dict.fromkeys(_REFUSALS, Severity.ERROR)
    | dict.fromkeys(_WARNINGS, Severity.WARNING)
    | dict.fromkeys(_REMARKS, Severity.INFO)
)


def finding(code: str, place: str = "", **params: str | int) -> Finding:
    """Make the finding `code` with the severity declared for it; KeyError when it is not declared."""
    shown = {name: one_line(value) if isinstance(value, str) else value for name, value in params.items()}
    return Finding(code, FINDING_CODES[code], shown, place)
