"""A file that a form sends, or that has come in parts before: received, examined and handed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, request
from flask_babel import gettext

from content_packages.file_names import readable_name
from content_packages.storage.receiving import UploadTooLargeError, receive
from elearn.services import uploads
from elearn.services.contribute import examine
from elearn.web.people import current_identity
from elearn.web.security import staged_request
from elearn.web.transactions import house, short_write
from elearn.web.tus import metadata_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue
    from werkzeug import Response

    from elearn.services.contribute import Intake

LONGEST_FILE_NAME = 300


def nothing_sent() -> str:
    """The sentence about a form without a file, "" when it brings one."""
    file = request.files.get("file")
    sent_before = request.form.get("upload", "")
    return "" if sent_before or (file is not None and file.filename) else gettext("Choose a file first.")


def take_file(
    use: Callable[[Intake], Response],
    refuse: Callable[[Intake], ResponseReturnValue],
    too_large: Callable[[], ResponseReturnValue],
) -> ResponseReturnValue:
    """Receive and examine the file of the form, then let `use` write the rows, or `refuse` say what was found.

    `use` is called outside of any transaction; it returns a redirection, or raises what refuses the file.
    """
    sent_before = request.form.get("upload", "")
    if sent_before:
        return _take_upload(sent_before, use, refuse)
    file, settings = request.files["file"], house().settings
    try:
        with receive(file.stream, settings.staging_folder, settings.upload_limit) as staged:
            intake = examine(house().storage, staged, plain_name(file.filename or ""), settings.archive_limits)
            return use(intake) if intake.facts.accepted else refuse(intake)
    except UploadTooLargeError:
        return too_large()


def _take_upload(
    uid: str, use: Callable[[Intake], Response], refuse: Callable[[Intake], ResponseReturnValue]
) -> ResponseReturnValue:
    """Take a file that has come in parts; it is kept until the rows that follow from it are committed."""
    held = uploads.take(house().database, current_identity(), house().settings.uploads_folder, uid)
    staged_request().hold(held.file)
    name = metadata_of(held.upload.described).get("filename", "")
    limits = house().settings.archive_limits
    intake = examine(house().storage, held.file.staged(), plain_name(name) or uid, limits)
    if not intake.facts.accepted:
        with short_write() as session:
            uploads.spend(session, held.upload)
        held.file.discard()
        return refuse(intake)
    answer = use(intake)
    uploads.spend(g.db, held.upload)
    answer.call_on_close(held.file.discard)  # an answer whose commit fails is replaced by another one
    return answer


def plain_name(name: str) -> str:
    """The name without the folders that some browsers send before it."""
    return readable_name(name.replace("\\", "/").rpartition("/")[2])[-LONGEST_FILE_NAME:]
