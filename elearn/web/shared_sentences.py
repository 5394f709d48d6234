"""The sentences for refusals that pages and the command line both meet, not yet translated."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

N_ = str  # marks a message for the catalogs; it is translated when it is shown

SHARED: Mapping[str, str] = {
    "account_login_form": N_(
        "A login has 2 to 64 small letters, digits, dots or hyphens and begins with a letter or digit."
    ),
    "account_login_taken": N_("The login %(login)s is taken."),
    "lti_former_key_form": N_("A key has 1 to %(most)s letters, digits or signs, without spaces and tone marks."),
    "lti_former_key_taken": N_("The key %(key)s is there already."),
    "unit_absent": N_("The unit %(unit)s does not exist on %(day)s."),
    "period_without_census": N_("The period %(period)s has no census date among its days, so nobody can be counted."),
    "ruleset_absent": N_("No ruleset was valid when the period %(period)s began."),
    "ruleset_not_future": N_("Rules change only for a future period; %(day)s has already begun."),
    "ruleset_code_taken": N_("The ruleset code %(ruleset)s is taken."),
    "ruleset_rules": N_("A share lies between 0 and 1, and a number of days, people or acts is at least 1."),
    "as_of_future": N_("Nobody knows yet what will be known at a future time."),
    "account_without_person": N_(
        "Your account is not connected with a person of the register, or that person has no post."
    ),
}
