"""What the children of this folder draw: WebP pictures in two sizes, as JSON lines of Base64."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Drawn:
    """One picture as WebP: `large` for looking at it, `small` for lists."""

    large: bytes
    small: bytes


def lines_of(output: bytes) -> Iterator[dict[str, Any]]:
    """Yield the complete lines that a child wrote; the last one may have been cut off with it."""
    for line in output.split(b"\n")[:-1]:
        try:
            told = json.loads(line)
        except ValueError:
            continue
        if isinstance(told, dict):
            yield told


def drawn_of(told: dict[str, Any]) -> Drawn:
    """Return the picture of a line; ValueError or KeyError when it holds none."""
    return Drawn(base64.b64decode(told["large"], validate=True), base64.b64decode(told["small"], validate=True))
