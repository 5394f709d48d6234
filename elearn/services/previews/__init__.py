"""What can be looked at of a version without its program: cards and pages, drawn by the worker and served from rows."""

from elearn.services.previews.asking import ask, ask_for_all, ask_for_pages, has_preview
from elearn.services.previews.drawing import DRAW, DRAW_PAGES, draw, draw_more
from elearn.services.previews.pages import RUN, PagePicture, find_page, page_of_part, pages_of

__all__ = [
    "DRAW",
    "DRAW_PAGES",
    "RUN",
    "PagePicture",
    "ask",
    "ask_for_all",
    "ask_for_pages",
    "draw",
    "draw_more",
    "find_page",
    "has_preview",
    "page_of_part",
    "pages_of",
]
