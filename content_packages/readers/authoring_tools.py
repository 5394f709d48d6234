"""Which tool a lesson was made with, by the traces that the well-known ones leave."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from content_packages.page_text import collapse, decode_page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from content_packages.source import Source

_READ: Final = 64 * 1024
_PATHS: Final = 5_000
_PATHS_READ: Final = 500_000  # characters
_LONGEST_NAME: Final = 80
_VERSION: Final = r"v?(\d+(?:\.\d+)*)"


@dataclass(frozen=True, slots=True)
class Trace:
    """A tool is recognised by a path (`path`, searched in all lower-case paths) or by words in a page.

    `words` is searched in the manifest, the launch page and `also`; `version` (one group) in the same places.
    """

    tool: str
    path: str = ""
    words: str = ""
    version: str = ""
    also: tuple[str, ...] = ()


_TRACES: Final = (
    Trace(
        "Articulate Rise",
        path=r"(?:^|/)scormcontent/lib/(?:rise/|main\.bundle\.js$)|(?:^|/)lib/rise/[^/]+\.(?:js|css)$",
        words=r"articulate_rise",
    ),
    Trace(
        "Articulate Storyline",
        path=r"(?:^|/)story_content/|(?:^|/)html5/data/js/data\.js$",
        words=r"Created using Storyline|Articulate Storyline",
        version=r'Articulate Storyline"\s+version="([\d.]+)|<!--\s*version:\s*([\d.]+)',
        also=("meta.xml", "story.html"),
    ),
    Trace("Articulate Presenter", words=r"Articulate Presenter", also=("meta.xml", "presentation.html")),
    Trace(
        "iSpring",
        words=r"Created with iSpring|iSpring (?:Suite|Presenter|Pro|QuizMaker|Free)",
        version=r"<!--\s*version\s+([\d.]+)",
        also=("index.html", "res/index.html", "data/html5.html"),
    ),
    Trace(
        "Adobe Captivate",
        path=r"(?:^|/)assets/js/cpxhrloader\.js$|(?:^|/)assets/css/cplibraryall\.css$|(?:^|/)cpm\.js$",
        words=r"Adobe Captivate|captivate\.css",
        version=rf"Captivate\s+{_VERSION}",
        also=("project.txt",),
    ),
    Trace("Adobe Presenter", path=r"(?:^|/)breeze-manifest\.xml$", words=r"Adobe Presenter"),
    Trace(
        "eXeLearning",
        path=r"(?:^|/)contentv[23]\.xml$|(?:^|/)exe_powered_logo|(?:^|/)libs/exe_export\.js$",
        words=r'content="eXeLearning|exelearning\.net|www\.exelearning\.org',
        version=rf"eXeLearning\s+{_VERSION}",
        also=("index.html",),
    ),
    Trace(
        "Adapt",
        path=r"(?:^|/)adapt/js/adapt\.min\.js$",
        words=r"\badapt\.min\.js",
        version=rf'"_adaptVersion"\s*:\s*"{_VERSION}|Adapt Framework {_VERSION}',
    ),
    Trace(
        "Lectora",
        path=r"(?:^|/)trivantis[^/]*\.js$",
        words=r"Lectora|trivantis",
        version=rf"Lectora[^\d<]{{0,40}}{_VERSION}",
    ),
    Trace(
        "Camtasia",
        path=r"_player\.html$|(?:^|/)techsmith[^/]*\.js$",
        words=r"TechSmith (?:Smart Player|Camtasia)|Camtasia Studio",
    ),
    Trace("Hot Potatoes", words=r"Hot Potatoes", version=rf"Hot Potatoes[^\d<]{{0,20}}{_VERSION}"),
    Trace("CourseLab", words=r"CourseLab", path=r"(?:^|/)courselab[^/]*\.js$", version=rf"CourseLab {_VERSION}"),
    Trace("H5P", path=r"(?:^|/)h5p\.json$|(?:^|/)h5p\.[a-z]+-\d+\.\d+/library\.json$"),
    Trace(
        "Rustici golf sample",
        path=r"(?:^|/)shared/launchpage\.html$|(?:^|/)playing/playing\.html$|(?:^|/)etiquette/course\.html$",
    ),
    Trace("ADL test suite", words=r"LMSTestPackage_|LMSTestContentPackages_style"),
)  # fmt: skip


def detect_tool(source: Source, manifest: bytes = b"", launch: str = "") -> str:
    """Return "name version", "name", or "" for a lesson made by hand or by an unknown tool.

    `manifest` is the package's description file, `launch` the path of its first page. A page that names its
    generator in `<meta>` is believed when no trace fits.
    """
    paths = "\n".join(entry.path.lower() for entry in islice(source.entries, _PATHS))[:_PATHS_READ]
    common = [decode_page(manifest[:_READ]), decode_page(source.read(launch, _READ)) if launch else ""]
    for trace in _TRACES:
        pages = common + [decode_page(source.read(path, _READ)) for path in trace.also]
        if _fits(trace, paths, pages):
            return f"{trace.tool} {_version(trace, pages)}".strip()
    return ""


def named_generator(generators: Iterable[str]) -> str:
    """Return the first `<meta name="generator">` that is short enough to be a name."""
    names = (collapse(generator) for generator in generators)
    return next((name for name in names if 0 < len(name) <= _LONGEST_NAME), "")


def _fits(trace: Trace, paths: str, pages: list[str]) -> bool:
    """Whether the package carries the trace."""
    if trace.path and re.search(trace.path, paths, re.MULTILINE):
        return True
    return bool(trace.words) and any(re.search(trace.words, page) for page in pages)


def _version(trace: Trace, pages: list[str]) -> str:
    """Return the version the tool left, or ""."""
    if not trace.version:
        return ""
    matches = (re.search(trace.version, page) for page in pages)
    return next((group for match in matches if match for group in match.groups() if group), "")
