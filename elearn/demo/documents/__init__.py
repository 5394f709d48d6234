"""The demo's two PDF documents: their Typst sources, and the files built from them.

The built files stand beside their sources because Typst (34 MB) is needed to make a PDF, not to show one: an
installation carries two small files instead. `python -m elearn.demo.documents` builds them again (extra `pdf`);
a test demands that they say what their sources say. Their letters come from the fonts inside Typst.
"""

from __future__ import annotations

from importlib.resources import as_file, files

DOCUMENTS = ("phieu-bai-tap-toan-4", "huong-dan-giao-vien")
MOMENT = 1_767_225_600  # 2026-01-01 00:00 UTC as the date of the documents, so that a build repeats itself


def document(name: str) -> bytes:
    """Return the built PDF of one of `DOCUMENTS`."""
    return files(__package__).joinpath(f"{name}.pdf").read_bytes()


def compile_document(name: str) -> bytes:
    """Build the PDF of one of `DOCUMENTS` from its source, with embedded fonts only.

    Raises:
        ImportError: Typst is not installed (extra `pdf`).
    """
    import typst  # noqa: PLC0415 - only who builds needs it

    with as_file(files(__package__).joinpath(f"{name}.typ")) as source:
        return typst.compile(source, ignore_system_fonts=True, timestamp=MOMENT)
