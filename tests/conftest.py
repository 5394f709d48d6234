"""What all rooms share: `--campaign`, which tries many times what a plain run only samples."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.support.examples import CAMPAIGN_EXAMPLES, SAMPLE_EXAMPLES
from tests.support.schedule import longest_first

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--campaign", action="store_true", help="run fault rounds and fuzzing in full (hours)")
    parser.addoption("--cartridge-schemas", type=Path, help="validate cartridges against the XSDs of this folder too")
    parser.addoption("--lom-schema", type=Path, help="validate LOM against this lom.xsd of IEEE 1484.12.3 too")
    parser.addoption(
        "--conformance-packages", type=Path, help="play the cases of this folder too (cases.json and the packages)"
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "fuzz: feeds random and hostile input; `make fuzz` runs it at length")
    config.addinivalue_line(
        "markers", "long: makes its file one that takes more than ten seconds, so it is begun first"
    )
    config.addinivalue_line("markers", "given(option): a second opinion on files that only this option names")
    config.addinivalue_line("markers", "rounds(sample, campaign): how often a test of random moments is run")
    # Before any test module is imported: `tests.support.properties` inherits from the profile.
    # The same examples in every run, and no stopwatch: a busy machine must not fail a test.
    unhurried = settings(deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
    settings.register_profile("sample", unhurried, max_examples=SAMPLE_EXAMPLES, derandomize=True)
    settings.register_profile("campaign", unhurried, max_examples=CAMPAIGN_EXAMPLES)
    settings.load_profile("campaign" if config.getoption("campaign") else "sample")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what nothing was given for; several workers get the long files first, one keeps the folders' order."""
    items[:] = [item for item in items if all(config.getoption(name) for name in _options_wanted(item))]
    if hasattr(config, "workerinput"):
        items[:] = longest_first(items)


def _options_wanted(item: pytest.Item) -> list[str]:
    return [name for mark in item.iter_markers("given") for name in mark.args]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give each round of a test of random moments its seed: the same ones in every run."""
    if "seed" in metafunc.fixturenames:
        mark = metafunc.definition.get_closest_marker("rounds")
        assert mark, f"{metafunc.definition.nodeid} asks for a seed and does not say how many rounds it wants"
        sample, campaign = mark.args
        metafunc.parametrize("seed", range(campaign if metafunc.config.getoption("campaign") else sample))


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with accounts and a published lesson, made by the commands an operator uses; nobody writes into it."""
    from tests.support.installation import prepare_home  # noqa: PLC0415 - most tests need no whole installation

    home = tmp_path_factory.mktemp("prepared") / "home"
    prepare_home(home)
    return home


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one Chromium of this process: Playwright's synchronous interface allows no second one beside it."""
    from tests.support.chromium import chromium  # noqa: PLC0415 - most tests need no browser

    with chromium() as browser:
        yield browser
