"""A launch as the claims of a verified id_token tell it (LTI Core 1.3, 5; Deep Linking 2.0, 3; AGS 2.0; NRPS 2.0)."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from elearn.lti.errors import LtiError
from elearn.lti.roles import TEACHING, ContextRole, context_roles
from elearn.lti.values import LONGEST_ID, identifier, record, text, texts, web_address

if TYPE_CHECKING:
    from collections.abc import Mapping

LTI: Final = "https://purl.imsglobal.org/spec/lti/claim/"
DL: Final = "https://purl.imsglobal.org/spec/lti-dl/claim/"
AGS: Final = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
NRPS: Final = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
GROUPS: Final = "https://purl.imsglobal.org/spec/lti-gs/claim/groupsservice"
GROUPS_SCOPE: Final = "https://purl.imsglobal.org/spec/lti-gs/scope/contextgroup.readonly"
NOTICES: Final = f"{LTI}platformnotificationservice"
NOTICES_SCOPE: Final = "https://purl.imsglobal.org/spec/lti/scope/noticehandlers"
VERSION: Final = "1.3.0"
SERVICE_VERSIONS: Final = "1."  # of both services above; what a later one means, nobody knows yet
CONTEXT_HISTORY: Final = "context_history"  # our custom parameters for the variables of `Ancestors`
LINK_HISTORY: Final = "link_history"
HISTORY: Final = {CONTEXT_HISTORY: "$Context.id.history", LINK_HISTORY: "$ResourceLink.id.history"}
MOST_ANCESTORS: Final = 20


class MessageType(StrEnum):
    """The messages that this tool understands."""

    RESOURCE_LINK = "LtiResourceLinkRequest"
    DEEP_LINKING = "LtiDeepLinkingRequest"
    SUBMISSION_REVIEW = "LtiSubmissionReviewRequest"


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever launches: `subject` is "" for an anonymous launch; names and address only where the platform tells."""

    subject: str
    name: str = ""
    given_name: str = ""
    family_name: str = ""
    email: str = ""
    locale: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A course or a link of the platform; `id` is "" where it is absent."""

    id: str
    title: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class GradeService:
    """What the platform lets us do with grades: its scopes and the addresses of line items ("" where absent)."""

    scopes: frozenset[str] = frozenset()
    line_items: str = ""
    line_item: str = ""


@dataclass(frozen=True, slots=True)
class GroupService:
    """Where the groups of the course can be read (Course Groups 1.0); `sets` is "" where there are no sets."""

    groups: str
    sets: str = ""


@dataclass(frozen=True, slots=True)
class NoticeService:
    """Where the tool may ask for notices, and of which kinds (Platform Notification Service 1.0)."""

    url: str
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ancestors:
    """Of what the course and the link are copies, as far as the platform tells: the newest copy's original first.

    The variables `Context.id.history` and `ResourceLink.id.history` of custom parameters (LTI Core 1.3, appendix B).
    """

    contexts: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormerUser:
    """Whom LTI 1.1 knew the person as (LTI Core 1.3, 5.4.6 and the migration guide); `sign` proves its secret."""

    key: str
    sign: str
    user_id: str = ""  # "" where it is the subject of today


@dataclass(frozen=True, slots=True)
class DeepLinkingSettings:
    """What a picker may return and where to (Deep Linking 2.0, 4.4.1). `data` goes back to the letter."""

    return_url: str
    accept_types: frozenset[str]
    accept_multiple: bool
    accept_line_item: bool
    data: str | None = None

    def to_json(self) -> dict[str, Any]:
        """As it is kept between the launch and the answer."""
        return asdict(self) | {"accept_types": sorted(self.accept_types)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> DeepLinkingSettings:
        """The reverse of `to_json`; what else is kept beside it is not looked at."""
        names = {field.name: kept[field.name] for field in fields(cls)}
        return cls(**names | {"accept_types": frozenset(kept["accept_types"])})


@dataclass(frozen=True, slots=True)
class Launch:
    """One verified message. `roles` are those in the course; `custom` has strings only."""

    issuer: str
    client_id: str
    deployment_id: str
    message: MessageType
    person: Person
    roles: frozenset[ContextRole]
    target_link_uri: str
    context: Named
    link: Named
    platform: Named
    product: str = ""  # product family, such as moodle or canvas
    return_url: str = ""
    document_target: str = ""  # iframe or window
    custom: Mapping[str, str] = field(default_factory=dict)
    grades: GradeService = field(default_factory=GradeService)
    roster_url: str = ""
    deep_linking: DeepLinkingSettings | None = None
    for_subject: str = ""  # submission review: whose work is looked at
    groups: GroupService | None = None
    notices: NoticeService | None = None
    former: FormerUser | None = None

    @property
    def ancestors(self) -> Ancestors:
        """Of what the course and the link are copies."""
        return Ancestors(_history(self.custom, CONTEXT_HISTORY), _history(self.custom, LINK_HISTORY))

    @property
    def is_teaching(self) -> bool:
        """Whether the person teaches the course or looks after it, rather than learns in it."""
        return not self.roles.isdisjoint(TEACHING)


def launch_of(claims: Mapping[str, Any], client_id: str) -> Launch:
    """The launch that verified claims tell.

    Raises:
        LtiError: it is no message of LTI 1.3 that this tool understands, or a claim is not of its form.
    """
    message = _message(claims)
    is_link = message is MessageType.RESOURCE_LINK
    presentation = record(claims, f"{LTI}launch_presentation")
    platform = record(claims, f"{LTI}tool_platform")
    return Launch(
        issuer=identifier(claims, "iss"),
        client_id=client_id,
        deployment_id=_deployment(claims),
        message=message,
        person=_person(claims),
        roles=context_roles(texts(claims, f"{LTI}roles")),
        target_link_uri=web_address(claims, f"{LTI}target_link_uri"),
        context=_named(record(claims, f"{LTI}context")),
        link=_link(claims, needed=is_link),
        platform=Named(text(platform, "guid"), text(platform, "name"), text(platform, "version")),
        product=text(platform, "product_family_code").lower(),
        return_url=web_address(presentation, "return_url"),
        document_target=text(presentation, "document_target"),
        custom=_custom(record(claims, f"{LTI}custom")),
        grades=_grades(record(claims, AGS)),
        roster_url=web_address(record(claims, NRPS), "context_memberships_url"),
        deep_linking=_settings(claims) if message is MessageType.DEEP_LINKING else None,
        for_subject=_reviewed(claims) if message is MessageType.SUBMISSION_REVIEW else "",
        groups=_groups(record(claims, GROUPS)),
        notices=_notices(record(claims, NOTICES)),
        former=_former(record(claims, f"{LTI}lti1p1")),
    )


def _message(claims: Mapping[str, Any]) -> MessageType:
    version, told = text(claims, f"{LTI}version"), text(claims, f"{LTI}message_type")
    if version != VERSION:
        raise LtiError("version_unknown", version=version[:40])
    try:
        return MessageType(told)
    except ValueError as error:
        raise LtiError("message_unknown", message=told[:80]) from error


def _deployment(claims: Mapping[str, Any]) -> str:
    return identifier(claims, f"{LTI}deployment_id", code="deployment_absent")


def _person(claims: Mapping[str, Any]) -> Person:
    subject = identifier(claims, "sub") if "sub" in claims else ""
    names = {name: text(claims, name) for name in ("name", "given_name", "family_name", "email", "locale")}
    return Person(subject, **names)


def _reviewed(claims: Mapping[str, Any]) -> str:
    told = record(claims, f"{LTI}for_user")
    return identifier(told, "user_id") if told.get("user_id") else ""


def _named(told: Mapping[str, Any]) -> Named:
    return Named(identifier(told, "id") if told else "", text(told, "title"), text(told, "label"))


def _link(claims: Mapping[str, Any], *, needed: bool) -> Named:
    told = record(claims, f"{LTI}resource_link")
    if needed and not told:
        raise LtiError("link_absent")
    return Named(identifier(told, "id", code="link_absent") if told else "", text(told, "title"))


def _custom(told: Mapping[str, Any]) -> dict[str, str]:
    """Strings, and numbers as strings: some platforms substitute variables with numbers."""
    plain = {name: value for name, value in told.items() if isinstance(value, str | int | float)}
    return {name: text({name: str(value)}, name) for name, value in plain.items()}


def _grades(told: Mapping[str, Any]) -> GradeService:
    return GradeService(
        scopes=frozenset(texts(told, "scope")),
        line_items=web_address(told, "lineitems"),
        line_item=web_address(told, "lineitem"),
    )


def _groups(told: Mapping[str, Any]) -> GroupService | None:
    address = web_address(told, "context_groups_url")
    if not address or not _offers(told, GROUPS_SCOPE):
        return None
    return GroupService(address, web_address(told, "context_group_sets_url"))


def _notices(told: Mapping[str, Any]) -> NoticeService | None:
    address = web_address(told, "platform_notification_service_url")
    if not address or not _offers(told, NOTICES_SCOPE):
        return None
    return NoticeService(address, frozenset(texts(told, "notice_types_supported")))


def _offers(told: Mapping[str, Any], scope: str) -> bool:
    """Whether a service is one that we may use, in a version that we know; a platform that says neither means so."""
    scopes, versions = texts(told, "scope"), texts(told, "service_versions")
    return (not scopes or scope in scopes) and (not versions or any(v.startswith(SERVICE_VERSIONS) for v in versions))


def _history(custom: Mapping[str, str], name: str) -> tuple[str, ...]:
    """The ids of a variable; a platform that does not know it sends its name back."""
    told = custom.get(name, "")
    if told.startswith("$"):
        return ()
    ids = (each.strip() for each in told.split(","))
    return tuple(dict.fromkeys(each for each in ids if 0 < len(each) <= LONGEST_ID))[:MOST_ANCESTORS]


def _former(told: Mapping[str, Any]) -> FormerUser | None:
    """Without a key and its sign the claim proves nothing, so it is as if it were not there."""
    key, sign = text(told, "oauth_consumer_key"), text(told, "oauth_consumer_key_sign")
    return FormerUser(key, sign, text(told, "user_id", longest=LONGEST_ID)) if key and sign else None


def _settings(claims: Mapping[str, Any]) -> DeepLinkingSettings:
    told = record(claims, f"{DL}deep_linking_settings")
    address = web_address(told, "deep_link_return_url")
    if not address:
        raise LtiError("claim_malformed", field="deep_link_return_url")
    data = told.get("data")
    if data is not None and not isinstance(data, str):
        raise LtiError("claim_malformed", field="data")
    return DeepLinkingSettings(
        return_url=address,
        accept_types=frozenset(texts(told, "accept_types")),
        accept_multiple=told.get("accept_multiple") is True,
        # Where the platform says nothing, a line item does no harm: it may be left out there.
        accept_line_item=told.get("accept_lineitem") is not False,
        data=data,
    )
