"""The codes of everything the rules can say. All are gathered: `count` says how often, `names` where first.

CAM and SN are the books of SCORM 2004 4th Edition, CAM 1.2 that of SCORM 1.2.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from scorm.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

# Something will not work as its author meant.
_WARNINGS: Final = (
    # Items and resources.
    "cam_elements_of_other_edition",
    "cam_clusters_with_resource",
    "cam_leaves_without_resource",
    "cam_launches_without_href",
    "cam_scorm_types_unknown",
    "cam_mastery_scores_invalid",
    "cam_max_times_invalid",
    "cam_prerequisites_unknown",
    "cam_data_from_lms_too_long",
    # Sequencing.
    "seq_values_invalid",
    "seq_attributes_missing",
    "seq_collection_missing",
    "seq_no_way_through",
    "seq_nothing_to_choose",
    "seq_no_way_out",
    "seq_rules_without_condition",
    "seq_conditions_never_hold",
    "seq_objectives_unknown",
    "seq_objectives_never_set",
    "seq_objectives_repeated",
    "seq_attempt_limits_zero",
    "seq_attempt_limits_absent",
    "seq_time_conditions",
    "seq_flow_actions_impossible",
    "seq_rollup_counts_unreachable",
    "seq_rollup_without_children",
    "seq_two_writers",
    "seq_two_sources",
    "seq_globals_never_written",
    "nav_no_way_on",
)
_REMARKS: Final = (
    # The package and its manifest.
    "cam_schema_unexpected",
    "cam_elements_missing",
    "cam_elements_repeated",
    "cam_identifiers_malformed",
    "cam_identifiers_shared",
    "cam_default_organization_missing",
    # Items and resources.
    "cam_parameters_unused",
    "cam_parameters_malformed",
    "cam_titles_too_long",
    "cam_everything_invisible",
    "cam_scorm_types_missing",
    "cam_resource_types_unexpected",
    "cam_launch_files_unlisted",
    "cam_resources_unused",
    "cam_dependencies_circular",
    "cam_time_limit_actions_alone",
    "cam_thresholds_unused",
    "cam_data_maps_repeated",
    "cam_data_maps_unused",
    "cam_presentations_unused",
    "cam_metadata_files_missing",
    "cam_metadata_files_unreadable",
    # Files.
    "cam_bases_malformed",
    "cam_addresses_absolute",
    "cam_addresses_unescaped",
    "cam_file_names_fragile",
    "cam_files_unlisted",
    "cam_api_not_found",
    # Sequencing.
    "seq_forward_only_with_choice",
    "seq_control_modes_unused",
    "seq_rules_without_effect",
    "seq_rollup_rules_on_leaves",
    "seq_rollup_always_holds",
    "seq_maps_repeated",
    "seq_globals_of_other_courses",
    "seq_deprecated",
    "seq_selection_too_large",
)

FINDING_CODES: Final[Mapping[str, Severity]] = MappingProxyType(
    dict.fromkeys(_WARNINGS, Severity.WARNING) | dict.fromkeys(_REMARKS, Severity.INFO)
)
