"""Lexical forms as regular expressions that Python's `re.fullmatch` and ECMAScript read alike.

They use no look-behind, no Unicode classes and no class of digits (Python's has more of them).
"""

from __future__ import annotations

_REAL = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?"

# RFC 3986: no spaces, no delimiters outside the grammar; percent only before two hexadecimal digits.
# Non-ASCII characters are allowed as in IRIs. The brackets of an IP literal are left out: the
# interaction delimiters need them. The negated class reads astral characters alike in both languages.
_CHAR = '[^\\u0000-\\u0020"<>\\\\^`{|}%#\\[\\]\\u007f-\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]'
_PART = _CHAR + "*(?:%[0-9A-Fa-f]{2}" + _CHAR + "*)*"
_URN = "[uU][rR][nN]:[A-Za-z0-9][A-Za-z0-9-]{0,31}:(?!$|#)" + _PART
_URI = "(?![uU][rR][nN]:)(?:[A-Za-z][A-Za-z0-9+.-]*:(?!$|#)|(?![^/?#]*:))" + _PART

# RTE 4.1.1.7: a zone is only allowed behind a fraction of a second; years as in time(second,10,0).
_TIMESTAMP = (
    r"(?:19[7-9][0-9]|20[0-2][0-9]|203[0-8])(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01])"
    r"(?:T(?:[01][0-9]|2[0-3])(?::[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,2}"
    r"(?:Z|[+-](?:[01][0-9]|2[0-3])(?::[0-5][0-9])?)?)?)?)?)?)?)?"
)

_DURATION = (
    r"P(?=.)(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?"
    r"(?:T(?=.)(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]{1,2})?S)?)?"
)

FORMATS_2004: dict[str, str] = {
    "real": _REAL,
    "identifier": "(?!$)(?:" + _URN + "|" + _URI + ")(?:#" + _PART + ")?",
    "timestamp": _TIMESTAMP,
    "interval": _DURATION,
    "local_language": r"[qQ][a-tA-T][a-zA-Z]",
    "subtags": r"[A-Za-z0-9]{1,8}(?:-[A-Za-z0-9]{1,8})*",
}

# RTE 1.2, 3.4.3 (data types CMIDecimal, CMIInteger, CMIIdentifier, CMITime, CMITimespan).
FORMATS_12: dict[str, str] = {
    "real": _REAL,
    "integer": r"[+-]?[0-9]{1,9}",
    "identifier": "[^\\u0000-\\u0020\\u007f-\\u00a0\\u3000]+",
    "timestamp": r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,2})?",
    "interval": r"[0-9]{2,4}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,2})?",
}
