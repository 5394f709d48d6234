"""Generated Vietnamese materials and queries, for measuring how fast a search is.

The materials are made of the school words below, drawn by a Zipf law, each mostly from the words of its subject.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

from search_index.documents import SearchDocument, SearchPart, SearchQuery
from search_index.vietnamese import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMON = """và của các là có trong được cho một những với không khi để này người học sinh giáo viên bài tập lớp ta đã ở
ra thì từ đến về như trên hai số cùng sau theo hãy em hoặc nhiều đó bằng cách sẽ vào làm nào nếu gì năm phần nội dung
câu hỏi trả lời quan sát ví dụ kết quả kiến thức hoạt động yêu cầu thực hiện nhận biết trình bày giải thích vận dụng
so sánh phân tích đọc viết nghe nói nhóm thảo luận ghi nhớ luyện tập ôn tập kiểm tra đánh giá mục tiêu phương pháp
chuẩn bị khởi động khám phá củng cố mở rộng dặn dò sách giáo khoa bảng tranh ảnh phiếu trò chơi thời gian tiết chương
cuộc sống đất nước gia đình bạn bè nhà trường quê hương môi trường tình cảm việc điều thấy biết hiểu tìm chọn đúng sai
lớn nhỏ cao thấp dài ngắn mới cũ nhanh chậm đầu cuối giữa ngoài trước bên phải trái tốt đẹp quan trọng cần thiết đơn
giản khó dễ chung riêng đầy đủ chính xác tự nhiên xã hội con vật cây cối sông núi trời đất ngày đêm tháng mùa xuân hè
thu đông buổi sáng chiều tối tiếng mẹ cha ông bà anh chị cô thầy trẻ em thiếu niên công việc nghề nghiệp lao động"""

SUBJECTS = {
    "toan": """phân số thập phân hình học tam giác hình vuông đường tròn chu vi diện tích thể tích phép cộng phép trừ
        phép nhân phép chia phương trình bậc nhất bậc hai hàm số đồ thị đạo hàm tích phân xác suất thống kê tỉ số phần
        trăm góc cạnh đường cao trung tuyến đồng dạng lũy thừa căn bậc logarit vectơ tọa độ không gian số nguyên ước
        bội mẫu tử quy đồng rút gọn bất đẳng thức hệ nghiệm tham số cực trị tiệm cận hoán vị tổ hợp chỉnh hợp""",
    "nguvan": """truyện ngắn tiểu thuyết nhân vật cốt truyện thơ lục bát ca dao tục ngữ văn nghị luận miêu tả tự sự
        biểu cảm thuyết minh ẩn dụ hoán dụ so sánh nhân hóa điệp ngữ từ láy từ ghép chủ ngữ vị ngữ trạng ngữ câu ghép
        Nguyễn Du Truyện Kiều Tố Hữu Nam Cao Chí Phèo Hồ Xuân Hương tác giả tác phẩm hoàn cảnh sáng tác giá trị hiện
        thực nhân đạo nghệ thuật ngôn ngữ giọng điệu bút pháp chính tả dấu câu đoạn văn mở bài thân bài kết bài""",
    "vatly": """chuyển động vận tốc gia tốc lực ma sát trọng lực quán tính công suất cơ năng động năng thế năng nhiệt
        lượng dòng điện hiệu điện thế điện trở định luật Ôm từ trường cảm ứng điện từ ánh sáng phản xạ khúc xạ thấu
        kính gương phẳng dao động điều hòa sóng cơ sóng âm tần số biên độ chu kỳ hạt nhân phóng xạ áp suất chất lỏng
        lực đẩy Ác-si-mét ròng rọc đòn bẩy khối lượng riêng thí nghiệm dụng cụ đo sai số vật lí""",
    "hoahoc": """nguyên tử phân tử nguyên tố hóa học bảng tuần hoàn phản ứng oxi hóa khử axit bazơ muối dung dịch nồng
        độ mol kim loại phi kim sắt nhôm đồng natri clo oxi hiđro nước khí cacbonic ancol este glucozơ tinh bột polime
        liên kết ion cộng hóa trị hóa trị công thức chất tan kết tủa xúc tác tốc độ cân bằng điện phân ăn mòn H2O CO2
        NaOH H2SO4""",
    "lichsu": """cách mạng tháng Tám kháng chiến chống Pháp chống Mĩ Điện Biên Phủ Bạch Đằng Ngô Quyền Trần Hưng Đạo Lê
        Lợi Quang Trung nhà Lý nhà Trần nhà Nguyễn phong kiến thực dân khởi nghĩa chiến dịch hiệp định độc lập tuyên
        ngôn dân tộc triều đại kinh đô Thăng Long Huế văn minh cổ đại Ai Cập Hi Lạp La Mã chiến tranh thế giới""",
    "diali": """khí hậu nhiệt đới gió mùa địa hình đồng bằng sông Cửu Long sông Hồng Tây Nguyên cao nguyên trung du miền
        núi biển đảo Hoàng Sa Trường Sa dân cư đô thị hóa nông nghiệp công nghiệp dịch vụ du lịch tài nguyên khoáng sản
        rừng đất phù sa bản đồ tỉ lệ kinh độ vĩ độ múi giờ Trái Đất Mặt Trời vùng kinh tế xuất khẩu lúa gạo cà phê""",
    "sinhhoc": """tế bào nhân tế bào màng sinh chất quang hợp hô hấp di truyền nhiễm sắc thể gen đột biến tiến hóa chọn
        lọc tự nhiên quần thể hệ sinh thái chuỗi thức ăn động vật thực vật vi khuẩn vi rút nấm lá rễ thân hoa quả hạt
        tuần hoàn máu tim phổi tiêu hóa thần kinh giác quan sinh sản hữu tính vô tính Menđen lai một cặp tính trạng""",
    "tinhoc": """máy tính bàn phím chuột phần mềm phần cứng hệ điều hành tệp thư mục trình duyệt internet mạng máy tính
        thư điện tử soạn thảo văn bản bảng tính trình chiếu thuật toán lập trình Python Scratch biến vòng lặp câu lệnh
        rẽ nhánh mảng xâu kí tự cơ sở dữ liệu truy vấn bảo mật mật khẩu an toàn thông tin trí tuệ nhân tạo""",
    "tienganh": """từ vựng ngữ pháp thì hiện tại đơn quá khứ tương lai động từ danh từ tính từ trạng từ phát âm trọng âm
        hội thoại unit lesson listening speaking reading writing school family friends hobbies health
        community music present simple past continuous conditional passive voice reported speech""",
    "daoduc": """lễ phép trung thực tiết kiệm kính trọng ông bà yêu thương chia sẻ giúp đỡ bạn bè trách nhiệm kỷ luật
        tôn trọng pháp luật quyền trẻ em bổn phận an toàn giao thông phòng chống ma túy bạo lực học đường bình đẳng giới
        công dân hiến pháp nhà nước""",
}
LEVEL_OF_GRADE = {grade: "th" if grade <= 5 else "thcs" if grade <= 9 else "thpt" for grade in range(1, 13)}
KINDS = ("scorm", "presentation", "pdf", "document", "video", "h5p")
SCHOOLS = 200
PAGE_WORDS = 100
FAMILY_NAMES = ("Nguyễn Thị", "Nguyễn Văn", "Trần Thị", "Trần Minh", "Lê Thị", "Lê Hoàng", "Phạm Thị", "Phạm Quốc")
GIVEN_NAMES = (
    "An",
    "Bình",
    "Chi",
    "Dung",
    "Giang",
    "Hà",
    "Hương",
    "Khánh",
    "Lan",
    "Mai",
    "Nga",
    "Phương",
    "Thuý",
    "Vân",
)
FIRST_DAY = datetime(2024, 9, 1, tzinfo=UTC)


class Zipf:
    """Draws words so that the n-th is n times rarer than the first."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self._weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))

    def draw(self, chance: random.Random, count: int) -> list[str]:
        """Draw words with repetition."""
        return chance.choices(self.words, cum_weights=self._weights, k=count)


