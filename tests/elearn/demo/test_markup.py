import pytest

from elearn.demo.builder.markup import to_html, to_plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**đậm** và *nghiêng*", "<strong>đậm</strong> và <em>nghiêng</em>"),
        ("H~2~O, 10^3^", "H<sub>2</sub>O, 10<sup>3</sup>"),
        ("{3/10}", '<span class="frac"><b>3</b><i>/</i><b>10</b></span>'),
        ("{1/R~tđ~}", '<span class="frac"><b>1</b><i>/</i><b>R<sub>tđ</sub></b></span>'),
        ("một\nhai", "một<br>hai"),
        ("12 V qua 24 Ω", "12\u00a0V qua 24\u00a0Ω"),
        ("2 Vua", "2 Vua"),
        ("a < b & c", "a &lt; b &amp; c"),
        ("<script>**x**</script>", "&lt;script&gt;<strong>x</strong>&lt;/script&gt;"),
    ],
)
def test_marks_become_safe_html(text, expected):
    assert str(to_html(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("**So sánh** {3/5} và {?/10}", "So sánh 3/5 và ?/10"), ("R~1~\nR~2~", "R1 R2")]
)
def test_plain_text_has_no_marks(text, expected):
    assert to_plain(text) == expected
