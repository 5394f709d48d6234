"""Run the files of the tests that failed last, whole and alone: `python -m tests.again [PYTEST ARGUMENTS]`.

Whole, because the tests of a journey follow one another. More than `MOST` files are no accident and fail at once.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

FAILED = Path(".pytest_cache/v/cache/lastfailed")
MOST = 8


def files(failed: Path) -> list[str]:
    """The files of the tests that pytest remembers as failed; none where it remembers nothing."""
    names = json.loads(failed.read_text(encoding="utf-8")) if failed.exists() else {}
    return sorted({name.partition("::")[0] for name in names})


def main(arguments: list[str], failed: Path = FAILED) -> int:
    """The exit code of pytest.

    Raises:
        SystemExit: nothing has failed, or too much.
    """
    found = files(failed)
    if not 0 < len(found) <= MOST:
        sys.exit(f"{len(found)} files with failed tests: nothing to try again.")
    return int(pytest.main([*found, *arguments]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
