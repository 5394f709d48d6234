"""The run-time data models of SCORM 1.2 and SCORM 2004 as tables, one source for server and browser.

`table_for(edition)` gives the table; `table.as_dict()` is the JSON that `runtime.js` interprets.
What does not belong here: the API's states (`scorm.runtime`) and sequencing (`scorm.sequencing`).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from scorm.datamodel import scorm12, scorm2004
from scorm.datamodel.element import Collection, DataModelTable, Element, Evaluation, Fault

if TYPE_CHECKING:
    from scorm.manifest.model import Edition

__all__ = ["Collection", "DataModelTable", "Element", "Evaluation", "Fault", "table_for"]


@cache
def table_for(edition: Edition | str) -> DataModelTable:
    """The data-model table of an edition ("1.2", "2004 2nd", "2004 3rd" or "2004 4th").

    Raises:
        LookupError: no such edition.
    """
    name = str(edition)
    if name == "1.2":
        return scorm12.build()
    if name in {"2004 2nd", "2004 3rd", "2004 4th"}:
        return scorm2004.build(name)
    raise LookupError(name)
