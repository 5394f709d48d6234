"""The cases to play: our own, and those of a folder given with `--conformance-packages`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conformance.cases import load_suite
from tests.conformance.own.everything import CASES
from tests.conformance.own.form import write_folder
from tests.conformance.samples import GIVEN, OWN_SAMPLE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conformance.cases import Suite


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test per chain of cases, one per case of the sample in the browser.

    Without the option those of the repository are all there are.
    """
    if "sampled" in metafunc.fixturenames:
        # The given cases need a minute; of our own then only those that take the first steps of all others.
        given = metafunc.config.getoption("conformance_packages")
        metafunc.parametrize("sampled", [*OWN_SAMPLE[:2], GIVEN] if given else OWN_SAMPLE)
    if "chain" in metafunc.fixturenames:
        _parametrize_chains(metafunc)


def _parametrize_chains(metafunc: pytest.Metafunc) -> None:
    chains: list[tuple[Path | None, list[str]]] = [(None, names) for names in own_chains()]
    given = metafunc.config.getoption("conformance_packages")
    if given:
        suite = load_suite(given)
        chains += [(given, names) for names in suite.chains(suite.cases)]
    metafunc.parametrize("chain", chains, ids=[">".join(names) for _, names in chains])


def own_chains() -> list[list[str]]:
    """The names of our own cases, those of one learner together."""
    chains: dict[str, list[str]] = {}
    for case in CASES:
        chains[case.name] = chains.get(case.after, [])
        chains[case.name].append(case.name)
    return [chain for name, chain in chains.items() if chain[0] == name]


@pytest.fixture(scope="session")
def own_suite(tmp_path_factory: pytest.TempPathFactory) -> Suite:
    """Our own cases, written as packages."""
    folder = tmp_path_factory.mktemp("own-cases")
    write_folder(folder, CASES)
    return load_suite(folder)
