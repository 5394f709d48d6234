import pytest

from search_index.engine import open_engine


@pytest.fixture
def engine(tmp_path):
    opened = open_engine("whoosh", tmp_path / "index")
    yield opened
    opened.close()
