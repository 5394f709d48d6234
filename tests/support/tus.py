"""Files sent in parts through the application, as a client of tus 1.0 sends them."""

from __future__ import annotations

import base64
import json
from hashlib import sha1
from typing import TYPE_CHECKING, Any

from tests.support.installation import Contributor

if TYPE_CHECKING:
    from bench.support import Answer
    from tests.support.web import Browser

OCTETS = "application/offset+octet-stream"


def base64_of(data: bytes) -> str:
    """Bytes as headers carry them."""
    return base64.b64encode(data).decode()


def checksum(data: bytes) -> dict[str, str]:
    """The header that promises what the bytes are."""
    return {"Upload-Checksum": f"sha1 {base64_of(sha1(data).digest())}"}  # noqa: S324 - the protocol's algorithm


class Sender:
    """A browser whose script sends files in parts."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.headers = {"Tus-Resumable": "1.0.0", "X-CSRFToken": browser.csrf()}

    def ask(self, method: str, address: str, headers: dict[str, str] | None = None, **arguments: Any) -> Any:
        """One request of the protocol."""
        return self.browser.open(address, method=method, headers=self.headers | (headers or {}), **arguments)

    def begin(self, length: int, name: str = "bài-giảng.zip") -> str:
        """Announce a file; gives its address."""
        said = {"Upload-Length": str(length), "Upload-Metadata": f"filename {base64_of(name.encode())}"}
        answer = self.ask("POST", "/uploads", said)
        assert answer.status_code == 201, answer.text
        return str(answer.headers["Location"])

    def send(self, address: str, start: int, data: bytes, headers: dict[str, str] | None = None) -> Any:
        """Send bytes that belong behind `start`."""
        said = {"Upload-Offset": str(start), "Content-Type": OCTETS} | (headers or {})
        return self.ask("PATCH", address, said, data=data)

    def offset(self, address: str) -> int:
        """How much the server has."""
        answer = self.ask("HEAD", address)
        assert answer.status_code == 200
        return int(answer.headers["Upload-Offset"])

    def sent(self, data: bytes, name: str = "bài-giảng.zip") -> str:
        """Send a file in two parts; gives its uid."""
        address = self.begin(len(data), name)
        half = len(data) // 2
        assert self.send(address, 0, data[:half]).status_code == 204
        assert self.send(address, half, data[half:]).status_code == 204
        return address.rpartition("/")[2]

    def use(self, uid: str) -> Any:
        """Send the form that names what has arrived."""
        return self.browser.post("/contribute", {"upload": uid})


class PartSender(Contributor):
    """A teacher who sends a file in parts to a real server; `acknowledged` bytes were answered with 204."""

    def begin(self, data: bytes) -> None:
        """Announce a file."""
        said = {"Upload-Length": str(len(data)), "Upload-Metadata": f"filename {base64_of(b'bai.zip')}"}
        answer = self.tus("POST", "/uploads", **said)
        assert answer.status == 201, answer.text
        self.address = answer.headers["Location"]
        self.data, self.acknowledged, self.in_flight, self.uses = data, 0, 0, False

    def tus(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        """One request of the protocol."""
        said = {"Tus-Resumable": "1.0.0", "X-CSRFToken": self.token}
        return self.send(method, path, body, **said, **headers)

    def send_part(self, length: int) -> Answer:
        """Send the next bytes, at most so many."""
        part = self.data[self.acknowledged :][:length]
        self.in_flight = len(part)
        said = {"Upload-Offset": str(self.acknowledged), "Content-Type": OCTETS}
        answer = self.tus("PATCH", self.address, part, **said)
        if answer.status == 204:
            self.acknowledged += len(part)
        return answer

    def offset(self) -> int:
        """How much the server has."""
        return int(self.tus("HEAD", self.address).headers["Upload-Offset"])

    def use(self) -> Answer:
        """Send the form that names the file."""
        self.uses = True
        return self.post_form("/contribute", csrf_token=self.token, upload=self.address.rpartition("/")[2])

    def under_way(self) -> list[str]:
        """The addresses of the files that the account has under way."""
        return [upload["address"] for upload in json.loads(self.get("/uploads").body)["uploads"]]
