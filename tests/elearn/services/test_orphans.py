"""Files that nothing names: marked, kept for the time of grace, removed; never one that an upload counts on."""

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from content_packages.inspection import inspect
from content_packages.storage.folder import FolderStorage
from content_packages.storage.receiving import Staged
from elearn.clock import now
from elearn.models.account import Account, Role
from elearn.models.material import Material, SearchChange, StoredBlob, Version
from elearn.models.operations import Job
from elearn.models.organisation import Unit
from elearn.services import backup, contribute, health, jobs, orphans
from elearn.services.access import load_identity
from elearn.services.drafts import _OF_VERSION
from elearn.worker import Worker
from tests.support.factories import World
from tests.support.packages import scorm_package

GRACE = timedelta(hours=24)
PATIENCE = 60
DATA = scorm_package()
DIGEST = hashlib.sha256(DATA).hexdigest()


class Intake:
    """Uploads in explicit steps: `put` is what happens before the transaction, `write` what happens in it."""

    def __init__(self, database, storage, folder):
        self.database, self.storage = database, storage
        self.file = folder / "lesson.zip"
        self.file.write_bytes(DATA)
        self.facts = inspect(self.file, "lesson.zip")

    def put(self):
        self.storage.put(self.file, DIGEST)

    def write(self, session):
        staged = Staged(self.file, DIGEST, len(DATA))
        identity = load_identity(session, session.scalars(select(Account.id)).one())
        intake = contribute.Intake(staged, "lesson.zip", self.facts)
        return contribute.create_material(session, identity, session.scalars(select(Unit)).one(), intake).uid

    def upload(self):
        self.put()
        with self.database.write() as session:
            return self.write(session)

    def forget_materials(self):
        """Delete every material, as deleting a draft does."""
        with self.database.write() as session:
            for table in (SearchChange, *_OF_VERSION, Version):
                session.execute(delete(table))
            for material in session.scalars(select(Material)):
                session.delete(material)

    def age(self, hours=25):
        """Let the file, and the mark of its row, be older."""
        moment = now() - timedelta(hours=hours)
        os.utime(self.storage._path(DIGEST), (moment.timestamp(), moment.timestamp()))
        with self.database.write() as session:
            marked = update(StoredBlob).where(StoredBlob.orphaned_at.is_not(None))
            session.execute(marked.values(orphaned_at=moment))

    def collect(self):
        return orphans.collect(self.database, self.storage, GRACE)

    def whole(self):
        """Whether a material, the row of its blob and the file are all there."""
        with self.database.read() as session:
            named = session.scalars(select(Version.blob_sha256)).all()
            rows = session.scalars(select(StoredBlob.sha256)).all()
        return (named, rows, self.storage.exists(DIGEST)) == ([DIGEST], [DIGEST], True)

    def gone(self):
        with self.database.read() as session:
            return session.get(StoredBlob, DIGEST) is None and not self.storage.exists(DIGEST)


@pytest.fixture
def intake(database, tmp_path):
    with database.write() as session:
        world = World(session)
        world.grant(world.account("lan"), Role.TEACHER, world.unit("TH1"))
    return Intake(database, FolderStorage(tmp_path / "files"), tmp_path)


@pytest.fixture
def orphan(intake):
    """A file whose material was deleted long ago."""
    intake.upload()
    intake.forget_materials()
    assert intake.collect() == 0
    intake.age()
    return intake


def test_what_a_material_names_stays_however_old_it_is(intake):
    intake.upload()
    intake.age()
    assert intake.collect() == 0
    assert intake.whole()


def test_an_orphan_goes_after_the_grace_that_begins_when_it_was_found(intake):
    intake.upload()
    intake.age()
    intake.forget_materials()
    assert [intake.collect(), intake.collect()] == [0, 0]
    assert intake.storage.exists(DIGEST)
    intake.age(23)
    assert intake.collect() == 0
    intake.age(25)
    assert intake.collect() == 1
    assert intake.gone()


def test_a_file_that_never_had_a_row_goes_after_the_grace(intake):
    intake.put()
    assert intake.collect() == 0
    intake.age()
    assert intake.collect() == 1
    assert intake.gone()


def test_an_orphan_that_is_wanted_again_is_none_any_more(orphan):
    orphan.upload()
    orphan.age()
    assert orphan.collect() == 0
    assert orphan.whole()
    with orphan.database.read() as session:
        assert session.scalars(select(StoredBlob.orphaned_at)).all() == [None]


def test_a_collection_between_the_put_and_the_rows_of_an_upload_spares_the_file(orphan):
    orphan.put()
    assert orphan.collect() == 0
    with orphan.database.write() as session:
        orphan.write(session)
    assert orphan.whole()


