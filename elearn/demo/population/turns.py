"""The turns of people's work that the ratio must count rightly: moves, leaves, shared time, comings and goings.

Days are those of the school years 2025-2026 and 2026-2027; semester I of the first ends on 17 January 2026,
semester II on 31 May, the half years on 31 December and 30 June. Several turns stand close to such a census date.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from elearn.models.curriculum import Level
from elearn.models.people import LeaveKind


class Move(NamedTuple):
    """A teacher of a subject moves to another school from a day on."""

    unit: str
    subject: str
    to: str
    day: date


MOVES = (
    Move("TH-LEQUYDON", "TV", "TH-BANMAY", date(2025, 11, 17)),
    Move("TH-BANMAY", "TOAN", "TH-LEQUYDON", date(2026, 1, 12)),  # five days before the census of semester I
    Move("THCS-THANHBINH", "NV", "THCS-SUOINGAN", date(2026, 1, 19)),  # two days after it
    Move("THPT-CHUVANAN", "NN1", "THPT-NGUYENDU", date(2026, 3, 2)),
    Move("MN-HOASEN", "PTNT", "MN-ANHDUONG", date(2026, 6, 15)),  # between the censuses of May and June
    Move("THPT-NGUYENDU", "TOAN", "GDTX-SONBINH", date(2026, 8, 16)),  # to another level
    Move("THCS-SUOINGAN", "KHTN", "THCS-NAKHOANG", date(2026, 8, 16)),
    Move("THCS-NAKHOANG", "NV", "THCS-THANHBINH", date(2026, 10, 12)),
)


class LeaveTurn(NamedTuple):
    """A teacher of a subject is away."""

    unit: str
    subject: str
    kind: LeaveKind
    since: date
    until: date


LEAVES = (
    LeaveTurn("TH-LEQUYDON", "TOAN", LeaveKind.MATERNITY, date(2025, 9, 22), date(2026, 3, 21)),
    LeaveTurn("MN-HOASEN", "PTNN", LeaveKind.MATERNITY, date(2026, 1, 5), date(2026, 7, 4)),
    LeaveTurn("MN-ANHDUONG", "PTNN", LeaveKind.MATERNITY, date(2026, 9, 7), date(2027, 3, 6)),
    LeaveTurn("THCS-THANHBINH", "NN1", LeaveKind.MATERNITY, date(2026, 8, 31), date(2027, 2, 28)),
    LeaveTurn("THPT-CHUVANAN", "NV", LeaveKind.MATERNITY, date(2026, 9, 14), date(2027, 3, 13)),
    LeaveTurn("TH-BANMAY", "TV", LeaveKind.MATERNITY, date(2025, 12, 1), date(2026, 5, 31)),
    LeaveTurn("THPT-CHUVANAN", "VL", LeaveKind.STUDY, date(2025, 9, 1), date(2026, 6, 30)),
    LeaveTurn("THCS-NAKHOANG", "LSDL", LeaveKind.STUDY, date(2026, 9, 1), date(2027, 6, 30)),
    LeaveTurn("THPT-NGUYENDU", "NV", LeaveKind.SECONDMENT, date(2026, 8, 17), date(2027, 8, 16)),
    LeaveTurn("TH-LEQUYDON", "TNXH", LeaveKind.SICKNESS, date(2025, 10, 6), date(2025, 10, 24)),  # too short to count
    LeaveTurn("THCS-SUOINGAN", "LSDL", LeaveKind.SICKNESS, date(2026, 10, 5), date(2026, 10, 30)),
)


class SharedTime(NamedTuple):
    """A teacher of a subject who also serves at a second school."""

    unit: str
    subject: str
    second: str
    fte: float  # at the main school


SHARED = (
    SharedTime("THCS-THANHBINH", "TIN", "THCS-NAKHOANG", 0.6),
    SharedTime("THPT-NGUYENDU", "DL", "GDTX-SONBINH", 0.7),
    SharedTime("THPT-CHUVANAN", "HH", "GDTX-SONBINH", 0.8),
    SharedTime("TH-LEQUYDON", "NN1", "TH-BANMAY", 0.5),
)


class Departure(NamedTuple):
    """A teacher of a subject whose work ends."""

    unit: str
    subject: str
    last_day: date


DEPARTURES = (
    Departure("THPT-CHUVANAN", "LS", date(2025, 12, 20)),
    Departure("MN-ANHDUONG", "PTTM", date(2026, 3, 31)),
    Departure("THCS-THANHBINH", "LSDL", date(2026, 5, 31)),  # on the census date itself: still counted
    Departure("TH-LEQUYDON", "KH", date(2026, 6, 30)),
    Departure("TH-BANMAY", "TV", date(2026, 10, 31)),
    Departure("TCCN-SONBINH", "NGHE", date(2026, 9, 30)),
)


class Arrival(NamedTuple):
    """A teacher who comes to teaching; `fte` below 0.5 is a visiting lecturer outside the count."""

    unit: str
    level: Level
    subject: str
    since: date
    fte: float = 1.0


VISITORS = (
    Arrival("TCCN-SONBINH", Level.TCCN, "NGHE", date(2023, 9, 1), 0.3),
    Arrival("TCCN-SONBINH", Level.TCCN, "NGHE", date(2024, 9, 1), 0.4),
    Arrival("TCCN-SONBINH", Level.TCCN, "NGHE", date(2024, 9, 1), 0.5),
    Arrival("GDTX-SONBINH", Level.GDTX, "LS", date(2024, 9, 1), 0.3),
    Arrival("KTTH-SONBINH", Level.KTTH, "NGHE", date(2025, 9, 1), 0.25),
    Arrival("THPT-NGUYENDU", Level.THPT, "TIN", date(2026, 9, 1), 0.3),
)
ARRIVALS = (
    Arrival("TH-LEQUYDON", Level.TH, "TV", date(2025, 9, 1)),
    Arrival("THPT-CHUVANAN", Level.THPT, "LS", date(2025, 12, 29)),  # 20 days in semester I
    Arrival("THCS-NAKHOANG", Level.THCS, "TOAN", date(2026, 5, 11)),  # 21 days in semester II, 51 in the half year
    Arrival("MN-HOASEN", Level.MN, "PTTM", date(2026, 8, 17)),
    Arrival("THCS-THANHBINH", Level.THCS, "LSDL", date(2026, 9, 1)),
    Arrival("TH-LEQUYDON", Level.TH, "KH", date(2026, 9, 1)),
    Arrival("THPT-CHUVANAN", Level.THPT, "TOAN", date(2026, 11, 9)),
    Arrival("TH-BANMAY", Level.TH, "TV", date(2026, 12, 21)),  # 28 days in semester I, 11 in the half year
)
