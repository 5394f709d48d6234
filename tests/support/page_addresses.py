"""Which rules of the people's application are pages, and the address of each in a world of the tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.routing import Rule

    from elearn.web.dispatch import TwoOrigins

# What answers a GET and is no page: files, pictures, programs' interfaces, and addresses that only lead on.
NO_PAGES = frozenset(
    {
        "api.material", "api.materials", "courses.export", "courses.open_file", "feeds.show",
        "health.healthz", "insight.calls_csv",
        "insight.export", "library.download", "library.open_file", "library.page_picture", "library.picture",
        "metadata_files.dublin", "metadata_files.lom", "openapi.spec",
        "platforms.keyset", "player.ways",
        "reports.file", "reports.start", "reports.trend_chart", "reports.units_chart", "saved.show", "searches.file",
        "sheets.download", "software_api.release", "software_api.title", "software_api.titles",
        "software.download", "software.installed_file", "software.level_picture", "software.picture",
        "software.form_05_file", "software.spending_file", "static", "suggestions.listing",
        "software.catalogue_file", "uploads.under_way", "versions.file",
    }
)  # fmt: skip
# They need what this world has not: a first start without accounts, a password that must be changed, a launch, LTI 1.1.
ELSEWHERE = frozenset(
    {
        "account.setup", "account.new_password", "activity.open_file", "activity.review", "activity.start",
        "classroom.learner", "classroom.overview", "classroom.waiting", "connect.page", "picker.courses",
        "picker.material", "picker.open_file", "picker.search", "platforms.former_keys",
    }
)  # fmt: skip


def pages_of(app: TwoOrigins) -> list[Rule]:
    """The rules of the pages: what answers a GET and is neither file nor interface."""
    return [
        rule
        for rule in app.people.url_map.iter_rules()
        if "GET" in rule.methods and rule.endpoint not in NO_PAGES | ELSEWHERE
    ]


def addresses_of(app: TwoOrigins, parameters: Mapping[str, Mapping[str, str]]) -> list[str]:
    """The address of every page; `parameters` are what the endpoints or their blueprints take."""
    found = []
    with app.people.test_request_context():
        for rule in pages_of(app):
            values = parameters.get(rule.endpoint, parameters.get(rule.endpoint.partition(".")[0], {}))
            assert set(rule.arguments) <= set(values), f"tests/support/every_page.py names no row for {rule.endpoint}"
            found.append(
                app.people.url_map.bind("localhost").build(rule.endpoint, {k: values[k] for k in rule.arguments})
            )
    return found
