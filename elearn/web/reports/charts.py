"""Charts of the ratio as SVG pictures of their own; a table with the same figures stands beside each."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pygal
from flask import g, make_response
from flask_babel import get_locale
from pygal.style import Style

from elearn.services.access.permissions import WATCHERS
from elearn.services.reports import trend, unit_report
from elearn.web.people import current_identity, needs_role
from elearn.web.reports.asking import read_question

if TYPE_CHECKING:
    from flask import Blueprint, Response

    from elearn.models.curriculum import Period
    from elearn.services.reports import IctRatio

# pygal leaves a finder for its plug-ins behind that Python 3.11 warns of at every import and 3.12 passes over.
sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != "pygal"]

MOST_BARS = 40
BAR, AROUND = 34, 90  # pixels
# The picture's own style sheet is inline, which our pages' policy forbids; a picture runs no script anyway.
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
STYLE = Style(
    background="transparent",
    plot_background="transparent",
    foreground="#17252b",
    foreground_strong="#17252b",
    foreground_subtle="#83948f",
    colors=("#0c5a56", "#a94a06", "#2f6cb3", "#6b4327"),
    font_family="system-ui, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif",
    label_font_size=13,
    major_label_font_size=13,
    value_font_size=13,
    legend_font_size=13,
    value_colors=("#ffffff", "#17252b"),
    guide_stroke_color="#d9e1dd",
    major_guide_stroke_color="#d9e1dd",
    guide_stroke_dasharray="0",
    major_guide_stroke_dasharray="0",
    opacity="1",
    opacity_hover="1",
)
COMMON: dict[str, Any] = {
    "style": STYLE,
    "js": [],
    "explicit_size": True,
    "pretty_print": False,
    "no_data_text": "–",
    "disable_xml_declaration": False,
    "include_x_axis": True,
    "range": (0, 100),
    "y_labels": [{"value": step, "label": f"{step} %"} for step in range(0, 101, 25)],
    "margin": 14,
    "margin_right": 42,
}


def register(blueprint: Blueprint) -> None:
    """Add the routes of the pictures."""
    blueprint.add_url_rule("/reports/ict/units.svg", endpoint="units_chart", view_func=units_chart)
    blueprint.add_url_rule("/reports/ict/trend.svg", endpoint="trend_chart", view_func=trend_chart)


@needs_role(WATCHERS)
def units_chart() -> Response:
    """A bar per unit below; a missing ratio has no bar, which is not the same as 0."""
    asked = read_question()
    report = unit_report(g.db, current_identity(), asked.unit, asked.period, as_of=asked.as_of)
    rows = list(report.children[:MOST_BARS]) or [report.total]
    chart = pygal.HorizontalBar(
        **COMMON,
        width=760,
        height=AROUND + BAR * len(rows),
        show_legend=False,
        print_values=True,
        print_values_position="center",
        truncate_label=34,
    )
    chart.value_formatter = _spoken
    # Drawn from below upwards, so that the first unit of the table stands on top.
    chart.x_labels = [row.name for row in reversed(rows)]
    chart.add("", [_number(row) for row in reversed(rows)])
    return picture_of(chart)


@needs_role(WATCHERS)
def trend_chart() -> Response:
    """The ratio and its three parts over the periods of one kind."""
    asked = read_question()
    points = trend(g.db, current_identity(), asked.unit, asked.period)
    chart = pygal.Line(
        **COMMON,
        width=760,
        height=320,
        dots_size=4,
        stroke_style={"width": 3},
        legend_at_bottom=True,
        legend_at_bottom_columns=4,
        margin_bottom=34,
        x_label_rotation=0,
    )
    chart.value_formatter = _spoken
    chart.x_labels = [_label(point.period) for point in points]
    for name, column in (("I1", "percent"), ("A", "percent_a"), ("B", "percent_b"), ("C", "percent_c")):
        chart.add(name, [_part(point, column) for point in points])
    return picture_of(chart)


def _number(row: IctRatio) -> float | None:
    return None if row.percent is None else float(row.percent)


def _part(row: IctRatio, column: str) -> float | None:
    share = getattr(row, column)
    return None if share is None else float(share)


def _spoken(value: float | None) -> str:
    locale = get_locale()
    if value is None:
        return ""
    text = f"{value:.1f}"
    return f"{text.replace('.', ',') if locale is None or locale.language == 'vi' else text} %"


def _label(period: Period) -> str:
    return period.code


def _without_script(root: Any) -> Any:
    """Take out the script that pygal writes for its pop-ups."""
    for parent in root.iter():
        for child in list(parent):
            if str(child.tag).endswith("script"):
                parent.remove(child)
    return root


def picture_of(chart: pygal.graph.graph.Graph) -> Response:
    """A chart as a picture that runs no script."""
    chart.add_xml_filter(_without_script)
    response = make_response(chart.render())
    response.headers["Content-Type"] = "image/svg+xml; charset=utf-8"
    response.headers["Content-Security-Policy"] = PICTURE_POLICY
    response.headers["Cache-Control"] = "private, no-cache"
    return response
