"""A learning platform for tests, made from the specifications without the tool's code; it can also misbehave."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from functools import cache
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

ISSUER = "https://moodle.truong.example"
CLIENT = "7Xk2pQ"
DEPLOYMENT = "1"
LTI = "https://purl.imsglobal.org/spec/lti/claim/"
DL = "https://purl.imsglobal.org/spec/lti-dl/claim/"
AGS = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
NRPS = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership"


def b64(data: bytes) -> str:
    """Base64 for addresses, without padding (RFC 7515, 2)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    """The reverse of `b64`."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@cache
def rsa_key(number: int, bits: int = 2048) -> rsa.RSAPrivateKey:
    """The key with a number; made once."""
    return rsa.generate_private_key(65_537, bits)


class SigningKey:
    """A key of the platform with its id."""

    def __init__(self, kid: str, number: int = 0, bits: int = 2048) -> None:
        self.kid, self.private = kid, rsa_key(number, bits)

    def jwk(self, **changes: Any) -> dict[str, Any]:
        """The public half as a platform publishes it."""
        numbers = self.private.public_key().public_numbers()
        n, e = (number.to_bytes((number.bit_length() + 7) // 8, "big") for number in (numbers.n, numbers.e))
        return {"kty": "RSA", "kid": self.kid, "use": "sig", "alg": "RS256", "n": b64(n), "e": b64(e), **changes}

    def public_pem(self) -> bytes:
        """The public half as PEM."""
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        return self.private.public_key().public_bytes(serialization.Encoding.PEM, form)

    def rs256(self, data: bytes) -> bytes:
        """The signature of some bytes."""
        return self.private.sign(data, padding.PKCS1v15(), hashes.SHA256())


class Platform:
    """A Moodle-like platform: makes claims and tokens, proper ones and others."""

    def __init__(self, issuer: str = ISSUER) -> None:
        self.issuer = issuer
        self.key = SigningKey("k1")

    def keyset(self) -> dict[str, Any]:
        """What stands at `jwks_uri`."""
        return {"keys": [self.key.jwk()]}

    def claims(self, *, now: float, nonce: str = "n-1", **changes: Any) -> dict[str, Any]:
        """The claims of a launch of a resource link; None takes a claim away."""
        told: dict[str, Any] = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "42",
            "iat": int(now),
            "exp": int(now) + 60,
            "nonce": nonce,
            "name": "Trần Thị Bích",
            "given_name": "Bích",
            "family_name": "Trần Thị",
            "email": "bich@truong.example",
            "locale": "vi",
            f"{LTI}version": "1.3.0",
            f"{LTI}message_type": "LtiResourceLinkRequest",
            f"{LTI}deployment_id": DEPLOYMENT,
            f"{LTI}target_link_uri": "https://elearn.example/lti/launch",
            f"{LTI}resource_link": {"id": "7", "title": "Phân số"},
            f"{LTI}context": {"id": "3", "label": "TOAN4", "title": "Toán 4", "type": ["CourseSection"]},
            f"{LTI}roles": [f"{MEMBERSHIP}#Learner"],
            f"{LTI}tool_platform": {"guid": "abc", "product_family_code": "moodle", "version": "2024100706"},
            f"{LTI}launch_presentation": {"locale": "vi", "document_target": "iframe"},
            f"{LTI}custom": {"material": "0198"},
            AGS: {
                "scope": ["https://purl.imsglobal.org/spec/lti-ags/scope/score"],
                "lineitems": f"{self.issuer}/mod/lti/services.php/3/lineitems?type_id=1",
                "lineitem": f"{self.issuer}/mod/lti/services.php/3/lineitems/9/lineitem?type_id=1",
            },
            NRPS: {
                "context_memberships_url": f"{self.issuer}/mod/lti/services.php/CourseSection/3/bindings/1/memberships",
                "service_versions": ["1.0", "2.0"],
            },
            **changes,
        }
        return {name: value for name, value in told.items() if value is not None}

    def picking(self, *, now: float, settings: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
        """The claims of a request to pick material."""
        asked = {
            "accept_types": ["ltiResourceLink"],
            "accept_presentation_document_targets": ["frame", "iframe", "window"],
            "accept_multiple": True,
            "accept_lineitem": True,
            "deep_link_return_url": f"{self.issuer}/mod/lti/contentitem_return.php?course=3&id=1",
            **(settings or {}),
        }
        asked = {name: value for name, value in asked.items() if value is not None}
        wanted = {f"{LTI}message_type": "LtiDeepLinkingRequest", f"{LTI}resource_link": None}
        return self.claims(now=now, **wanted, **{f"{DL}deep_linking_settings": asked}, **changes)

    def sign(self, claims: dict[str, Any], key: SigningKey | None = None, **header: Any) -> str:
        """A token; `header` replaces fields of the header, None takes them away."""
        signer = key or self.key
        told = {"typ": "JWT", "alg": "RS256", "kid": signer.kid, **header}
        signed = _signed({name: value for name, value in told.items() if value is not None}, claims)
        return f"{signed}.{b64(signer.rs256(signed.encode()))}"

    def unsigned(self, claims: dict[str, Any]) -> str:
        """A token with `alg` none."""
        return f"{_signed({'alg': 'none', 'kid': self.key.kid}, claims)}."

    def confused(self, claims: dict[str, Any]) -> str:
        """A token with HS256, whose secret is the public key that everybody can read."""
        signed = _signed({"alg": "HS256", "kid": self.key.kid}, claims)
        return f"{signed}.{b64(hmac.digest(self.key.public_pem(), signed.encode(), hashlib.sha256))}"

    def configuration(self, **changes: Any) -> dict[str, Any]:
        """What stands at `openid_configuration`."""
        told = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/mod/lti/auth.php",
            "token_endpoint": f"{self.issuer}/mod/lti/token.php",
            "jwks_uri": f"{self.issuer}/mod/lti/certs.php",
            "registration_endpoint": f"{self.issuer}/mod/lti/openid-registration.php",
            "scopes_supported": [
                "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem",
                "https://purl.imsglobal.org/spec/lti-ags/scope/score",
                "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly",
            ],
            "https://purl.imsglobal.org/spec/lti-platform-configuration": {
                "product_family_code": "moodle",
                "version": "2024100706",
            },
            **changes,
        }
        return {name: value for name, value in told.items() if value is not None}


def read(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and claims of a token, unproven."""
    header, claims, _ = token.split(".")
    return json.loads(unb64(header)), json.loads(unb64(claims))


def check(token: str, keyset: dict[str, Any]) -> dict[str, Any]:
    """The claims of a token of the tool, proven by its keyset as a platform does it."""
    header, claims = read(token)
    assert header["alg"] == "RS256"
    found = next(key for key in keyset["keys"] if key["kid"] == header["kid"])
    n, e = (int.from_bytes(unb64(found[name]), "big") for name in ("n", "e"))
    signed, _, signature = token.rpartition(".")
    public = rsa.RSAPublicNumbers(e, n).public_key()
    public.verify(unb64(signature), signed.encode(), padding.PKCS1v15(), hashes.SHA256())
    return claims


def _signed(header: dict[str, Any], claims: dict[str, Any]) -> str:
    return ".".join(b64(json.dumps(part).encode()) for part in (header, claims))
