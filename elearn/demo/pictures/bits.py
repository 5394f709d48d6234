"""Binary numbers: a row of lamps as bits, the weights of a byte, division by two."""

from __future__ import annotations

from elearn.demo.builder import Picture
from elearn.demo.pictures.drawing import BLUE, INK, ORANGE, PAPER, RED, SKY, SOFT, VIOLET, YELLOW, Drawing


def lamps(bits: str) -> Picture:
    """Draw a row of lamps, lit for 1 and dark for 0."""
    sheet = Drawing(480, 170)
    for index, bit in enumerate(bits):
        x = 480 * (2 * index + 1) / (2 * len(bits))
        lit = bit == "1"
        if lit:
            sheet.circle((x, 62), 42, YELLOW, opacity=0.35)
        sheet.circle((x, 62), 27, YELLOW if lit else "#dfe3e6", stroke=INK, stroke_width=3)
        sheet.rect((x - 11, 88), (22, 18), SOFT, rx=3).text((x, 148), bit, 32, RED if lit else SOFT, font_weight="bold")
    return Picture(sheet.svg(), f"Dãy bóng đèn sáng, tắt biểu diễn dãy bit {bits}.")


def weights(bits: str) -> Picture:
    """Draw the bits of a number under the powers of two they stand for, and their sum."""
    sheet = Drawing(480, 220)
    width = 456 / len(bits)
    for index, bit in enumerate(bits):
        x, power = 12 + (index + 0.5) * width, len(bits) - 1 - index
        sheet.text((x, 30), str(2**power), 20, BLUE, font_weight="bold")
        sheet.rect(
            (x - width / 2 + 3, 44), (width - 6, 58), SKY if bit == "1" else PAPER, rx=8, stroke=INK, stroke_width=2
        )
        sheet.text((x, 84), bit, 32, RED if bit == "1" else SOFT, font_weight="bold")
    terms = " + ".join(str(2 ** (len(bits) - 1 - index)) for index, bit in enumerate(bits) if bit == "1")
    sheet.text((240, 150), terms, 24).text((240, 196), f"= {int(bits, 2)}", 32, ORANGE, font_weight="bold")
    return Picture(sheet.svg(), f"Số nhị phân {bits} bằng {terms} = {int(bits, 2)}.")


def division(number: int) -> Picture:
    """Draw the repeated division of `number` by two; the remainders are read upwards."""
    steps = []
    rest = number
    while rest:
        steps.append((rest, rest // 2, rest % 2))
        rest //= 2
    sheet = Drawing(480, 40 + 44 * len(steps))
    for index, (dividend, quotient, remainder) in enumerate(steps):
        y = 44 + 44 * index
        sheet.text((45, y), f"{dividend} : 2 = {quotient}", 24, text_anchor="start")
        sheet.text((220, y), "dư", 20, SOFT, text_anchor="start")
        sheet.circle((285, y - 8), 19, "#edeaf8", stroke=VIOLET, stroke_width=2.5).text(
            (285, y), str(remainder), 24, RED
        )
    sheet.arrow((345, 36 + 44 * (len(steps) - 1)), (345, 34), VIOLET, stroke_width=4)
    middle = 24 + 22 * len(steps)
    sheet.text((412, middle - 12), "đọc từ", 19, VIOLET).text((412, middle + 14), "dưới lên", 19, VIOLET)
    return Picture(sheet.svg(), f"Chia liên tiếp {number} cho 2, các số dư đọc từ dưới lên là {number:b}.")
