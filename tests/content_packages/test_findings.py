"""The codes that intake may report."""

import ast
from pathlib import Path

import content_packages
import elearn.services.safety
from content_packages.findings import FINDING_CODES, finding
from scorm.findings import Severity

# Whoever looks at a file before it is kept: the readers, and what asks a scanner.
ROOMS = [Path(room.__file__).parent for room in (content_packages, elearn.services.safety)]


def test_a_finding_has_the_severity_of_its_code():
    assert finding("empty_file").severity is Severity.ERROR
    assert finding("junk_ignored", count=2).severity is Severity.INFO


def test_every_declared_code_is_reported_somewhere():
    used = {
        node.value
        for room in ROOMS
        for path in room.rglob("*.py")
        if path.name != "findings.py"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(FINDING_CODES) <= used
