"""Telex and VNI keys that were left in the text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.keystrokes import decoded
from search_index.vietnamese import canonical

TELEX = [
    ("toans", "toán"),
    ("lowps", "lớp"),
    ("phaan", "phân"),
    ("phana", "phân"),
    ("soos", "số"),
    ("sosos", None),
    ("truwowngf", "trường"),
    ("truongwf", "trường"),
    ("truowngf", "trường"),
    ("dduwowngf", "đường"),
    ("duwowngfd", "đường"),
    ("tieengs", "tiếng"),
    ("tieesng", "tiếng"),
    ("Vieetj", "việt"),
    ("hocj", "học"),
    ("nuwowcs", "nước"),
    ("muaw", "mưa"),
    ("huowu", "hươu"),
    ("hoawcj", "hoặc"),
    ("quyeenr", "quyển"),
    ("quys", "quý"),
    ("lys", "lí"),
    ("gif", "gì"),
    ("giaays", "giấy"),
    ("tw", "tư"),
    ("nhw", "như"),
    ("khuyur", "khuỷu"),
]
VNI = [
    ("to1an", "toán"),
    ("lo7p1", "lớp"),
    ("pha6n", "phân"),
    ("so61", "số"),
    ("tru7o7ng2", "trường"),
    ("truong72", "trường"),
    ("d9u7o7ng2", "đường"),
    ("d9ia5", "địa"),
    ("tie61ng", "tiếng"),
    ("Vie65t", "việt"),
    ("hoa8c5", "hoặc"),
    ("la8m1", "lắm"),
]
NEITHER = ["khoa", "toan", "class", "office", "words", "excel", "scorm", "h5p", "mp3", "3d", "", "5", "ss", "zebra"]
NEITHER += ["toán", "lớp", "a" * 20, "toass", "catf", "hocr"]


@pytest.mark.parametrize(("typed", "meant"), TELEX + VNI)
def test_keys_are_read_wherever_they_stand(typed, meant):
    assert decoded(typed) == meant


@pytest.mark.parametrize("typed", NEITHER)
def test_what_makes_no_syllable_is_left_alone(typed):
    assert decoded(typed) is None


# Words of the curriculum with every vowel, tone and ending.
WORDS = (
    "toán lớp phân số tiếng việt tập đọc kể chuyện luyện từ và câu khoa học lịch sử địa lí đạo đức thể "
    "dục âm nhạc mĩ thuật công nghệ ngữ văn vật hoá sinh giáo dân quốc phòng hoạt động trải nghiệm hướng "
    "nghiệp chữ cái ghép vần thanh huyền sắc hỏi ngã nặng chia nhân cộng trừ hình tam giác vuông tròn "
    "đường thẳng góc nhọn tù bẹt thời gian đồng hồ tiền tuổi quả bưởi khuỷu tay ngoằn nghèo khuya rượu "
    "hươu nướng thuở quyển quýt giếng gió xoè hoẵng loăng quăng yêu yến uống ướt ưu "
)

_KEYS = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_LETTERS = {"â": "aa", "ê": "ee", "ô": "oo", "ă": "aw", "ơ": "ow", "ư": "uw", "đ": "dd"}
_DIGITS = {"\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_SIXES = {"â": "a6", "ê": "e6", "ô": "o6", "ă": "a8", "ơ": "o7", "ư": "u7", "đ": "d9"}


def keys_of(word, tones, letters, place):
    """The keys of a word; the tone's key stands behind its vowel or `place` keys later."""
    marks = unicodedata.normalize("NFD", word)
    tone = next((mark for mark in marks if mark in tones), "")
    bare = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in tones))
    keys = [letters.get(letter, letter) for letter in bare]
    if tone:
        vowel = next(
            at for at, letter in enumerate(bare) if letter in "aăâeêioôơuưy" and bare[: at + 1] not in {"q", "g"}
        )
        vowel += bare[:2] in {"qu", "gi"} and vowel == 1 and len(bare) > 2
        keys.insert(min(vowel + 1 + place, len(keys)), tones[tone])
    return "".join(keys)


@pytest.mark.parametrize("word", sorted(set(WORDS.split())))
@pytest.mark.parametrize(("tones", "letters"), [(_KEYS, _LETTERS), (_DIGITS, _SIXES)], ids=["telex", "vni"])
@pytest.mark.parametrize("place", [0, 1, 9])
def test_words_of_the_school_come_back_from_their_keys(word, tones, letters, place):
    typed = keys_of(word, tones, letters, place)
    meant = canonical(word)
    assert (decoded(typed) or typed) == meant


@given(st.text(max_size=14))
def test_any_text_has_an_answer(text):
    meant = decoded(text)
    assert meant is None or meant == canonical(meant)
