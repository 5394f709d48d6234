"""Asking other servers whose addresses came from outside: never an inner one, never for long, never for much.

Everything that fetches an address somebody else has named goes through `fetch`.
"""

from elearn.services.outside.asking import Answer, fetch
from elearn.services.outside.guard import Guard, OutsideError

__all__ = ["Answer", "Guard", "OutsideError", "fetch"]
