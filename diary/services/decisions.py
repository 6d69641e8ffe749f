"""From the branch's proposal over the base to the bloc's decision, a branch at a time, and the ways back."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ..domain.actors import Actor
from ..domain.errors import BadInput, NotAllowed, NotFound, Stale, WrongMoment
from ..domain.evaluations import (
    BEFORE_THE_MEETING,
    REASON_LIMIT,
    BadChoices,
    Choice,
    EvaluationState,
    check_decision_paper,
    check_decisions,
    clean_return,
    move,
    proposal_faults,
    step_back,
)
from ..domain.permissions import Action
from ..domain.schemes import Scheme, over_caps
from ..domain.year_figures import YearFigures, to_body
from ..domain.year_registers import YearRegisters
from ..domain.year_registers import to_body as registers_to_body
from ..domain.years import Activity, require_open
from ..models.base import db
from ..models.evaluations import Decision, Evaluation, Proposal
from ..queries.evaluations.branches import Branch, Person, load_branch, load_branch_above, meeting_facts, people
from ..queries.evaluations.tables import votes_of
from ..queries.evaluations.turns import Turns, turns
from ..queries.figures import year_figures
from ..queries.year_registers import year_registers
from . import audit, clock, notices
from .evaluation_steps import base_units, bloc_unit, give_back, take_step, tell_officers
from .transaction import happening


@happening
def propose(actor: Actor, unit_id: int, year: int, choices: Mapping[str, Choice], cap_reason: str = "") -> int:
    """Send the branch's proposals up: everyone the meeting voted on, each with a level; how many went.

    `choices` maps evaluation ids to what was chosen. BadChoices where a level or a reason is missing, of a person or (field
    "cap_reason") for passing a cap, WrongMoment before the meeting is over, Stale when something changed in between.
    """
    branch = load_branch(actor, Action.EVALUATION_PROPOSE, unit_id, year)
    scheme = branch.the_scheme()
    _require_proposing(branch)
    rated = [person for person in _everyone(branch) if person.rated]
    waiting = _voted_on(rated)
    _require_same(waiting, choices)
    levels = {person.key: person.decided_level or person.proposed_level for person in rated}
    levels |= {person.key: choices[person.key].level for person in waiting}
    faults = proposal_faults(scheme, {person.key: person.said() for person in waiting}, choices)
    faults |= _cap_faults(scheme, Counter(levels.values()), cap_reason)
    if faults:
        raise BadChoices(faults)
    for person, row in _rows(waiting):
        choice = choices[person.key]
        row.proposed_level, row.proposal_reason, row.proposed_by = choice.level, choice.reason, actor.account_id
        take_step(actor, row, move(row.state, EvaluationState.PROPOSED))
    _keep_proposal(actor, branch, cap_reason)
    _tell_above(branch, len(waiting))
    return len(waiting)


def _require_proposing(branch: Branch) -> None:
    """A proposal may be sent while branches meet, and later while a returned one can still be decided."""
    today = clock.today()
    if branch.facts is None or not branch.facts.is_open(Activity.MEETINGS, today):
        require_open(branch.facts, Activity.DECIDING, today)


def _voted_on(rated: list[Person]) -> list[Person]:
    early = [person for person in rated if person.state in BEFORE_THE_MEETING]
    if early:
        raise WrongMoment(f"Còn {len(early)} người chưa được chi đoàn họp xét. Hãy kết thúc Họp xét xếp loại trước khi đề nghị.")
    waiting = [person for person in rated if person.state is EvaluationState.MET]
    if not waiting:
        raise WrongMoment("Chi đoàn đã đề nghị lên cấp trên rồi.")
    return waiting


def _cap_faults(scheme: Scheme, counts: Mapping[str, int], reason: str) -> dict[str, str]:
    """A cap asks for a reason, it does not refuse."""
    if len(reason) > REASON_LIMIT:
        return {"cap_reason": "Lý do dài quá 1.000 ký tự; hãy viết ngắn lại."}
    if over_caps(scheme, counts) and not reason:
        return {"cap_reason": "Số người đề nghị vượt mức của Đoàn Khối: hãy ghi lý do."}
    return {}


def _keep_proposal(actor: Actor, branch: Branch, cap_reason: str) -> None:
    row = db.session.get(Proposal, (branch.id, branch.year))
    if row is None:
        row = Proposal(unit_id=branch.id, year=branch.year)
        db.session.add(row)
    row.proposed_at, row.proposed_by, row.cap_reason = clock.now(), actor.account_id, cap_reason
    audit.record(
        actor, "evaluations_propose", "unit", branch.id, branch.id, fields=[branch.year, "cap_reason"] if cap_reason else [branch.year]
    )


def _tell_above(branch: Branch, count: int) -> None:
    units = base_units(branch.path) if branch.through_base else bloc_unit(branch.path)
    tell_officers(units, f"{branch.name} đề nghị xếp loại {count} người năm {branch.year}.", _link(branch))


@happening
def pass_on(actor: Actor, unit_id: int, year: int, seen: Mapping[str, int], words: str = "") -> int:
    """Pass everything of the branch that waits for the base on to the bloc, in one act, with the base's remark; how many went.

    `seen` maps evaluation ids to the versions on the page: Stale when they are no longer what waits. One's own stays for a colleague.
    """
    branch, mine = _above(actor, unit_id, year)
    if len(words) > REASON_LIMIT:
        raise BadInput("words", "Ý kiến dài quá 1.000 ký tự; hãy viết ngắn lại.")
    _require_some(mine, mine.to_pass_on)
    _require_same(mine.to_pass_on, {key: Choice("", version=version) for key, version in seen.items()})
    for _, row in _rows(mine.to_pass_on):
        row.base_words = words
        take_step(actor, row, move(row.state, EvaluationState.PASSED_ON), words)
    tell_officers(bloc_unit(branch.path), f"{branch.name}: {len(seen)} đề nghị xếp loại năm {year} đã chuyển lên.", _link(branch))
    return len(seen)


@happening
def send_back(actor: Actor, unit_id: int, year: int, seen: Mapping[str, int], words: str) -> int:
    """Return the named evaluations one step, with words: from the base to the branch, from the bloc to who sent them; how many.

    `seen` maps evaluation ids to the versions on the page: Stale when one no longer waits here. BadInput "words" without any.
    """
    branch, mine = _above(actor, unit_id, year)
    words = clean_return(words)
    _require_some(mine, mine.mine)
    chosen = [person for person in mine.mine if person.key in seen]
    if len(chosen) < len(seen) or not seen:
        raise Stale()
    _require_same(chosen, {key: Choice("", version=version) for key, version in seen.items()})
    for _, row in _rows(chosen):
        give_back(actor, row, step_back(row.state), words)
    to_base = any(person.state is EvaluationState.PASSED_ON for person in chosen)
    units = base_units(branch.path) if to_base else (branch.id,)
    link = _link(branch) if to_base else f"/xep-loai?don-vi={branch.id}&nam={year}"
    tell_officers(units, f"{branch.name}: {len(chosen)} đề nghị xếp loại năm {year} bị trả lại.", link)
    return len(chosen)


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """A decision on a branch: the id it will have, its number as on paper, its day, and the level for each evaluation id."""

    id: UUID
    unit_id: int
    year: int
    number: str
    decided_on: date | None
    choices: Mapping[str, Choice]


@happening
def decide(actor: Actor, draft: DecisionDraft) -> UUID:
    """Decide everything of the branch that waits for the bloc, and freeze for each what the decision rested on.

    One's own level and what one proposed oneself are left for a colleague. The same id again is the same decision. BadInput where
    number or day do not fit, BadChoices where a level differs from the proposal without a reason, Stale when something changed.
    """
    branch, mine = _above(actor, draft.unit_id, draft.year)
    made = db.session.get(Decision, draft.id)
    if made is not None:
        if (made.decided_by, made.unit_id, made.year) == (actor.account_id, draft.unit_id, draft.year):
            return made.id
        raise NotFound()
    waiting = mine.to_decide
    _require_some(mine, waiting)
    _require_same(waiting, draft.choices)
    meeting = meeting_facts(branch.id, branch.year)
    check_decision_paper(draft.number, draft.decided_on, meeting.held_on if meeting else None, clock.today())
    check_decisions(branch.the_scheme(), {person.key: person.said() for person in waiting}, draft.choices)
    assert draft.decided_on is not None
    paper = {"number": draft.number, "decided_on": draft.decided_on, "decided_by": actor.account_id, "at": clock.now()}
    db.session.add(Decision(id=draft.id, unit_id=branch.id, year=branch.year, **paper))
    db.session.flush()
    _settle(actor, draft, waiting, votes_of(meeting.id) if meeting else {})
    audit.record(actor, "evaluations_decide", "decision", draft.id, branch.id, fields=[branch.year, len(waiting)])
    words = f"Đoàn Khối đã công nhận xếp loại {len(waiting)} người năm {branch.year}."
    tell_officers((branch.id,), words, f"/xep-loai?don-vi={branch.id}&nam={branch.year}")
    return draft.id


def _settle(actor: Actor, draft: DecisionDraft, waiting: tuple[Person, ...], tallies: Mapping[UUID, Mapping[str, int]]) -> None:
    whose = [person.member_id for person in waiting]
    figures, registers = year_figures(whose, draft.year, clock.today()), year_registers(whose, draft.year)
    for person, row in _rows(waiting):
        choice = draft.choices[person.key]
        row.decided_level, row.decision_id = choice.level, draft.id
        books = figures[row.member_id], registers[row.member_id]
        row.snapshot = _snapshot(row, *books, tallies.get(row.id, {}), choice.reason)
        take_step(actor, row, move(row.state, EvaluationState.DECIDED, base_between=False), choice.reason)
        notices.tell_member(row.member_id, f"Đã có kết quả xếp loại năm {row.year} của bạn.", f"/danh-gia?nam={row.year}")


def _snapshot(row: Evaluation, figures: YearFigures, registers: YearRegisters, votes: Mapping[str, int], reason: str) -> dict[str, Any]:
    """What the decision rested on, frozen: it stays as it was whatever is corrected in the books later."""
    return {
        "figures": to_body(figures),
        "registers": registers_to_body(registers),
        "self": row.self_level,
        "vote": row.vote_level,
        "votes": dict(votes),
        "proposed": row.proposed_level,
        "proposal_reason": row.proposal_reason,
        "decision_reason": reason,
    }


def _above(actor: Actor, unit_id: int, year: int) -> tuple[Branch, Turns]:
    """The branch and what of it waits for the actor's committee, while decisions may be made."""
    branch = load_branch_above(actor, unit_id, year)
    branch.the_scheme()
    require_open(branch.facts, Activity.DECIDING, clock.today())
    return branch, turns(actor, branch, _everyone(branch), clock.today())


def _everyone(branch: Branch) -> tuple[Person, ...]:
    return people(branch, meeting_facts(branch.id, branch.year), clock.today())


def _require_some(mine: Turns, wanted: Iterable[Person]) -> None:
    if any(wanted):
        return
    if mine.left_out:
        raise NotAllowed("Đây là đánh giá của chính bạn, hoặc do chính bạn đề nghị. Hãy để đồng chí khác trong ban xét.")
    raise WrongMoment("Không còn đánh giá nào của đơn vị này chờ bạn ở bước này.")


def _require_same(waiting: Iterable[Person], seen: Mapping[str, Choice]) -> None:
    """Stale unless what waits is exactly what the person saw, in the versions they saw."""
    if {person.key: person.version for person in waiting} != {key: choice.version for key, choice in seen.items()}:
        raise Stale()


def _rows(waiting: Iterable[Person]) -> Iterable[tuple[Person, Evaluation]]:
    for person in waiting:
        assert person.evaluation_id is not None
        yield person, db.session.get_one(Evaluation, person.evaluation_id)


def _link(branch: Branch) -> str:
    return f"/xet-duyet/{branch.id}?nam={branch.year}"
