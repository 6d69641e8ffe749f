"""The bloc's decision on a branch, and what it rested on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from ...domain.actors import Actor
from ...domain.errors import BadInput, NotFound
from ...domain.evaluations import EvaluationState, check_decision_paper, move
from ...domain.evidence_sheets import NO_MONTHS
from ...domain.proposals import Choice, Said, check_decisions
from ...domain.proposals import to_body as evidence_to_body
from ...domain.year_figures import YearFigures, to_body
from ...domain.year_registers import YearRegisters
from ...domain.year_registers import to_body as registers_to_body
from ...models.base import db
from ...models.evaluations import Decision, Evaluation
from ...queries.evaluations.branches import Branch, Person, meeting_facts
from ...queries.evaluations.tables import votes_of
from ...queries.evidence_sheets import approved_by_month
from ...queries.figures import year_figures
from ...queries.year_registers import year_registers
from .. import audit, clock, notices
from ..evaluation_steps import take_step, tell_officers
from ..transaction import happening
from .passing import send_back
from .waiting import above, everyone, level_counts_of, require_same, require_some, rows, said_of


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """A decision on a branch: the id it will have, its number as on paper, its day, and the level for each evaluation id.

    `returned` maps those sent back in the same act, with `words`, to the versions on the page; they are not among the choices.
    """

    id: UUID
    unit_id: int
    year: int
    number: str
    decided_on: date | None
    choices: Mapping[str, Choice]
    returned: Mapping[str, int] = field(default_factory=dict)
    words: str = ""


@happening
def decide(actor: Actor, draft: DecisionDraft) -> UUID:
    """Decide everything of the branch that waits for the bloc, and freeze for each what the decision rested on.

    One's own level and what one proposed oneself are left for a colleague. The same id again is the same decision. BadInput where
    number or day do not fit or everyone is sent back, BadChoices where a level differs from the proposal without a reason or a cap that
    refuses is passed, Stale when something changed or a colleague decided first.
    """
    made = db.session.get(Decision, draft.id)
    if made is not None:
        above(actor, draft.unit_id, draft.year)
        if (made.decided_by, made.unit_id, made.year) == (actor.account_id, draft.unit_id, draft.year):
            return made.id
        raise NotFound()
    if draft.returned and not draft.choices:
        raise BadInput("words", "Bạn đánh dấu trả lại tất cả. Hãy bấm Trả lại, hoặc bỏ đánh dấu những người được công nhận.")
    if draft.returned:
        send_back(actor, draft.unit_id, draft.year, draft.returned, draft.words)
    branch, mine = above(actor, draft.unit_id, draft.year)
    require_some(branch, mine, mine.to_decide, draft.choices)
    require_same(mine.to_decide, draft.choices)
    _decide(actor, draft, branch, mine.to_decide)
    return draft.id


def _decide(actor: Actor, draft: DecisionDraft, branch: Branch, waiting: tuple[Person, ...]) -> None:
    meeting = meeting_facts(branch.id, branch.year)
    check_decision_paper(draft.number, draft.decided_on, meeting.held_on if meeting else None, clock.today())
    said = said_of(branch, waiting)
    rated = [person for person in everyone(branch) if person.rated]
    check_decisions(branch.the_scheme(), said, draft.choices, level_counts_of(rated, draft.choices))
    assert draft.decided_on is not None
    paper = {"number": draft.number, "decided_on": draft.decided_on, "decided_by": actor.account_id, "at": clock.now()}
    db.session.add(Decision(id=draft.id, unit_id=branch.id, year=branch.year, **paper))
    db.session.flush()
    _settle(actor, draft, waiting, said, votes_of(meeting.id) if meeting else {})
    audit.record(actor, "evaluations_decide", "decision", draft.id, branch.id, fields=[branch.year, len(waiting)])
    words = f"Đoàn Khối đã công nhận xếp loại {len(waiting)} người năm {branch.year}."
    tell_officers((branch.id,), words, f"/xep-loai?don-vi={branch.id}&nam={branch.year}")


def _settle(
    actor: Actor,
    draft: DecisionDraft,
    waiting: tuple[Person, ...],
    said: Mapping[str, Said],
    tallies: Mapping[UUID, Mapping[str, int]],
) -> None:
    whose = [person.member_id for person in waiting]
    figures, registers = year_figures(whose, draft.year, clock.today()), year_registers(whose, draft.year)
    months = approved_by_month(whose, draft.year)
    for person, row in rows(waiting):
        choice = draft.choices[person.key]
        row.decided_level, row.decision_id = choice.level, draft.id
        kept = evidence_to_body(said[person.key].evidence, months.get(row.member_id, NO_MONTHS))
        row.snapshot = _snapshot(row, figures[row.member_id], registers[row.member_id], kept, tallies.get(row.id, {}), choice.reason)
        take_step(actor, row, move(row.state, EvaluationState.DECIDED, base_between=False), choice.reason)
        notices.tell_member(row.member_id, f"Đã có kết quả xếp loại năm {row.year} của bạn.", f"/danh-gia?nam={row.year}")


def _snapshot(
    row: Evaluation, figures: YearFigures, registers: YearRegisters, kept: Mapping[str, Any], votes: Mapping[str, int], reason: str
) -> dict[str, Any]:
    """What the decision rested on, frozen: it stays as it was whatever is corrected in the books later."""
    return {
        "figures": to_body(figures),
        "registers": registers_to_body(registers),
        **kept,
        "self": row.self_level,
        "vote": row.vote_level,
        "votes": dict(votes),
        "proposed": row.proposed_level,
        "proposal_reason": row.proposal_reason,
        "decision_reason": reason,
    }
