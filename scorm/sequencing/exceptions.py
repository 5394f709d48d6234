"""The exceptions of the sequencing processes, known by the book's codes (SN appendix D)."""

from __future__ import annotations


class SequencingException(Exception):  # noqa: N818 - the book calls it an exception
    """A process of the book ended with an exception; `code` is the book's, such as "SB.2.9-3".

    `ends_session` says that the walk also left the activity tree, which ends the sequencing session.
    """

    def __init__(self, code: str, *, ends_session: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.ends_session = ends_session
