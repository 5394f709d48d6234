"""The sentences about learning platforms for whoever administers them: refusals, reasons of failures, findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext, lazy_gettext, ngettext

from elearn.models.lti import PlatformStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

MINUTE, HOUR = 60, 3600

STATUSES: Mapping[PlatformStatus, Any] = {
    PlatformStatus.WAITING: lazy_gettext("waits for your approval"),
    PlatformStatus.ACTIVE: lazy_gettext("in use"),
    PlatformStatus.OFF: lazy_gettext("switched off"),
}

EVENTS: Mapping[str, Any] = {
    "login": lazy_gettext("Start of a launch"),
    "launch": lazy_gettext("Launch"),
    "pick": lazy_gettext("Choosing content"),
    "registration": lazy_gettext("Registration"),
    "token": lazy_gettext("Access to services"),
    "roster": lazy_gettext("List of members"),
    "grade": lazy_gettext("Sending grades"),
    "notices": lazy_gettext("Asking for notices"),
    "notice": lazy_gettext("Notice of the platform"),
}

# What the fields of a platform are called; the refusals of `Details` name them.
FIELDS: Mapping[str, Any] = {
    "name": lazy_gettext("Name of the platform"),
    "issuer": lazy_gettext("Platform ID (issuer)"),
    "client_id": lazy_gettext("Client ID"),
    "deployment": lazy_gettext("Deployment ID"),
    "authorization_endpoint": lazy_gettext("Authentication request URL"),
    "token_endpoint": lazy_gettext("Access token URL"),
    "keyset_url": lazy_gettext("Public keyset URL"),
}

REFUSED: Mapping[str, Any] = {
    "lti_platform_not_found": lazy_gettext("This platform does not exist, or it is not within your reach."),
    "lti_deployment_not_found": lazy_gettext("This deployment is not one of the platform. Reload the page."),
    "lti_invitation_not_found": lazy_gettext("This invitation does not work any more. Reload the page."),
    "lti_platform_moved_on": lazy_gettext("The platform is in another state now. Reload the page."),
    "lti_platform_known": lazy_gettext("A platform with this platform ID and client ID is registered already."),
    "lti_value_needed": lazy_gettext("“%(field)s” must not be empty."),
    "lti_value_long": lazy_gettext("“%(field)s” has at most %(most)s characters."),
    "lti_address_form": lazy_gettext("“%(field)s” is no address. It begins with https:// and has no spaces."),
    "lti_former_key_not_found": lazy_gettext("This key is not there any more, or not within your reach."),
    "lti_invitation_over": lazy_gettext(
        "This registration address was used or is older than a week. Ask the administrator of the library for a new "
        "one."
    ),
    "lti_registration_bare": lazy_gettext(
        "This address registers the library in Moodle; it is not made for opening by hand. In Moodle go to Site "
        "administration → Plugins → External tool → Manage tools, paste it as “Tool URL…” and choose “Add LTI "
        "Advantage”."
    ),
    "lti_configuration_status": lazy_gettext(
        "The platform did not tell its configuration (HTTP %(status)s). Begin the registration again there."
    ),
    "lti_registration_status": lazy_gettext(
        "The platform did not take the registration (HTTP %(status)s). Begin the registration again there."
    ),
}

# What went wrong, said to the administrator: the code of an event -> what it means and what to do.
REASONS: Mapping[str, Any] = {
    "token_malformed": lazy_gettext("The platform sent something that is no signed token."),
    "token_algorithm": lazy_gettext(
        "The token was signed by %(algorithm)s instead of RS256. This is an attack or a wrong setting of the platform."
    ),
    "token_key_unknown": lazy_gettext(
        "The token was signed with a key that is not in the platform's keyset. Compare the public keyset URL."
    ),
    "token_key_unfit": lazy_gettext("The platform's key is too short or damaged. Let it make a new one (RSA 2048)."),
    "token_signature": lazy_gettext("The signature is not the platform's. Somebody may have tried to forge a launch."),
    "token_claim": lazy_gettext("The platform's token lacks “%(field)s”."),
    "token_issuer": lazy_gettext("The token names another platform: %(issuer)s. Compare the platform ID."),
    "token_audience": lazy_gettext(
        "The token was made for another tool (%(audience)s). Compare the client ID here and in the platform."
    ),
    "token_party": lazy_gettext("The token was made for another tool (%(party)s)."),
    "token_late": lazy_gettext(
        "The token came %(span)s too late. Either the page stood open for long, or this platform's clock is behind: "
        "let its server set the time automatically (NTP)."
    ),
    "token_from_future": lazy_gettext(
        "This platform's clock is %(span)s ahead of ours. Let both servers set the time automatically (NTP)."
    ),
    "token_nonce": lazy_gettext("The token belongs to another launch. Open the activity again."),
    "version_unknown": lazy_gettext("The platform speaks version %(version)s of LTI; 1.3.0 is needed."),
    "message_unknown": lazy_gettext("The platform asked for something that we do not offer: %(message)s."),
    "deployment_absent": lazy_gettext("The platform named no deployment."),
    "link_absent": lazy_gettext("The platform did not say from which activity the launch comes."),
    "claim_malformed": lazy_gettext("The platform's message cannot be read at “%(field)s”."),
    "login_incomplete": lazy_gettext("The platform began a launch without “%(field)s”."),
    "configuration_malformed": lazy_gettext(
        "The platform's configuration cannot be read (%(field)s). Register it by hand instead."
    ),
    "configuration_issuer": lazy_gettext(
        "The platform calls itself %(issuer)s, but its configuration came from another address. Let its operator "
        "correct the site address, or register it by hand."
    ),
    "registration_refused": lazy_gettext("The platform refused the registration: %(reason)s"),
    "registration_malformed": lazy_gettext(
        "The platform's answer to the registration cannot be read (%(field)s). Register it by hand instead."
    ),
    "service_malformed": lazy_gettext("The platform's service answered in a form that we cannot read (%(field)s)."),
    "service_elsewhere": lazy_gettext("The platform's service leads to another server (%(url)s), where we do not go."),
    "roster_refused": lazy_gettext("The platform does not give its list of members (HTTP %(status)s)."),
    "groups_refused": lazy_gettext("The platform does not give the groups of the course (HTTP %(status)s)."),
    "groups_too_many": lazy_gettext("The platform's list of groups does not end, so it was not read."),
    "notices_malformed": lazy_gettext("Something came to the address for notices that is none."),
    "notices_too_many": lazy_gettext("The platform sent more than %(most)s notices at once."),
    "notices_refused": lazy_gettext(
        "The platform does not send us notices (HTTP %(status)s). Everything else works; only copies of courses are "
        "not known as such."
    ),
    "roster_too_long": lazy_gettext("The platform's list of members does not end, so it was not read."),
    "keyset_malformed": lazy_gettext("There is no keyset at the platform's public keyset URL. Compare the address."),
}

FINDINGS: Mapping[str, Any] = {
    "reach_address": lazy_gettext("The library's public address is %(url)s."),
    "reach_address_unset": lazy_gettext(
        "ELEARN_PUBLIC_URL is not set, so platforms are told the address that you use now (%(url)s). Set it to the "
        "address that everybody uses before you register a platform."
    ),
    "reach_https": lazy_gettext("This page came by https, as platforms and their frames need it."),
    "reach_proxy": lazy_gettext(
        "The public address begins with https, but this request reached us as plain http: the proxy in front does not "
        "send X-Forwarded-Proto, or ELEARN_TRUSTED_PROXIES is 0. Until that is set right, launches lose their cookie."
    ),
    "reach_localhost": lazy_gettext("At localhost everything works without https, but only on this machine."),
    "reach_plain": lazy_gettext(
        "%(url)s has no https. Browsers keep no cookie in the frame of another site without it: lessons then open only "
        "in a new window."
    ),
    "reach_port": lazy_gettext(
        "Moodle asks only the ports 80 and 443. Enter %(port)s in Moodle under “cURL allowed ports list” "
        "(curlsecurityallowedport), or paste our public key there."
    ),
    "reach_inner": lazy_gettext(
        "%(host)s is an inner address, which Moodle does not ask. Take its network out of “cURL blocked hosts list” "
        "(curlsecurityblockedhosts) in Moodle, or paste our public key there."
    ),
    "reach_content": lazy_gettext("Lessons play from %(url)s, which platforms may show in their frames."),
    "reach_content_plain": lazy_gettext(
        "Lessons play from %(url)s without https, but the library has it: browsers block that. Set "
        "ELEARN_CONTENT_ORIGIN to an address with https."
    ),
    "reach_content_unset": lazy_gettext(
        "Lessons cannot be played at this address yet: ELEARN_CONTENT_ORIGIN is not set."
    ),
    "reach_keyset": lazy_gettext(
        "Our keyset answers at %(url)s with %(count)s keys, asked from this server. That a platform reaches it too, "
        "only the check of its connection can tell."
    ),
    "reach_keyset_silent": lazy_gettext("Our keyset does not answer at %(url)s: %(reason)s"),
    "reach_keyset_other": lazy_gettext(
        "At %(url)s answers something else than our keyset (HTTP %(status)s). Does the name lead to this server?"
    ),
    "rehearsal_login": lazy_gettext("A login was read and answered, as it comes to %(url)s."),
    "rehearsal_token": lazy_gettext("A signed launch was verified and understood."),
    "rehearsal_forgery": lazy_gettext("The same launch with a forged signature was refused."),
    "rehearsal_answer": lazy_gettext("Our answer was signed and proven by our own keyset (key %(kid)s…)."),
    "rehearsal_open": lazy_gettext("A forged launch was not refused. Do not use this installation; report it."),
    "rehearsal_failed": lazy_gettext("The rehearsal stopped: %(reason)s"),
    "platform_keyset": lazy_gettext("The platform's keyset was read (%(count)s keys)."),
    "platform_keyset_failed": lazy_gettext("The platform's keyset cannot be read: %(reason)s"),
    "platform_clock": lazy_gettext("The platform's clock agrees with ours."),
    "platform_clock_ahead": lazy_gettext(
        "The platform's clock is %(span)s ahead of ours. More than a minute breaks launches: let both servers set the "
        "time automatically (NTP)."
    ),
    "platform_clock_behind": lazy_gettext(
        "The platform's clock is %(span)s behind ours. More than a minute breaks launches: let both servers set the "
        "time automatically (NTP)."
    ),
    "platform_access": lazy_gettext(
        "The platform gave us an access token: it reads our keyset, and grades and members can be exchanged."
    ),
    "platform_access_failed": lazy_gettext("The platform gives us no access token: %(reason)s"),
}


def span(seconds: float) -> str:
    """A time as people say it, rounded to what matters."""
    if seconds < MINUTE:
        return ngettext("%(num)s second", "%(num)s seconds", max(round(seconds), 1))
    if seconds < HOUR:
        return ngettext("%(num)s minute", "%(num)s minutes", round(seconds / MINUTE))
    return ngettext("%(num)s hour", "%(num)s hours", round(seconds / HOUR))


def filled(sentence: Any, params: Mapping[str, Any]) -> str:
    """A sentence with its parameters; a number of `seconds` becomes a span."""
    told = dict(params)
    if isinstance(told.get("seconds"), int | float):
        told["span"] = span(told["seconds"])
    try:
        return str(sentence) % told
    except (KeyError, TypeError, ValueError):  # the row of an event is older than its sentence
        return gettext("Something went wrong.")
