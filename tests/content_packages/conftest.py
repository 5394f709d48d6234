"""What all tests of this room use: a file is written, then inspected."""

import io

import pytest

from content_packages.archive.intake import take_in
from content_packages.inspection import inspect
from content_packages.source import Source
from tests.support.packages import written
from tests.support.zips import simple_zip


@pytest.fixture
def inspected(tmp_path):
    """Inspect bytes under a name."""

    def run(data, name="upload.zip", limits=None):
        return inspect(written(tmp_path, "received", data), name, limits)

    return run


@pytest.fixture
def opened(tmp_path):
    """Open bytes, or a mapping of files as an archive, as a reader's source."""

    def run(content, name="upload.zip"):
        data = simple_zip(content) if isinstance(content, dict) else content
        entries = take_in(io.BytesIO(data)).entries
        return Source(written(tmp_path, "received", data), name, io.BytesIO(data), len(data), entries=entries)

    return run
