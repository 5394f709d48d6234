"""A learning platform over HTTP, Moodle-like, made from the specifications and from what a Moodle was seen to do.

It plays registration, login, deep linking, launches, tokens, grades and rosters, and has the few pages that a browser
needs. It shares no code with the tool. `misbehave` gives wrong answers, `changes` and `make_token` wrong launches.
"""

from __future__ import annotations

import json
import re
import secrets
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from werkzeug.wrappers import Response

from tests.support import lti_site_pages as pages
from tests.support.lti_gradebook import Gradebook
from tests.support.lti_groups import GS, GS_SCOPE, CourseGroups
from tests.support.lti_http import Server, serving
from tests.support.lti_notices import PNS, PNS_SCOPE, Handlers
from tests.support.lti_platform import AGS, DL, LTI, MEMBERSHIP, NRPS, Platform, check, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from werkzeug.wrappers import Request

TOOL = "https://purl.imsglobal.org/spec/lti-tool-configuration"
SCOPE = "https://purl.imsglobal.org/spec/lti-"
SCOPES = (
    f"{SCOPE}ags/scope/lineitem",
    f"{SCOPE}ags/scope/score",
    f"{SCOPE}ags/scope/result.readonly",
    f"{SCOPE}nrps/scope/contextmembership.readonly",
)
RARE = (GS_SCOPE, PNS_SCOPE)
COURSE = "3"
ROSTER_TYPE = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"


@dataclass
class User:
    """Somebody of the course."""

    id: str
    given: str
    family: str
    role: str = "Learner"

    @property
    def name(self) -> str:
        """The whole name, as it is said in Vietnamese."""
        return f"{self.family} {self.given}"


@dataclass
class Link:
    """An activity of the course."""

    id: str
    title: str
    url: str
    custom: dict[str, str] = field(default_factory=dict)


@dataclass
class Client:
    """A tool as the platform knows it. Without `keyset` the tool's keys are fetched from `keyset_url`."""

    id: str
    login_url: str
    redirect_uris: list[str]
    keyset_url: str = ""
    keyset: dict[str, Any] | None = None
    deployment: str = "1"
    claims: list[str] | None = None  # those the tool asked for; None tells all
    registration: dict[str, Any] = field(default_factory=dict)


class RefusedError(Exception):
    """The platform does not go on."""


