"""What a service refuses, as exceptions that the pages turn into a status and a sentence."""

from __future__ import annotations

from typing import Any


class ServiceError(Exception):
    """A refusal with a stable code; `params` fill the sentence that `elearn.sentences` holds for the code."""

    status = 400

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class NotFoundError(ServiceError):
    """The thing does not exist, or whoever asks may not know that it does."""

    status = 404


class ForbiddenError(ServiceError):
    """Whoever asks sees the thing but may not do this to it."""

    status = 403


class ConflictError(ServiceError):
    """The thing is in a state in which this cannot be done."""

    status = 409
