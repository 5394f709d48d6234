"""`elearn run`: everything a school needs in one command."""

from __future__ import annotations

import ipaddress
import signal
from typing import TYPE_CHECKING, Any

import click
from sqlalchemy import select

from elearn.app import create_app, settle
from elearn.cli.opening import opened, settings
from elearn.cli.preparing import prepare
from elearn.cli.serving import create_server
from elearn.cli.supervise import Supervisor
from elearn.cli.voice import REFUSED, WRONG_USE, gettext, say, stop
from elearn.demo import accounts as demo_accounts
from elearn.models.account import Account
from elearn.services import account
from elearn.settings import SettingsError
from elearn.web.logs import configure_logging

if TYPE_CHECKING:
    from elearn.house import House
    from elearn.settings import Settings

THREADS = 12
MEBIBYTE = 1024 * 1024
# A demo listens on this machine only; a Moodle on the same machine may embed it without further settings.
BESIDE_A_DEMO = ("localhost", "127.0.0.0/8", "::1")


@click.command()
@click.option("--demo", is_flag=True, help="Fill an empty database with a demo province; loopback only.")
@click.option(
    "--demo-size",
    type=click.Choice(["small", "whole"]),
    default="whole",
    show_default=True,
    help="How much of the demo: four schools, or the whole province.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
def run(host: str, port: int, demo_size: str, *, demo: bool) -> None:
    """Start the server and its worker; the database is made or upgraded first."""
    chosen = settings(demo=demo)
    configure_logging(chosen)
    inner = chosen.private_hosts or (BESIDE_A_DEMO if demo else ())
    if demo and not is_loopback(host):
        stop("--demo has known passwords, so it listens on this machine only; leave out --host.", code=WRONG_USE)
    with opened(ready=False, demo=demo, private_hosts=inner) as house:
        prepare(house)
        _welcome(house, host, port, demo_size)
        _serve(house, host, port)


def is_loopback(host: str) -> bool:
    """Whether nobody else can reach this address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _welcome(house: House, host: str, port: int, demo_size: str) -> None:
    """Fill a demo, and say where to go and how to get in."""
    demo_database = demo_accounts.is_demo(house.database)
    if demo_database and not is_loopback(host):
        stop("This database is a demo with known passwords, so it is served on this machine only.", code=REFUSED)
    if house.settings.demo:
        _fill_demo(house, demo_size, filled=demo_database)
    address = house.settings.public_url or f"http://{'localhost' if is_loopback(host) else _in_url(host)}:{port}"
    say("elearn is at %(address)s", address=address)
    if demo_database or house.settings.demo:
        _tell_accounts(house)
        return
    with house.database.write() as session:
        token = account.make_setup_token(session)
    if token:
        link = f"{address}/setup/{token}"
        say("Nobody can sign in yet. Make the first administrator within a day: %(link)s", link=link)


def _fill_demo(house: House, size: str, *, filled: bool) -> None:
    from elearn.demo import province  # noqa: PLC0415 - a real installation never loads the demo

    with house.database.read() as session:
        others = session.scalar(select(Account.id).limit(1)) is not None
    if others and not filled:
        stop("--demo wants an empty database; this one has accounts of its own. Set ELEARN_HOME to a new folder.")
    province.build_demo(house, province.Size(size))


def _tell_accounts(house: House) -> None:
    say("Demo accounts, all with the password %(password)s:", password=demo_accounts.PASSWORD)
    for person in demo_accounts.named_accounts(house.database):
        say("  %(login)s: %(what)s", login=f"{person.login:<20}", what=gettext(person.what))


def _serve(house: House, host: str, port: int) -> None:
    try:
        application = create_app(house, port=port)
    except SettingsError as error:
        stop("%(error)s", code=WRONG_USE, error=error)
    try:
        server = create_server(application, house.settings, **server_options(house.settings, host, port))
    except OSError as error:
        stop("Port %(port)s of %(host)s cannot be opened: %(reason)s", port=port, host=host, reason=error.strerror)
    supervisor = Supervisor(environment={"ELEARN_PRIVATE_HOSTS": " ".join(house.settings.private_hosts)})
    signal.signal(signal.SIGTERM, _leave)
    settle()
    try:
        supervisor.start()
        server.run()
    finally:
        server.close()
        supervisor.stop()


def _leave(*_: Any) -> None:
    # waitress takes this as the wish to finish what it is answering and end.
    raise SystemExit(0)


def server_options(chosen: Settings, host: str, port: int) -> dict[str, Any]:
    """How waitress is to serve: addresses, limits, and what to believe of a proxy."""
    listen = [f"{_in_url(host)}:{port}"]
    if chosen.content_origin.startswith("port:"):
        listen.append(f"{_in_url(host)}:{chosen.content_origin.removeprefix('port:')}")
    return {
        "listen": " ".join(listen),
        "threads": THREADS,
        "connection_limit": 1000,
        "channel_timeout": 120,
        # The last resort; what a request may bring is judged in `elearn.cli.serving`, by who sends it.
        "max_request_body_size": chosen.upload_limit + 64 * MEBIBYTE,
        "ident": None,
        # Headers of proxies are believed or ignored by the application, by ELEARN_TRUSTED_PROXIES.
        "clear_untrusted_proxy_headers": chosen.trusted_proxies == 0,
        "asyncore_use_poll": True,
    }


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