class LtiSite(Server, Platform):
    """The platform. `clock` is added to the time of what it signs."""

    def __init__(self, address: str) -> None:
        Server.__init__(self)
        Platform.__init__(self, address)
        self.clock = 0.0
        self.clients: dict[str, Client] = {}
        self.users = {
            user.id: user for user in (User("42", "Bích", "Trần Thị"), User("2", "Hòa", "Lê Văn", role="Instructor"))
        }
        self.links: dict[str, Link] = {}
        self.book = Gradebook(f"{address}/mod/lti/services.php/{COURSE}/lineitems", {"42"})
        # Few platforms have these two; this one offers them when they are put here.
        self.groups: CourseGroups | None = None
        self.handlers: Handlers | None = None
        self.invitations: set[str] = set()  # registration tokens that were not used yet
        self.tokens: dict[str, tuple[str, set[str]]] = {}  # access token -> client and scopes
        self.returned: list[dict[str, Any]] = []  # claims of the answers of pickers
        self.changes: dict[str, Any] = {}  # of the claims of every launch; None takes one away
        self.settings: dict[str, Any] = {}  # of deep linking, likewise
        self.make_token: Callable[[dict[str, Any]], str] = self.sign
        self.reaches_tool = True  # False: as a Moodle whose blocklist has the tool's host
        self.product = "moodle"
        self.gives_deployment = True
        self._launches: dict[str, tuple[str, str, str]] = {}  # single-use launch ids -> user, link or "", client
        self._unique: set[str] = set()  # jti of assertions

    # What tests prepare.

    def configuration(self, **changes: Any) -> dict[str, Any]:
        """What stands at `openid_configuration`."""
        about = {"product_family_code": self.product, "version": "2024100706"}
        told = {"scopes_supported": list(SCOPES), f"{SCOPE}platform-configuration": about}
        return super().configuration(**{**told, **changes})

    def know(self, tool: str, *, keyset: dict[str, Any] | None = None, client: str = "7Xk2pQ") -> Client:
        """Enter a tool by hand, as a Moodle administrator does."""
        known = Client(client, f"{tool}/lti/login", [f"{tool}/lti/launch"], f"{tool}/lti/jwks.json", keyset)
        self.clients[client] = known
        return known

    def offer_groups(self) -> CourseGroups:
        """From now on launches tell groups of the course."""
        self.groups = CourseGroups(f"{self.issuer}/gs/{COURSE}")
        return self.groups

    def offer_notices(self) -> Handlers:
        """From now on launches say where to ask for notices."""
        self.handlers = Handlers(f"{self.issuer}/notice-handlers/1")
        return self.handlers

    def enrol(self, identifier: str, given: str, family: str, role: str = "Learner") -> User:
        """Somebody more in the course."""
        user = self.users[identifier] = User(identifier, given, family, role)
        if role == "Learner":
            self.book.learners.add(identifier)
        return user

    def place(self, title: str, url: str, *, maximum: float | None = None, **custom: str) -> Link:
        """An activity in the course, with a column in the gradebook when there is a maximum."""
        link = Link(str(len(self.links) + 7), title, url, custom)
        self.links[link.id] = link
        if maximum is not None:
            self.book.add(title, maximum, link.id)
        return link

    def registration_address(self, tool_url: str) -> str:
        """Where a browser is sent to register the tool whose one-time address was pasted."""
        token = secrets.token_urlsafe(12)
        self.invitations.add(token)
        told = {"openid_configuration": f"{self.issuer}/mod/lti/openid-configuration.php", "registration_token": token}
        return f"{tool_url}{'&' if '?' in tool_url else '?'}{urlencode(told)}"

    # The launch, step by step; each is used by tests without a browser and by the pages below.

    def begin(self, client: Client, user: str = "42", link: str = "") -> dict[str, str]:
        """The fields with which a launch begins; without a link it is a picking."""
        launch = secrets.token_hex(8)
        self._launches[launch] = (user, link, client.id)
        hint = json.dumps({"cmid": int(link), "launchid": launch} if link else {"launchid": launch})
        target = self.links[link].url if link else client.redirect_uris[0]
        return {
            "iss": self.issuer,
            "login_hint": user,
            "target_link_uri": target,
            "lti_message_hint": hint,
            "client_id": client.id,
            "lti_deployment_id": client.deployment,
        }

    def authorize(self, asked: dict[str, str]) -> dict[str, str]:
        """The fields that go to the tool's `redirect_uri`.

        Raises:
            RefusedError: the tool asked wrongly.
        """
        client = self.clients.get(asked.get("client_id", ""))
        if client is None or asked.get("redirect_uri") not in client.redirect_uris:
            raise RefusedError("client or redirect_uri")
        proper = {"scope": "openid", "response_type": "id_token", "response_mode": "form_post", "prompt": "none"}
        if any(asked.get(name) != value for name, value in proper.items()) or not asked.get("nonce"):
            raise RefusedError("not OpenID Connect")
        try:
            launch = json.loads(asked["lti_message_hint"])["launchid"]
            user, link, meant_for = self._launches.pop(launch)
        except (ValueError, KeyError) as error:
            raise RefusedError("the launch id was used, or the hint was changed") from error
        if meant_for != client.id or asked.get("login_hint") != user:
            raise RefusedError("somebody else's launch")
        token = self.make_token(self._launch_claims(client, self.users[user], link, asked["nonce"]))
        return {"id_token": token, **({"state": asked["state"]} if "state" in asked else {})}

    def _launch_claims(self, client: Client, user: User, link: str, nonce: str) -> dict[str, Any]:
        names: dict[str, Any] = {
            "name": user.name,
            "given_name": user.given,
            "family_name": user.family,
            "email": f"u{user.id}@truong.example",
        }
        if client.claims is not None:
            names = {name: value if name in client.claims else None for name, value in names.items()}
        told: dict[str, Any] = {
            "aud": client.id,
            "sub": user.id,
            **names,
            f"{LTI}deployment_id": client.deployment,
            f"{LTI}roles": [f"{MEMBERSHIP}#{user.role}"],
            f"{LTI}tool_platform": {"guid": "abc", "product_family_code": self.product, "version": "2024100706"},
            NRPS: {"context_memberships_url": self.roster_address, "service_versions": ["1.0", "2.0"]},
            **self._services(link),
        }
        moment = time.time() + self.clock
        if not link:
            told[f"{LTI}target_link_uri"] = client.redirect_uris[0]
            claims = self.picking(now=moment, settings=self.settings, nonce=nonce, **told)
        else:
            place = self.links[link]
            told[f"{LTI}resource_link"] = {"id": place.id, "title": place.title}
            told[f"{LTI}target_link_uri"] = place.url
            told[f"{LTI}custom"] = place.custom
            claims = self.claims(now=moment, nonce=nonce, **told)
        claims |= self.changes
        return {name: value for name, value in claims.items() if value is not None}

    def _services(self, link: str) -> dict[str, Any]:
        told: dict[str, Any] = {"scope": list(SCOPES[:3]), "lineitems": f"{self.book.address}?type_id=1"}
        column = self.book.column_of(link) if link else None
        rare = {GS: self.groups.claim()} if self.groups else {}
        rare |= {PNS: self.handlers.claim()} if self.handlers else {}
        return {AGS: told | ({"lineitem": self.book.item_address(column)} if column else {}), **rare}

    @property
    def roster_address(self) -> str:
        """Where the members of the course are."""
        return f"{self.issuer}/mod/lti/services.php/CourseSection/{COURSE}/bindings/1/memberships"

    # What is served.

    def route(self, request: Request) -> tuple[str, Callable[[Request], Response]] | None:
        """The endpoint of a request, with Moodle's addresses."""
        plain: dict[str, tuple[str, Callable[[Request], Response]]] = {
            "/mod/lti/openid-configuration.php": ("configuration", self._configured),
            "/mod/lti/openid-registration.php": ("registration", self._register),
            "/mod/lti/certs.php": ("keyset", lambda _: _json(self.keyset())),
            "/mod/lti/auth.php": ("authorization", self._authorization),
            "/mod/lti/token.php": ("token", self._token),
            "/mod/lti/contentitem_return.php": ("return", self._return),
            urlsplit(self.roster_address).path: ("roster", self._roster),
            urlsplit(self.book.address).path: ("line_items", self._for(SCOPES[:1], self.book.items)),
            "/course": ("course", lambda asked: pages.course(self, asked)),
            "/view": ("view", lambda asked: pages.view(self, asked)),
            "/register": ("register", lambda asked: pages.register(self, asked)),
        }
        return plain.get(request.path) or self._rare(request.path) or self._column(request.path)

    def _rare(self, path: str) -> tuple[str, Callable[[Request], Response]] | None:
        if self.groups and path == f"/gs/{COURSE}/groups":
            return "groups", self._for(RARE[:1], self.groups.groups)
        if self.groups and path == f"/gs/{COURSE}/sets":
            return "sets", self._for(RARE[:1], self.groups.group_sets)
        if self.handlers and path == "/notice-handlers/1":
            return "handlers", self._for(RARE[1:], self.handlers.serve)
        return None

    def _column(self, path: str) -> tuple[str, Callable[[Request], Response]] | None:
        found = re.fullmatch(re.escape(urlsplit(self.book.address).path) + r"/(\d+)/lineitem(/scores|/results)?", path)
        if not found:
            return None
        number = int(found[1])
        if found[2] == "/scores":
            return "scores", self._for(SCOPES[1:2], lambda asked: self.book.score(asked, number))
        if found[2] == "/results":
            return "results", self._for(SCOPES[2:3], lambda _: self.book.results(number))
        return "line_item", self._for(SCOPES[:1], lambda asked: self.book.item(asked, number))

    def _for(self, scopes: tuple[str, ...], handler: Callable[[Request], Response]) -> Callable[[Request], Response]:
        """A service for whoever has a token with the scope."""

        def guarded(request: Request) -> Response:
            bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
            allowed = self.tokens.get(bearer, ("", set()))[1]
            return handler(request) if allowed.issuperset(scopes) else Response("", 401)

        return guarded

    def _configured(self, request: Request) -> Response:
        """Moodle tells everybody, Canvas whoever holds the registration token."""
        bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if self.product == "canvas" and bearer not in self.invitations:
            return Response("", 401)
        return _json(self.configuration())

    def _register(self, request: Request) -> Response:
        bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
        told = request.get_json(force=True)
        about = told[TOOL]
        if bearer not in self.invitations:
            return _json({"error": "invalid_token", "error_description": "The token was used."}, 401)
        hosts = {urlsplit(address).netloc for address in (about["target_link_uri"], *told["redirect_uris"])}
        if hosts != {about["domain"]}:
            return _json({"error": "invalid_client_metadata", "error_description": "domain"}, 400)
        self.invitations.discard(bearer)
        client = Client(
            id=secrets.token_hex(7),
            login_url=told["initiate_login_uri"],
            redirect_uris=told["redirect_uris"],
            keyset_url=told["jwks_uri"],
            claims=about["claims"],
            registration=told,
        )
        self.clients[client.id] = client
        deployment = {"deployment_id": client.deployment} if self.gives_deployment else {}
        return _json({**told, "client_id": client.id, TOOL: {**about, **deployment}})

    def _authorization(self, request: Request) -> Response:
        asked = request.values.to_dict()
        try:
            return pages.form_post(asked.get("redirect_uri", ""), self.authorize(asked))
        except RefusedError as error:
            return Response(str(error), 400)

    def _token(self, request: Request) -> Response:
        fields = request.form.to_dict()
        if not self.reaches_tool:
            return Response("<!DOCTYPE html><title>Error</title><p>Not found</p>", 404, content_type="text/html")
        try:
            client = self.clients[read(fields["client_assertion"])[1]["iss"]]
            claims = check(fields["client_assertion"], self._keys_of(client))
            proper = claims["sub"] == client.id and claims["aud"] == f"{self.issuer}/mod/lti/token.php"
            proper = proper and claims["exp"] > time.time() and claims["jti"] not in self._unique
        except Exception as error:  # noqa: BLE001 - whatever is wrong, a platform only says that it is
            return _json({"error": "invalid_client", "error_description": repr(error)}, 400)
        if not proper or fields["grant_type"] != "client_credentials":
            return _json({"error": "invalid_request"}, 400)
        self._unique.add(claims["jti"])
        scopes = set(fields["scope"].split()) & {*SCOPES, *RARE}
        value = secrets.token_hex(16)
        self.tokens[value] = (client.id, scopes)
        told = {"access_token": value, "token_type": "Bearer", "expires_in": 3600, "scope": " ".join(sorted(scopes))}
        return _json(told)

    def _keys_of(self, client: Client) -> dict[str, Any]:
        if client.keyset is not None:
            return client.keyset
        with urllib.request.urlopen(client.keyset_url, timeout=60) as answer:  # noqa: S310 - a tool on this machine
            told: dict[str, Any] = json.loads(answer.read())
        return told

    def _return(self, request: Request) -> Response:
        """Take the answer of a picker and make activities of it, as Moodle does."""
        token = request.form["JWT"]
        client = self.clients[read(token)[1]["iss"]]
        claims = check(token, self._keys_of(client))
        audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
        assert self.issuer in audience, audience
        assert claims["nonce"] not in self._unique, "an answer counts once"
        assert claims[f"{LTI}deployment_id"] == client.deployment
        assert claims["exp"] > time.time()
        self._unique.add(claims["nonce"])
        self.returned.append(claims)
        for item in claims.get(f"{DL}content_items", []):
            assert item["type"] == "ltiResourceLink", item
            column = item.get("lineItem")
            link = self.place(item.get("title", "?"), item["url"], **item.get("custom", {}))
            if column:
                told = {"tag": column.get("tag", ""), "resource_id": column.get("resourceId", "")}
                self.book.add(column.get("label", link.title), float(column["scoreMaximum"]), link.id, **told)
        return pages.picked(self, claims)

    def _roster(self, request: Request) -> Response:
        return self._for(SCOPES[3:], self._members)(request)

    def _members(self, request: Request) -> Response:
        asked = request.args
        begin, most = int(asked.get("from", 0)), int(asked.get("limit", 0)) or len(self.users)
        listed = list(self.users.values())
        told = [
            self._member(user, asked.get("rlid", "")) | self._enrolled(request, user)
            for user in listed[begin : begin + most]
        ]
        body = {"id": self.roster_address, "context": {"id": COURSE, "label": "TOAN4"}, "members": told}
        answer = Response(json.dumps(body), content_type=ROSTER_TYPE)
        if begin + most < len(listed):
            onward = urlencode({**asked.to_dict(), "limit": most, "from": begin + most})
            answer.headers["Link"] = f'<{self.roster_address}?{onward}>; rel="next"'
        return answer

    def _member(self, user: User, link: str) -> dict[str, Any]:
        told: dict[str, Any] = {"user_id": user.id, "roles": [user.role], "status": "Active", "name": user.name}
        told |= {"given_name": user.given, "family_name": user.family, "email": f"u{user.id}@truong.example"}
        about = {f"{LTI}message_type": "LtiResourceLinkRequest", f"{LTI}resource_link": {"id": link}}
        return told | ({"message": [about]} if link else {})

    def _enrolled(self, request: Request, user: User) -> dict[str, Any]:
        wanted = self.groups if request.args.get("groups") == "true" else None
        return wanted.enrolled(user.id) if wanted else {}


def _json(told: Any, status: int = 200) -> Response:
    return Response(json.dumps(told), status, content_type="application/json")


@contextmanager
def lti_site(host: str = "127.0.0.1") -> Iterator[LtiSite]:
    """A platform on a free port until the end of the block."""
    with serving(LtiSite, host) as site:
        yield site
