"""Reads one PDF and writes what it finds as JSON lines, the most important first; runs only inside the sandbox."""

from __future__ import annotations

import base64
import io
import json
import sys
import time
from typing import Any

import pypdfium2 as pdfium

SECONDS = 5.0  # the parent's patience is longer; what is written by then counts
PAGE_CHARACTERS = 20_000
TOTAL_CHARACTERS = 2_000_000
PAGES = 2_000
THUMBNAIL_WIDTH = 480  # pixels
_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD


def write(**line: Any) -> None:
    """Write one line at once: a later page may be the end of this process."""
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def thumbnail(document: pdfium.PdfDocument) -> str:
    """Return a WebP of the first page in Base64."""
    page = document[0]
    width, height = page.get_size()
    scale = min(THUMBNAIL_WIDTH / max(width, 1), 4 * THUMBNAIL_WIDTH / max(height, 1))
    picture = page.render(scale=scale).to_pil().convert("RGB")
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", quality=75)
    return base64.b64encode(buffer.getvalue()).decode()


def read(path: str) -> None:
    """Write the head, the text of every page while time lasts, and a picture of the first page."""
    try:
        document = pdfium.PdfDocument(path)
        metadata = document.get_metadata_dict()
        write(kind="head", pages=len(document), **{key.lower(): value for key, value in metadata.items()})
    except pdfium.PdfiumError as error:
        write(kind="error", code="pdf_encrypted" if getattr(error, "err_code", 0) == _PASSWORD_ERROR else "pdf_damaged")
        return
    started, left = time.monotonic(), TOTAL_CHARACTERS
    for number in range(min(len(document), PAGES)):
        if time.monotonic() - started > SECONDS or left <= 0:
            break
        try:
            page = document[number]
            text = page.get_textpage().get_text_range()[: min(PAGE_CHARACTERS, left)]
            page.close()
        except pdfium.PdfiumError:
            continue
        left -= len(text)
        write(kind="page", number=number + 1, text=text)
    try:
        write(kind="thumbnail", webp=thumbnail(document) if len(document) else "")
    except (pdfium.PdfiumError, OSError, ValueError, MemoryError):
        write(kind="thumbnail", webp="")


if __name__ == "__main__":
    read(sys.argv[1])
