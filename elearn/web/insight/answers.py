"""What was answered: of one attempt, and of a class at an item with statistics and tables for spreadsheets."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from flask import Response, abort, g, render_template, request, url_for

from elearn.services import courses, insight
from elearn.services.access import Action
from elearn.services.sheets import CSV_TYPE, XLSX_TYPE, Sheet, write_csv, write_xlsx
from elearn.web.insight.answer_words import ANSWER_HEADINGS, RESULTS, STATISTICS_HEADINGS, kind_word, shown_answer
from elearn.web.people import current_identity, sign_in_required

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from elearn.models.course import Course
    from elearn.services.insight import ClassAnswers, ItemStatistics
    from elearn.services.sheets import Cell

PLACE = "/courses/<uid>/classes/<class_uid>/items/<item>/answers"
FILES = frozenset({"answers.xlsx", "answers.csv", "questions.csv"})
# How the table of questions may be sorted; what is unknown comes last.
ORDERS: dict[str, Callable[[ItemStatistics], float | None]] = {
    "right": lambda item: item.right,
    "latency": lambda item: None if item.latency is None else -item.latency,
    "answered": lambda item: -item.answered,
    "discrimination": lambda item: item.discrimination,
}


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    blueprint.add_url_rule("/attempts/<uid>/answers", endpoint="attempt", view_func=attempt)
    blueprint.add_url_rule(PLACE, endpoint="item", view_func=item)
    blueprint.add_url_rule(f"{PLACE}/<file>", endpoint="export", view_func=export)


@sign_in_required
def attempt(uid: str) -> ResponseReturnValue:
    """The answers of one attempt."""
    found = insight.look_into(g.db, current_identity(), uid)
    return render_template("insight/attempt.html", found=found, answered=insight.attempt_answers(g.db, found.attempt))


@sign_in_required
def item(uid: str, class_uid: str, item: str) -> ResponseReturnValue:
    """How a class answered the questions of an item."""
    course, found = _found(uid, class_uid, item)
    order = request.args.get("sort", "")
    return render_template(
        "insight/item.html",
        course=course,
        found=found,
        questions=_sorted(insight.item_statistics(found.counted), order),
        order=order if order in ORDERS else "",
        least=insight.LEAST_ANSWERS,
        place={"uid": uid, "class_uid": class_uid, "item": item},
        export=lambda file: url_for("insight.export", uid=uid, class_uid=class_uid, item=item, file=file),
    )


def _found(uid: str, class_uid: str, item_uid: str) -> tuple[Course, ClassAnswers]:
    identity = current_identity()
    course = courses.get_course(g.db, identity, uid, Action.TEACH_COURSE)
    opening = courses.opening_of(course, class_uid)
    return course, insight.class_answers(g.db, identity, opening, courses.item_of(course, item_uid))


def _sorted(questions: list[ItemStatistics], order: str) -> list[ItemStatistics]:
    if order not in ORDERS:
        return questions
    measure = ORDERS[order]

    def key(question: ItemStatistics) -> tuple[bool, float]:
        value = measure(question)
        return value is None, value or 0.0

    return sorted(questions, key=key)


@sign_in_required
def export(uid: str, class_uid: str, item: str, file: str) -> ResponseReturnValue:
    """The answers and the statistics as XLSX, or one of both as CSV."""
    if file not in FILES:
        abort(404)
    _, found = _found(uid, class_uid, item)
    answers = _answer_sheet(found)
    questions = _question_sheet(insight.item_statistics(found.counted))
    written = io.BytesIO()
    if file.endswith("xlsx"):
        write_xlsx(written, [answers, questions])
    else:
        write_csv(written, answers if file == "answers.csv" else questions)
    response = Response(written.getvalue(), content_type=XLSX_TYPE if file.endswith("xlsx") else CSV_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{item[-8:]}-{file}"'
    return response


def _answer_sheet(found: ClassAnswers) -> Sheet:
    def rows() -> Iterator[list[Cell]]:
        for each in found.attempts:
            person = each.learner.person if each.learner else None
            for given in each.given:
                record = given.interaction
                yield [
                    person.code if person else "",
                    person.full_name if person else "",
                    each.number,
                    given.part,
                    record.identifier,
                    record.description,
                    str(kind_word(record.kind)),
                    shown_answer(record.kind, record.given),
                    " / ".join(shown_answer(record.kind, pattern) for pattern in record.patterns),
                    str(RESULTS.get(record.result, record.result)),
                    record.latency,
                    record.at,
                ]

    return Sheet(str(ANSWER_HEADINGS[0]), [str(heading) for heading in ANSWER_HEADINGS[1:]], rows())


def _question_sheet(questions: list[ItemStatistics]) -> Sheet:
    def rows() -> Iterator[list[Cell]]:
        for each in questions:
            yield [
                each.part,
                each.identifier,
                each.description,
                str(kind_word(each.kind)),
                each.answered,
                _rounded(each.right),
                _rounded(each.latency),
                _rounded(each.discrimination),
                " / ".join(shown_answer(each.kind, pattern) for pattern in each.patterns),
                "; ".join(f"{shown_answer(each.kind, share.given)} ({share.count})" for share in each.answers),
            ]

    return Sheet(str(STATISTICS_HEADINGS[0]), [str(heading) for heading in STATISTICS_HEADINGS[1:]], rows())


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
