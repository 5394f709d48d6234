"""What platforms must know of us: every address of ours, below the public one."""

from __future__ import annotations

from urllib.parse import urlsplit

from elearn.lti.registration import ToolFacts


def our_side(site: str, *, name: str = "", description: str = "", icon: str = "") -> ToolFacts:
    """The addresses of this tool at `site`, its public address without a slash at the end."""
    launch = f"{site}/lti/launch"
    return ToolFacts(
        name=name,
        address=site,
        login_url=f"{site}/lti/login",
        launch_url=launch,
        keyset_url=f"{site}/lti/jwks.json",
        picker_url=launch,
        icon=icon,
        description=description,
    )


def moodle_endpoints(address: str) -> dict[str, str]:
    """The endpoints that a Moodle has at its address, as they are in every one; empty when it is no address."""
    text = address.strip()
    text = text if "://" in text or not text else f"https://{text}"
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return {}
    if parts.scheme not in {"http", "https"} or not host or "@" in parts.netloc:
        return {}
    site = f"{parts.scheme}://{parts.netloc.lower()}{parts.path}".rstrip("/")
    return {
        "issuer": site,
        "authorization_endpoint": f"{site}/mod/lti/auth.php",
        "token_endpoint": f"{site}/mod/lti/token.php",
        "keyset_url": f"{site}/mod/lti/certs.php",
    }
