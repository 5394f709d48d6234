"""Whether a file may be handed out: held until a scanner has seen it, set aside when it does harm, released by hand."""

from elearn.services.safety.held import (
    HELD,
    HELD_BACK,
    hold_new_file,
    is_held,
    require_open,
    require_released,
    state_of,
    states_of,
)
from elearn.services.safety.scanning import enqueue_stored, enqueue_waiting, forget_gone, scan_file

__all__ = [
    "HELD",
    "HELD_BACK",
    "enqueue_stored",
    "enqueue_waiting",
    "forget_gone",
    "hold_new_file",
    "is_held",
    "require_open",
    "require_released",
    "scan_file",
    "state_of",
    "states_of",
]
