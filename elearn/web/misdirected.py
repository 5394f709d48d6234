"""The answer to an unknown Host: a page of its own, in both languages, that depends on nothing else."""

from __future__ import annotations

import base64
import hashlib
import html
from functools import cache
from typing import TYPE_CHECKING

from werkzeug.wrappers import Response

from elearn.paths import static_folder

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

    from elearn.settings import Settings

_POLICY = "default-src 'none'; style-src 'sha256-{}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


@cache
def _style() -> str:
    return (static_folder() / "css" / "misdirected.css").read_text(encoding="utf-8")


def misdirected(settings: Settings, environ: WSGIEnvironment) -> Response:
    """A 421 page that says which address to use, or, when none is set, which setting to write."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return Response(
        _page(settings, str(environ.get("elearn.request_id", ""))),
        status=421,
        content_type="text/html; charset=utf-8",
        headers={
            "Content-Security-Policy": _POLICY.format(digest),
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )


def _page(settings: Settings, request_id: str) -> str:
    vietnamese, english = _advice(settings)
    return (
        f'<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>421</title><style>{_style()}</style><main>"
        f"<h1>Địa chỉ này không phải của thư viện</h1><p>{vietnamese}</p><hr>"
        f'<div lang="en"><h1>This address does not belong to the library</h1><p>{english}</p></div>'
        f"<p><small>421 · {html.escape(request_id)}</small></p></main></html>"
    )


def _advice(settings: Settings) -> tuple[str, str]:
    if settings.public_url:
        link = f'<a href="{html.escape(settings.public_url)}">{html.escape(settings.public_url)}</a>'
        return f"Xin mở {link}.", f"Please open {link}."
    variable = "<code>ELEARN_PUBLIC_URL</code>"
    return (
        f"Người quản trị cần đặt {variable} là địa chỉ mà mọi người gõ vào trình duyệt.",
        f"The administrator has to set {variable} to the address that people type.",
    )
