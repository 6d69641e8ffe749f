"""The year-ends of units in the demo: last year decided under one number, this year some waiting at each step. Their dice are their own."""

import random
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, insert, select

from ...domain.actors import Post
from ...domain.documents import numbered_decision
from ...domain.evaluations import EvaluationState
from ...domain.measures import Measured
from ...domain.schemes import Scheme
from ...domain.unit_evaluations import measures_to_body, suggestion_of, unit_rank
from ...models.base import db
from ...models.noted_figures import MemberFigure, UnitFigure
from ...models.unit_evaluations import UnitEvaluation, UnitEvaluationStep
from ...queries import years
from ...queries.unit_measures import unit_measures
from ..clock import VIETNAM
from .people import Bloc, Branch, Person
from .rows import id_at

_S = EvaluationState
_TOPICS = ("Học tập và làm theo Bác: cần, kiệm", "Phòng, chống lãng phí trong cơ quan", "Kỹ năng số cho đoàn viên", "Văn hóa công sở")
_INITIATIVES = ("Hàng cây thanh niên trước cơ quan", "Góc đọc sách chung", "Ngày thứ Bảy tình nguyện", "Tổ hỗ trợ dịch vụ công trực tuyến")
_WORDS = (
    "Giữ sinh hoạt đều, đoàn viên ghi nhật ký có việc thật. Còn vài tháng cuối quý ít việc chung.",
    "Cả năm duy trì nề nếp, có việc làm được cơ quan ghi nhận. Đoàn viên đi công tác nhiều nên có buổi vắng.",
    "Nhiều đoàn viên trẻ mới về đã vào nhịp. Năm tới cần thêm việc chung của cả chi đoàn.",
)
_REASON = "Đơn vị có việc làm tốt chưa nằm trong số liệu, hoặc còn việc chưa đạt như yêu cầu."


def rate_units(bloc: Bloc, year: int, today: date, seed: int) -> None:
    """Rate the units of a year that is over, or bring some of this year's on their way; once everything else of the year stands."""
    scheme = years.scheme_of(year)
    if scheme is None:
        return
    rater = _Rater(bloc, scheme, year, today, random.Random(f"units {seed} {year}"))
    rater.note()
    rater.rate(bloc.branches)
    rater.rate({branch.parent.id: branch.parent for branch in bloc.branches if branch.parent and branch.parent.id != bloc.unit_id}.values())


