"""What a launch tells (LTI Core 1.3, 5; Deep Linking 2.0, 3; AGS 2.0, 3.1; NRPS 2.0, 3.6)."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.lti.claims import GroupService, MessageType, launch_of
from elearn.lti.errors import LTI_CODES, LtiError
from elearn.lti.roles import ContextRole, context_roles
from tests.elearn.lti.conftest import NOW
from tests.support.lti_platform import AGS, CLIENT, DEPLOYMENT, DL, ISSUER, LTI, MEMBERSHIP, NRPS, Platform


@pytest.fixture
def launched(platform):
    def read(**changes):
        return launch_of(platform.claims(now=NOW, **changes), CLIENT)

    return read


def refusal(read, **changes):
    with pytest.raises(LtiError) as refused:
        read(**changes)
    assert refused.value.code in LTI_CODES
    return refused.value.code


def test_a_pupil_opens_a_link(launched):
    launch = launched()
    assert (launch.issuer, launch.client_id, launch.deployment_id) == (ISSUER, CLIENT, DEPLOYMENT)
    assert launch.message is MessageType.RESOURCE_LINK
    assert (launch.person.subject, launch.person.name, launch.person.locale) == ("42", "Trần Thị Bích", "vi")
    assert (launch.context.id, launch.context.title, launch.link.id) == ("3", "Toán 4", "7")
    assert launch.roles == {ContextRole.LEARNER}
    assert not launch.is_teaching
    assert launch.custom == {"material": "0198"}
    assert launch.product == "moodle"
    assert launch.grades.line_item.endswith("/lineitem?type_id=1")
    assert launch.roster_url.endswith("/memberships")


def test_a_pupil_whom_the_platform_does_not_name(launched):
    launch = launched(sub=None, name=None, given_name=None, family_name=None, email=None)
    assert launch.person.subject == ""
    assert launch.person.name == ""


def test_a_platform_without_services_is_no_fault(launched):
    launch = launched(**{AGS: None, NRPS: None, f"{LTI}context": None})
    assert launch.grades.line_item == ""
    assert launch.roster_url == ""
    assert launch.context.id == ""


@pytest.mark.parametrize(
    ("claim", "value", "code"),
    [
        ("version", "1.1.0", "version_unknown"),
        ("version", None, "version_unknown"),
        ("message_type", "LtiStartProctoring", "message_unknown"),
        ("message_type", None, "message_unknown"),
        ("deployment_id", None, "deployment_absent"),
        ("deployment_id", "", "deployment_absent"),
        ("deployment_id", "x" * 256, "deployment_absent"),
        ("resource_link", None, "link_absent"),
        ("resource_link", {"title": "ohne"}, "link_absent"),
        ("resource_link", [], "claim_malformed"),
        ("context", {"title": "ohne"}, "claim_malformed"),
        ("context", "3", "claim_malformed"),
        ("roles", [5], "claim_malformed"),
        ("target_link_uri", "javascript:alert(1)", "claim_malformed"),
        ("target_link_uri", "https://a@evil.example/", "claim_malformed"),
        ("custom", "x", "claim_malformed"),
        ("launch_presentation", {"return_url": "//evil"}, "claim_malformed"),
    ],
)
def test_claims_that_are_not_of_their_form(launched, claim, value, code):
    assert refusal(launched, **{f"{LTI}{claim}": value}) == code


@pytest.mark.parametrize("subject", ["", "x" * 256, 42, "a\0b"])
def test_a_subject_that_could_be_taken_for_another(launched, subject):
    assert refusal(launched, sub=subject) == "claim_malformed"


def test_custom_parameters_are_texts(launched):
    told = launched(**{f"{LTI}custom": {"a": "x", "n": 5, "list": [1], "none": None, "long": "y" * 5000}}).custom
    assert told == {"a": "x", "n": "5", "long": "y" * 2000}


def test_a_submission_under_review_names_the_learner(launched):
    review = {f"{LTI}message_type": "LtiSubmissionReviewRequest", f"{LTI}for_user": {"user_id": "43"}}
    assert launched(**review).for_subject == "43"
    assert launched(**{f"{LTI}for_user": {"user_id": "43"}}).for_subject == ""
    with pytest.raises(LtiError, match="claim_malformed"):
        launched(**review | {f"{LTI}for_user": {"user_id": "x" * 256}})


ROLES = [
    ([f"{MEMBERSHIP}#Learner"], {ContextRole.LEARNER}),
    ([f"{MEMBERSHIP}#Instructor"], {ContextRole.INSTRUCTOR}),
    ([f"{MEMBERSHIP}/Instructor#TeachingAssistant"], {ContextRole.ASSISTANT}),
    ([f"{MEMBERSHIP}/Instructor#PrimaryInstructor"], {ContextRole.INSTRUCTOR}),
    ([f"{MEMBERSHIP}/Learner#GuestLearner"], {ContextRole.LEARNER}),
    (["Learner"], {ContextRole.LEARNER}),
    (["http://purl.imsglobal.org/vocab/lis/v2/institution/person#Instructor"], set()),
    (["http://purl.imsglobal.org/vocab/lis/v2/institution/person#Administrator"], {ContextRole.ADMINISTRATOR}),
    (["http://purl.imsglobal.org/vocab/lis/v2/system/person#Administrator"], {ContextRole.ADMINISTRATOR}),
    ([f"{MEMBERSHIP}#Nonsense", "", "#Learner", "urn:lti:role:ims/lis/Learner"], set()),
]


@pytest.mark.parametrize(("told", "roles"), ROLES)
def test_roles_are_those_in_the_course(told, roles):
    assert context_roles(told) == roles


def test_whoever_teaches_somewhere_else_is_no_teacher_here(launched):
    elsewhere = "http://purl.imsglobal.org/vocab/lis/v2/institution/person#Faculty"
    assert not launched(**{f"{LTI}roles": [elsewhere, f"{MEMBERSHIP}#Learner"]}).is_teaching


def test_a_picker_is_told_what_it_may_return(platform):
    settings = launch_of(platform.picking(now=NOW), CLIENT).deep_linking
    assert settings.accept_types == {"ltiResourceLink"}
    assert settings.accept_multiple
    assert settings.accept_line_item
    assert settings.data is None
    assert settings.return_url.startswith(ISSUER)


@pytest.mark.parametrize(
    "wrong", [{"deep_link_return_url": None}, {"deep_link_return_url": "javascript:1"}, {"data": 5}]
)
def test_a_picker_that_cannot_return(platform, wrong):
    with pytest.raises(LtiError, match="claim_malformed"):
        launch_of(platform.picking(now=NOW, settings=wrong), CLIENT)


def test_a_picker_without_settings(platform):
    claims = platform.picking(now=NOW) | {f"{DL}deep_linking_settings": None}
    with pytest.raises(LtiError, match="claim_malformed"):
        launch_of(claims, CLIENT)


SHAPES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(data=st.data())
def test_no_claim_of_whatever_shape_does_more_than_be_refused(data):
    claims = Platform().claims(now=NOW)
    name = data.draw(st.sampled_from(sorted(claims)))
    claims[name] = data.draw(SHAPES)
    with suppress(LtiError):
        launch_of(claims, CLIENT)


def test_groups_and_notices_are_read_where_they_are_told(platform):
    launch = launch_of(platform.claims(now=NOW), CLIENT)
    assert (launch.groups, launch.notices) == (None, None)
    groups = {"context_groups_url": f"{ISSUER}/groups", "service_versions": ["1.0"]}
    notices = {
        "platform_notification_service_url": f"{ISSUER}/notices",
        "notice_types_supported": ["LtiHelloWorldNotice", "LtiContextCopyNotice"],
    }
    told = {
        "https://purl.imsglobal.org/spec/lti-gs/claim/groupsservice": groups,
        f"{LTI}platformnotificationservice": notices,
    }
    launch = launch_of(platform.claims(now=NOW, **told), CLIENT)
    assert launch.groups == GroupService(f"{ISSUER}/groups")
    assert launch.notices.kinds == {"LtiHelloWorldNotice", "LtiContextCopyNotice"}


@pytest.mark.parametrize("address", ["javascript:alert(1)", 5, "ftp://x"])
def test_a_service_at_no_web_address_is_refused(platform, address):
    told = {"https://purl.imsglobal.org/spec/lti-gs/claim/groupsservice": {"context_groups_url": address}}
    with pytest.raises(LtiError):
        launch_of(platform.claims(now=NOW, **told), CLIENT)
