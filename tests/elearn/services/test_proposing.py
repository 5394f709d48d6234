"""What a file says of itself becomes what its author starts from."""

import pytest

from content_packages.facts import Kind, PackageFacts
from elearn.models.describing import Licence, ResourceType
from elearn.services.proposing import licence_named, metadata_of_facts, minutes_of, of_lom
from scorm.manifest.model import Lom


def proposed(kind=Kind.PDF, name="tep.pdf", **facts):
    return metadata_of_facts(PackageFacts(kind, "application/x", **facts), name, "Lan")


@pytest.mark.parametrize(
    ("rights", "licence"),
    [
        ("CC BY-SA 4.0", Licence.CC_BY_SA),
        ("cc-by-nc-nd", Licence.CC_BY_NC_ND),
        ("Xem https://creativecommons.org/licenses/by-nc/4.0/deed.vi", Licence.CC_BY_NC),
        ("CC BY 3.0 VN", Licence.UNKNOWN),
        ("https://creativecommons.org/publicdomain/zero/1.0/", Licence.CC0),
        ("© Nhà xuất bản", Licence.UNKNOWN),
        ("", Licence.UNKNOWN),
    ],
)
def test_only_a_licence_that_is_named_is_proposed(rights, licence):
    assert licence_named(rights) is licence


@pytest.mark.parametrize(
    ("duration", "minutes"),
    [
        ("PT45M", 45),
        ("PT1H30M", 90),
        ("P1DT1M", 1441),
        ("PT30S", 1),
        ("PT0S", None),
        ("P", None),
        ("PT99999H", None),
        ("45", None),
        ("", None),
        ("P1Y", None),
        ("PT" + "9" * 5000 + "M", None),
    ],
)
def test_learning_time_in_minutes(duration, minutes):
    assert minutes_of(duration) == minutes


@pytest.mark.parametrize(
    ("kind", "name", "found"),
    [
        (Kind.SCORM, "bai.zip", ResourceType.ELEARNING),
        (Kind.PRESENTATION, "bai.pptx", ResourceType.SLIDES),
        (Kind.DOCUMENT, "KHBD_Toan_5.docx", ResourceType.LESSON_PLAN),
        (Kind.DOCUMENT, "Giáo án tuần 3.docx", ResourceType.LESSON_PLAN),
        (Kind.PDF, "de thi hoc ki 1.pdf", ResourceType.TEST),
        (Kind.PDF, "Phiếu bài tập.pdf", ResourceType.WORKSHEET),
        (Kind.PDF, "van ban.pdf", ResourceType.UNKNOWN),
        (Kind.ARCHIVE, "a.zip", ResourceType.UNKNOWN),
    ],
)
def test_what_it_is_follows_from_its_kind_or_its_name(kind, name, found):
    assert proposed(kind, name).resource_type is found


def test_a_lom_says_version_time_type_requirements_and_where_it_belongs():
    lom = Lom(
        version="2.1",
        typical_learning_time="PT40M",
        resource_types=("unknown word", "simulation"),
        requirements="Loa",
        disciplines=("TOAN", "Phân số"),
        educational_levels=("Lớp 4",),
    )
    said = proposed(Kind.SCORM, "a.zip", lom=lom, rights="CC BY")
    assert (said.edition_name, said.duration_minutes, said.requirements) == ("2.1", 40, "Loa")
    assert (said.resource_type, said.licence) == (ResourceType.SIMULATION, Licence.CC_BY)
    assert (said.subjects, said.grades, said.levels) == ({"TOAN"}, {"4"}, {"TH"})


def test_the_topic_is_what_stands_below_the_subject():
    assert of_lom(Lom(disciplines=("TOAN", "Toán", "Phân số"))).topic == "Phân số"
    assert of_lom(Lom(disciplines=("Toán",))).topic == ""


def test_a_film_lasts_as_long_as_it_plays():
    assert proposed(Kind.VIDEO, "phim.mp4", properties={"seconds": 61}).duration_minutes == 2
    assert proposed(Kind.IMAGE, "anh.png", properties={"seconds": 61}).duration_minutes is None
