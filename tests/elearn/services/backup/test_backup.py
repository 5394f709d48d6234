"""A backup restores every row and file on either database, and is believed only when it is whole."""

import gzip
import hashlib
import json
from datetime import date

import pytest
from sqlalchemy import func, select

from content_packages.storage.opening import open_storage
from elearn.clock import now
from elearn.database.schema import needed_revision, present_revision
from elearn.models import Row
from elearn.models.account import Account, AuditEvent, Role
from elearn.models.learning import ActivityState
from elearn.models.material import Material, Status, StoredBlob, Version
from elearn.models.people import Post
from elearn.models.play_log import ApiCalls, ApiLog, Asker, Walk, WalkEvent
from elearn.services import backup
from elearn.services.backup import BackupError
from elearn.services.player.remarks import remember
from tests.support.databases import opened
from tests.support.factories import World

pytestmark = pytest.mark.long
BYTES = b"bai giang " * 1000
DIGEST = hashlib.sha256(BYTES).hexdigest()


@pytest.fixture
def storage(tmp_path):
    storage = open_storage(str(tmp_path / "files"))
    file = tmp_path / "lesson.zip"
    file.write_bytes(BYTES)
    storage.put(file, DIGEST)
    return storage


def fill(database):
    """Write a row of most kinds: dates, times, decimals, bytes, JSON with and without a value."""
    with database.write() as session:
        world = World(session)
        root = world.unit("SO")
        person = world.person("Lê Thị Ánh", born_on=date(1990, 2, 1))
        world.post(person, root, fte=0.625)
        account = world.account("co.lan", person)
        world.grant(account, Role.ADMINISTRATOR, root)
        material = world.material(root, account, Status.PUBLISHED, keywords=["phân số", "lớp 4"])
        version = material.versions[0]
        unused = session.get_one(StoredBlob, version.blob_sha256)
        world.add(StoredBlob(sha256=DIGEST, size=len(BYTES), entry_table=b"\x00\xff"))
        version.blob_sha256 = DIGEST
        session.flush()
        session.delete(unused)
        attempt = world.attempt(account, material)
        attempt.registration.tracking = {"điểm": 0.5}
        world.add(ActivityState(attempt_id=attempt.id, activity="item-1", document={"cmi.location": "3"}))
        world.add(Walk(attempt_id=attempt.id, seed=7, start={"registration": {"seed": 7}}))
        world.add(WalkEvent(attempt_id=attempt.id, number=1, at=now(), asker=Asker.SYSTEM, result={"ended": True}))
        world.add(ApiLog(attempt_id=attempt.id, is_on=True, asked_by_id=account.id))
        world.add(ApiCalls(attempt_id=attempt.id, page="p", number=1, calls=[{"value": "đúng"}]))
        remember(session, version.id, "silent")
        material.play_options = {"api_log": True}


@pytest.fixture
def filled(database):
    """A database with content, once on each engine."""
    fill(database)
    return database


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "backup"


@pytest.fixture
def written(sqlite_template, storage, folder, tmp_path):
    """A whole backup."""
    source = tmp_path / "source"
    source.mkdir()
    with sqlite_template.copy(source) as copy, opened(copy.url) as database:
        fill(database)
        backup.write_backup(database, storage, folder)
    return folder


def rows(database):
    """Everything, table by table."""
    with database.read() as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key))]
            for table in Row.metadata.sorted_tables
        }


def test_everything_comes_back_on_either_database(filled, storage, folder, empty_database, tmp_path):
    backup.write_backup(filled, storage, folder)
    elsewhere = open_storage(str(tmp_path / "elsewhere"))
    manifest = backup.restore(empty_database, elsewhere, folder)
    assert rows(empty_database) == rows(filled)
    with elsewhere.open(DIGEST) as file:
        assert file.read() == BYTES
    assert manifest.schema == present_revision(empty_database) == needed_revision()


def test_a_restored_database_goes_on_counting(filled, storage, folder, empty_database):
    backup.write_backup(filled, storage, folder)
    backup.restore(empty_database, storage, folder)
    with empty_database.write() as session:
        world = World(session)
        assert world.account("moi").id > 1
        world.material(world.unit("MOI"), session.scalars(select(Account)).first())
        assert session.scalar(select(func.count()).select_from(Material)) == 2


