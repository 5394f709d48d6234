"""A small lesson builder: a lesson written as data becomes a SCORM package.

What does not belong here: lessons themselves (`elearn.demo.lessons`) and drawings (`elearn.demo.pictures`).
"""

from elearn.demo.builder.model import (
    Box,
    Choice,
    Formula,
    Lesson,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    Page,
    Picture,
    Points,
    Question,
    Sco,
    ShortAnswer,
    Table,
    TrueFalse,
)
from elearn.demo.builder.package import build, pack
from scorm.manifest.model import Edition

__all__ = [
    "Box",
    "Choice",
    "Edition",
    "Formula",
    "Lesson",
    "Matching",
    "MultipleChoice",
    "Numeric",
    "Ordering",
    "Page",
    "Picture",
    "Points",
    "Question",
    "Sco",
    "ShortAnswer",
    "Table",
    "TrueFalse",
    "build",
    "pack",
]
