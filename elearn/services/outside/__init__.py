"""Asking other servers whose addresses came from outside: never an inner one, never for long, never for much.

Everything that fetches an address somebody else has named goes through `fetch`, whole files through `download`.
"""

from elearn.services.outside.asking import Answer, fetch
from elearn.services.outside.downloading import Downloaded, download
from elearn.services.outside.guard import Guard, OutsideError

__all__ = ["Answer", "Downloaded", "Guard", "OutsideError", "download", "fetch"]
