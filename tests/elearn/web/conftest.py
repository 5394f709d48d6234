"""A house with a real database per test, the whole WSGI application over it, browsers and accounts."""

import shutil

import pytest
import structlog
from flask import Flask
from jinja2 import BytecodeCache
from werkzeug.routing import Rule

from elearn.app import create_app
from elearn.database import engine, schema
from elearn.house import open_house
from elearn.models.account import Role
from elearn.services import account as accounts
from elearn.services import curriculum, reports
from elearn.services.access import SYSTEM
from elearn.services.organisation import ensure_root
from elearn.settings import load_settings
from tests.support.web import PASSWORD, Browser


class SharedBytecode(BytecodeCache):
    """Compiled templates, shared by the many applications that the tests build."""

    def __init__(self):
        self.kept = {}

    def load_bytecode(self, bucket):
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket):
        self.kept[bucket.key] = bucket.bytecode_to_string()


def compiled_once(compile_builder):
    """Compiled builders of addresses, shared likewise: they ask the rule they are bound to and know nothing else."""
    kept = {}

    def compiled(rule, append_unknown=True):  # noqa: FBT002 - the signature is werkzeug's
        key = (rule.rule, tuple(rule._trace), repr(rule.defaults), append_unknown)
        if key not in kept:
            kept[key] = compile_builder(rule, append_unknown)
        return kept[key]

    return compiled


def without_waiting_for_the_disk(prepare):
    """What prepares a connection to SQLite, which syncs nothing afterwards: nobody pulls a plug in these tests."""

    def prepared(connection, record):
        prepare(connection, record)
        connection.execute("PRAGMA synchronous=OFF")

    return prepared


@pytest.fixture(autouse=True)
def plain_logging():
    """Events go to standard output, whatever a command that ran in this process has configured."""
    structlog.reset_defaults()


@pytest.fixture(scope="session", autouse=True)
def _quick():
    """Templates and addresses are compiled once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", compiled_once(Rule._compile_builder))
        patch.setattr(Flask, "jinja_options", {"bytecode_cache": SharedBytecode()})
        yield


@pytest.fixture(scope="session")
def prepared_home(tmp_path_factory):
    """A home whose database has the schema, the curriculum and the root unit; tests work on copies of it."""
    home = tmp_path_factory.mktemp("home")
    house = open_house(load_settings({}, home=home))
    schema.upgrade(house.database)
    with house.database.write() as session:
        curriculum.seed(session)
        reports.seed(session)
        ensure_root(session, SYSTEM)
    house.close()
    return home


@pytest.fixture(scope="session")
def password_hash():
    return accounts.hash_password(PASSWORD)


@pytest.fixture
def make_house(prepared_home, tmp_path, monkeypatch):
    """Open a house with other settings: `make_house(ELEARN_PUBLIC_URL="https://...")`."""
    opened = []
    monkeypatch.setattr(engine, "_prepare_sqlite", without_waiting_for_the_disk(engine._prepare_sqlite))

    def make(**environment):
        home = tmp_path / f"home{len(opened)}"
        shutil.copytree(prepared_home, home)
        opened.append(open_house(load_settings(environment, home=home)))
        return opened[-1]

    yield make
    for house in opened:
        house.close()


@pytest.fixture
def house(make_house):
    return make_house()


@pytest.fixture
def app(house):
    return create_app(house)


@pytest.fixture
def make_browser(app):
    """Another browser: `make_browser(origin=..., peer=...)`."""

    def make(**arguments):
        return Browser(app, **arguments)

    return make


@pytest.fixture
def client(make_browser):
    """A browser in which nobody is signed in."""
    return make_browser()


@pytest.fixture
def make_account(house, password_hash):
    """Create an account with PASSWORD and a role at a unit (default: the root): `make_account("lan", Role.TEACHER)`."""

    def make(login="lan", role=Role.TEACHER, unit=None, *, name="Nguyễn Thị Lan", must_change_password=False):
        with house.database.write() as session:
            at = unit or ensure_root(session, SYSTEM)
            account = accounts.create_account(
                session,
                SYSTEM,
                login=login,
                display_name=name,
                unit=at,
                password_hash=password_hash,
                must_change_password=must_change_password,
            )
            accounts.grant_role(session, SYSTEM, account, role, at)
            return account

    return make


@pytest.fixture
def sign_in(make_account, make_browser):
    """A browser in which a new account is signed in: `sign_in("lan", Role.TEACHER)`."""

    def enter(login="lan", role=Role.TEACHER, unit=None, **arguments):
        make_account(login, role, unit, **arguments)
        browser = make_browser()
        assert browser.sign_in(login).status_code == 303
        return browser

    return enter


@pytest.fixture
def teacher(sign_in):
    """A teacher at the root unit."""
    return sign_in("lan", Role.TEACHER)


@pytest.fixture
def reviewer(sign_in):
    """A reviewer there, who is nobody of the register."""
    return sign_in("duyet", Role.REVIEWER)


@pytest.fixture
def pupil(sign_in):
    return sign_in("em", Role.STUDENT)


@pytest.fixture
def administrator(sign_in):
    return sign_in("quantri", Role.ADMINISTRATOR)
