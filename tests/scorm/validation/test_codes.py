"""Every code of the rules has an example that makes it, and none refuses a package."""

from scorm.manifest import FINDING_CODES as READER_CODES
from scorm.validation import FINDING_CODES
from tests.scorm.validation.test_content_packaging import BROKEN as OF_PACKAGING
from tests.scorm.validation.test_sequencing import BROKEN as OF_SEQUENCING

OF_SINGLE_TESTS = {
    "cam_elements_missing",
    "cam_files_unlisted",
    "cam_file_names_fragile",
    "cam_api_not_found",
    "nav_no_way_on",
}


def test_every_code_has_an_example():
    assert {*OF_PACKAGING, *OF_SEQUENCING, *OF_SINGLE_TESTS} == set(FINDING_CODES)


def test_no_rule_refuses_a_package():
    assert {severity.value for severity in FINDING_CODES.values()} == {"warning", "info"}


def test_no_code_belongs_to_the_reader_as_well():
    assert not FINDING_CODES.keys() & READER_CODES.keys()
