"""The year-ends of the demo: last year decided branch by branch, this year's self-assessments begun."""

import random
from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from ...domain.ballots import vote_level
from ...domain.documents import numbered_decision
from ...domain.evaluations import Attendance, EvaluationState
from ...domain.schemes import Scheme
from ...domain.year_figures import to_body
from ...models.evaluations import (
    BestEntry,
    Decision,
    Evaluation,
    EvaluationStep,
    MeetingAttendance,
    Proposal,
    RatingMeeting,
    VoteTally,
)
from ..clock import VIETNAM
from .books import Book, figures, year_figures
from .content import Content, phrase
from .people import Bloc, Branch, Person
from .rows import Rows, id_at


class Rater:
    """Rates branches from the books that were written."""

    def __init__(self, rows: Rows, content: Content, bloc: Bloc, dice: random.Random, scheme: Scheme, year: int):
        self.rows, self.content, self.bloc, self.dice, self.scheme, self.year = rows, content, bloc, dice, scheme, year
        self.levels = [level.code for level in scheme.levels]
        self.numbers = 0

    def decide(self, branch: Branch, books: list[Book]) -> None:
        """A branch's finished year: assessed, met, proposed, passed on, decided."""
        met, decided = date(self.year, 12, self.dice.randint(5, 15)), date(self.year, 12, self.dice.randint(22, 30))
        decision_id = id_at(_at(decided), self.dice)
        self.numbers += 1
        number = numbered_decision(self.numbers, self.bloc.symbol)
        self.rows.add(
            Decision, id=decision_id, unit_id=branch.id, year=self.year, number=number, decided_on=decided,
            decided_by=self.bloc.secretary.account_id, at=_at(decided),
        )  # fmt: skip
        self._rate(branch, books, met, EvaluationState.DECIDED, decision_id, decided)

    def send_up(self, branch: Branch, books: list[Book], today: date, state: EvaluationState) -> None:
        """A branch of the running year that has met: it is to propose (MET), or waits at the base (PROPOSED) or the bloc (PASSED_ON)."""
        self._rate(branch, books, today - timedelta(days=5), state)

    def _rate(
        self,
        branch: Branch,
        books: list[Book],
        met: date,
        state: EvaluationState,
        decision_id: UUID | None = None,
        decided: date | None = None,
    ) -> None:
        meeting_id, proposer = id_at(_at(met), self.dice), branch.people[0]
        present = self._meet(branch, books, meeting_id, met)
        if state is not EvaluationState.MET:
            facts = {"proposed_at": _at(met, 18), "proposed_by": proposer.account_id, "cap_reason": ""}
            self.rows.add(Proposal, unit_id=branch.id, year=self.year, **facts)
        for book in books:
            self._rated(branch, book, meeting_id, present, met, state, decision_id, decided)

    def begin(self, book: Book, now: datetime) -> None:
        """A year that is not over: the member has handed in the self-assessment."""
        level = self._level(book)
        facts = self._evaluation(book, EvaluationState.SELF_ASSESSED, level, now - timedelta(hours=self.dice.randint(2, 90)))
        self.rows.add(Evaluation, **facts)
        self._best(book, facts["id"])
        self._steps(facts["id"], [(EvaluationState.NOT_STARTED, EvaluationState.SELF_ASSESSED, book.person, facts["self_assessed_at"])])

    def _meet(self, branch: Branch, books: list[Book], meeting_id: UUID, met: date) -> int:
        chair, clerk = branch.people[0], branch.people[min(2, len(branch.people) - 1)]
        self.rows.add(
            RatingMeeting, id=meeting_id, unit_id=branch.id, year=self.year, held_on=met, chair_id=chair.id, clerk_id=clerk.id,
            notes="Chi đoàn nghe từng đoàn viên tự đánh giá, góp ý thẳng thắn rồi biểu quyết giơ tay.",
            opened_at=_at(met, 14), closed_at=_at(met, 16), version=2,
        )  # fmt: skip
        present = 0
        for place, book in enumerate(books):
            here = place < 2 or self.dice.random() < 0.93
            present += here
            attendance = Attendance.PRESENT if here else Attendance.EXCUSED
            self.rows.add(MeetingAttendance, meeting_id=meeting_id, member_id=book.person.id, attendance=attendance)
        return present

    def _rated(
        self, branch: Branch, book: Book, meeting_id: UUID, present: int, met: date, state: EvaluationState,
        decision_id: UUID | None, decided: date | None,
    ) -> None:  # fmt: skip
        level = self._level(book)
        own = level if self.dice.random() < 0.85 else self.levels[max(0, self.levels.index(level) - 1)]
        votes = self._votes(level, present)
        voted = vote_level(votes, present)
        facts = self._evaluation(book, state, own, _at(met - timedelta(days=self.dice.randint(2, 12)), 20))
        proposed = {"proposed_level": level, "proposal_reason": self._reason(level, own, voted), "proposed_by": branch.people[0].account_id}
        self.rows.add(
            Evaluation,
            **facts
            | {
                "branch_words": phrase(self.content, f"meeting.{self.levels.index(level) + 1}", self.dice),
                "vote_level": voted,
                "decided_level": level if decided else "",
                "decision_id": decision_id,
                "snapshot": self._snapshot(book, own, voted, level, votes) if decided else None,
            }
            | ({} if state is EvaluationState.MET else proposed),
        )
        for code, count in votes.items():
            self.rows.add(VoteTally, meeting_id=meeting_id, evaluation_id=facts["id"], level=code, votes=count)
        self._best(book, facts["id"])
        self._steps(facts["id"], self._moves(branch, book.person, facts["self_assessed_at"], met, state, decided))

    def _moves(
        self, branch: Branch, person: Person, assessed: datetime, met: date, state: EvaluationState, decided: date | None
    ) -> list[Any]:
        steps, secretary = EvaluationState, branch.people[0]
        moves = [
            (steps.NOT_STARTED, steps.SELF_ASSESSED, person, assessed),
            (steps.SELF_ASSESSED, steps.MET, secretary, _at(met, 16)),
            (steps.MET, steps.PROPOSED, secretary, _at(met, 18)),
        ]
        if state is steps.MET:
            return moves[:2]
        last = steps.PROPOSED
        if state is not steps.PROPOSED and branch.parent and branch.parent.id != self.bloc.unit_id:
            moves.append((steps.PROPOSED, steps.PASSED_ON, self._base_officer(branch), _at(met + timedelta(days=3))))
            last = steps.PASSED_ON
        return [*moves, (last, steps.DECIDED, self.bloc.secretary, _at(decided))] if decided else moves

    def _base_officer(self, branch: Branch) -> Person:
        assert branch.parent is not None
        base = branch.parent.id
        return next((p for p in self.bloc.people if any(unit == base for _, unit in p.posts)), self.bloc.secretary)

    def _evaluation(self, book: Book, state: EvaluationState, own: str, assessed: datetime) -> dict[str, Any]:
        return {
            "id": id_at(assessed, self.dice), "member_id": book.person.id, "year": self.year, "unit_id": book.branch.id, "state": state,
            "strengths": phrase(self.content, "strength", self.dice, figures(book)), "self_level": own,
            "weaknesses": phrase(self.content, "weakness", self.dice, figures(book)),
            "remedies": phrase(self.content, "remedy", self.dice, figures(book)),
            "self_assessed_at": assessed, "branch_words": "", "vote_level": "", "proposed_level": "", "proposal_reason": "",
            "proposed_by": None, "base_words": "", "decided_level": "", "decision_id": None, "return_words": "", "snapshot": None,
            "version": 2 if state is EvaluationState.SELF_ASSESSED else 6,
        }  # fmt: skip

    def _level(self, book: Book) -> str:
        share = book.weeks_kept / book.weeks_due if book.weeks_due else 0
        chance = self.dice.random()
        if share > 0.88 and chance < 0.45:
            return self.levels[0]
        if share > 0.6:
            return self.levels[1]
        return self.levels[2] if share > 0.2 or chance < 0.7 else self.levels[3]

    def _votes(self, level: str, present: int) -> dict[str, int]:
        stray = min(present // 4, self.dice.choice((0, 0, 1, 1, 2, 3)))
        place = self.levels.index(level)
        beside = self.levels[place - 1 if place else 1]
        votes = Counter({level: present - stray, beside: stray})
        return {code: votes[code] for code in self.levels}

    def _snapshot(self, book: Book, own: str, voted: str, level: str, votes: dict[str, int]) -> dict[str, Any]:
        return {"figures": to_body(year_figures(book)), "self": own, "vote": voted, "votes": votes, "proposed": level}

    def _best(self, book: Book, evaluation_id: UUID) -> None:
        for entry_id in self.dice.sample(book.best, min(3, len(book.best))):
            self.rows.add(BestEntry, evaluation_id=evaluation_id, entry_id=entry_id)

    def _steps(self, evaluation_id: UUID, moves: list[Any]) -> None:
        for before, after, person, at in moves:
            facts = {"from_state": before, "to_state": after, "account_id": person.account_id, "words": "", "at": at}
            self.rows.add(EvaluationStep, id=id_at(at, self.dice), evaluation_id=evaluation_id, **facts)

    def _reason(self, level: str, own: str, voted: str) -> str:
        if level == own == voted:
            return ""
        case = "not_vote" if level != voted else "above_self" if self.levels.index(level) < self.levels.index(own) else "below_self"
        return phrase(self.content, f"proposal.{case}", self.dice)


def _at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour, 5), VIETNAM)
