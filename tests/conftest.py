"""What all rooms share: `--campaign`, which tries many times what a plain run only samples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import settings

if TYPE_CHECKING:
    import pytest

SAMPLE_EXAMPLES = 100
CAMPAIGN_EXAMPLES = 1000


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--campaign", action="store_true", help="run fault rounds and fuzzing in full (hours)")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "fuzz: feeds random and hostile input; `make fuzz` runs it at length")
    config.addinivalue_line("markers", "rounds(sample, campaign): how often a test of random moments is run")
    # Before any test module is imported: `tests.support.properties` inherits from the profile.
    settings.register_profile("sample", max_examples=SAMPLE_EXAMPLES)
    settings.register_profile("campaign", max_examples=CAMPAIGN_EXAMPLES)
    settings.load_profile("campaign" if config.getoption("campaign") else "sample")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give each round of a test of random moments its seed: the same ones in every run."""
    if "seed" in metafunc.fixturenames:
        mark = metafunc.definition.get_closest_marker("rounds")
        assert mark, f"{metafunc.definition.nodeid} asks for a seed and does not say how many rounds it wants"
        sample, campaign = mark.args
        metafunc.parametrize("seed", range(campaign if metafunc.config.getoption("campaign") else sample))
