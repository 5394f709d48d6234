"""The handle in an address: `/l/{handle}/…` says which launch a request belongs to, and nothing else may."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask import request

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

    from flask import Request

PREFIX = "/l"
HANDLE = "elearn.handle"  # in the environ of requests below the prefix; "" when what stands there cannot be one
OUTSIDE = "elearn.outside"  # where the addresses of the application began before
_HANDLE = re.compile(r"[A-Za-z0-9_\-]{43}")
_CREDENTIALS = ("HTTP_COOKIE", "HTTP_AUTHORIZATION")


def take_handle(environ: WSGIEnvironment) -> None:
    """Move the handle from the path to where all addresses of the application begin, so that links stay below it.

    Cookies and tokens that come along say nothing here: they are forgotten before anything can look at them.
    """
    path = environ.get("PATH_INFO", "")
    if not f"{path}/".startswith(f"{PREFIX}/"):
        return
    handle, _, rest = path.removeprefix(f"{PREFIX}/").partition("/")
    environ[HANDLE] = handle if _HANDLE.fullmatch(handle) else ""
    environ[OUTSIDE] = environ.get("SCRIPT_NAME", "")
    if environ[HANDLE]:
        environ["SCRIPT_NAME"] = f"{environ[OUTSIDE]}{PREFIX}/{handle}"
    environ["PATH_INFO"] = f"/{rest}"
    for name in _CREDENTIALS:
        environ.pop(name, None)


def is_below_handle(asked: Request) -> bool:
    """Whether a request came to an address with a handle, whatever that is worth."""
    return HANDLE in asked.environ


def without_handle(address: str) -> str:
    """An address of ours for what is no secret and the same for everybody, such as a style sheet."""
    if not is_below_handle(request):
        return address
    outside: str = request.environ[OUTSIDE]
    return outside + address.removeprefix(request.script_root)


def logged_path(environ: WSGIEnvironment) -> str:
    """The path of a request with its handle left out."""
    before = f"{PREFIX}/…" if HANDLE in environ else ""
    path: str = environ.get("PATH_INFO", "")
    return before + path
