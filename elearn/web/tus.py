"""The headers of tus 1.0, the protocol of resumable uploads (https://tus.io/protocols/resumable-upload)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from typing import TYPE_CHECKING, Final

from werkzeug.exceptions import BadRequest
from werkzeug.http import http_date

from elearn.services.uploads import Checksum

if TYPE_CHECKING:
    from elearn.models.upload import Upload

VERSION: Final = "1.0.0"
EXTENSIONS: Final = "creation,expiration,checksum,termination"
MEDIA_TYPE: Final = "application/offset+octet-stream"
LONGEST_METADATA: Final = 4096
# sha1 is what the protocol demands of everybody; it finds damage on the way, not malice.
ALGORITHMS: Final = {"sha1": hashlib.sha1, "sha256": hashlib.sha256}
_KEY = re.compile(r"[\x21-\x2b\x2d-\x7e]+")  # ASCII without space and comma


def whole_number(text: str | None) -> int:
    """A count of bytes.

    Raises:
        BadRequest: it is missing or no such number.
    """
    if text is None or not re.fullmatch(r"[0-9]{1,15}", text):
        raise BadRequest
    return int(text)


def metadata_of(header: str) -> dict[str, str]:
    """What Upload-Metadata says: keys and values that are UTF-8 in base64.

    Raises:
        BadRequest: it is not of that form.
    """
    if len(header) > LONGEST_METADATA:
        raise BadRequest
    found: dict[str, str] = {}
    for pair in header.split(",") if header else ():
        key, _, value = pair.strip().partition(" ")
        if not _KEY.fullmatch(key) or key in found:
            raise BadRequest
        try:
            found[key] = _decoded(value).decode()
        except UnicodeDecodeError:
            raise BadRequest from None
        if "\0" in found[key]:
            raise BadRequest
    return found


def checksum_of(header: str | None) -> Checksum | None:
    """What Upload-Checksum promises; None without the header.

    Raises:
        BadRequest: an algorithm that is not offered, or no base64.
    """
    if header is None:
        return None
    algorithm, _, value = header.partition(" ")
    if algorithm not in ALGORITHMS:
        raise BadRequest
    return Checksum(ALGORITHMS[algorithm], _decoded(value))


def _decoded(value: str) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        raise BadRequest from None


def state_headers(upload: Upload) -> dict[str, str]:
    """How much has come, and until when it is kept."""
    return {"Upload-Offset": str(upload.received), "Upload-Expires": http_date(upload.expires_at)}
