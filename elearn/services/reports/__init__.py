"""The ratio of teachers using ICT: rulesets, counting per person, reports per unit (INDICATORS 1).

Everything a page needs is named here. `unit_report`, `persons_of`, `trend` and `table_by_level_and_subject` refuse
whoever does not inspect the unit (`Action.INSPECT`); `own_result` answers whoever asks about themselves.
"""

from elearn.models.history import record_register
from elearn.services.reports.changes import mark_changed
from elearn.services.reports.counting import count_all, recount, step
from elearn.services.reports.moving import Movements, movements
from elearn.services.reports.own import CourseLack, OwnResult, own_result, person_result
from elearn.services.reports.persons import ActRow, PersonPage, PersonRow, acts_of, persons_of
from elearn.services.reports.ratio import IctRatio, Sign, Tally, percent, spoken, suppress
from elearn.services.reports.report import (
    LevelTable,
    SubjectRow,
    UnitReport,
    question_of,
    table_by_level_and_subject,
    trend,
    unit_report,
)
from elearn.services.reports.rules import ActClass, PersonResult, Verdict
from elearn.services.reports.ruleset import (
    Rules,
    create_ruleset,
    rules_on,
    ruleset_by_code,
    ruleset_of,
    rulesets,
    seed,
)

__all__ = [
    "ActClass",
    "ActRow",
    "CourseLack",
    "IctRatio",
    "LevelTable",
    "Movements",
    "OwnResult",
    "PersonPage",
    "PersonResult",
    "PersonRow",
    "Rules",
    "Sign",
    "SubjectRow",
    "Tally",
    "UnitReport",
    "Verdict",
    "acts_of",
    "count_all",
    "create_ruleset",
    "mark_changed",
    "movements",
    "own_result",
    "percent",
    "person_result",
    "persons_of",
    "question_of",
    "record_register",
    "recount",
    "rules_on",
    "ruleset_by_code",
    "ruleset_of",
    "rulesets",
    "seed",
    "spoken",
    "step",
    "suppress",
    "table_by_level_and_subject",
    "trend",
    "unit_report",
]
