"""`elearn user`: accounts made by whoever holds the machine."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from elearn.cli.opening import opened
from elearn.cli.refusals import explained
from elearn.cli.voice import WRONG_USE, say, stop, warn
from elearn.database import day_of
from elearn.models.account import Role
from elearn.services import account
from elearn.services.access import SYSTEM
from elearn.services.errors import ServiceError
from elearn.services.organisation import ensure_root, name_on, unit_by_code

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.models.organisation import Unit


@click.group()
def user() -> None:
    """Manage accounts."""


@user.command()
@click.argument("name")
@click.option(
    "--role", type=click.Choice([role.value for role in Role]), required=True, help="What the account may do."
)
@click.option("--unit", "code", metavar="CODE", help="Code of the unit where the role holds; default: the root.")
@click.option("--display-name", metavar="TEXT", help="The name that others see; default: NAME.")
@click.option("--password-stdin", is_flag=True, required=True, help="Read the password from standard input.")
def add(name: str, role: str, code: str | None, display_name: str | None, *, password_stdin: bool) -> None:
    """Add an account that signs in as NAME."""
    del password_stdin
    password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        stop("No password came from standard input.", code=WRONG_USE)
    with opened() as house, explained():
        _advise(password, name)
        # The hash is made before the database is locked for writing.
        password_hash = account.hash_password(password)
        with house.database.write() as session:
            unit = _unit(session, code)
            made = account.create_account(
                session,
                SYSTEM,
                login=name,
                display_name=display_name or name,
                unit=unit,
                password_hash=password_hash,
            )
            account.grant_role(session, SYSTEM, made, Role(role), unit)
            at = name_on(unit, day_of(session))
        say("Added %(login)s as %(role)s at %(unit)s.", login=made.login, role=role, unit=at)


def _unit(session: Session, code: str | None) -> Unit:
    if code is None:
        return ensure_root(session, SYSTEM)
    unit = unit_by_code(session, code)
    if unit is None:
        stop("No unit has the code %(unit)s.", code=WRONG_USE, unit=code)
    return unit


def _advise(password: str, login: str) -> None:
    """Whoever holds the machine decides; a weak password is only pointed out."""
    try:
        account.check_password(password, login)
    except ServiceError:
        warn("This password is weak: it is short, common, or the name itself. People should change it.")
