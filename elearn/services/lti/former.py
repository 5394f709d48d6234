"""LTI 1.1: users who come over from it keep their account, and where it is switched on it still launches."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from oauthlib.oauth1 import (
    SIGNATURE_HMAC_SHA1,
    SIGNATURE_HMAC_SHA256,
    RequestValidator,
    SignatureOnlyEndpoint,
)
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from elearn.clock import now
from elearn.identifiers import new_token, token_digest
from elearn.lti.legacy import former_launch, is_proven
from elearn.models.lti import LtiConsumer, LtiDeployment, LtiLogin, LtiPlatform, PlatformStatus
from elearn.services.errors import ConflictError, ForbiddenError
from elearn.services.lti.arriving import Arrival
from elearn.services.lti.former_keys import PROVIDER, issuer_of_key
from elearn.services.lti.holders import KnownAs, add_identity, find_holder
from elearn.services.lti.logins import check_active

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from elearn.database import Database
    from elearn.lti.claims import Launch

DEPLOYMENT = "LTI 1.1"  # under which the links of a key are kept
REMEMBERED = timedelta(minutes=30)  # longer than the signature of a message is taken
_KEY_LENGTHS = (1, 255)


def known_formerly(key: str, user_id: str) -> KnownAs:
    """How LTI 1.1 named somebody: by the key and the user."""
    return KnownAs(issuer=key, client="", subject=user_id, provider=PROVIDER)


def keep_account(
    session: Session, platform: LtiPlatform, launch: Launch, claims: Mapping[str, Any], known_as: KnownAs
) -> None:
    """Give a former account to whoever launches for the first time by 1.3, where the platform proves the former user.

    What it cannot prove is not believed and changes nothing: the launch goes on with an account of its own.
    """
    if launch.former is None or find_holder(session, known_as) is not None:
        return
    asked = select(LtiConsumer).where(LtiConsumer.key == launch.former.key, LtiConsumer.unit_id == platform.unit_id)
    consumer = session.scalar(asked)
    if consumer is None or not is_proven(launch.former, consumer.secret, claims, platform.client_id):
        return
    former = find_holder(session, known_formerly(consumer.key, launch.former.user_id or known_as.subject))
    if former is not None:
        add_identity(session, former.account_id, known_as)


class _Signatures(RequestValidator):
    """What oauthlib asks about a message: who may sign it, and how. That it comes once is asked afterwards."""

    # Others need a key that nobody has here, or send the secret itself.
    allowed_signature_methods = (SIGNATURE_HMAC_SHA1, SIGNATURE_HMAC_SHA256)
    enforce_ssl = False  # a school's own network may have none, and the secret is not sent
    client_key_length = _KEY_LENGTHS
    nonce_length = _KEY_LENGTHS
    safe_characters = frozenset(map(chr, range(0x21, 0x7F)))
    dummy_client = "nobody"

    def __init__(self, consumer: LtiConsumer | None) -> None:
        super().__init__()
        self.consumer = consumer

    def validate_client_key(self, client_key: str, request: object) -> bool:
        """Whether the key is known."""
        del request
        return self.consumer is not None and self.consumer.key == client_key

    def get_client_secret(self, client_key: str, request: object) -> str:
        """The secret of the key; another one for a key that nobody has, so that both take as long."""
        del client_key, request
        return self.consumer.secret if self.consumer is not None else new_token()

    def validate_timestamp_and_nonce(self, *asked: object, **more: object) -> bool:
        """Nothing is used up before the signature is known to be right."""
        del asked, more
        return True


def arrive(database: Database, fields: Mapping[str, str], address: str) -> Arrival:
    """The launch that a message of LTI 1.1 asks for; `address` is where it was sent, as its sender knows it.

    Raises:
        ForbiddenError: the key is unknown, or the message was not signed with its secret just now
            (`lti_former_signature`).
        ConflictError: the message came before (`lti_state_used`).
        LtiError: as `elearn.lti.legacy.former_launch`.
    """
    with database.read() as session:
        consumer = session.scalar(select(LtiConsumer).where(LtiConsumer.key == fields.get("oauth_consumer_key", "")))
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    is_signed, _ = SignatureOnlyEndpoint(_Signatures(consumer)).validate_request(
        address, "POST", urlencode(list(fields.items())), form
    )
    if consumer is None or not is_signed:
        raise ForbiddenError("lti_former_signature")
    launch = former_launch(fields, issuer=consumer.key, address=address)
    try:
        with database.write() as session:
            deployment = _deployment(session, session.get_one(LtiConsumer, consumer.id))
            _use_up(session, deployment, fields, address)
            platform = deployment.platform
    except IntegrityError as error:
        raise ConflictError("lti_state_used") from error
    check_active(platform)
    return Arrival(platform, deployment.id, launch, known_formerly(consumer.key, launch.person.subject))


def _deployment(session: Session, consumer: LtiConsumer) -> LtiDeployment:
    """Where the launches of a key are kept; made with a platform of its own when it first launches."""
    if consumer.platform_id is None:
        platform = LtiPlatform(
            name=consumer.key,
            unit_id=consumer.unit_id,
            status=PlatformStatus.ACTIVE,
            issuer=issuer_of_key(consumer.key),
            client_id=consumer.key,
            authorization_endpoint="",
            token_endpoint="",
        )
        session.add(platform)
        session.flush()
        consumer.platform_id = platform.id
    query = select(LtiDeployment).where(
        LtiDeployment.platform_id == consumer.platform_id, LtiDeployment.name == DEPLOYMENT
    )
    deployment = session.scalar(query.options(joinedload(LtiDeployment.platform)))
    if deployment is None:
        deployment = LtiDeployment(platform_id=consumer.platform_id, name=DEPLOYMENT, accepted_at=now())
        session.add(deployment)
        session.flush()
        session.refresh(deployment, ["platform"])
    return deployment


def _use_up(session: Session, deployment: LtiDeployment, fields: Mapping[str, str], address: str) -> None:
    """Remember a message until its time is over; a second one like it breaks the key of the row."""
    once = "\0".join(fields.get(name, "") for name in ("oauth_consumer_key", "oauth_timestamp", "oauth_nonce"))
    moment = now()
    session.add(
        LtiLogin(
            state_digest=token_digest(once),
            binding_digest="",
            nonce="",
            platform_id=deployment.platform_id,
            target=address,
            expires_at=moment + REMEMBERED,
            used_at=moment,
        )
    )
    session.flush()
