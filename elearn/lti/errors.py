"""What can be wrong with an LTI message: a code with parameters, never a sentence."""

from __future__ import annotations

from typing import Final

# The parameters of each code stand behind it.
LTI_CODES: Final = frozenset(
    {
        # Tokens (LTI Security Framework 1.0, 5.1.3).
        "token_malformed",
        "token_algorithm",  # algorithm
        "token_key_unknown",  # kid
        "token_key_unfit",  # kid
        "token_signature",
        "token_claim",  # field: absent or not of its type
        "token_issuer",  # issuer
        "token_audience",  # audience
        "token_party",  # party: of azp
        "token_late",  # seconds: since its end
        "token_from_future",  # seconds: how far the platform's clock is ahead of ours
        "token_nonce",
        # Messages (LTI Core 1.3, Deep Linking 2.0).
        "version_unknown",  # version
        "message_unknown",  # message
        "deployment_absent",
        "link_absent",
        "claim_malformed",  # field
        # Logins (LTI Security Framework 1.0, 5.1.1).
        "login_incomplete",  # field
        # Registrations (Dynamic Registration 1.0).
        "configuration_malformed",  # field
        "configuration_issuer",  # issuer
        "registration_refused",  # reason: the platform's own word
        "registration_malformed",  # field
        # Services (AGS 2.0, NRPS 2.0, Course Groups 1.0).
        "service_malformed",  # service, field
        "service_elsewhere",  # url
        "roster_refused",  # status
        "roster_too_long",  # most
        "groups_refused",  # status
        "groups_too_many",  # most
        # Notices (Platform Notification Service 1.0).
        "notices_malformed",
        "notices_too_many",  # most
        "notices_refused",  # status
        # Keysets.
        "keyset_malformed",
    }
)


class LtiError(Exception):
    """Something is refused; `code` names the sentence, `params` fill it."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params
