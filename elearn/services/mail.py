"""Sending mail through the department's own server; where none is set, nothing is sent and pages say so."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

if TYPE_CHECKING:
    from elearn.settings import Settings

TIMEOUT = 20.0  # seconds for each step of the conversation
SMTP_PORT, SUBMISSION_PORT, SMTPS_PORT = 25, 587, 465


class MailNotSetUpError(Exception):
    """`ELEARN_SMTP_URL` or `ELEARN_MAIL_FROM` is empty."""


def can_send(settings: Settings) -> bool:
    """Whether mail has been set up."""
    return bool(settings.smtp_url and settings.mail_from)


def send(settings: Settings, to: str, subject: str, text: str) -> None:
    """Send a plain-text message; it blocks, so only the worker calls it.

    `smtps://` speaks TLS from the first byte; `smtp://` upgrades by STARTTLS where a login is given, or where
    `?starttls=yes` asks for it, and never sends a password in the clear.

    Raises:
        MailNotSetUpError: nothing to send through.
        smtplib.SMTPException, OSError: the server refused or cannot be reached.
    """
    if not can_send(settings):
        raise MailNotSetUpError
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = settings.mail_from, to, subject
    message.set_content(text)
    with _connected(settings.smtp_url) as server:
        server.send_message(message)


def _connected(url: str) -> smtplib.SMTP:
    parts = urlsplit(url)
    host, context = parts.hostname or "localhost", ssl.create_default_context()
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or SMTPS_PORT, timeout=TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(host, parts.port or (SUBMISSION_PORT if parts.username else SMTP_PORT), timeout=TIMEOUT)
        if parts.username or parse_qs(parts.query).get("starttls") == ["yes"]:
            server.starttls(context=context)
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server
