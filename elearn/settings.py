"""All settings in one table, read once from the environment into a frozen object."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from content_packages.archive.limits import Limits
from elearn import setting_values as read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import timedelta
    from zoneinfo import ZoneInfo

    from content_packages.scanner import Scanner


class SettingsError(Exception):
    """A setting has a value that cannot be used; the message says which, why and what to write."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one running elearn; `docs/settings.md` describes each for operators."""

    home: Path
    database_url: str
    storage_url: str
    search_engine: str
    search_words: str
    search_node: str
    public_url: str
    content_origin: str
    secret_key: str
    timezone: ZoneInfo
    locale: str
    trusted_proxies: int
    upload_limit: int
    fetch_minutes: int
    check_limit: int
    archive_entries: int
    archive_size: int
    archive_ratio: int
    orphan_grace: timedelta
    search_log_days: int
    log_format: str
    log_level: str
    smtp_url: str
    mail_from: str
    private_hosts: tuple[str, ...]
    scanner: Scanner | None
    former_lti: bool
    demo: bool = False

    @property
    def uses_sqlite(self) -> bool:
        """Whether the database is the single file of a small installation."""
        return self.database_url.startswith("sqlite")

    @property
    def index_folder(self) -> Path:
        """The folder of the search index; that of a node has its name."""
        return self.home / (f"index-{self.search_node}" if self.search_node else "index")

    @property
    def archive_limits(self) -> Limits:
        """How much of an archive intake is willing to handle."""
        return Limits(
            entries=self.archive_entries,
            entry_size=self.archive_size,
            total_size=self.archive_size,
            ratio=self.archive_ratio,
        )

    @property
    def staging_folder(self) -> Path:
        """The folder in which uploads arrive before they are accepted; on the same disk as the home."""
        return self.home / "staging"

    @property
    def uploads_folder(self) -> Path:
        """The folder of files that arrive in parts, over days; on the same disk as the home."""
        return self.home / "uploads"


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table: attribute, environment variable, parser, default as text, what it is for."""

    name: str
    variable: str
    parse: Callable[[str], Any]
    default: str
    help: str
    secret: bool = False


TABLE: tuple[Setting, ...] = (
    Setting("home", "ELEARN_HOME", Path, "./var", "One folder with the database, the files and the index."),
    Setting(
        "database_url",
        "ELEARN_DATABASE_URL",
        read.database_url,
        "",
        "Database: sqlite:///path or postgresql+psycopg://user:password@host/name. Empty: elearn.sqlite in the home.",
        secret=True,
    ),
    Setting(
        "storage_url",
        "ELEARN_STORAGE_URL",
        read.storage_url,
        "",
        "Where files are kept: a folder or s3://bucket/prefix?endpoint=... Empty: the folder files in the home.",
        secret=True,
    ),
    Setting(
        "search_engine",
        "ELEARN_SEARCH_ENGINE",
        read.one_of("whoosh", "tantivy"),
        "whoosh",
        "Search engine: whoosh, or tantivy for large libraries (extra fast).",
    ),
    Setting(
        "search_words",
        "ELEARN_SEARCH_WORDS",
        read.text,
        "",
        "A text file in the home with abbreviations and synonyms of your own, such as search-words.txt.",
    ),
    Setting(
        "search_node",
        "ELEARN_SEARCH_NODE",
        read.node,
        "",
        "Name of this machine, which then keeps a copy of the search index of its own. Empty: one index for all.",
    ),
    Setting(
        "public_url",
        "ELEARN_PUBLIC_URL",
        read.origin,
        "",
        "The address people type, such as https://hoclieu.example.vn. Empty: localhost and the port.",
    ),
    Setting(
        "content_origin",
        "ELEARN_CONTENT_ORIGIN",
        read.content_origin,
        "",
        "The other address, from which uploaded lessons play: https://{package}.content.example.vn (best), "
        "https://content.example.vn, or port:8001 in a school without names. "
        "Empty: {package}.localhost, for this machine only.",
    ),
    Setting(
        "secret_key",
        "ELEARN_SECRET_KEY",
        read.text,
        "",
        "At least 32 random characters. Empty: generated once and kept in the home (mode 0600).",
        secret=True,
    ),
    Setting("timezone", "ELEARN_TIMEZONE", read.timezone, "Asia/Ho_Chi_Minh", "Time zone of periods and of act dates."),
    Setting("locale", "ELEARN_LOCALE", read.one_of("vi", "en"), "vi", "Language of pages before a person chooses."),
    Setting(
        "trusted_proxies",
        "ELEARN_TRUSTED_PROXIES",
        read.whole_number,
        "0",
        "How many reverse proxies stand in front; 0 ignores X-Forwarded-* headers.",
    ),
    Setting("upload_limit", "ELEARN_UPLOAD_LIMIT_MB", read.mebibytes, "2048", "Largest upload, in MiB."),
    Setting(
        "fetch_minutes",
        "ELEARN_FETCH_MINUTES",
        read.whole_number,
        "60",
        "How many minutes a file may take that is fetched from an address people name. 0: none is fetched.",
    ),
    Setting(
        "check_limit",
        "ELEARN_CHECK_LIMIT_MB",
        read.mebibytes,
        "200",
        "Largest file that anybody may have checked without storing it, in MiB.",
    ),
    Setting("archive_entries", "ELEARN_ARCHIVE_FILES", read.at_least_one, "50000", "Most files in one archive."),
    Setting(
        "archive_size",
        "ELEARN_ARCHIVE_UNPACKED_MB",
        read.mebibytes,
        "2048",
        "Most that one archive unpacks to, in MiB.",
    ),
    Setting(
        "archive_ratio",
        "ELEARN_ARCHIVE_RATIO",
        read.at_least_one,
        "100",
        "How many times its own size a file of 4 MB or more may unpack to before it is taken for a bomb.",
    ),
    Setting(
        "orphan_grace",
        "ELEARN_ORPHAN_GRACE_HOURS",
        read.hours,
        "24",
        "How long a file that belongs to no material any more is kept, in hours; longer than a backup takes.",
    ),
    Setting(
        "search_log_days",
        "ELEARN_SEARCH_LOG_DAYS",
        read.days_of_searches,
        "90",
        "How many days it is kept what is searched for, without who searched. 0: it is not kept at all.",
    ),
    Setting("log_format", "ELEARN_LOG_FORMAT", read.one_of("json", "text"), "text", "Form of the log lines."),
    Setting(
        "log_level",
        "ELEARN_LOG_LEVEL",
        read.one_of("debug", "info", "warning", "error"),
        "info",
        "Least weight of a log line that is written.",
    ),
    Setting(
        "smtp_url",
        "ELEARN_SMTP_URL",
        read.smtp_url,
        "",
        "Mail server for invitations: smtp://user:password@host:587 (STARTTLS) or smtps://... Empty: no mail is sent.",
        secret=True,
    ),
    Setting("mail_from", "ELEARN_MAIL_FROM", read.mail_address, "", "The sender of mail, such as hoclieu@example.vn."),
    Setting(
        "private_hosts",
        "ELEARN_PRIVATE_HOSTS",
        read.hosts,
        "",
        "Hosts of the inner network that may be asked (a school's own Moodle), as names, addresses or networks: "
        "moodle.truong.lan 10.1.0.0/16. They may also use plain http.",
    ),
    Setting(
        "scanner",
        "ELEARN_CLAMD",
        read.scanner,
        "",
        "clamd, which looks at every new file before others can open it: unix:/run/clamav/clamd.ctl or host:3310. "
        "Empty: files are not scanned.",
    ),
    Setting(
        "former_lti",
        "ELEARN_LTI_1_1",
        read.switch,
        "off",
        "on: platforms that know a key and a secret may also launch by LTI 1.1, without grades; better is LTI 1.3.",
    ),
)


def load_settings(environment: Mapping[str, str] | None = None, **overrides: Any) -> Settings:
    """Read the settings from the environment; `overrides` replace parsed values (command line, tests).

    Raises:
        SettingsError: a value is malformed; nothing has been created.
    """
    environment = os.environ if environment is None else environment
    values = {row.name: _read(row, environment) for row in TABLE} | overrides
    values["home"] = Path(values["home"]).absolute()
    values["database_url"] = values["database_url"] or f"sqlite:///{values['home'] / 'elearn.sqlite'}"
    values["storage_url"] = values["storage_url"] or str(values["home"] / "files")
    values["secret_key"] = values["secret_key"] or _kept_secret(values["home"])
    if len(values["secret_key"]) < 32:  # noqa: PLR2004 - the number is in the message
        raise SettingsError("ELEARN_SECRET_KEY: it must have at least 32 characters, better 64 random ones.")
    return Settings(**values)


def _read(row: Setting, environment: Mapping[str, str]) -> Any:
    text = environment.get(row.variable, "")
    file = environment.get(f"{row.variable}_FILE", "") if row.secret else ""
    if file:
        try:
            text = Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingsError(f"{row.variable}_FILE: {file} cannot be read ({error.strerror}).") from None
    try:
        return row.parse(text or row.default)
    except ValueError as error:
        shown = "its value" if row.secret else f"{text!r}"
        raise SettingsError(f"{row.variable}: {shown} cannot be used; {error}.") from None


def _kept_secret(home: Path) -> str:
    """The secret of this home; generated with mode 0600 when there is none yet."""
    path = home / "secret_key"
    try:
        home.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise SettingsError(f"ELEARN_HOME: {home} cannot be written ({error.strerror}).") from None
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        secret = secrets.token_urlsafe(48)
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
    return secret
