"""The gradebook of the test platform with Moodle's rules, as they were measured (AGS 2.0, 3)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Response

if TYPE_CHECKING:
    from werkzeug.wrappers import Request

SCORE_TYPE = "application/vnd.ims.lis.v1.score+json"
ITEM_TYPE = "application/vnd.ims.lis.v2.lineitem+json"
ITEMS_TYPE = "application/vnd.ims.lis.v2.lineitemcontainer+json"


@dataclass
class Column:
    """A line item; `link` is the resource link it belongs to, "" for one of its own."""

    number: int
    label: str
    maximum: float
    link: str = ""
    tag: str = ""
    resource_id: str = ""


@dataclass
class Gradebook:
    """Columns and grades of one course. `erases` is Moodle's habit, `learners` who may have a grade."""

    address: str  # of the line items, without a query
    learners: set[str] = field(default_factory=set)
    erases: bool = True
    columns: dict[int, Column] = field(default_factory=dict)
    grades: dict[tuple[int, str], float | None] = field(default_factory=dict)
    scores: list[tuple[int, dict[str, Any]]] = field(default_factory=list)  # those that were taken, in order
    moments: dict[tuple[int, str], datetime] = field(default_factory=dict)

    def add(self, label: str, maximum: float, link: str = "", tag: str = "", resource_id: str = "") -> Column:
        """A new column."""
        column = Column(len(self.columns) + 1, label, maximum, link, tag, resource_id)
        self.columns[column.number] = column
        return column

    def column_of(self, link: str) -> Column | None:
        """The column of a resource link."""
        return next((each for each in self.columns.values() if each.link == link), None)

    def grade(self, link: str, subject: str) -> float | None:
        """What stands in the gradebook."""
        column = self.column_of(link)
        return self.grades.get((column.number, subject)) if column else None

    def item_address(self, column: Column) -> str:
        """The id of a line item; Moodle's has a query string."""
        return f"{self.address}/{column.number}/lineitem?type_id=1"

    def as_json(self, column: Column) -> dict[str, Any]:
        """A line item as it is told."""
        told = {"id": self.item_address(column), "label": column.label, "scoreMaximum": column.maximum}
        told |= {"resourceLinkId": column.link} if column.link else {}
        return told | {"tag": column.tag, "resourceId": column.resource_id}

    def items(self, request: Request) -> Response:
        """List line items or make one."""
        if request.method == "POST":
            told = request.get_json(force=True)
            column = self.add(
                told["label"],
                float(told["scoreMaximum"]),
                str(told.get("resourceLinkId", "")),
                told.get("tag", ""),
                told.get("resourceId", ""),
            )
            return Response(json.dumps(self.as_json(column)), 201, content_type=ITEM_TYPE)
        wanted = {"link": "resource_link_id", "tag": "tag", "resource_id": "resource_id"}
        found = [
            each
            for each in self.columns.values()
            if all(
                name not in request.args or getattr(each, ours) == request.args[name] for ours, name in wanted.items()
            )
        ]
        begin, most = int(request.args.get("from", 0)), int(request.args.get("limit", 0)) or len(found)
        answer = Response(
            json.dumps([self.as_json(each) for each in found[begin : begin + most]]), content_type=ITEMS_TYPE
        )
        if begin + most < len(found):
            # Malformed as in Moodle: the relation stands inside the brackets.
            answer.headers["Link"] = f"<{self.address}?type_id=1&limit={most}&from={begin + most}; rel=next>"
        return answer

    def item(self, request: Request, number: int) -> Response:
        """Tell, change or remove a line item."""
        column = self.columns.get(number)
        if column is None:
            return Response("", 404)
        if request.method == "DELETE":
            del self.columns[number]
            return Response("", 204)
        if request.method == "PUT":
            told = request.get_json(force=True)
            column.label, column.maximum = told["label"], float(told["scoreMaximum"])
        return Response(json.dumps(self.as_json(column)), content_type=ITEM_TYPE)

    def score(self, request: Request, number: int) -> Response:
        """Take a score, as Moodle takes it."""
        column = self.columns.get(number)
        if column is None:
            return Response("", 404)
        if request.mimetype != SCORE_TYPE:
            return Response("no handler for this content type", 400)
        try:
            told = json.loads(request.get_data())
            subject, moment = told["userId"], datetime.fromisoformat(told["timestamp"]).replace(microsecond=0)
            assert moment.tzinfo, "a time needs its zone"
            _progress = told["activityProgress"]
            grading = told["gradingProgress"]
        except (ValueError, KeyError, AssertionError) as error:
            return Response(repr(error), 400)
        if subject not in self.learners:
            return Response("the user is no learner of the course", 400)
        place = (number, subject)
        if place in self.moments and moment <= self.moments[place]:
            return Response("a newer score is there", 409)
        self.moments[place] = moment
        self.scores.append((number, told))
        if grading == "FullyGraded" and "scoreGiven" in told:
            # Multiplied first: 55 of 100 are to be 55 in a column of 100, and not 55.00000000000001.
            points = float(told["scoreGiven"]) * column.maximum / float(told["scoreMaximum"])
            self.grades[place] = min(points, column.maximum)
        elif self.erases:
            self.grades[place] = None
        return Response("", 200)

    def results(self, number: int) -> Response:
        """The grades of a column."""
        told = [
            {"id": f"{number}-{subject}", "userId": subject, "resultScore": grade}
            for (place, subject), grade in self.grades.items()
            if place == number and grade is not None
        ]
        return Response(json.dumps(told), content_type="application/vnd.ims.lis.v2.resultcontainer+json")
