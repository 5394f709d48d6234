"""The JSON interface: its form, its bounds, and whose eyes it has."""

import pytest

from elearn.models.account import Role
from search_index.vietnamese import fold
from tests.support.contributing import SAID, indexed, published, uploaded
from tests.support.packages import pdf

LABELS = {"kind", "level", "subject", "grade", "unit", "licence", "author"}
HIT = {"id", "title", "published_at", "score", "snippet"} | LABELS


@pytest.fixture
def shelf(teacher, sign_in, house):
    reviewer = sign_in("duyet", Role.REVIEWER)
    made = [
        published(teacher, reviewer, is_public="y"),
        published(
            teacher, reviewer, pdf("x"), name="x.pdf", title="Hình tròn", levels="THCS", grades="6", description=""
        ),
    ]
    indexed(house)
    return made


def ask(browser, query=""):
    return browser.get(f"/api/v1/materials{query}")


def test_a_search_answers_in_the_promised_form(shelf, teacher):
    answer = ask(teacher, "?q=phan+so").json
    assert set(answer) == {"total", "read_as", "did_you_mean", "took_ms", "hits", "facets"}
    assert answer["total"] == 1
    hit = answer["hits"][0]
    assert set(hit) == HIT
    assert (hit["id"], hit["title"], hit["kind"]) == (shelf[0], SAID["title"], "scorm")
    assert (hit["level"], hit["subject"], hit["grade"]) == (["TH"], ["TOAN"], ["4"])
    assert answer["facets"]["kind"] == {"scorm": 1}


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("", 2),
        ("?level=TH", 1),
        ("?level=TH&level=THCS", 2),
        ("?level=TH,THCS", 2),
        ("?level=TH,&kind=pdf", 0),
        ("?grade=6&kind=pdf&subject=TOAN", 1),
        ("?licence=CC-BY-4.0", 2),
        ("?licence=CC0-1.0", 0),
        ("?year=1999", 0),
        ("?unit=999999", 0),
        ("?approved_by=999999", 0),
        ("?author=somebody+else", 0),
        ("?author=", 2),
        ("?q=%28%28%28%28", 0),
    ],
)
def test_facets_may_be_repeated_or_divided_by_commas(shelf, teacher, query, total):
    assert ask(teacher, query).json["total"] == total


def test_every_facet_of_the_page_is_counted_and_narrows(shelf, teacher):
    counts = ask(teacher).json["facets"]
    everyday = {"level", "subject", "grade", "kind", "unit", "licence", "year", "approved_by"}
    assert set(counts) == everyday | {"platform", "licence_kind"}
    for facet, codes in counts.items():
        for code, count in codes.items():
            assert ask(teacher, f"?{facet}={code}").json["total"] == count


def test_visitors_are_not_told_who_approved(shelf, client):
    assert "approved_by" not in ask(client).json["facets"]


def test_authors_are_found_with_and_without_tone_marks(shelf, teacher):
    author = ask(teacher).json["hits"][0]["author"]
    assert ask(teacher, f"?author={author}").json["total"] == 2
    assert ask(teacher, f"?author={fold(author)}").json["total"] == 2


def test_the_order_is_chosen(shelf, teacher):
    seconds = len("2026-09-07T08:00:00")  # the index keeps no parts of them
    newest = [hit["published_at"][:seconds] for hit in ask(teacher, "?sort=newest").json["hits"]]
    assert newest == sorted(newest, reverse=True)


def test_what_was_read_otherwise_is_told_and_can_be_had_as_typed(shelf, teacher):
    mended = ask(teacher, "?q=phaan+soos").json
    assert (mended["read_as"], mended["total"]) == ("phân số", 1)
    literal = ask(teacher, "?q=phaan+soos&literal=true").json
    assert (literal["read_as"], literal["total"]) == ("", 0)


