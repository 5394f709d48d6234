"""The eight-bit encodings of old Vietnamese computers, and a measure of how Vietnamese a text looks."""

from __future__ import annotations

import re
import unicodedata

# TCVN 5712:1993 (VN1), bytes 0x80 to 0xFF; the ABC fonts (.VnTime, .VnArial; "TCVN3") share its lower case.
_TCVN_UPPER_HALF = (
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨ"
    "ÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ"
    "\N{NO-BREAK SPACE}ĂÂÊÔƠƯĐăâêôơưđẰ"
    "\N{COMBINING GRAVE ACCENT}\N{COMBINING HOOK ABOVE}\N{COMBINING TILDE}"
    "\N{COMBINING ACUTE ACCENT}\N{COMBINING DOT BELOW}àảãáạẲằẳẵắẴ"
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽ"
    "éẹềểễếệìỉỄẾỒĩíịò"
    "Ổỏõóọồổỗốộờởỡớợù"
    "ỖủũúụừửữứựỳỷỹýỵỐ"
)
_TONES = (
    "\N{COMBINING GRAVE ACCENT}\N{COMBINING HOOK ABOVE}\N{COMBINING TILDE}"
    "\N{COMBINING ACUTE ACCENT}\N{COMBINING DOT BELOW}"
)
_ONSET = "b|ch?|d|đ|gh?|gi|h|kh?|l|m|nh?|ngh?|p|ph|qu|r|s|th?|tr|v|x"
_NUCLEUS = (
    "uyê|uya|oao|oai|oay|oeo|uây|ươi|ươu|uôi|iêu|yêu|ia|iê|yê|ua|uâ|uê|uô|uơ|uy|ưa|ươ|oa|oă|oe|oo|"
    "ai|ao|au|ay|âu|ây|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu|uyu|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y"
)
_SYLLABLE = re.compile(f"(?:{_ONSET})?(?:{_NUCLEUS})(?:ch?|m|ng?|nh|p|t)?")
_WORD = re.compile(r"[^\W\d_]+")


def decode_tcvn(data: bytes) -> str:
    """Decode TCVN 5712 text to NFC."""
    text = "".join(chr(byte) if byte < 0x80 else _TCVN_UPPER_HALF[byte - 0x80] for byte in data)  # noqa: PLR2004 - ASCII
    return unicodedata.normalize("NFC", text)


def is_syllable(word: str) -> bool:
    """Whether `word` has the form of a Vietnamese syllable: onset, nucleus, coda, at most one tone."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = sum(character in _TONES for character in decomposed)
    bare = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))
    return tones <= 1 and _SYLLABLE.fullmatch(bare) is not None


def vietnamese_share(text: str) -> float:
    """Return how many of the words with letters beyond ASCII are Vietnamese syllables, 0.0 to 1.0."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    return sum(map(is_syllable, words)) / len(words) if words else 0.0
