"""How a response and a correct-response pattern look for every interaction type (RTE 4.2.9.1, 4.2.9.2).

Each rule has a `kind` that `scorm.datamodel.responses` and `runtime.js` interpret:
`vocabulary`, `identifier`, `identifiers`, `texts`, `text`, `pairs`, `steps`, `real`, `range`.
`delimiters` may lead the value, `most` bounds its items, `max` the number of patterns, and `distinct`
forbids equal ones.
"""

from __future__ import annotations

from typing import Any

_BOOLEAN = ["false", "true"]
_ONE = {"max": 1}
_MOST = {"most": 500}  # the standard promises 36; comparing sets must stay cheap

INTERACTIONS: dict[str, dict[str, dict[str, Any]]] = {
    "true-false": {
        "response": {"kind": "vocabulary", "values": _BOOLEAN},
        "pattern": {"kind": "vocabulary", "values": _BOOLEAN, **_ONE},
    },
    "choice": {
        "response": {"kind": "identifiers", "unique": True, "blank": True, **_MOST},
        "pattern": {"kind": "identifiers", "unique": True, "blank": True, "distinct": "set", **_MOST},
    },
    "fill-in": {
        "response": {"kind": "texts"},
        "pattern": {"kind": "texts", "delimiters": {"case_matters": _BOOLEAN, "order_matters": _BOOLEAN}},
    },
    "long-fill-in": {
        "response": {"kind": "text", "delimiters": {"lang": []}},
        "pattern": {"kind": "text", "delimiters": {"case_matters": _BOOLEAN, "lang": []}},
    },
    "matching": {
        "response": {"kind": "pairs", "blank": True},
        "pattern": {"kind": "pairs"},
    },
    "performance": {
        "response": {"kind": "steps"},
        "pattern": {"kind": "steps", "delimiters": {"order_matters": _BOOLEAN}},
    },
    "sequencing": {
        "response": {"kind": "identifiers", **_MOST},
        "pattern": {"kind": "identifiers", "distinct": "list", **_MOST},
    },
    "likert": {
        "response": {"kind": "identifier"},
        "pattern": {"kind": "identifier", **_ONE},
    },
    "numeric": {
        "response": {"kind": "real"},
        "pattern": {"kind": "range", **_ONE},
    },
    "other": {
        "response": {"kind": "text"},
        "pattern": {"kind": "text", **_ONE},
    },
}
