"""Captions of films and sounds: WebVTT or SubRip as it comes, read and written anew as WebVTT."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from content_packages.page_text import decode_page
from content_packages.storage.receiving import receive
from elearn.models.preview import Caption
from elearn.services.access import Action, require
from elearn.services.blobs import record_blob
from elearn.services.errors import NotFoundError, ServiceError

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from content_packages.storage.contract import Storage
    from content_packages.storage.receiving import Staged
    from elearn.models.material import Material
    from elearn.services.access import Identity

LARGEST: Final = 1024 * 1024  # bytes: captions of many hours
MOST_CUES: Final = 20_000
LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[A-Z]{2})?")
# "00:01:02,500 --> 00:01:04,000" of SubRip, and with a point and without hours in WebVTT (4.2).
_TIMES: Final = re.compile(
    r"\s*(?:(\d{1,3}):)?([0-5]?\d):([0-5]?\d)[.,](\d{1,3})\s*-->\s*(?:(\d{1,3}):)?([0-5]?\d):([0-5]?\d)[.,](\d{1,3})\b.*"
)
_TAG: Final = re.compile(r"<[^>]*>|\{\\[^}]*\}")
_MILLISECONDS: Final = 1000


@dataclass(frozen=True, slots=True)
class Cue:
    """Words from one moment to another, both in milliseconds."""

    start: int
    end: int
    text: str


def read_cues(data: bytes) -> list[Cue]:
    """The cues of WebVTT or SubRip in any usual encoding, without markup, in their order of time.

    Raises:
        ServiceError: `captions_unreadable`: there are none.
    """
    cues: list[Cue] = []
    for block in re.split(r"\n\s*\n", decode_page(data).lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.strip("\n").split("\n")
        at = next((number for number, line in enumerate(lines[:2]) if _TIMES.fullmatch(line)), None)
        if at is None:
            continue
        times = _TIMES.fullmatch(lines[at])
        assert times is not None  # noqa: S101 - just matched
        start, end = _moment(*times.groups()[:4]), _moment(*times.groups()[4:])
        text = "\n".join(filter(None, (_TAG.sub("", line).strip() for line in lines[at + 1 :])))
        if text and end > start:
            cues.append(Cue(start, end, text))
    if not cues or len(cues) > MOST_CUES:
        raise ServiceError("captions_unreadable")
    return sorted(cues, key=lambda cue: (cue.start, cue.end))


def write_vtt(cues: list[Cue]) -> bytes:
    """WebVTT of cues; nothing in their words is markup."""
    blocks = [f"{_clock(cue.start)} --> {_clock(cue.end)}\n{_plain(cue.text)}" for cue in cues]
    return ("WEBVTT\n\n" + "\n\n".join(blocks) + "\n").encode()


def _moment(hours: str | None, minutes: str, seconds: str, fraction: str) -> int:
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * _MILLISECONDS + int(fraction.ljust(3, "0"))


def _clock(moment: int) -> str:
    seconds, milliseconds = divmod(moment, _MILLISECONDS)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{milliseconds:03}"


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("-->", "--&gt;")


def prepare(storage: Storage, staging: Path, data: bytes) -> Staged:
    """Read captions and make them safe in the storage as WebVTT; slow, and outside of any transaction.

    Raises:
        ServiceError: `captions_unreadable`.
    """
    if len(data) > LARGEST:
        raise ServiceError("captions_unreadable")
    vtt = write_vtt(read_cues(data))
    with receive(BytesIO(vtt), staging, len(vtt)) as staged:
        storage.put(staged.path, staged.sha256)
        return staged


def put(session: Session, identity: Identity, material: Material, language: str, staged: Staged) -> None:
    """Give the current version captions in a language, in the place of older ones.

    Raises:
        ForbiddenError: the identity may not edit the material.
        ServiceError: `captions_language`: that is no language; `captions_not_here`: it is neither film nor sound.
    """
    require(identity, Action.EDIT_MATERIAL, material)
    version = material.current_version
    if version is None or material.kind not in {"video", "audio"}:
        raise ServiceError("captions_not_here")
    if not LANGUAGE.fullmatch(language):
        raise ServiceError("captions_language")
    record_blob(session, staged.sha256, staged.size)
    caption = session.scalar(_caption(version.id, language)) or Caption(version_id=version.id, language=language)
    caption.blob_sha256, caption.created_by_id = staged.sha256, identity.account_id
    session.add(caption)
    session.flush()


def remove(session: Session, identity: Identity, material: Material, language: str) -> None:
    """Take captions away.

    Raises:
        ForbiddenError: the identity may not edit the material.
        NotFoundError: there are none in that language.
    """
    require(identity, Action.EDIT_MATERIAL, material)
    version = material.current_version
    caption = session.scalar(_caption(version.id, language)) if version else None
    if caption is None:
        raise NotFoundError("captions_not_found")
    session.delete(caption)
    session.flush()


def _caption(version_id: int, language: str) -> Select[tuple[Caption]]:
    return select(Caption).where(Caption.version_id == version_id, Caption.language == language)
