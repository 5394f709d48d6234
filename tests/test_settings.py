"""Settings: one table, read once; what is malformed stops the start with a sentence."""

import re
import stat
from dataclasses import fields
from pathlib import Path

import pytest

from elearn.setting_values import MEBIBYTE
from elearn.settings import TABLE, Settings, SettingsError, load_settings

DOCUMENT = Path(__file__).parent.parent / "docs" / "settings.md"


def load(tmp_path, **environment):
    return load_settings({"ELEARN_HOME": str(tmp_path / "home"), **environment})


def test_an_empty_environment_gives_a_small_installation_in_one_folder(tmp_path):
    settings = load(tmp_path)
    assert settings.database_url == f"sqlite:///{tmp_path / 'home' / 'elearn.sqlite'}"
    assert settings.storage_url == str(tmp_path / "home" / "files")
    assert settings.uses_sqlite
    assert (settings.locale, settings.timezone.key, settings.trusted_proxies) == ("vi", "Asia/Ho_Chi_Minh", 0)
    assert settings.upload_limit == 2048 * MEBIBYTE


def test_inner_hosts_are_names_addresses_and_networks(tmp_path):
    hosts = load(tmp_path, ELEARN_PRIVATE_HOSTS="Moodle.truong.lan, 10.1.0.0/16 fd00::1").private_hosts
    assert hosts == ("moodle.truong.lan", "10.1.0.0/16", "fd00::1")


def test_every_row_of_the_table_is_a_field_of_the_settings():
    assert {row.name for row in TABLE} | {"demo"} == {field.name for field in fields(Settings)}


def test_a_secret_is_made_once_and_kept_for_the_owner_only(tmp_path):
    first, second = load(tmp_path).secret_key, load(tmp_path).secret_key
    assert first == second
    assert len(first) >= 64
    assert stat.S_IMODE((tmp_path / "home" / "secret_key").stat().st_mode) == 0o600


def test_a_secret_may_come_from_a_file(tmp_path):
    file = tmp_path / "secret"
    file.write_text("s" * 40 + "\n")
    assert load(tmp_path, ELEARN_SECRET_KEY_FILE=str(file)).secret_key == "s" * 40


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("ELEARN_DATABASE_URL", "mysql://root@localhost/x"),
        ("ELEARN_STORAGE_URL", "ftp://somewhere"),
        ("ELEARN_SEARCH_ENGINE", "grep"),
        ("ELEARN_PUBLIC_URL", "hoclieu.example.vn"),
        ("ELEARN_PUBLIC_URL", "https://hoclieu.example.vn/path"),
        ("ELEARN_CONTENT_ORIGIN", "port:abc"),
        ("ELEARN_CONTENT_ORIGIN", "https://content.example.vn/{package}"),
        ("ELEARN_SECRET_KEY", "short"),
        ("ELEARN_SECRET_KEY_FILE", "/nowhere/at/all"),
        ("ELEARN_TIMEZONE", "Asia/Saigon2"),
        ("ELEARN_TIMEZONE", "../../etc/passwd"),
        ("ELEARN_LOCALE", "fr"),
        ("ELEARN_PRIVATE_HOSTS", "10.1.0.0/99"),
        ("ELEARN_PRIVATE_HOSTS", "10.1.0.300"),
        ("ELEARN_PRIVATE_HOSTS", "https://moodle.truong.lan"),
        ("ELEARN_TRUSTED_PROXIES", "-1"),
        ("ELEARN_UPLOAD_LIMIT_MB", "2 GB"),
        ("ELEARN_LOG_FORMAT", "xml"),
    ],
)
def test_a_malformed_value_stops_the_start_and_names_its_variable(tmp_path, variable, value):
    with pytest.raises(SettingsError, match=variable):
        load(tmp_path, **{variable: value})


@pytest.mark.parametrize("variable", ["ELEARN_DATABASE_URL", "ELEARN_STORAGE_URL"])
def test_the_message_never_shows_a_secret(tmp_path, variable):
    with pytest.raises(SettingsError) as refusal:
        load(tmp_path, **{variable: "odd://user:hunter2@host"})
    assert "hunter2" not in str(refusal.value)


@pytest.mark.parametrize(
    "origin",
    ["https://{package}.content.example.vn", "https://content.example.vn", "http://10.0.0.5:8001", "port:8001", ""],
)
def test_the_forms_of_a_content_origin(tmp_path, origin):
    assert load(tmp_path, ELEARN_CONTENT_ORIGIN=origin).content_origin == origin


def test_every_variable_stands_in_the_document_with_its_default():
    text = DOCUMENT.read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(ELEARN_\w+)` \| (.*?) \|", text, re.MULTILINE))
    assert rows == {row.variable: f"`{row.default}`" if row.default else "" for row in TABLE}
