"""The codes that intake may report."""

import ast
from pathlib import Path

import content_packages
from content_packages.findings import FINDING_CODES, finding
from scorm.findings import Severity

ROOM = Path(content_packages.__file__).parent


def test_a_finding_has_the_severity_of_its_code():
    assert finding("empty_file").severity is Severity.ERROR
    assert finding("junk_ignored", count=2).severity is Severity.INFO


def test_every_declared_code_is_reported_somewhere():
    used = {
        node.value
        for path in ROOM.rglob("*.py")
        if path.name != "findings.py"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(FINDING_CODES) <= used
