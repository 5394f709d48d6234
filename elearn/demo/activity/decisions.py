"""Decisions of people about acts: some are void, one of them was restored."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from elearn.models.usage import ActKind, UsageAct, UsageVoid

if TYPE_CHECKING:
    from random import Random

    from elearn.demo.activity.ledger import Ledger
    from elearn.demo.activity.world import World

REASONS = (
    "Tiết dạy trùng với thời gian lớp đi tham quan theo sổ đầu bài.",
    "Giáo viên báo mở nhầm lớp khi thử máy chiếu.",
    "Lớp nghỉ học tránh rét hôm đó.",
    "Dạy thử để kiểm tra phòng máy, không có học sinh.",
    "Sổ đầu bài ghi tiết ôn tập trên lớp, không dùng học liệu.",
)
RESTORED = "Đã đối chiếu lại sổ đầu bài: tiết dạy có thật, ghi nhầm ngày."
JUDGE = "lanhdao.so"
DAYS_LATER = 5


def draw_decisions(world: World, ledger: Ledger, rng: Random) -> None:
    """Void some lessons of teachers and restore the first of them."""
    judge = world.logins[JUDGE]
    chosen = rng.sample(sorted(row["uid"] for row in ledger.rows if row["kind"] is ActKind.TAUGHT), len(REASONS))
    query = select(UsageAct.uid, UsageAct.id, UsageAct.recorded_at).where(UsageAct.uid.in_(chosen))
    acts = {uid: (act_id, at) for uid, act_id, at in ledger.insert.session.execute(query)}
    rows = []
    for uid, reason in zip(chosen, REASONS, strict=True):
        act_id, at = acts[uid]
        rows.append(_decision(act_id, judge, reason, at + timedelta(days=DAYS_LATER)))
    act_id, at = acts[chosen[0]]
    rows.append(_decision(act_id, judge, RESTORED, at + timedelta(days=2 * DAYS_LATER), restores=True))
    ledger.insert.pour(UsageVoid, rows)


def _decision(act_id: int, judge: int, reason: str, at: object, *, restores: bool = False) -> dict[str, object]:
    return {"act_id": act_id, "account_id": judge, "reason": reason, "recorded_at": at, "restores": restores}
