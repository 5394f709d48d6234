"""Draws a run of pages of one PDF and writes each as a JSON line; runs only inside the sandbox."""

from __future__ import annotations

import base64
import io
import json
import sys

import pypdfium2 as pdfium
from PIL import Image

from content_packages.pictures import card_child

LARGE, SMALL = 1280, 200  # pixels of width
TALLEST = 2.5  # times the width: a page that is longer becomes narrower
QUALITY = {LARGE: 72, SMALL: 70}


def webp(picture: Image.Image, width: int) -> str:
    """Return the picture so wide, in Base64."""
    smaller = picture.copy()
    smaller.thumbnail((width, int(width * TALLEST)), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    smaller.save(buffer, "WEBP", quality=QUALITY[width], method=3)
    return base64.b64encode(buffer.getvalue()).decode()


def write(**line: object) -> None:
    """Write one line at once: a later page may be the end of this process."""
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def draw(page: pdfium.PdfPage) -> Image.Image:
    """Return a page in the larger size; its number of points is bounded whatever the page says of itself."""
    width, height = (max(side, 1.0) for side in page.get_size())
    scale = min(LARGE / width, LARGE * TALLEST / height)
    picture: Image.Image = page.render(scale=scale, may_draw_forms=False).to_pil()
    return picture.convert("RGB")


def main() -> None:
    """Draw the pages named by first and last of the file."""
    path, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    try:
        document = pdfium.PdfDocument(path)
        write(kind="head", pages=len(document))
    except pdfium.PdfiumError:
        sys.exit(1)
    for number in range(first, min(last, len(document)) + 1):
        try:
            page = document[number - 1]
            picture = draw(page)
            page.close()
            write(kind="page", number=number, large=webp(picture, LARGE), small=webp(picture, SMALL))
            if number == 1:
                card_child.write(picture, kind="card")
        except (pdfium.PdfiumError, OSError, ValueError, MemoryError):
            continue


if __name__ == "__main__":
    main()
