"""What a start page tells each role: a teacher, a learner, a reviewer, whoever watches over units.

Each function answers for one section in a number of queries that does not grow with the rows.
"""

from elearn.services.home.teacher import Desk, UsedMaterial, desk_of
from elearn.services.home.watcher import Lookout, Recent, lookout_of, units_watched

__all__ = ["Desk", "Lookout", "Recent", "UsedMaterial", "desk_of", "lookout_of", "units_watched"]