def phrases(text: str, chance: random.Random) -> list[str]:
    """Cut a word list into runs of two and three, in an order that is the same for every run."""
    words = text.split()
    runs, at = [], 0
    while at < len(words):
        length = chance.choice((1, 2, 2, 3))
        runs.append(" ".join(words[at : at + length]))
        at += length
    chance.shuffle(runs)
    return runs


class Author:
    """Writes materials; the same seed gives the same ones."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.common = Zipf(phrases(COMMON, self.chance))
        self.special = {subject: Zipf(phrases(text, self.chance)) for subject, text in SUBJECTS.items()}
        self.everything = Zipf(phrases(" ".join(SUBJECTS.values()), self.chance))

    def write(self, number: int) -> SearchDocument:
        """Write a material of about 575 words in several pages on two topics of one subject."""
        chance = self.chance
        subject = chance.choice(list(SUBJECTS))
        grade = chance.randint(1, 12)
        topic = self.special[subject].draw(chance, 2)
        school = f"unit:{chance.randint(1, SCHOOLS)}"
        return SearchDocument(
            uid=f"material-{number:07}",
            title=f"{' '.join(topic).capitalize()} lớp {grade} bài {chance.randint(1, 40)}",
            kind=chance.choice(KINDS),
            allow=frozenset({"public"} if chance.random() < 0.7 else {school}),
            description=" ".join(self.common.draw(chance, 8) + topic),
            keywords=tuple(topic),
            parts=tuple(self.pages(subject, topic)),
            levels=(LEVEL_OF_GRADE[grade],),
            subjects=(subject,),
            grades=(str(grade),),
            unit=school,
            author=f"{chance.choice(FAMILY_NAMES)} {chance.choice(GIVEN_NAMES)}",
            published_at=FIRST_DAY + timedelta(minutes=number * 37),
        )

    def pages(self, subject: str, topic: list[str]) -> Iterator[SearchPart]:
        """Cut a text into pages of a hundred words."""
        words = self.body(subject, topic).split()
        for page, at in enumerate(range(0, len(words), PAGE_WORDS)):
            yield SearchPart(f"page-{page + 1}", f"Trang {page + 1}", " ".join(words[at : at + PAGE_WORDS]))

    def body(self, subject: str, topic: list[str]) -> str:
        """Write sentences of common words, words of the subject, the topic, and a few words of other subjects."""
        length = self.chance.randint(190, 370)
        runs = self.common.draw(self.chance, length * 5 // 10)
        runs += self.special[subject].draw(self.chance, length * 4 // 10)
        runs += self.everything.draw(self.chance, length // 10) + topic * 5
        self.chance.shuffle(runs)
        return ". ".join(" ".join(runs[at : at + 7]).capitalize() for at in range(0, len(runs), 7))


@dataclass(frozen=True)
class QueryKind:
    """How queries of a kind are made."""

    name: str
    words: tuple[int, int]
    accented: bool = True
    filtered: bool = False


QUERY_KINDS = (
    QueryKind("one word", (1, 1)),
    QueryKind("2-4 words, accents", (2, 4)),
    QueryKind("2-4 words, no accents", (2, 4), accented=False),
    QueryKind("2-4 words, filters", (2, 4), filtered=True),
    QueryKind("browse, filters", (0, 0), filtered=True),
)
READER = frozenset({"public", "unit:7", "unit:8"})


def queries(kind: QueryKind, count: int, seed: int) -> list[SearchQuery]:
    """Make the queries of a kind, the same ones for the same seed."""
    chance = random.Random(f"{seed} {kind.name}")
    asked = []
    for _ in range(count):
        subject = chance.choice(list(SUBJECTS))
        words = SUBJECTS[subject].split()
        wanted = chance.randint(*kind.words)
        at = chance.randrange(len(words) - wanted)
        text = " ".join(words[at : at + wanted])
        filters = {"level": frozenset({"thcs", "th"}), "subject": frozenset({subject})} if kind.filtered else {}
        asked.append(SearchQuery(text if kind.accented else fold(text), READER, filters))
    return asked
