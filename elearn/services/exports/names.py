"""Names of files in an export: what every computer takes, in the words of the title or in ASCII."""

from __future__ import annotations

import re
import unicodedata

from content_packages.archive.limits import Limits
from content_packages.archive.paths import danger_of
from content_packages.file_names import readable_name

LONGEST = 100  # characters; Windows takes 260 of a whole path
LONGEST_ENDING = 10
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]+')  # Windows; letters of all languages are allowed everywhere
_PLAIN = re.compile(r"[^A-Za-z0-9._-]+")
_ENDING = re.compile(r"\.[A-Za-z0-9]+")


def ending_of(file_name: str) -> str:
    """The ending of a name with its dot, "" when it has none."""
    dot = file_name.rfind(".")
    ending = file_name[dot:] if dot > 0 else ""
    return ending if _ENDING.fullmatch(ending) and len(ending) <= LONGEST_ENDING else ""


def named_by_title(number: int, title: str, file_name: str) -> str:
    """`07 Phân số bằng nhau.zip`: the number keeps the order, and the names apart."""
    ending = ending_of(file_name)
    words = _FORBIDDEN.sub(" ", readable_name(unicodedata.normalize("NFC", title)))
    words = " ".join(words.split())[:LONGEST].strip(" .")
    name = f"{number:02} {words}".strip() + ending
    return f"{number:02}{ending}" if danger_of(name, Limits()) else name


def plain_name(number: int, title: str, file_name: str) -> str:
    """`07-phan-so-bang-nhau.zip`, for readers that stumble over anything but ASCII."""
    marks = unicodedata.normalize("NFD", title.replace("đ", "d").replace("Đ", "D"))
    plain = _PLAIN.sub("-", "".join(letter for letter in marks if not unicodedata.combining(letter)))
    words = plain.strip("-._").lower()[:LONGEST].strip("-._")
    return "-".join(filter(None, (f"{number:02}", words))) + ending_of(file_name)
