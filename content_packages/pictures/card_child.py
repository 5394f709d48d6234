"""Draws the card of one picture, drawing, sound or film and writes it as a JSON line; runs only inside the sandbox."""

from __future__ import annotations

import base64
import io
import json
import sys
import warnings
from pathlib import Path

from PIL import Image, ImageOps

LARGE, SMALL = 640, 320  # pixels of width
SCREEN = 1280  # pixels of width of a screenshot, which nothing is cut off
TALLEST = 1.5  # times the width; what is longer is cut at the bottom
LEAST = 48  # pixels: what is smaller is an icon
MOST_POINTS = 64_000_000
LARGEST_DRAWING = 4 * 1024 * 1024  # bytes
SCREENS = ("PNG", "JPEG", "WEBP")
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF", "AVIF")
QUALITY = 78


def opened(source: str | io.BytesIO, formats: tuple[str, ...] = FORMATS) -> Image.Image:
    """Return the picture, upright, on white, not larger than a card needs; raises whatever Pillow raises."""
    Image.MAX_IMAGE_PIXELS = MOST_POINTS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    picture: Image.Image = Image.open(source, formats=formats)
    picture.draft("RGB", (2 * LARGE, 2 * LARGE))  # JPEG is decoded no finer than needed
    picture = ImageOps.exif_transpose(picture)
    picture.thumbnail((2 * LARGE, 4 * LARGE))
    if "A" in picture.getbands() or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        ground = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(ground, picture)
    return picture.convert("RGB")


def webp(picture: Image.Image, width: int) -> str:
    """Return the picture in Base64, at most so wide; it is never made larger."""
    smaller = picture.copy()
    smaller.thumbnail((width, int(width * TALLEST) + 1), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    smaller.save(buffer, "WEBP", quality=QUALITY, method=4)
    return base64.b64encode(buffer.getvalue()).decode()


def write(picture: Image.Image, **more: object) -> None:
    """Write the card of a picture as one line."""
    if min(picture.size) < LEAST:
        return
    width, height = picture.size
    cut = picture.crop((0, 0, width, min(height, int(width * TALLEST))))
    sys.stdout.write(json.dumps({"large": webp(cut, LARGE), "small": webp(cut, SMALL), **more}) + "\n")
    sys.stdout.flush()


def write_screen(picture: Image.Image) -> None:
    """Write a screenshot as one line, whole and with its size."""
    if min(picture.size) < LEAST:
        return
    picture.thumbnail((SCREEN, SCREEN), Image.Resampling.LANCZOS)
    width, height = picture.size
    told = {"large": webp(picture, SCREEN), "small": webp(picture, SMALL), "width": width, "height": height}
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def drawing(path: str) -> io.BytesIO:
    """Return an SVG drawing as PNG; files and hosts that it names are not fetched."""
    import resvg_py  # noqa: PLC0415 - only drawings need it

    text = Path(path).read_bytes()[: LARGEST_DRAWING + 1]
    if len(text) > LARGEST_DRAWING:
        raise ValueError("too large")
    return io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=text.decode("utf-8", "replace"), width=LARGE)))


def cover(path: str) -> io.BytesIO:
    """Return the picture that the tags of a sound or film hold."""
    from tinytag import TinyTag  # noqa: PLC0415 - only sound and film need it

    image = TinyTag.get(path, image=True, duration=False).images.any
    if image is None:
        raise ValueError("no picture")
    return io.BytesIO(image.data)


def main() -> None:
    """Draw the file named first, of the form named second; whatever goes wrong, nothing more is written."""
    path, form = sys.argv[1:]
    try:
        if form == "screen":
            write_screen(opened(path, SCREENS))
            return
        source = drawing(path) if form == "drawing" else cover(path) if form == "tags" else path
        write(opened(source))
    except Exception:  # noqa: BLE001 - what parsers raise on foreign bytes is of every kind
        sys.exit(1)


if __name__ == "__main__":
    main()
