"""`elearn lti`: learning platforms and our signing keys, for whoever holds the machine."""

from __future__ import annotations

import click

from elearn.cli.opening import opened
from elearn.cli.refusals import explained
from elearn.cli.voice import WRONG_USE, say, stop
from elearn.database import day_of
from elearn.lti.keys import key_id, new_key
from elearn.services.access import SYSTEM
from elearn.services.lti import former_keys, invitations, keys, platforms
from elearn.services.organisation import name_on, unit_by_code

MOST = 1000


@click.group()
def lti() -> None:
    """Look after learning platforms and signing keys."""


@lti.command("rotate-key")
@click.option("--now", "at_once", is_flag=True, help="The old key is in other hands: it leaves the keyset at once.")
def rotate_key(*, at_once: bool) -> None:
    """Make a new signing key. It signs after a day, when every platform has had time to fetch it."""
    with opened() as house:
        private = new_key()
        with house.database.write() as session:
            row = keys.rotate_by(session, SYSTEM, private, at_once=at_once)
        if at_once:
            say(
                "Made the key %(key)s. It signs from now on, and the older ones are published no more. Platforms that "
                "keep our keyset refuse us until they fetch it again; those with a pasted key need the new one now.",
                key=key_id(private),
            )
            return
        signs = row.signs_from.astimezone(house.settings.timezone)
        say("Made the key %(key)s. It signs from %(at)s on.", key=key_id(private), at=f"{signs:%d/%m/%Y %H:%M}")


@lti.command("platforms")
def list_platforms() -> None:
    """List the registered platforms: state, client ID, unit, issuer and name."""
    with opened() as house, house.database.read() as session:
        for platform in platforms.platforms_within(session, SYSTEM, limit=MOST).platforms:
            cells = (platform.status.value, platform.client_id, platform.unit.code, platform.issuer, platform.name)
            click.echo("\t".join(cells))


@lti.command("invite")
@click.option("--unit", "code", metavar="CODE", required=True, help="Code of the unit the platform belongs to.")
@click.option("--name", metavar="TEXT", default="", help="What the platform is to be called here.")
def invite(code: str, name: str) -> None:
    """Print a one-time address with which the administrator of a platform registers this library there."""
    with opened() as house, explained():
        if not house.settings.public_url:
            stop("Set ELEARN_PUBLIC_URL first: the address for the platform begins with it.", code=WRONG_USE)
        with house.database.write() as session:
            unit = unit_by_code(session, code)
            if unit is None:
                stop("No unit has the code %(unit)s.", code=WRONG_USE, unit=code)
            token = invitations.invite(session, SYSTEM, unit, name)
            at = name_on(unit, day_of(session))
        say("Open to %(unit)s for 7 days and one registration:", unit=at)
        click.echo(f"{house.settings.public_url}/lti/register/{token}")


@lti.command("former-key")
@click.argument("key")
@click.option("--unit", "code", metavar="CODE", required=True, help="Code of the unit the platform belongs to.")
def former_key(key: str, code: str) -> None:
    """Make a key of LTI 1.1 and print its secret: for users who come over from it, and for its launches.

    Launches also need the setting ELEARN_LTI_1_1.
    """
    with opened() as house, explained():
        with house.database.write() as session:
            unit = unit_by_code(session, code)
            if unit is None:
                stop("No unit has the code %(unit)s.", code=WRONG_USE, unit=code)
            secret = former_keys.add_key(session, SYSTEM, unit, key)
        click.echo(f"{key}\t{secret}")
