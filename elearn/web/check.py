"""“Check my package”: anybody learns what is wrong with a package and how to mend it; nothing is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, jsonify, render_template, request
from flask_babel import gettext
from flask_wtf.csrf import generate_csrf

from content_packages.file_names import readable_name
from content_packages.storage.receiving import UploadTooLargeError
from elearn.services import check
from elearn.web.check_report import report_of
from elearn.web.display import file_size
from elearn.web.errors import wants_json
from elearn.web.security import Sending, takes_upload
from elearn.web.sentences import refusal as sentence_for
from elearn.web.transactions import house

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from content_packages.checking import PackageCheck
    from elearn.services.errors import ServiceError
    from elearn.settings import Settings

blueprint = Blueprint("check", __name__)

_LONGEST_NAME = 300


@blueprint.get("/check")
def form() -> ResponseReturnValue:
    """The form; a program gets the token and the limit it needs to send a file."""
    if wants_json():
        return jsonify(csrf_token=generate_csrf(), limit_bytes=house().settings.check_limit)
    return _page()


def _limit(settings: Settings) -> int:
    return settings.check_limit


def _admit() -> None:
    check.admit(house().database, request.remote_addr or "")


def _too_large() -> ResponseReturnValue:
    error = gettext(
        "The file is larger than %(limit)s, which is the most that is checked here. Nothing was stored.",
        limit=file_size(house().settings.check_limit),
    )
    return _refused(error, 413)


@blueprint.post("/check")
@takes_upload(_too_large, Sending(limit=_limit, admit=_admit))
def receive() -> ResponseReturnValue:
    """Check the file that was sent and forget it."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return _refused(gettext("Choose a file first."), 422)
    name = readable_name(file.filename.replace("\\", "/").rpartition("/")[2])[-_LONGEST_NAME:]
    try:
        checked = check.check_package(house().settings, file.stream, name)
    except UploadTooLargeError:
        return _too_large()
    except check.BusyError as busy:
        return _busy(busy)
    if wants_json():
        return jsonify(report_of(checked, name, gettext))
    return render_template("check/result.html", checked=checked, name=name, counts=_counts(checked))


def _counts(checked: PackageCheck) -> dict[str, int]:
    severities = [found.severity.value for found in checked.findings]
    return {severity: severities.count(severity) for severity in ("error", "warning", "info")}


def _busy(busy: ServiceError) -> ResponseReturnValue:
    page, status = _refused(sentence_for(busy), busy.status)
    return page, status, {"Retry-After": str(busy.params["seconds"])}


def _refused(sentence: str, status: int) -> tuple[Any, int]:
    """The form again, or for a program the sentence alone; it does not look at what was sent."""
    if wants_json():
        return jsonify(status=status, message=sentence), status
    return _page(sentence), status


def _page(error: str = "") -> str:
    return render_template("check/form.html", limit=house().settings.check_limit, error=error)
