"""The register of persons: names in Vietnamese order, posts, leave, classes, enrolments, assignments."""

from elearn.services.people.classes import assign, create_class, end_enrolment, enrol, pupils_on
from elearn.services.people.names import sort_key
from elearn.services.people.posts import (
    add_leave,
    add_post,
    create_person,
    end_post,
    main_post_on,
    person_by_code,
    persons_of_unit,
)

__all__ = [
    "add_leave",
    "add_post",
    "assign",
    "create_class",
    "create_person",
    "end_enrolment",
    "end_post",
    "enrol",
    "main_post_on",
    "person_by_code",
    "persons_of_unit",
    "pupils_on",
    "sort_key",
]
