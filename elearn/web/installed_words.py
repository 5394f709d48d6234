"""The words of what is installed at schools: flags, licences, how a report came, and refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext

from elearn.models.installations import Age, Proof, ReportedBy
from elearn.services.software.installed.cover import Holding
from elearn.services.software.installed.overview import Flag

if TYPE_CHECKING:
    from collections.abc import Mapping

FLAGS: Mapping[str, Any] = {
    Flag.OUTDATED: lazy_gettext("Outdated"),
    Flag.UNSUPPORTED: lazy_gettext("No longer supported"),
    Flag.UNLICENSED: lazy_gettext("Without licence"),
    Flag.OVER: lazy_gettext("More machines than seats"),
    Flag.UNDECIDED: lazy_gettext("Not approved"),
}
HOLDINGS: Mapping[str, Any] = {
    Holding.FREE: lazy_gettext("Free of charge"),
    Holding.UNLIMITED: lazy_gettext("Every machine"),
    Holding.SEATS: lazy_gettext("By seats"),
    Holding.NONE: lazy_gettext("No licence"),
}
AGES: Mapping[str, Any] = {
    Age.CURRENT: lazy_gettext("up to date"),
    Age.OUTDATED: lazy_gettext("outdated"),
    Age.UNSUPPORTED: lazy_gettext("no longer supported"),
    Age.UNKNOWN: lazy_gettext("version not known"),
}
VIA: Mapping[str, Any] = {
    ReportedBy.FORM: lazy_gettext("form"),
    ReportedBy.SHEET: lazy_gettext("sheet"),
    ReportedBy.TOKEN: lazy_gettext("inventory agent"),
}
PROOFS: Mapping[str, Any] = {
    Proof.SAID: lazy_gettext("written down by somebody"),
    Proof.AGENT: lazy_gettext("read by an agent"),
    Proof.FILE: lazy_gettext("the file of the release was found"),
}
CELLS: Mapping[str, Any] = {
    "machines_form": lazy_gettext("%(value)s is no number of machines; write digits, from 0 to %(most)s."),
    "unit_other": lazy_gettext("You do not report for the unit %(value)s. Leave the line out, or ask that unit."),
    "line_twice": lazy_gettext("The same stands in line %(line)s; leave one of the two out."),
}
COLUMNS: Mapping[str, Any] = {
    "name": lazy_gettext("Program"),
    "version": lazy_gettext("Version"),
    "room": lazy_gettext("Room"),
    "machines": lazy_gettext("Machines"),
    "day": lazy_gettext("Day"),
    "unit": lazy_gettext("Code of the unit"),
}
REFUSED: Mapping[str, Any] = {
    "report_empty": lazy_gettext("The report names no program. Nothing was changed."),
    "report_long": lazy_gettext("A report has at most %(most)s lines. Send one for each room, or fewer programs."),
    "report_machines": lazy_gettext(
        "“%(name)s”: a report names from 0 to %(most)s machines for a program. Nothing was changed."
    ),
    "report_name": lazy_gettext("A line names no program. Nothing was changed."),
    "report_ahead": lazy_gettext("The report is of a day to come. Enter the day on which the machines were counted."),
    "report_unit_over": lazy_gettext("%(unit)s does not exist on that day, or has closed, so nothing can be reported."),
    "report_older": lazy_gettext(
        "For “%(name)s” a report of %(day)s stands already; an older one cannot replace it. Nothing was changed."
    ),
    "sheet_faulty": lazy_gettext("Some lines have mistakes. Correct them and send the sheet again."),
    "inventory_form": lazy_gettext(
        "This is no inventory. Send a JSON object with “programs”, a list, and if you like “day” as 2026-09-05, "
        "“unit” and “whole” (true or false)."
    ),
    "inventory_line": lazy_gettext("Program %(line)s of the list: “%(field)s” cannot be used. Nothing was changed."),
    "inventory_unit": lazy_gettext("This token speaks for %(unit)s and for no other unit. Nothing was changed."),
    "agent_nameless": lazy_gettext("Give the token a name, such as that of the machine on which the agent runs."),
    "agent_most": lazy_gettext("A unit has at most %(most)s tokens. Take one back first."),
    "agent_not_found": lazy_gettext("There is no such token, or it has been taken back."),
    "agent_unknown": lazy_gettext("This token is not known, or it has been taken back. Make a new one in the library."),
    "agent_closed": lazy_gettext("%(unit)s has closed, so its token opens nothing any more."),
    "alias_nameless": lazy_gettext("Enter the name under which the program is reported."),
    "alias_taken": lazy_gettext("“%(name)s” is a name of “%(title)s” already."),
    "alias_most": lazy_gettext("A title has at most %(most)s further names."),
    "alias_not_found": lazy_gettext("The title has no such further name. Reload the page."),
    "mirror_twice": lazy_gettext("This unit offers the file at this address already."),
    "mirror_most": lazy_gettext("A unit names at most %(most)s addresses for the files of a release."),
    "mirror_not_found": lazy_gettext("There is no such address any more. Reload the page."),
}
