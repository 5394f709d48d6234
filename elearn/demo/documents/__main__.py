"""Builds the demo's documents again: `python -m elearn.demo.documents`."""

from pathlib import Path

from elearn.demo.documents import DOCUMENTS, compile_document

for name in DOCUMENTS:
    Path(__file__).with_name(f"{name}.pdf").write_bytes(compile_document(name))
