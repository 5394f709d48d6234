"""People of the whole province that are known by name: authors of materials, heads, reviewers."""

from __future__ import annotations

from datetime import date

from elearn.demo.register import MANAGER, REFORM, TEACHER, StaffRow
from elearn.models.curriculum import Level

MORE_STAFF: tuple[StaffRow, ...] = (
    StaffRow("CB006", "Trần Thị Minh Nguyệt", "P-THANHBINH", MANAGER, REFORM),
    StaffRow("CB007", "Lầu A Páo", "X-SUOINGAN", MANAGER, REFORM),
    StaffRow("CB008", "Hà Thị Thoa", "X-BANMAY", MANAGER, REFORM),
    StaffRow("GV111", "Nguyễn Thị Phương Thảo", "MN-ANHDUONG", TEACHER, date(2018, 8, 1), Level.MN, "PTTM"),
    StaffRow("GV210", "Lường Thị Hương", "TH-BANMAY", MANAGER, date(2016, 8, 1), Level.TH),
    StaffRow("GV211", "Sùng Thị Mỷ", "TH-BANMAY", TEACHER, date(2020, 8, 1), Level.TH, "TOAN"),
    StaffRow("GV310", "Đinh Thị Ngân", "THCS-THANHBINH", MANAGER, date(2013, 8, 1), Level.THCS),
    StaffRow("GV311", "Trần Thị Bích Ngọc", "THCS-THANHBINH", TEACHER, date(2014, 8, 1), Level.THCS, "TOAN"),
    StaffRow("GV312", "Đỗ Quang Huy", "THCS-THANHBINH", TEACHER, date(2010, 8, 1), Level.THCS, "KHTN"),
    StaffRow("GV313", "Hoàng Thị Khuê", "THCS-THANHBINH", TEACHER, date(2012, 8, 1), Level.THCS, "NV"),
    StaffRow("GV321", "Vàng Seo Lử", "THCS-SUOINGAN", TEACHER, date(2019, 8, 1), Level.THCS, "TIN"),
    StaffRow("GV411", "Lê Hoàng Yến", "THPT-NGUYENDU", TEACHER, date(2015, 8, 1), Level.THPT, "SH"),
    StaffRow("GV412", "Trịnh Đức Toàn", "THPT-NGUYENDU", TEACHER, date(2011, 8, 1), Level.THPT, "TOAN"),
    StaffRow("GV413", "Chu Thị Minh Tâm", "THPT-NGUYENDU", TEACHER, date(2018, 8, 1), Level.THPT, "GDKTPL"),
    StaffRow("GV500", "Nguyễn Văn Thuận", "GDTX-SONBINH", MANAGER, date(2015, 8, 1), Level.GDTX),
    StaffRow("GV501", "Mông Thị Hiên", "GDTX-SONBINH", TEACHER, date(2017, 8, 1), Level.GDTX, "TOAN"),
    StaffRow("GV601", "Bế Văn Luân", "KTTH-SONBINH", TEACHER, date(2012, 8, 1), Level.KTTH, "NGHE"),
    StaffRow("GV701", "Phạm Thị Thanh Hà", "TCCN-SONBINH", TEACHER, date(2016, 8, 1), Level.TCCN, "NGHE"),
    StaffRow("GV702", "Lục Văn Tiệp", "TCCN-SONBINH", TEACHER, date(2014, 8, 1), Level.TCCN, "NGHE"),
)
