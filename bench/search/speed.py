"""Measure the search engine on generated Vietnamese materials, beside SQLite FTS5 in the same run.

    python bench/search/speed.py [--documents 10000] [--queries 200] [--seed 5]

Prints a table and, as the last line, the same figures as JSON. The materials are made of school words below, drawn by
a Zipf law, each material mostly from the words of its subject; the same seed gives the same materials.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import sys
import time
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from search_index.documents import SearchDocument, SearchQuery
from search_index.engine import SearchEngine, open_engine
from search_index.vietnamese import fold

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
        """Write a material of about 300 to 600 words on two topics of one subject."""
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
            body=self.body(subject, topic),
            levels=(LEVEL_OF_GRADE[grade],),
            subjects=(subject,),
            grades=(str(grade),),
            unit=school,
            published_at=FIRST_DAY + timedelta(minutes=number * 37),
        )

    def body(self, subject: str, topic: list[str]) -> str:
        """Write sentences of common words, words of the subject, the topic, and a few words of other subjects."""
        length = self.chance.randint(150, 300)
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


def percentiles(milliseconds: list[float]) -> dict[str, float]:
    ordered = sorted(milliseconds)
    return {
        "p50_ms": round(ordered[len(ordered) // 2], 2),
        "p95_ms": round(ordered[min(len(ordered) - 1, len(ordered) * 95 // 100)], 2),
    }


def timed(calls: list) -> dict[str, float]:
    taken = []
    for call in calls:
        before = time.perf_counter()
        call()
        taken.append((time.perf_counter() - before) * 1000)
    return percentiles(taken)


def size_of(path: Path) -> int:
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


def measure_engine(path: Path, documents: list[SearchDocument], arguments: argparse.Namespace) -> dict:
    engine = open_engine(arguments.engine, path)
    wall, cpu = time.perf_counter(), time.process_time()
    engine.rebuild(documents)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    figures: dict = {
        "documents_per_s": round(len(documents) / wall, 1),
        "documents_per_cpu_s": round(len(documents) / cpu, 1),
        "megabytes": round(size_of(path) / 1e6, 1),
    }
    for kind in QUERY_KINDS:
        asked = queries(kind, arguments.queries, arguments.seed)
        cold = timed([lambda query=query: uncached(engine, query) for query in asked[: arguments.queries // 4]])
        warm = timed([lambda query=query: engine.search(query) for query in asked])
        figures[kind.name] = warm | {f"uncached_{name}": value for name, value in cold.items()}
    figures["save to visible"] = timed(
        [lambda document=document: save_and_find(engine, document) for document in documents[:40]]
    )
    engine.close()
    return figures


def uncached(engine: SearchEngine, query: SearchQuery) -> None:
    """Search with empty caches; opening the index is not counted by a searcher, but it is here."""
    engine.close()
    engine.search(query)


def save_and_find(engine: SearchEngine, document: SearchDocument) -> None:
    changed = SearchDocument(f"{document.uid}-new", f"{document.title} zyxw", "pdf", frozenset({"public"}))
    engine.apply([changed], [])
    assert engine.search(SearchQuery("zyxw", READER)).total >= 1


def measure_fts5(path: Path, documents: list[SearchDocument], arguments: argparse.Namespace) -> dict:
    """The same texts in SQLite FTS5: same fields, weights and permissions, four facets counted by GROUP BY."""
    database = sqlite3.connect(path / "fts.db")
    cpu = time.process_time()
    database.executescript("""
        create virtual table texts
            using fts5(title, keywords, description, body, tokenize='unicode61 remove_diacritics 2');
        create table facts(id integer primary key, level, subject, grade, kind, published);
        create table allowed(id integer, token, primary key (token, id)) without rowid;
    """)
    for number, document in enumerate(documents):
        texts = (document.title, "; ".join(document.keywords), document.description, document.body)
        texts = tuple(unicodedata.normalize("NFC", text) for text in texts)
        database.execute(
            "insert into texts(rowid, title, keywords, description, body) values (?,?,?,?,?)", (number, *texts)
        )
        facts = (
            document.levels[0],
            document.subjects[0],
            document.grades[0],
            document.kind,
            str(document.published_at),
        )
        database.execute("insert into facts values (?,?,?,?,?,?)", (number, *facts))
        database.executemany("insert into allowed values (?,?)", [(number, token) for token in document.allow])
    database.commit()
    cpu = time.process_time() - cpu
    figures: dict = {
        "documents_per_cpu_s": round(len(documents) / cpu, 1),
        "megabytes": round(size_of(path) / 1e6, 1),
    }
    for kind in QUERY_KINDS:
        asked = queries(kind, arguments.queries, arguments.seed)
        figures[kind.name] = timed([lambda query=query: ask_fts5(database, query) for query in asked])
    database.close()
    return figures


def ask_fts5(database: sqlite3.Connection, query: SearchQuery) -> None:
    tokens = ",".join(f"'{token}'" for token in query.tokens)
    # Every word of these statements is this file's own.
    where = [f"facts.id in (select id from allowed where token in ({tokens}))"]  # noqa: S608
    for facet, codes in query.filters.items():
        where.append(f"{facet} in ({','.join(repr(code) for code in sorted(codes))})")
    source, order, snippet, values = "facts", "published desc", "''", []
    if query.text:
        source = "texts join facts on facts.id = texts.rowid"
        order = "bm25(texts, 3, 2, 1.2, 1)"
        snippet = "snippet(texts, -1, '[', ']', '', 30)"
        where.append("texts match ?")
        values = [" ".join(f'"{word}"' for word in query.text.split())]
    answering = f"from {source} where {' and '.join(where)}"
    hits = f"select facts.id, {snippet} {answering} order by {order} limit 20"
    database.execute(hits, values).fetchall()
    for facet in ("level", "subject", "grade", "kind"):
        database.execute(f"select {facet}, count(*) {answering} group by 1", values).fetchall()


def table(ours: dict, fts5: dict) -> str:
    lines = [f"{'':24}{'p50 ms':>9}{'p95 ms':>9}{'cold p95':>10}{'FTS5 p50':>10}{'FTS5 p95':>10}{'p95 ratio':>11}"]
    for kind in QUERY_KINDS:
        mine, theirs = ours[kind.name], fts5[kind.name]
        ratio = mine["p95_ms"] / theirs["p95_ms"]
        lines.append(
            f"{kind.name:24}{mine['p50_ms']:9.2f}{mine['p95_ms']:9.2f}{mine['uncached_p95_ms']:10.2f}"
            f"{theirs['p50_ms']:10.2f}{theirs['p95_ms']:10.2f}{ratio:11.2f}"
        )
    visible = ours["save to visible"]
    lines.append(f"{'save to visible':24}{visible['p50_ms']:9.2f}{visible['p95_ms']:9.2f}")
    lines.append(f"{'documents per CPU s':24}{ours['documents_per_cpu_s']:9.1f}  (FTS5 {fts5['documents_per_cpu_s']})")
    lines.append(f"{'megabytes':24}{ours['megabytes']:9.1f}  (FTS5 {fts5['megabytes']})")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--engine", default="whoosh")
    arguments = parser.parse_args()
    author = Author(arguments.seed)
    documents = [author.write(number) for number in range(arguments.documents)]
    with TemporaryDirectory() as folder:
        for name in ("engine", "fts5"):
            (Path(folder) / name).mkdir()
        ours = measure_engine(Path(folder) / "engine", documents, arguments)
        fts5 = measure_fts5(Path(folder) / "fts5", documents, arguments)
    print(f"{arguments.documents} materials, {arguments.queries} queries of each kind, four facets counted")
    print(table(ours, fts5))
    print(json.dumps({"documents": arguments.documents, arguments.engine: ours, "fts5": fts5}, ensure_ascii=False))


if __name__ == "__main__":
    main()
