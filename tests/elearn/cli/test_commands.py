"""Each command: what it does, what it says, and its exit code."""

import shutil

import pytest
from sqlalchemy import select, text

from elearn.cli import COMMANDS
from elearn.cli.doctor import SENTENCES as DOCTOR
from elearn.cli.refusals import SENTENCES as REFUSALS
from elearn.database.schema import needed_revision
from elearn.house import open_house
from elearn.models.account import Account, Role
from elearn.models.material import StoredBlob
from elearn.services import account
from elearn.services.organisation import root_unit
from elearn.settings import load_settings
from elearn.web.language import catalog
from elearn.web.sentences import REFUSALS as PAGES
from elearn.web.shared_sentences import SHARED
from tests.support.factories import World


@pytest.fixture
def house(home):
    house = open_house(load_settings())
    yield house
    house.close()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(elearn, name):
    result = elearn(name, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage:")


def test_the_help_names_every_command_and_the_exit_codes(elearn):
    text = elearn("--help").stdout
    assert all(name in text for name in COMMANDS)
    assert "Exit codes: 0" in " ".join(text.split())


@pytest.mark.parametrize("arguments", [["nonsense"], ["run", "--port", "0"], ["user", "add"], ["backup"]])
def test_wrong_use_is_exit_code_2(elearn, arguments):
    assert elearn(*arguments).exit_code == 2


def test_a_malformed_setting_is_exit_code_2_and_a_sentence(elearn, monkeypatch):
    monkeypatch.setenv("ELEARN_TIMEZONE", "Hanoi")
    result = elearn("check")
    assert result.exit_code == 2
    assert "ELEARN_TIMEZONE" in result.stderr


def test_the_upgrade_makes_schema_curriculum_root_and_index_once(elearn, house):
    assert needed_revision() in elearn("db", "upgrade").stdout
    assert elearn("db", "upgrade").exit_code == 0
    with house.database.read() as session:
        assert root_unit(session).name == "Sở Giáo dục và Đào tạo"
    assert list(house.engine.uids()) == []


def test_commands_ask_for_the_upgrade_first(elearn):
    result = elearn("check")
    assert result.exit_code == 2
    assert "elearn db upgrade" in result.stderr


def test_a_newer_schema_is_refused_by_every_command(ready, house):
    with house.database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for arguments in (["db", "upgrade"], ["check"], ["run"]):
        result = ready(*arguments)
        assert result.exit_code == 3
        assert "newer elearn (schema 9999" in result.stderr


def test_rows_are_backed_up_before_a_migration(ready, house, monkeypatch, manifest):
    with house.database.write() as session:
        World(session).account("co.lan")
    upgraded = []
    monkeypatch.setattr("elearn.cli.preparing.needed_revision", lambda: "the next")
    monkeypatch.setattr("elearn.cli.preparing.upgrade", lambda _database: upgraded.append(list(house_backups(house))))
    result = ready("db", "upgrade")
    assert result.exit_code == 0, result.stderr
    (folder,) = upgraded[0]
    assert manifest(folder)["tables"]["account"]["rows"] == 1


def house_backups(house):
    return (house.settings.home / "backups").iterdir()


def test_an_account_is_added_at_the_root_and_can_sign_in(ready, house):
    result = ready("user", "add", "Co.Lan", "--role", "teacher", "--password-stdin", text="con mèo trèo cây\n")
    assert result.exit_code == 0
    assert "co.lan" in result.stdout
    identity = account.authenticate(house.database, "co.lan", "con mèo trèo cây")
    assert identity.grants[0].role is Role.TEACHER
    with house.database.read() as session:
        assert identity.grants[0].unit_id == root_unit(session).id


def test_an_account_is_added_at_a_unit(ready, house):
    with house.database.write() as session:
        school = World(session).unit("TH-01", root_unit(session))
    ready("user", "add", "gv", "--role", "reviewer", "--unit", "TH-01", "--password-stdin", text="con mèo trèo cây")
    assert account.authenticate(house.database, "gv", "con mèo trèo cây").grants[0].unit_id == school.id


@pytest.mark.parametrize(
    ("arguments", "text", "refusal"),
    [
        (["co.lan", "--role", "teacher", "--unit", "NO"], "con mèo trèo cây", (2, "No unit has the code NO")),
        (["co.lan", "--role", "king"], "con mèo trèo cây", (2, "king")),
        (["co.lan", "--role", "teacher"], "", (2, "No password")),
        (["cô lan", "--role", "teacher"], "con mèo trèo cây", (3, "A login has")),
    ],
)
def test_an_account_that_cannot_be_added(ready, house, arguments, text, refusal):
    code, said = refusal
    result = ready("user", "add", *arguments, "--password-stdin", text=text)
    assert result.exit_code == code
    assert said in result.stderr
    with house.database.read() as session:
        assert session.scalars(select(Account)).all() == []


def test_a_login_is_added_once_and_a_weak_password_is_pointed_out(ready):
    arguments = ["user", "add", "gv", "--role", "teacher", "--password-stdin"]
    first, second = ready(*arguments, text="gv"), ready(*arguments, text="gv")
    assert (first.exit_code, second.exit_code) == (0, 3)
    assert "weak" in first.stderr
    assert "taken" in second.stderr


def test_check_is_content_with_a_new_installation(ready):
    result = ready("check", "--deep")
    assert result.exit_code == 0
    assert "Everything agrees" in result.stdout


def test_check_names_what_disagrees(ready, house):
    with house.database.write() as session:
        session.add(StoredBlob(sha256="a" * 64, size=1))
    shutil.rmtree(house.settings.index_folder)
    result = ready("check")
    assert result.exit_code == 3
    assert "1 files are missing: " + "a" * 64 in result.stderr
    assert "elearn index rebuild" in result.stderr


def test_the_index_is_rebuilt_and_checked(ready, house):
    with house.database.write() as session:
        world = World(session)
        world.material(root_unit(session), world.account())
    assert ready("index", "check").exit_code == 3
    assert "1 materials" in ready("index", "rebuild").stdout
    assert ready("index", "check").exit_code == 0


def test_doctor_says_what_the_machine_has(ready):
    result = ready("doctor")
    assert result.exit_code == 0
    assert "Python 3." in result.stdout
    assert "journal: wal" in result.stdout


def test_doctor_says_that_the_database_is_away(elearn, monkeypatch):
    monkeypatch.setenv("ELEARN_DATABASE_URL", "postgresql+psycopg://nobody@/none?host=/nowhere")
    result = elearn("doctor")
    assert result.exit_code == 3
    assert "The database does not answer" in result.stdout


def test_a_backup_moves_to_a_new_home(ready, home, tmp_path, monkeypatch):
    ready("user", "add", "gv", "--role", "teacher", "--password-stdin", text="con mèo trèo cây")
    folder = tmp_path / "backup"
    assert ready("backup", folder).exit_code == 0
    assert ready("restore", folder).exit_code == 3
    monkeypatch.setenv("ELEARN_HOME", str(tmp_path / "new"))
    assert "Restored" in ready("restore", folder).stdout
    again = ready("user", "add", "gv", "--role", "teacher", "--password-stdin", text="con mèo trèo cây")
    assert again.exit_code == 3


def test_restoring_from_nowhere_is_a_sentence(ready, tmp_path):
    result = ready("restore", tmp_path / "nothing")
    assert result.exit_code == 3
    assert "no finished backup" in result.stderr


@pytest.mark.parametrize("message", [*REFUSALS.values(), *DOCTOR.values()])
def test_every_sentence_has_a_vietnamese_translation(message):
    assert catalog("vi").gettext(message) != message


def test_vietnamese_is_spoken_unless_english_is_asked_for(ready, monkeypatch):
    monkeypatch.delenv("ELEARN_LOCALE")
    assert "Mọi thứ khớp nhau" in ready("check").stdout


def test_a_sentence_that_pages_say_too_is_written_once():
    assert set(REFUSALS) & set(PAGES) == set(SHARED)
    assert all(REFUSALS[code] is sentence for code, sentence in SHARED.items())
