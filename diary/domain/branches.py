"""A branch as its officers look after it: who is missing, and how one reminds without hurting anybody."""

from collections.abc import Sequence
from dataclasses import dataclass

from .rhythm import KEPT, Look, Square

WEEKS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Upkeep:
    """How a member keeps up: whether they have registered, and their last weeks, the oldest first.

    The week that counts is the last one that is over. Who was on leave all through it is not asked for anything.
    """

    registered: bool
    weeks: tuple[Square, ...]

    @property
    def on_leave(self) -> bool:
        """Whether the last week does not count for them: on leave, or not here yet."""
        return not self.weeks or self.weeks[-1].look is Look.LEAVE

    @property
    def wrote(self) -> bool:
        """Whether they wrote in the last week, or said that there was nothing to do."""
        return bool(self.weeks) and self.weeks[-1].look in KEPT

    @property
    def missing(self) -> bool:
        """Whether something is missing that they may be reminded of."""
        return not self.on_leave and not (self.registered and self.wrote)

    @property
    def weeks_missed(self) -> int:
        """How many weeks on end up to the last one they wrote nothing; weeks of leave in between do not break the row."""
        counted = [week.look for week in self.weeks if week.look is not Look.LEAVE]
        return next((n for n, look in enumerate(reversed(counted)) if look in KEPT), len(counted))


def missing_words(upkeep: Upkeep, *, running: bool = False) -> str:
    """What is missing of a member, for their officers: "Chưa ghi 2 tuần", "Chưa đăng ký nội dung"; empty when nothing is.

    `running`: the last week is the one that runs.
    """
    if not upkeep.missing:
        return ""
    missed, last = upkeep.weeks_missed, "tuần này" if running else "tuần qua"
    written = "" if upkeep.wrote else f"chưa ghi {last}" if missed == 1 else f"chưa ghi {missed} tuần"
    words = ", ".join(part for part in ("" if upkeep.registered else "chưa đăng ký nội dung", written) if part)
    return words[0].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class BranchFigures:
    """A branch in figures: those who registered of all, those who wrote of those asked to, those who miss something, those on leave."""

    members: int
    registered: int
    wrote: int
    asked: int
    missing: int
    on_leave: int


def branch_figures(members: Sequence[Upkeep]) -> BranchFigures:
    """The figures of a branch from how each of its members keeps up."""
    return BranchFigures(
        members=len(members),
        registered=sum(one.registered for one in members),
        wrote=sum(one.wrote for one in members if not one.on_leave),
        asked=sum(not one.on_leave for one in members),
        missing=sum(one.missing for one in members),
        on_leave=sum(one.on_leave for one in members),
    )


def group_nudge(figures: BranchFigures, *, running: bool = False) -> str:
    """A polite reminder to paste into the group's chat. It names nobody. `running`: of the week that runs, not the last one."""
    week = "tuần này" if running else "tuần qua"
    if figures.wrote >= figures.asked:
        thanks = "Cảm ơn mọi người nhé!" if running else "Cảm ơn mọi người, tuần này mình giữ nhịp tiếp nhé!"
        return f"Cả nhà ơi, {week} cả chi đoàn mình đều đã ghi nhật ký. {thanks}"
    if figures.wrote == 0:
        begin = "mỗi bạn" if running else "tuần mới rồi. Mỗi bạn"
        return f"Cả nhà ơi, {begin} dành 30 giây ghi lại một việc mình đã làm trong {week} nhé!"
    return f"Cả nhà ơi, {week} chi đoàn mình có {figures.wrote} bạn ghi nhật ký. Bạn nào chưa kịp thì dành 30 giây ghi lại một việc nhé!"


def nudge_words(name: str, registered: bool, year: int, *, running: bool = False) -> str:
    """What a member is told when the officer called `name` reminds them: of registering first, else of writing; `running`: in the week
    that runs, not the last one."""
    if not registered:
        return f"{name} nhắc bạn: bạn chưa gửi nội dung đăng ký làm theo năm {year}. Chọn một việc vừa sức là được."
    return f"{name} nhắc bạn: {'tuần này' if running else 'tuần qua'} bạn chưa ghi nhật ký. Dành 30 giây ghi lại một việc nhé."