@pytest.mark.parametrize("moment", ["after the list", "after the rows", "after the file"])
def test_an_upload_at_any_moment_of_a_collection_ends_whole(orphan, monkeypatch, moment):
    storage = orphan.storage
    blobs, collect = storage.blobs, storage.collect

    def listed():
        yield from list(blobs())
        orphan.upload()

    def collected(digest, before):
        if moment == "after the rows":
            orphan.upload()
        removed = collect(digest, before)
        if moment == "after the file":
            orphan.upload()
        return removed

    if moment == "after the list":
        monkeypatch.setattr(storage, "blobs", listed)
    else:
        monkeypatch.setattr(storage, "collect", collected)
    assert orphan.collect() == (moment == "after the file")
    monkeypatch.undo()
    assert orphan.whole()
    assert orphan.collect() == 0
    assert orphan.whole()


def test_a_collection_waits_for_an_upload_whose_rows_are_being_written(orphan):
    """The row is named in a transaction that the collection cannot see yet."""
    with ThreadPoolExecutor(1) as pool:
        with orphan.database.write() as session:
            orphan.write(session)
            session.flush()
            # Its file is old, as if the put had been more than the grace ago: only the database can tell.
            collecting = pool.submit(orphan.collect)
        assert collecting.result(PATIENCE) == 0
    assert orphan.whole()


def test_an_upload_waits_for_a_collection_of_its_row(orphan):
    """The row is deleted in a transaction that the upload cannot see yet."""
    with ThreadPoolExecutor(1) as pool:
        with orphan.database.write() as session:
            session.execute(delete(StoredBlob).where(StoredBlob.sha256 == DIGEST))
            uploading = pool.submit(orphan.upload)
        assert uploading.result(PATIENCE)
    assert orphan.whole()


def test_two_uploads_of_the_same_new_bytes_at_once_both_succeed(intake):
    with ThreadPoolExecutor(1) as pool:
        intake.put()
        with intake.database.write() as session:
            first = intake.write(session)
            session.flush()
            second = pool.submit(intake.upload)
        assert second.result(PATIENCE) != first


def test_uploads_and_collections_side_by_side_lose_nothing(orphan):
    """An upload, a deletion of what it made, and collections without any grace for rows, again and again."""
    for _ in range(5):
        orphan.age()
        with ThreadPoolExecutor(2) as pool:
            collecting, uploading = pool.submit(orphan.collect), pool.submit(orphan.upload)
            uploading.result(PATIENCE)
            assert collecting.result(PATIENCE) in {0, 1}
        assert orphan.whole()
        orphan.forget_materials()
        orphan.collect()


def test_a_backup_that_has_read_the_rows_does_without_an_orphan_that_is_collected_meanwhile(orphan, tmp_path):
    def watch(things, _total):
        assert orphan.collect() == 1
        return things

    manifest = backup.write_backup(orphan.database, orphan.storage, tmp_path / "backup", watch=watch)
    assert manifest.files == {}


def test_a_draft_that_is_deleted_while_a_backup_copies_is_in_it(intake, tmp_path):
    intake.upload()
    intake.age()

    def watch(things, _total):
        intake.forget_materials()
        assert intake.collect() == 0
        return things

    manifest = backup.write_backup(intake.database, intake.storage, tmp_path / "backup", watch=watch)
    assert manifest.files == {DIGEST: len(DATA)}


def test_an_orphan_row_without_a_file_is_no_damage_and_goes(orphan):
    orphan.storage.delete(DIGEST)
    with orphan.database.read() as session:
        assert health.check_files(session, orphan.storage).agrees
    assert orphan.collect() == 0
    assert orphan.gone()


def test_a_missing_file_that_a_material_names_stays_a_damage(intake):
    intake.upload()
    intake.storage.delete(DIGEST)
    intake.collect()
    with intake.database.read() as session:
        assert health.check_files(session, intake.storage).missing == [DIGEST]


def test_check_names_orphans_until_the_worker_has_collected_them(house, tmp_path):
    with house.database.write() as session:
        world = World(session)
        world.grant(world.account("lan"), Role.TEACHER, world.unit("TH1"))
    intake = Intake(house.database, house.storage, tmp_path)
    intake.upload()
    intake.forget_materials()
    orphans.mark(house.database)
    intake.age()

    def report():
        with house.database.read() as session:
            return health.check_files(session, house.storage)

    assert (report().agrees, report().orphans) == (True, [DIGEST])
    with house.database.write() as session:
        jobs.enqueue(session, "collect_orphans")
    worker = Worker(house)
    while worker.step():
        pass
    assert (report().agrees, report().orphans) == (True, [])
    with house.database.read() as session:
        assert session.scalars(select(Job.last_error)).all().count("") == len(session.scalars(select(Job.id)).all())
