"""The cases to play: our own, and those of a folder given with `--conformance-packages`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conformance.cases import load_suite
from tests.conformance.own.everything import CASES
from tests.conformance.own.form import write_folder

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conformance.cases import Suite


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test per chain of cases; without the option those of the repository are all there are."""
    if "chain" not in metafunc.fixturenames:
        return
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
