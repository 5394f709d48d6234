"""All own cases, in the order in which they are played."""

from tests.conformance.own.navigation import NAVIGATION
from tests.conformance.own.rules import RULES
from tests.conformance.own.tracking import TRACKING

CASES = [*NAVIGATION, *RULES, *TRACKING]
