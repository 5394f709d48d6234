"""The 46 titles of the demo's catalogue, 9/10/9/9/9 by level as the plan asks (H314-316).

They exist: free software for the classroom, by its name and its maker's page. None of it is kept or copied here.
"""

from __future__ import annotations

from typing import NamedTuple

WINDOWS, LINUX, MACOS, ANDROID, IOS, WEB = "windows", "linux", "macos", "android", "ios", "web"
DESKTOP = (WINDOWS, LINUX, MACOS)
OTHER_LEVELS = ("GDTX", "KTTH", "TCCN")


class TitleRow(NamedTuple):
    """A title: name, who makes it, where, for which subjects, on which systems, and what it is for."""

    name: str
    maker: str
    address: str
    subjects: tuple[str, ...]
    platforms: tuple[str, ...]
    what: str
    licence: str = "open-source"


# By the levels that a group of titles is for; the groups are those of the plan.
TITLES: dict[tuple[str, ...], tuple[TitleRow, ...]] = {
    ("MN",): (
        TitleRow("GCompris", "GCompris", "https://gcompris.net", ("PTNT",), (*DESKTOP, ANDROID),
                 "Hơn một trăm hoạt động cho trẻ: nhận biết chữ cái, con số, màu sắc, luyện chuột và bàn phím."),
        TitleRow("Tux Paint", "Tux Paint", "https://tuxpaint.org", ("PTTM",), (*DESKTOP, ANDROID),
                 "Tập vẽ với con dấu, hiệu ứng và âm thanh vui nhộn."),
        TitleRow("eduActiv8", "eduActiv8", "https://www.eduactiv8.org", ("PTNT",), DESKTOP,
                 "Trò chơi về chữ, số, hình khối và thời gian theo độ tuổi."),
        TitleRow("KTuberling", "KDE", "https://apps.kde.org/ktuberling", ("PTTM",), (LINUX, WINDOWS),
                 "Ghép mắt, mũi, mũ vào củ khoai và nhiều bức tranh khác."),
        TitleRow("Blinken", "KDE", "https://apps.kde.org/blinken", ("PTNT",), (LINUX,),
                 "Luyện trí nhớ bằng dãy đèn màu và âm thanh."),
        TitleRow("KLettres", "KDE", "https://apps.kde.org/klettres", ("PTNN",), (LINUX, WINDOWS),
                 "Nghe và nhận biết chữ cái, âm tiết."),
        TitleRow("Omnitux", "Omnitux", "https://omnitux.sourceforge.net", ("PTNT",), (LINUX, WINDOWS),
                 "Ghép hình, nối cặp, học đếm, nhận biết con vật và đất nước."),
        TitleRow("Childsplay", "Childsplay", "https://childsplay.sourceforge.net", ("PTNT",), (LINUX, WINDOWS),
                 "Trò chơi luyện nhớ, chữ cái, số đếm cho trẻ nhỏ."),
        TitleRow("Sebran's ABC", "Marianne Wartoft", "https://www.wartoft.nu/software/sebran", ("PTNT",), (WINDOWS,),
                 "Mười hai bài chơi ngắn về chữ cái, số và ghép hình.", "freeware"),
    ),
    ("TH",): (
        TitleRow("Tux, of Math Command", "Tux4Kids", "https://github.com/tux4kids/tuxmath", ("TOAN",), DESKTOP,
                 "Luyện bốn phép tính bằng trò chơi bắn sao băng."),
        TitleRow("Tux Typing", "Tux4Kids", "https://github.com/tux4kids/tuxtype", ("TINCN",), DESKTOP,
                 "Luyện gõ mười ngón qua trò chơi."),
        TitleRow("Scratch", "Scratch Foundation", "https://scratch.mit.edu", ("TINCN",), (WINDOWS, MACOS, ANDROID, WEB),
                 "Lập trình kéo thả: kể chuyện, làm trò chơi và hoạt hình."),
        TitleRow("ScratchJr", "ScratchJr", "https://www.scratchjr.org", ("TINCN",), (ANDROID, IOS),
                 "Làm quen lập trình bằng hình khối trên máy tính bảng."),
        TitleRow("KTurtle", "KDE", "https://apps.kde.org/kturtle", ("TINCN", "TOAN"), (LINUX, WINDOWS),
                 "Vẽ hình bằng lệnh điều khiển rùa, kiểu Logo."),
        TitleRow("KBruch", "KDE", "https://apps.kde.org/kbruch", ("TOAN",), (LINUX, WINDOWS),
                 "Luyện tính với phân số: so sánh, quy đồng, rút gọn."),
        TitleRow("Kanagram", "KDE", "https://apps.kde.org/kanagram", ("NN1",), (LINUX, WINDOWS),
                 "Xếp lại chữ cái thành từ tiếng Anh."),
        TitleRow("KHangMan", "KDE", "https://apps.kde.org/khangman", ("NN1",), (LINUX, WINDOWS),
                 "Đoán từ tiếng Anh theo chủ đề."),
        TitleRow("Marble", "KDE", "https://marble.kde.org", ("LSDL",), (*DESKTOP, ANDROID),
                 "Quả địa cầu: tìm châu lục, quốc gia, khí hậu, bản đồ cổ."),
        TitleRow("Sugar", "Sugar Labs", "https://www.sugarlabs.org", ("TINCN", "TOAN"), (LINUX, WEB),
                 "Bộ hoạt động học tập: viết, vẽ, đo, làm nhạc, lập trình."),
    ),
    ("THCS",): (
        TitleRow("GeoGebra", "GeoGebra", "https://www.geogebra.org", ("TOAN",), (*DESKTOP, ANDROID, IOS, WEB),
                 "Dựng hình động, vẽ đồ thị, bảng tính, hình không gian.", "freeware"),
        TitleRow("Stellarium", "Stellarium", "https://stellarium.org", ("KHTN",), DESKTOP,
                 "Bầu trời sao ở bất kì nơi nào, lúc nào."),
        TitleRow("Kalzium", "KDE", "https://apps.kde.org/kalzium", ("KHTN",), (LINUX, WINDOWS),
                 "Bảng tuần hoàn các nguyên tố hoá học với hình ảnh và số liệu."),
        TitleRow("PhET", "University of Colorado Boulder", "https://phet.colorado.edu", ("KHTN", "TOAN"), (WEB,),
                 "Thí nghiệm mô phỏng tương tác về lí, hoá, sinh, toán."),
        TitleRow("KGeography", "KDE", "https://apps.kde.org/kgeography", ("LSDL",), (LINUX, WINDOWS),
                 "Đố vui bản đồ: nước, thủ đô, quốc kì, tỉnh thành."),
        TitleRow("Step", "KDE", "https://apps.kde.org/step", ("KHTN",), (LINUX,),
                 "Dựng thí nghiệm cơ học và xem các vật chuyển động."),
        TitleRow("Audacity", "Audacity", "https://www.audacityteam.org", ("AN", "NV"), DESKTOP,
                 "Thu âm, cắt ghép lời đọc và nhạc cho bài giảng."),
        TitleRow("MuseScore Studio", "MuseScore", "https://musescore.org", ("AN",), DESKTOP,
                 "Chép nhạc và nghe thử bản nhạc."),
        TitleRow("Inkscape", "Inkscape", "https://inkscape.org", ("MT", "CN"), DESKTOP,
                 "Vẽ hình véc-tơ: sơ đồ, hình minh hoạ, bản vẽ."),
    ),
    ("THPT",): (
        TitleRow("Celestia", "Celestia", "https://celestiaproject.space", ("VL",), DESKTOP,
                 "Bay trong không gian ba chiều của Hệ Mặt Trời và các sao."),
        TitleRow("Avogadro", "Avogadro", "https://avogadro.cc", ("HH",), DESKTOP,
                 "Dựng và xem phân tử ba chiều."),
        TitleRow("wxMaxima", "wxMaxima", "https://wxmaxima-developers.github.io/wxmaxima", ("TOAN",), DESKTOP,
                 "Tính toán hình thức: giới hạn, đạo hàm, tích phân, đồ thị."),
        TitleRow("GNU Octave", "GNU", "https://octave.org", ("TOAN", "VL"), DESKTOP,
                 "Tính toán số và vẽ đồ thị từ số liệu thí nghiệm."),
        TitleRow("Code::Blocks", "Code::Blocks", "https://www.codeblocks.org", ("TIN",), DESKTOP,
                 "Môi trường lập trình C/C++."),
        TitleRow("Thonny", "Thonny", "https://thonny.org", ("TIN",), DESKTOP,
                 "Môi trường lập trình Python cho người mới bắt đầu, chạy từng bước."),
        TitleRow("QGIS", "QGIS", "https://qgis.org", ("DL",), DESKTOP,
                 "Làm và phân tích bản đồ từ số liệu địa phương."),
        TitleRow("Tracker", "Open Source Physics", "https://opensourcephysics.github.io/tracker-website", ("VL",),
                 DESKTOP,
                 "Đo chuyển động từ đoạn phim thí nghiệm."),
        TitleRow("Algodoo", "Algoryx", "https://www.algodoo.com", ("VL",), (WINDOWS, MACOS),
                 "Vẽ và chạy thí nghiệm vật lí hai chiều.", "freeware"),
    ),
    OTHER_LEVELS: (
        TitleRow("LibreOffice", "The Document Foundation", "https://www.libreoffice.org", ("NGHE",), DESKTOP,
                 "Soạn thảo, bảng tính, trình chiếu cho nghề văn phòng."),
        TitleRow("GIMP", "GIMP", "https://www.gimp.org", ("NGHE",), DESKTOP,
                 "Chỉnh sửa ảnh cho nghề thiết kế, quảng cáo."),
        TitleRow("Blender", "Blender Foundation", "https://www.blender.org", ("NGHE",), DESKTOP,
                 "Dựng mô hình và hoạt hình ba chiều."),
        TitleRow("FreeCAD", "FreeCAD", "https://www.freecad.org", ("NGHE",), DESKTOP,
                 "Thiết kế chi tiết máy theo tham số."),
        TitleRow("KiCad", "KiCad", "https://www.kicad.org", ("NGHE",), DESKTOP,
                 "Vẽ sơ đồ và thiết kế mạch điện tử."),
        TitleRow("LibreCAD", "LibreCAD", "https://librecad.org", ("NGHE",), DESKTOP,
                 "Vẽ kĩ thuật hai chiều."),
        TitleRow("GnuCash", "GnuCash", "https://www.gnucash.org", ("NGHE",), DESKTOP,
                 "Thực hành kế toán bút toán kép."),
        TitleRow("Scribus", "Scribus", "https://www.scribus.net", ("NGHE",), DESKTOP,
                 "Dàn trang ấn phẩm: tờ gấp, báo tường, sách mỏng."),
        TitleRow("OBS Studio", "OBS Project", "https://obsproject.com", ("NGHE",), DESKTOP,
                 "Quay màn hình và ghi hình bài thực hành."),
    ),
}  # fmt: skip
