"""`elearn doctor`: what this machine has and lacks, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from elearn.cli.opening import opened
from elearn.cli.voice import REFUSED, gettext, out
from elearn.services.health import Finding, State, examine_machine

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "python": "Python %(version)s with SQLite %(sqlite)s.",
    "disk_space": "%(free)s GiB are free in %(folder)s.",
    "libmagic": "libmagic is installed: files are recognised by their content.",
    "libmagic_absent": (
        "libmagic is not installed; a simpler recognition is used. Debian and Ubuntu: apt install libmagic1"
    ),
    "program": "%(program)s was found: %(path)s.",
    "program_absent": "%(program)s was not found. It is not required; with it more files get previews.",
    "database": "The database answers (%(engine)s %(version)s, journal: %(mode)s).",
    "database_away": "The database does not answer: %(error)s",
    "schema_due": "The schema of the database is %(present)s, this program needs %(needed)s. Run: elearn db upgrade",
    "schema_newer": "The database was written by a newer elearn (schema %(present)s; this program knows %(needed)s).",
    "storage": "Files are kept in %(storage)s (%(free)s GiB free).",
    "storage_away": "The storage does not answer: %(error)s",
    "index": "The search index (%(engine)s) holds %(count)s materials.",
    "index_absent": (
        "There is no search index (%(engine)s) yet. It comes with the first material, or: elearn index rebuild"
    ),
    "content": "Lessons play from %(origin)s, apart from the application.",
    "content_local": (
        "ELEARN_CONTENT_ORIGIN is not set: lessons play only in a browser on this machine, at http://localhost. "
        "Set it to https://{package}.content.your-domain or, in a school without names, to port:8001."
    ),
    "content_storage": (
        "At localhost, lessons and application are different sites for a browser: where it blocks the storage of other "
        "sites, lessons that insist on localStorage stop with an error. Addresses of one domain have no such limit; "
        "on this machine alone: ELEARN_PUBLIC_URL=http://elearn.localhost:8000 and "
        "ELEARN_CONTENT_ORIGIN=http://{package}.elearn.localhost:8000."
    ),
    "content_port": (
        "Lessons play from %(origin)s of this machine: good for a school's own network, not for the Internet."
    ),
    "content_plain": "Lessons play from %(origin)s without encryption; use https beyond one school's network.",
    "proxies": "%(count)s reverse proxies are trusted.",
    "proxies_unset": (
        "People come by %(url)s, so something in front ends HTTPS, but ELEARN_TRUSTED_PROXIES is 0. "
        "Set it to the number of proxies, else cookies are not secure and throttling sees one address."
    ),
    "time": "The time zone is %(zone)s; it is %(now)s.",
}
SIGNS: Mapping[State, tuple[str, str]] = {
    State.GOOD: ("✓", "green"),
    State.NOTE: ("!", "yellow"),
    State.BAD: ("✗", "red"),
}


@click.command()
def doctor() -> None:
    """Say what this machine has and lacks. Exit code 3 when something that is required does not work."""
    with opened(ready=False) as house:
        findings = examine_machine(house)
    for finding in findings:
        sign, style = SIGNS[finding.state]
        out().print(f"{sign} {_sentence(finding)}", style=style, markup=False)
    if any(finding.state is State.BAD for finding in findings):
        raise click.exceptions.Exit(REFUSED)


def _sentence(finding: Finding) -> str:
    return gettext(SENTENCES[finding.code], **finding.params)
