"""The demo's lessons, one module each, in the order of the levels."""

from elearn.demo.lessons import khtn6_te_bao, mn_hinh

LESSONS = (mn_hinh.LESSON, khtn6_te_bao.LESSON)
