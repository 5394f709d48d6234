"""The sentences for launches that are refused; they are read inside the page of a course, by learners and teachers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext

if TYPE_CHECKING:
    from collections.abc import Mapping

_NOT_READABLE = lazy_gettext(
    "The platform's message cannot be read. Open the activity once more; if it stays, tell the administrator of the "
    "platform."
)
_NOT_GENUINE = lazy_gettext(
    "The message is not signed by the platform with which this library is connected, so it was not believed. Tell the "
    "administrator of the library."
)

LAUNCHING: Mapping[str, Any] = {
    # Tokens
    "token_malformed": _NOT_READABLE,
    "token_algorithm": lazy_gettext(
        "The message is signed in a way that is not allowed (%(algorithm)s instead of RS256), so it was not believed."
    ),
    "token_key_unknown": lazy_gettext(
        "The message is signed with a key (%(kid)s) that the platform's keyset does not hold. Wait a minute and open "
        "the activity once more; if it stays, the administrator of the library checks the address of the keyset."
    ),
    "token_key_unfit": lazy_gettext(
        "The platform's key %(kid)s cannot be used: it must be an RSA key of at least 2048 bits."
    ),
    "token_signature": _NOT_GENUINE,
    "token_claim": lazy_gettext("The platform's message lacks “%(field)s”, or has it in a wrong form."),
    "token_issuer": lazy_gettext("The message comes from another platform (%(issuer)s) than the one that asked."),
    "token_audience": lazy_gettext(
        "The message is meant for another tool (%(audience)s). The administrator of the library compares the client ID."
    ),
    "token_party": lazy_gettext("The message is meant for several tools, and not first of all for us (%(party)s)."),
    "token_late": lazy_gettext(
        "The message came %(seconds)s seconds after its time. Open the activity once more; if it stays, the clock of "
        "the platform or of the library is wrong."
    ),
    "token_from_future": lazy_gettext(
        "The platform's clock is %(seconds)s seconds ahead of ours. Its administrator must set the clock right."
    ),
    "token_nonce": lazy_gettext("The message belongs to another opening. Open the activity once more."),
    # Messages
    "version_unknown": lazy_gettext("The platform speaks LTI %(version)s; this library needs LTI 1.3."),
    "message_unknown": lazy_gettext("The library does not know messages of the kind “%(message)s”."),
    "deployment_absent": lazy_gettext("The platform does not say as which deployment of the tool it launches."),
    "link_absent": lazy_gettext("The platform does not say which activity was opened."),
    "claim_malformed": lazy_gettext("The platform's message has “%(field)s” in a form that cannot be read."),
    "login_incomplete": lazy_gettext(
        "The platform's message lacks “%(field)s”. This address is opened by a learning platform, such as Moodle."
    ),
    # Keysets
    "keyset_malformed": lazy_gettext("What stands at the platform's keyset address is no keyset."),
    "lti_keyset_status": lazy_gettext("The platform does not give out its keyset (HTTP %(status)s at %(url)s)."),
    # Platforms
    "lti_platform_unknown": lazy_gettext(
        "No platform %(issuer)s with the client ID “%(client)s” is connected with this library. Its administrator can "
        "connect it."
    ),
    "lti_platform_ambiguous": lazy_gettext(
        "The platform %(issuer)s is connected several times and does not say which connection it means."
    ),
    "lti_platform_waiting": lazy_gettext(
        "%(platform)s has registered but was not accepted yet. An administrator of the library must accept it."
    ),
    "lti_platform_off": lazy_gettext("%(platform)s was switched off by an administrator of the library."),
    "lti_platform_refused": lazy_gettext("%(platform)s did not let the activity be opened: %(reason)s"),
    "lti_deployment_waiting": lazy_gettext(
        "This opening comes from a place in %(platform)s (deployment %(deployment)s) that is new here. An "
        "administrator of the library must accept it."
    ),
    # Logins
    "lti_target_elsewhere": lazy_gettext(
        "The activity leads to %(target)s, which is not an address of this library. Choose its content anew."
    ),
    "lti_target_differs": lazy_gettext(
        "The message opens another address than the one that was asked for (%(target)s)."
    ),
    "lti_target_unknown": lazy_gettext(
        "The activity leads to an address that does not exist here. Choose its content anew."
    ),
    "lti_state_over": lazy_gettext("This opening took too long, or never began here. Open the activity once more."),
    "lti_state_used": lazy_gettext("This opening was used already. Open the activity once more."),
    "lti_other_browser": lazy_gettext(
        "This opening began in another browser, so it was not gone on with. Open the activity once more in this one."
    ),
    "lti_former_off": lazy_gettext(
        "Launches by LTI 1.1 are switched off here. Let the activity use the connection by LTI 1.3."
    ),
    "lti_former_signature": lazy_gettext(
        "The message is not signed with a key and secret of this library, or the platform's clock is wrong. The "
        "administrator of the platform compares key, secret and time."
    ),
    # People and places
    "lti_anonymous": lazy_gettext(
        "The platform does not say who you are, so no result could be kept. Its administrator can let the tool know "
        "its users."
    ),
    "lti_account_disabled": lazy_gettext("Your account in this library is switched off. Ask its administrator."),
    "lti_nothing_chosen": lazy_gettext(
        "Nothing from the library was chosen for this activity yet. The teacher chooses it in the settings of the "
        "activity, with “Select content”."
    ),
    "lti_content_not_found": lazy_gettext(
        "What was chosen for this activity is not in the library any more, or not open to your school. The teacher can "
        "choose something else."
    ),
    "lti_review_of_others": lazy_gettext("Only the teachers of the course see the work of others."),
    "lti_review_not_found": lazy_gettext(
        "Nobody has opened this activity in the library yet, so there is no work to see."
    ),
}
