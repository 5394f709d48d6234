"""The few pages of the test platform that a browser needs: course, activity in a frame, picker, registration."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Response

if TYPE_CHECKING:
    from werkzeug.wrappers import Request

    from tests.support.lti_site import LtiSite

# The frame of a tool; the platform hears its messages and shows them, so that a test can read them.
_FRAME = """<iframe name=tool width=1000 height=600 title=tool allow="fullscreen" src="{src}"></iframe>
<pre id=heard></pre>
<script>addEventListener("message", event => {{
  document.getElementById("heard").textContent += JSON.stringify(event.data) + "\\n";
}});</script>"""


def _page(title: str, body: str) -> Response:
    head = (
        f'<!DOCTYPE html><html lang=vi><meta charset=utf-8><title>{escape(title)}</title><link rel=icon href="data:,">'
    )
    return Response(f"{head}<h1>{escape(title)}</h1>{body}", content_type="text/html; charset=utf-8")


def _form(action: str, fields: dict[str, Any], target: str = "") -> str:
    inputs = "".join(
        f'<input type=hidden name="{escape(name)}" value="{escape(str(value))}">' for name, value in fields.items()
    )
    where = f' target="{target}"' if target else ""
    return (
        f'<form method=post action="{escape(action)}"{where}>{inputs}<button>Tiếp tục</button></form>'
        "<script>document.forms[0].submit()</script>"
    )


def form_post(action: str, fields: dict[str, str]) -> Response:
    """The answer of an authorization: a form that sends itself (OAuth 2.0 Form Post Response Mode)."""
    return _page("…", _form(action, fields))


def course(site: LtiSite, request: Request) -> Response:
    """The activities of the course with their grades, for `?user=`."""
    user, client = request.args["user"], next(iter(site.clients.values()))
    rows = "".join(
        f'<li><a href="/view?user={user}&client={client.id}&link={link.id}">{escape(link.title)}</a> '
        f"<output>{'' if (grade := site.book.grade(link.id, user)) is None else grade}</output>"
        for link in site.links.values()
    )
    return _page("Toán 4", f'<ul>{rows}</ul><a href="/view?user={user}&client={client.id}">Chọn nội dung</a>')


def view(site: LtiSite, request: Request) -> Response:
    """An activity (`?user=&client=&link=`) or without a link the picker; in a frame unless `window` is asked for."""
    asked = request.args
    client = site.clients[asked["client"]]
    fields = site.begin(client, asked["user"], asked.get("link", ""))
    if "window" in asked:
        return _page("Hoạt động", _form(client.login_url, fields))
    return _page("Hoạt động", _FRAME.format(src="about:blank") + _form(client.login_url, fields, target="tool"))


def register(site: LtiSite, request: Request) -> Response:
    """The registration of a tool (`?tool=`, its one-time address) in a frame."""
    return _page("Quản lý công cụ", _FRAME.format(src=escape(site.registration_address(request.args["tool"]))))


def picked(site: LtiSite, claims: dict[str, Any]) -> Response:
    """What came of a picking."""
    told = escape(json.dumps({name: value for name, value in claims.items() if "content_items" in name}))
    return _page("Đã thêm nội dung", f"<pre id=picked>{told}</pre><p id=links>{len(site.links)}</p>")