class _Rater:
    def __init__(self, bloc: Bloc, scheme: Scheme, year: int, today: date, dice: random.Random):
        self.bloc, self.scheme, self.year, self.today, self.dice = bloc, scheme, year, today, dice
        self.closed = year < today.year
        self.number = numbered_decision(len(bloc.branches) + 1, bloc.symbol)
        self.held = {unit_id: person for person in reversed(bloc.people) for post, unit_id in person.posts if post is Post.SECRETARY}

    def note(self) -> None:
        """What the branches wrote down of themselves; this year not all have yet."""
        held = _meetings_of_members(self.year)
        noting = [branch for branch in self.bloc.branches if self.closed or self.dice.random() < 0.75]
        rows = [row for branch in noting for row in self._figures(branch, held.get(branch.id))]
        if rows:
            db.session.execute(insert(UnitFigure), rows)

    def _figures(self, branch: Branch, held: int | None) -> Iterable[dict[str, Any]]:
        """`held` are the meetings noted beside the branch's members: it says the same of itself."""
        share = 1 if self.closed else self.today.timetuple().tm_yday / 365
        topics, initiatives = self.dice.randint(1, 4), self.dice.randint(0, 2)
        meetings = round(self.dice.choice((12, 12, 11, 10, 9, 7)) * share)
        counts = {
            "meetings_held": (held or meetings, ""),
            "topics": (topics, "; ".join(_TOPICS[:topics])),
            "initiatives": (initiatives, "; ".join(self.dice.sample(_INITIATIVES, initiatives))),
        }
        by = {"unit_id": branch.id, "year": self.year, "noted_by": branch.people[0].account_id, "noted_at": _at(self._day(-3))}
        return [{"measure": code, "count": count, "of": None, "words": words, **by} for code, (count, words) in counts.items()]

    def rate(self, units: Collection[Branch]) -> None:
        """Rows and steps of these units, from the figures as they stand."""
        known = unit_measures([unit.id for unit in units], self.year, self.today)
        chosen = [(unit, state) for unit in units if (state := self._state(unit, known[unit.id])) is not _S.NOT_STARTED]
        made = [self._rated(unit, state, known[unit.id]) for unit, state in chosen]
        if made:
            db.session.execute(insert(UnitEvaluation), [row for row, _ in made])
            db.session.execute(insert(UnitEvaluationStep), [step for _, steps in made for step in steps])

    def _state(self, unit: Branch, measures: Mapping[str, Measured]) -> EvaluationState:
        """How far the unit is: this year mostly those whose members have their levels; the home branch and its base have not begun."""
        if self.closed:
            return _S.DECIDED
        ready = suggestion_of(self.scheme, measures).level or self.dice.random() < 0.1
        if not unit.people or unit is self.bloc.home or unit is self.bloc.elsewhere or not ready:
            return _S.NOT_STARTED
        return _S.PASSED_ON if self._through_base(unit) and self.dice.random() < 0.5 else _S.PROPOSED

    def _through_base(self, unit: Branch) -> bool:
        return unit.parent is not None and unit.parent.id != self.bloc.unit_id

    def _day(self, days: int) -> date:
        return date(self.year, 12, 20) + timedelta(days=days) if self.closed else self.today + timedelta(days=days - 6)

    def _rated(self, unit: Branch, state: EvaluationState, measures: Mapping[str, Measured]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        spoken = suggestion_of(self.scheme, measures)
        suggested, proposed = spoken.level, self._level(spoken.level or spoken.at_most)
        base = proposed if self._through_base(unit) and state is not _S.PROPOSED else ""
        decided, proposer = proposed if state is _S.DECIDED else "", self._officer(unit)
        reason = _REASON if suggested and suggested != proposed else ""
        at = _at(self._day(0))
        row: dict[str, Any] = {
            "id": id_at(at, self.dice), "unit_id": unit.id, "year": self.year, "state": state, "words": self.dice.choice(_WORDS),
            "suggested_level": suggested, "proposed_level": proposed, "proposal_reason": reason, "proposed_by": proposer.account_id,
            "proposed_at": at, "base_level": base, "base_words": "", "decided_level": decided, "decision_reason": "",
            "decision_number": self.number if decided else "", "decided_on": self._day(9) if decided else None,
            "decided_by": self.bloc.secretary.account_id if decided else None, "return_words": "",
            "version": 2 + bool(base) + bool(decided),
        }  # fmt: skip
        row["snapshot"] = self._snapshot(row, measures) if decided else None
        return row, list(self._steps(unit, row, proposer))

    def _level(self, level: str) -> str:
        """What a unit proposes: mostly what its figures speak for, now and then the level beside it."""
        rank = unit_rank(self.scheme, level)
        if self.dice.random() < 0.2:
            rank = max(1, rank - 1) if self.dice.random() < 0.7 else min(len(self.scheme.unit_levels), rank + 1)
        return self.scheme.unit_levels[rank - 1].code

    def _officer(self, unit: Branch) -> Person:
        return self.held.get(unit.id) or (unit.people[0] if unit.people else self.bloc.deputy)

    def _snapshot(self, row: Mapping[str, Any], measures: Mapping[str, Measured]) -> dict[str, Any]:
        return {
            "measures": measures_to_body(measures), "suggested": row["suggested_level"], "proposed": row["proposed_level"],
            "proposal_reason": row["proposal_reason"], "base": row["base_level"], "base_words": "", "decision_reason": "",
            "number": row["decision_number"], "decided_on": row["decided_on"].isoformat(),
        }  # fmt: skip

    def _steps(self, unit: Branch, row: Mapping[str, Any], proposer: Person) -> Iterable[dict[str, Any]]:
        moves = [(_S.NOT_STARTED, _S.PROPOSED, proposer, 0)]
        if row["base_level"]:
            assert unit.parent is not None
            moves.append((_S.PROPOSED, _S.PASSED_ON, self._officer(unit.parent), 3))
        if row["decided_level"]:
            moves.append((moves[-1][1], _S.DECIDED, self.bloc.secretary, 9))
        for before, after, person, days in moves:
            at = _at(self._day(days))
            facts = {"account_id": person.account_id, "words": "", "level": row["proposed_level"], "snapshot": None, "at": at}
            yield {"id": id_at(at, self.dice), "evaluation_id": row["id"], "from_state": before, "to_state": after, **facts}


def _meetings_of_members(year: int) -> dict[int, int]:
    noted = (MemberFigure.year == year, MemberFigure.measure == "meetings", MemberFigure.of.is_not(None))
    query = select(MemberFigure.unit_id, func.max(MemberFigure.of)).where(*noted).group_by(MemberFigure.unit_id)
    return {unit_id: held for unit_id, held in db.session.execute(query) if held}


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9, 15), VIETNAM)
