"""Inspects one archive and writes the check as JSON; runs only inside the sandbox."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path

from content_packages.archive.limits import Limits
from content_packages.checking import summary_of
from content_packages.inspection import inspect
from scorm.dataclass_json import to_json


def main() -> None:
    """Check the file named first, which its owner calls as said second, within the limits said third."""
    path, name, limits = sys.argv[1:]
    logging.disable()  # the parent hears of a failure by the finding
    json.dump(to_json(summary_of(inspect(Path(path), name, Limits(**json.loads(limits))))), sys.stdout)


if __name__ == "__main__":
    main()
