"""The subjects of the general education programme of 2018 and the areas of preschool education."""

from __future__ import annotations

from typing import NamedTuple

from elearn.models.curriculum import Level

MN, TH, THCS, THPT, GDTX = Level.MN, Level.TH, Level.THCS, Level.THPT, Level.GDTX


class SubjectRow(NamedTuple):
    """A subject: its code, names and the levels at which it is taught."""

    code: str
    name_vi: str
    name_en: str
    levels: tuple[Level, ...]


# Thông tư 32/2018/TT-BGDĐT (general education), Thông tư 12/2022/TT-BGDĐT (continuing education, upper secondary)
# and the five areas of development of the preschool programme (văn bản hợp nhất 01/2021/VBHN-BGDĐT).
SUBJECTS: tuple[SubjectRow, ...] = (
    SubjectRow("TOAN", "Toán", "Mathematics", (TH, THCS, THPT, GDTX)),
    SubjectRow("TV", "Tiếng Việt", "Vietnamese", (TH,)),
    SubjectRow("NV", "Ngữ văn", "Literature", (THCS, THPT, GDTX)),
    SubjectRow("NN1", "Ngoại ngữ 1", "First foreign language", (TH, THCS, THPT, GDTX)),
    SubjectRow("DD", "Đạo đức", "Ethics", (TH,)),
    SubjectRow("TNXH", "Tự nhiên và Xã hội", "Nature and society", (TH,)),
    SubjectRow("KH", "Khoa học", "Science", (TH,)),
    SubjectRow("LSDL", "Lịch sử và Địa lí", "History and geography", (TH, THCS)),
    SubjectRow("KHTN", "Khoa học tự nhiên", "Natural sciences", (THCS,)),
    SubjectRow("VL", "Vật lí", "Physics", (THPT, GDTX)),
    SubjectRow("HH", "Hóa học", "Chemistry", (THPT, GDTX)),
    SubjectRow("SH", "Sinh học", "Biology", (THPT, GDTX)),
    SubjectRow("LS", "Lịch sử", "History", (THPT, GDTX)),
    SubjectRow("DL", "Địa lí", "Geography", (THPT, GDTX)),
    SubjectRow("GDCD", "Giáo dục công dân", "Civic education", (THCS,)),
    SubjectRow("GDKTPL", "Giáo dục kinh tế và pháp luật", "Economic and legal education", (THPT, GDTX)),
    SubjectRow("TIN", "Tin học", "Informatics", (THCS, THPT, GDTX)),
    SubjectRow("CN", "Công nghệ", "Technology", (THCS, THPT, GDTX)),
    SubjectRow("TINCN", "Tin học và Công nghệ", "Informatics and technology", (TH,)),
    SubjectRow("AN", "Âm nhạc", "Music", (TH, THCS, THPT)),
    SubjectRow("MT", "Mĩ thuật", "Fine arts", (TH, THCS, THPT)),
    SubjectRow("NT", "Nghệ thuật", "Arts", (TH, THCS)),
    SubjectRow("GDTC", "Giáo dục thể chất", "Physical education", (TH, THCS, THPT)),
    SubjectRow("HDTN", "Hoạt động trải nghiệm, hướng nghiệp", "Experiential and career activities", (TH, THCS, THPT)),
    SubjectRow("GDQPAN", "Giáo dục quốc phòng và an ninh", "National defence and security education", (THPT,)),
    SubjectRow("GDDP", "Giáo dục của địa phương", "Local education", (TH, THCS, THPT)),
    SubjectRow("PTTC", "Phát triển thể chất", "Physical development", (MN,)),
    SubjectRow("PTNT", "Phát triển nhận thức", "Cognitive development", (MN,)),
    SubjectRow("PTNN", "Phát triển ngôn ngữ", "Language development", (MN,)),
    SubjectRow("PTTCXH", "Phát triển tình cảm và kĩ năng xã hội", "Emotional and social development", (MN,)),
    SubjectRow("PTTM", "Phát triển thẩm mĩ", "Aesthetic development", (MN,)),
    SubjectRow("NGHE", "Nghề", "Vocational subject", (GDTX, Level.KTTH, Level.TCCN)),
)
