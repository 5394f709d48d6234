"""The fixed answers to what people say of a material: its terms of use, and what kind of teaching aid it is."""

from __future__ import annotations

from enum import StrEnum


class Licence(StrEnum):
    """Under which terms a material may be used; the empty value means that nobody has said so yet."""

    UNKNOWN = ""
    CC_BY = "CC-BY-4.0"
    CC_BY_SA = "CC-BY-SA-4.0"
    CC_BY_ND = "CC-BY-ND-4.0"
    CC_BY_NC = "CC-BY-NC-4.0"
    CC_BY_NC_SA = "CC-BY-NC-SA-4.0"
    CC_BY_NC_ND = "CC-BY-NC-ND-4.0"
    CC0 = "CC0-1.0"
    RESERVED = "all-rights-reserved"
    THIRD_PARTY = "third-party"
    FREE = "freeware"
    OPEN_SOURCE = "open-source"


class ResourceType(StrEnum):
    """What a material is to a teacher, whatever its file is; the empty value means that nobody has said so yet."""

    UNKNOWN = ""
    ELEARNING = "elearning"  # bài giảng e-learning: pupils learn with it on their own
    SLIDES = "slides"  # bài trình chiếu
    LESSON_PLAN = "lesson-plan"  # kế hoạch bài dạy (giáo án)
    WORKSHEET = "worksheet"  # phiếu học tập, bài tập
    TEST = "test"  # đề kiểm tra, đề thi
    SIMULATION = "simulation"  # thí nghiệm ảo, mô phỏng
    GAME = "game"  # trò chơi học tập
    VIDEO = "video"  # video bài giảng
    AUDIO = "audio"  # bản ghi âm
    PICTURE = "picture"  # tranh, ảnh, sơ đồ, bản đồ
    READING = "reading"  # tài liệu đọc, tham khảo
    TEXTBOOK = "textbook"  # sách
    SOFTWARE = "software"  # phần mềm dạy học
    COURSE = "course"  # khóa học
