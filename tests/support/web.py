"""A browser without pages: cookies, CSRF tokens and hosts, for tests over the whole WSGI application."""

from __future__ import annotations

import re

from werkzeug.test import Client

PASSWORD = "trường học vui vẻ"
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Browser:
    """One browser with its own cookies; `get` and `post` answer with werkzeug's TestResponse."""

    def __init__(self, app, origin="http://localhost", peer="127.0.0.1", *, cookies=True):
        self.client = Client(app, use_cookies=cookies)
        self.origin = origin
        self.peer = peer

    def open(self, path, *, method="GET", origin=None, headers=None, **arguments):
        scheme = (origin or self.origin).partition("://")[0]
        environ = {"REMOTE_ADDR": self.peer, "wsgi.url_scheme": scheme}
        return self.client.open(
            path, method=method, base_url=origin or self.origin, headers=headers, environ_overrides=environ, **arguments
        )

    def get(self, path, **arguments):
        return self.open(path, **arguments)

    def csrf(self):
        """The token of a page that everybody has."""
        page = self.get("/nowhere-to-find", headers={"Accept": "text/html"})
        return _TOKEN.search(page.text)[1]

    def post(self, path, data=None, *, csrf=True, **arguments):
        """Send a form as a page of ours would; `csrf=False` leaves the token out."""
        fields = dict(data or {})
        if csrf:
            fields["csrf_token"] = self.csrf()
        return self.open(path, method="POST", data=fields, **arguments)

    def cookie(self, name="elearn"):
        """The value of a cookie, or None."""
        host = self.origin.partition("://")[2].partition(":")[0]
        found = self.client.get_cookie(name, domain=host)
        return found.value if found else None

    def sign_in(self, login, password=PASSWORD, **arguments):
        return self.post("/sign-in", {"login": login, "password": password}, **arguments)
