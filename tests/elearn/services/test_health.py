"""Whether database, files and index agree, and what the machine has."""

import hashlib
import re
from dataclasses import replace

import pytest

from content_packages.scanner import Scanner
from elearn.models.material import Status, StoredBlob
from elearn.services import health
from elearn.services.health import State
from elearn.services.indexing import rebuild
from elearn.web.machine_sentences import MACHINE
from search_index.documents import SearchDocument
from search_index.engine import IndexUnavailableError
from tests.support.clamd import fake_clamd
from tests.support.factories import World


def keep(house, data, tmp_path):
    digest = hashlib.sha256(data).hexdigest()
    (tmp_path / "file").write_bytes(data)
    house.storage.put(tmp_path / "file", digest)
    return digest


@pytest.fixture
def digest(house, tmp_path):
    """A blob that row and storage agree about."""
    digest = keep(house, b"one", tmp_path)
    with house.database.write() as session:
        session.add(StoredBlob(sha256=digest, size=3))
    return digest


@pytest.fixture
def material(house):
    """A published material in the index."""
    with house.database.write() as session:
        world = World(session)
        material = world.material(world.unit("SO"), world.account(), Status.PUBLISHED)
    rebuild(house.database, house.engine)
    return material


def files(house, **values):
    with house.database.read() as session:
        return health.check_files(session, house.storage, **values)


def index(house):
    with house.database.read() as session:
        return health.check_index(session, house.engine)


def test_rows_and_files_that_agree(house, digest):
    report = files(house, deep=True)
    assert (report.agrees, report.compared, report.orphans) == (True, 1, [])


def test_a_missing_file_is_named(house, digest):
    house.storage.delete(digest)
    report = files(house)
    assert (report.agrees, report.missing) == (False, [digest])


def test_a_file_of_another_size_is_named(house, digest):
    house.storage._path(digest).write_bytes(b"two!")
    assert files(house).wrong_size == [digest]


def test_only_a_deep_check_finds_changed_bytes(house, digest):
    house.storage._path(digest).write_bytes(b"two")
    assert files(house).agrees
    assert files(house, deep=True).damaged == [digest]


def test_an_orphan_is_named_but_does_no_harm(house, digest, tmp_path):
    orphan = keep(house, b"nobody's", tmp_path)
    report = files(house)
    assert (report.agrees, report.orphans) == (True, [orphan])


def test_an_index_that_agrees(house, material):
    report = index(house)
    assert (report.agrees, report.compared) == (True, 1)


def test_the_index_is_compared_document_by_document(house, material):
    stranger = SearchDocument(uid="f" * 32, title="Lạ", kind="pdf", allow=frozenset({"public"}))
    house.engine.apply([stranger], [material.uid])
    report = index(house)
    assert (report.missing, report.surplus) == ([material.uid], [stranger.uid])


def test_a_document_the_index_does_not_know_of_changed(house, material):
    with house.database.write() as session:
        session.merge(material).title = "Tên mới"
    assert index(house).outdated == [material.uid]


def test_an_index_that_is_absent_is_an_error_of_its_own(house):
    with pytest.raises(IndexUnavailableError):
        index(house)


def test_a_foreign_key_that_points_nowhere_is_found(house, digest):
    with house.database.engine.connect() as connection:
        raw = connection.connection.driver_connection
        connection.rollback()
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("INSERT INTO unit_name (unit_id, name, valid_from) VALUES (999, 'x', '2026-01-01')")
        raw.execute("PRAGMA foreign_keys=ON")
    with house.database.read() as session:
        assert health.broken_rows(session) == ["unit_name: row 1 names an absent row of unit"]


def test_the_machine_is_described_without_anything_bad(house):
    findings = {finding.code: finding for finding in health.examine_machine(house)}
    assert {"python", "disk_space", "database", "storage", "time"} <= set(findings)
    assert findings["database"].params["mode"] == "wal"
    assert State.BAD not in {finding.state for finding in findings.values()}


def test_a_database_that_is_away_is_told_and_nothing_else_fails(house):
    house.database.close()
    path = house.settings.home / "elearn.sqlite"
    path.unlink()
    path.mkdir()
    codes = {finding.code: finding.state for finding in health.examine_machine(house)}
    assert codes["database_away"] is State.BAD
    assert "time" in codes


def test_the_default_address_of_lessons_comes_with_a_word_about_their_storage(house):
    codes = {finding.code for finding in health.examine_machine(house)}
    assert {"content_local", "content_storage"} <= codes


def test_a_large_library_on_the_embedded_engine_is_advised_of_the_faster_one(house, monkeypatch):
    house.engine.rebuild([SearchDocument("a", "Phân số", "pdf", frozenset({"public"}))])
    assert "index_large" not in {finding.code for finding in health.examine_machine(house)}
    monkeypatch.setattr("elearn.services.health.machine.MANY_MATERIALS", 1)
    advice = next(finding for finding in health.examine_machine(house) if finding.code == "index_large")
    assert (advice.state, advice.params) == (State.NOTE, {"count": 1})


@pytest.mark.parametrize(
    ("count", "engine", "advised"),
    [(149_999, "whoosh", False), (150_000, "whoosh", True), (1_000_000, "tantivy", False)],
)
def test_the_faster_engine_is_advised_from_150000_materials_on(house, monkeypatch, count, engine, advised):
    class Large:
        def uids(self):
            return iter(range(count))

    large = replace(house, engine=Large(), settings=replace(house.settings, search_engine=engine))
    found = {finding.code: finding for finding in health.examine_machine(large)}
    assert found["index"].params == {"engine": engine, "count": count}
    assert ("index_large" in found) is advised


def test_the_advice_says_how_to_follow_it():
    assert {"elearn[fast]", "ELEARN_SEARCH_ENGINE=tantivy"} <= set(re.split(r"[',\s]+", str(MACHINE["index_large"])))


def test_a_scanner_that_answers_is_well_and_one_that_is_away_is_not(house):
    with fake_clamd() as clamd:
        guarded = replace(house, settings=replace(house.settings, scanner=Scanner.at(clamd.address)))
        states = {finding.code: finding.state for finding in health.examine_machine(guarded)}
        assert (states["scanner"], clamd.commands) == (State.GOOD, [b"zPING"])
    away = {finding.code: finding for finding in health.examine_machine(guarded)}["scanner_away"]
    assert (away.state, away.params["address"]) == (State.BAD, clamd.address)


def test_without_a_scanner_it_is_said_that_nothing_is_scanned(house):
    states = {finding.code: finding.state for finding in health.examine_machine(house)}
    assert states["scanner_unset"] is State.NOTE
