"""The demo's two pieces of teaching software, written for it: each a folder that is packed as a portable ZIP."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from elearn.demo.builder import pack

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

WINDOWS_TEXT = (".bat", ".txt")  # Windows wants CR LF in what it runs and what Notepad opens


@dataclass(frozen=True, slots=True)
class SoftwareEntry:
    """A piece of software as the catalogue describes it (DOMAIN row 6).

    `folder` is its source in this package; `platforms` are the reader's words (windows, linux, macos, ...);
    `levels`, `grades` and `subjects` are the library's codes, `licence` one of `elearn.models.material.Licence`.
    """

    slug: str
    folder: str
    title: str
    vendor: str
    version: str
    platforms: tuple[str, ...]
    licence: str
    levels: tuple[str, ...]
    grades: tuple[str, ...]
    subjects: tuple[str, ...]
    description: str
    keywords: tuple[str, ...]


SOFTWARE = (
    SoftwareEntry(
        slug="ban-phan-so",
        folder="fraction_board",
        title="Bàn phân số",
        vendor="Dự án elearn",
        version="1.0",
        platforms=("windows", "linux", "macos"),
        licence="open-source",
        levels=("TH",),
        grades=("4", "5"),
        subjects=("TOAN",),
        description="Công cụ trình chiếu phân số bằng hai băng giấy: so sánh, rút gọn, quy đồng, đổi ra số thập phân. "
        "Không cần cài đặt, không cần mạng, chạy trên mọi trình duyệt.",
        keywords=("phân số", "băng giấy", "so sánh phân số", "phần mềm dạy học", "toán tiểu học"),
    ),
    SoftwareEntry(
        slug="luyen-tinh-nham",
        folder="mental_arithmetic",
        title="Luyện tính nhẩm",
        vendor="Dự án elearn",
        version="1.2",
        platforms=("windows", "linux", "macos"),
        licence="open-source",
        levels=("TH",),
        grades=("1", "2", "3", "4", "5"),
        subjects=("TOAN",),
        description="Chương trình Python luyện tính nhẩm từ lớp 1 đến lớp 5 và in phiếu bài tập kèm đáp án. "
        "Cần Python 3.8 trở lên; mã nguồn mở để học sinh đọc và sửa.",
        keywords=("tính nhẩm", "phiếu bài tập", "python", "cộng trừ nhân chia", "phần mềm dạy học"),
    ),
)


def build_software(entry: SoftwareEntry) -> bytes:
    """Return the portable ZIP of a piece of software, the same bytes every time."""
    source = files(__package__).joinpath(entry.folder)
    return pack({name: _content(name, file) for name, file in sorted(_walk(source), key=lambda pair: pair[0])})


def _walk(folder: Traversable, path: str = "") -> Iterator[tuple[str, Traversable]]:
    """Yield (path, file) of all files below `folder`, without what Python leaves behind when it runs them."""
    for child in folder.iterdir():
        if child.is_file():
            yield f"{path}{child.name}", child
        elif child.name != "__pycache__":
            yield from _walk(child, f"{path}{child.name}/")


def _content(name: str, file: Traversable) -> bytes:
    content = file.read_bytes()
    return content.replace(b"\n", b"\r\n") if name.endswith(WINDOWS_TEXT) else content
