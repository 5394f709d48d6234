r"""The small markup of lesson texts, turned into HTML.

`**bold**`, `*italic*`, `H~2~O` for an index, `10^3^` for an exponent, `{3/10}` for a fraction, `\n` for a new line.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

# Fractions come first: indices may stand inside them, and their closing tags hold slashes.
# The slash of a fraction stays in the text, hidden by the style sheet: read aloud, copied or searched it is "3/10".
RULES = (
    (re.compile(r"\{([^{}/]+)/([^{}/]+)\}"), r'<span class="frac"><b>\1</b><i>/</i><b>\2</b></span>'),
    (re.compile(r"\*\*(.+?)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"\*(.+?)\*"), r"<em>\1</em>"),
    (re.compile(r"~(.+?)~"), r"<sub>\1</sub>"),
    (re.compile(r"\^(.+?)\^"), r"<sup>\1</sup>"),
    (re.compile(r"(?<=\d) (?=(?:Ω|A|V|W|kg|g|mm|cm|m|µm|°C|%)(?!\w))"), "\u00a0"),  # a number keeps its unit
    (re.compile(r"\n"), "<br>"),
)
MARKS = re.compile(r"[*~^{}]")


def to_html(text: str) -> Markup:
    """Return `text` as safe inline HTML."""
    html = str(escape(text))
    for pattern, replacement in RULES:
        html = pattern.sub(replacement, html)
    return Markup(html)  # noqa: S704 - escaped above; only our own tags were added


def to_plain(text: str) -> str:
    """Return `text` without its marks, for titles and for the learning management system."""
    return MARKS.sub("", text).replace("\n", " ")