def test_a_house_with_accounts_is_never_overwritten(filled, storage, folder):
    backup.write_backup(filled, storage, folder)
    before = rows(filled)
    with pytest.raises(BackupError, match="restore_not_empty"):
        backup.restore(filled, storage, folder)
    assert rows(filled) == before


def test_a_house_with_nothing_but_its_seeds_is_replaced(filled, storage, folder, sqlite_database):
    backup.write_backup(filled, storage, folder)
    backup.restore(sqlite_database, storage, folder)
    with sqlite_database.read() as session:
        assert session.scalars(select(Account.login)).one() == "co.lan"
        assert session.scalars(select(Post.fte)).one() == pytest.approx(0.625)
        assert session.scalars(select(Version.blob_sha256)).one() == DIGEST
        assert session.scalar(select(func.count()).select_from(AuditEvent)) > 0


def test_a_second_backup_into_the_same_folder_copies_only_what_is_new(filled, storage, folder):
    backup.write_backup(filled, storage, folder)
    copy = folder / "files" / DIGEST[:2] / DIGEST
    before = copy.stat().st_mtime_ns
    backup.write_backup(filled, storage, folder)
    assert copy.stat().st_mtime_ns == before


def test_a_file_that_is_missing_or_damaged_fails_the_backup(filled, storage, folder):
    path = storage._path(DIGEST)
    path.write_bytes(b"x" * len(BYTES))
    with pytest.raises(BackupError, match="backup_file_damaged"):
        backup.write_backup(filled, storage, folder)
    path.unlink()
    with pytest.raises(BackupError, match="backup_file_missing"):
        backup.write_backup(filled, storage, folder)
    assert not (folder / "manifest.json").exists()


def _cut_a_table(folder):
    path = folder / "rows" / "account.jsonl.gz"
    path.write_bytes(path.read_bytes()[:-20])


def _change_a_row(folder):
    path = folder / "rows" / "account.jsonl.gz"
    lines = gzip.decompress(path.read_bytes()).replace(b"co.lan", b"ke.gian")
    path.write_bytes(gzip.compress(lines))


def _lose_a_table(folder):
    (folder / "rows" / "account.jsonl.gz").unlink()


def _change_a_file(folder):
    (folder / "files" / DIGEST[:2] / DIGEST).write_bytes(BYTES[:-1] + b"?")


def _lose_a_file(folder):
    (folder / "files" / DIGEST[:2] / DIGEST).unlink()


@pytest.mark.parametrize("harm", [_cut_a_table, _change_a_row, _lose_a_table, _change_a_file, _lose_a_file])
def test_a_backup_that_is_not_as_it_was_written_restores_nothing(written, storage, sqlite_database, harm):
    harm(written)
    before = rows(sqlite_database)
    with pytest.raises(BackupError, match="backup_damaged"):
        backup.restore(sqlite_database, storage, written)
    assert rows(sqlite_database) == before


@pytest.mark.parametrize(
    ("manifest", "code"),
    [
        (None, "backup_unfinished"),
        ("not json", "backup_unreadable"),
        ("{}", "backup_unreadable"),
        ({"format": 99}, "backup_format"),
        ({"schema": "9999"}, "backup_newer"),
    ],
)
def test_a_manifest_that_cannot_be_believed_is_refused(written, storage, sqlite_database, manifest, code):
    path = written / "manifest.json"
    values = json.loads(path.read_text())
    path.unlink()
    if isinstance(manifest, dict):
        path.write_text(json.dumps(values | manifest))
    elif manifest is not None:
        path.write_text(manifest)
    with pytest.raises(BackupError, match=code):
        backup.restore(sqlite_database, storage, written)


def test_rows_alone_are_kept_before_a_migration_and_can_be_restored(filled, storage, folder, sqlite_database):
    manifest = backup.write_rows_backup(filled, folder)
    assert manifest.files is None
    backup.restore(sqlite_database, storage, folder)
    assert rows(sqlite_database) == rows(filled)


def test_an_empty_database_has_nothing_to_back_up(empty_database, storage, folder):
    with pytest.raises(BackupError, match="backup_empty"):
        backup.write_backup(empty_database, storage, folder)