def test_limit_and_offset_walk_through_the_hits(shelf, teacher):
    pages = [ask(teacher, f"?limit=1&offset={offset}").json for offset in range(3)]
    assert [len(page["hits"]) for page in pages] == [1, 1, 0]
    assert {page["total"] for page in pages} == {2}
    assert pages[0]["hits"][0]["id"] != pages[1]["hits"][0]["id"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?limit=0", "limit"),
        ("?limit=101", "limit"),
        ("?limit=many", "limit"),
        ("?limit=1e9", "limit"),
        ("?offset=-1", "offset"),
        ("?offset=10001", "offset"),
        ("?level=XX", "level"),
        ("?level=TH,XX", "level"),
        ("?subject=toan", "subject"),
        ("?grade=99", "grade"),
        ("?kind=exe", "kind"),
        ("?unit=x", "unit"),
        ("?unit=1%20or%201", "unit"),
        ("?licence=mine", "licence"),
        ("?year=26", "year"),
        ("?approved_by=duyet", "approved_by"),
        ("?author=" + "a" * 300, "author"),
        ("?" + "&".join(["author=a"] * 20), "author"),
        ("?sort=best", "sort"),
        ("?literal=perhaps", "literal"),
        ("?q=" + "(" * 10_000, "q"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_reason(shelf, teacher, query, field):
    answer = ask(teacher, query)
    assert answer.status_code == 422
    assert list(answer.json["fields"]) == [field]
    assert answer.json["detail"].startswith(f"{field}: ")
    assert answer.json["request_id"]


@pytest.mark.parametrize(
    ("language", "said"), [("vi", "Phải là số nguyên từ 1"), ("en", "Must be a whole number from 1")]
)
def test_refusals_speak_the_language_of_the_reader(client, language, said):
    answer = client.get("/api/v1/materials?limit=0", headers={"Accept-Language": language})
    assert said in answer.json["detail"]


def test_the_cookie_decides_what_is_seen(shelf, client, teacher):
    assert ask(client).json["total"] == 1
    assert ask(teacher).json["total"] == 2


def test_a_bearer_is_never_helped_by_a_cookie(shelf, teacher):
    answer = teacher.get("/api/v1/materials", headers={"Authorization": "Bearer nobody"})
    assert answer.status_code == 401
    assert "total" not in answer.json


def test_a_material_can_be_read(shelf, teacher):
    answer = teacher.get(f"/api/v1/materials/{shelf[0]}").json
    assert answer["id"] == shelf[0]
    assert answer["licence"] == "CC-BY-4.0"
    assert (answer["standard"], answer["edition"], answer["status"]) == ("SCORM", "1.2", "published")
    assert answer["size"] > 0
    assert teacher.get(answer["url"]).status_code == 200


def test_a_guessed_id_tells_nothing(shelf, teacher, client):
    draft = uploaded(teacher)
    hidden = client.get(f"/api/v1/materials/{draft}")
    absent = client.get("/api/v1/materials/nothing")
    assert hidden.status_code == absent.status_code == 404
    assert {**hidden.json, "request_id": ""} == {**absent.json, "request_id": ""}
    assert client.get(f"/api/v1/materials/{shelf[1]}").status_code == 404


def test_reading_the_interface_records_no_use(shelf, teacher):
    teacher.get(f"/api/v1/materials/{shelf[0]}")
    page = teacher.get("/contribute/mine")  # records nothing either
    assert page.status_code == 200
    use = teacher.get(f"/materials/{shelf[0]}").text.partition('id="use"')[2].partition("</dl>")[0]
    assert "<dd>0</dd>" in use


def test_the_description_of_the_interface_names_every_parameter(client):
    document = client.get("/api/openapi.json").json
    assert document["openapi"].startswith("3.")
    assert {"/api/v1/materials", "/api/v1/materials/{uid}"} <= set(document["paths"])
    asked = {parameter["name"] for parameter in document["paths"]["/api/v1/materials"]["get"]["parameters"]}
    narrowed = {"level", "subject", "grade", "kind", "unit", "licence", "year", "approved_by", "author"}
    narrowed |= {"platform", "licence_kind"}
    assert asked == {"q", "sort", "literal", "limit", "offset", *narrowed}
    answers = document["paths"]["/api/v1/materials"]["get"]["responses"]
    assert {"200", "422"} <= set(answers)
    hit = document["components"]["schemas"]["Hit"]["properties"]
    assert set(hit) == HIT
