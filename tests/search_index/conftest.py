import pytest

from search_index.engine import ENGINES, open_engine


@pytest.fixture(params=sorted(ENGINES), scope="session")
def engine_name(request):
    return request.param


@pytest.fixture
def engine(tmp_path, engine_name):
    opened = open_engine(engine_name, tmp_path / "index")
    yield opened
    opened.close()
