"""Renders one SCO: an HTML page that holds all its pages, and its pictures as files of their own."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from elearn.demo.builder.markup import to_html, to_plain
from elearn.demo.builder.model import LETTERS, Page, Picture, Question

if TYPE_CHECKING:
    from collections.abc import Iterator

    from elearn.demo.builder.model import Lesson, Sco

TEMPLATES = Environment(
    loader=PackageLoader("elearn.demo.builder"), autoescape=True, trim_blocks=True, lstrip_blocks=True
)
TEMPLATES.filters["markup"] = to_html
TEMPLATES.filters["plain"] = to_plain
TEMPLATES.globals["letters"] = LETTERS


def render(lesson: Lesson, sco: Sco) -> dict[str, bytes]:
    """Return file name -> content of one SCO, its HTML page first."""
    folder = sco.identifier.lower()
    pictures = {picture: f"picture-{number}.svg" for number, picture in enumerate(_pictures(sco), 1)}
    html = TEMPLATES.get_template("sco.html").render(
        lesson=lesson, sco=sco, pictures=pictures, pages=list(_numbered(sco)), settings=_settings(lesson, sco)
    )
    drawings = {f"{folder}/{name}": picture.svg.encode() for picture, name in pictures.items()}
    return {f"{folder}/index.html": html.encode()} | drawings


def _numbered(sco: Sco) -> Iterator[tuple[str, Page | Question]]:
    """Give each page its identifier (p1, p2, ... over pages and questions) and each question a title."""
    asked = 0
    for number, page in enumerate(sco.pages, 1):
        asked += isinstance(page, Question)
        yield f"p{number}", page if page.title else replace(page, title=f"Câu hỏi {asked}")


def _pictures(sco: Sco) -> Iterator[Picture]:
    for page in sco.pages:
        if isinstance(page, Question):
            yield from filter(None, (page.picture, *getattr(page, "pictures", ())))
        else:
            yield from (block for block in page.blocks if isinstance(block, Picture))


def _settings(lesson: Lesson, sco: Sco) -> Markup:
    """Return what the script must know, as JSON that cannot end its `<script>` element."""
    settings = {
        "standard": "2004" if lesson.edition.is_2004 else "1.2",
        "passing": lesson.passing,
        "questions": {
            identifier: _question_settings(sco, identifier, page)
            for identifier, page in _numbered(sco)
            if isinstance(page, Question)
        },
    }
    return Markup(json.dumps(settings, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S704 - no tag can begin


def _question_settings(sco: Sco, identifier: str, question: Question) -> dict[str, object]:
    return {
        "id": f"{sco.identifier}-{identifier}",
        "type": question.interaction,
        "answer": question.key(),
        "points": question.points,
        "tolerance": getattr(question, "tolerance", 0),
        "text": to_plain(question.prompt)[:250],  # SPM of cmi.interactions.n.description
    }
