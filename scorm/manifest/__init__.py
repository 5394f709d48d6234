"""`imsmanifest.xml` of SCORM 1.2 and SCORM 2004: parsing, reading, LOM metadata and its stored form.

What cannot be read becomes a finding; what a package does at run time does not belong here.
"""

from scorm.manifest.classification import ManifestClass, ManifestKind, classify_manifest
from scorm.manifest.entries import ManifestLocation, locate_manifest
from scorm.manifest.json_form import manifest_from_json, manifest_to_json
from scorm.manifest.launch import launch_suffix
from scorm.manifest.reader import read_manifest, read_manifest_element
from scorm.manifest.report import FINDING_CODES

__all__ = [
    "FINDING_CODES",
    "ManifestClass",
    "ManifestKind",
    "ManifestLocation",
    "classify_manifest",
    "launch_suffix",
    "locate_manifest",
    "manifest_from_json",
    "manifest_to_json",
    "read_manifest",
    "read_manifest_element",
]
