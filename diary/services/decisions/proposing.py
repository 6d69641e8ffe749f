"""The branch's proposal: everyone the meeting voted on, sent up in one act."""

from collections.abc import Mapping

from ...domain.actors import Actor
from ...domain.errors import WrongMoment
from ...domain.evaluations import BEFORE_THE_MEETING, REASON_LIMIT, EvaluationState, move
from ...domain.permissions import Action
from ...domain.proposals import TOO_LONG, BadChoices, Choice, Said, odd_cases, proposal_faults
from ...domain.schemes import Scheme, cap_faults
from ...domain.years import Activity, require_open
from ...models.base import db
from ...models.evaluations import Proposal
from ...queries.evaluations.branches import Branch, Person, load_branch
from .. import audit, clock
from ..evaluation_steps import base_units, bloc_unit, take_step, tell_officers
from ..transaction import happening
from .waiting import desk_url, everyone, level_counts_of, require_same, rows, said_of


@happening
def propose(actor: Actor, unit_id: int, year: int, choices: Mapping[str, Choice], cap_reason: str = "") -> int:
    """Send the branch's proposals up: everyone the meeting voted on, each with a level; how many went.

    `choices` maps evaluation ids to what was chosen. BadChoices where a level or a reason is missing, of a person or (field
    "cap_reason") for passing a cap, and where a cap is passed that refuses; WrongMoment before the meeting is over, Stale when something
    changed in between.
    """
    branch = load_branch(actor, Action.EVALUATION_PROPOSE, unit_id, year)
    scheme = branch.the_scheme()
    _require_proposing(branch)
    rated = [person for person in everyone(branch) if person.rated]
    waiting = _voted_on(rated)
    require_same(waiting, choices)
    said = said_of(branch, waiting)
    faults = proposal_faults(scheme, said, choices)
    faults |= _cap_faults(scheme, level_counts_of(rated, choices), cap_reason)
    if faults:
        raise BadChoices(faults)
    _send_up(actor, scheme, waiting, said, choices)
    _keep_proposal(actor, branch, cap_reason)
    _tell_above(branch, len(waiting))
    return len(waiting)


def _send_up(actor: Actor, scheme: Scheme, waiting: list[Person], said: Mapping[str, Said], choices: Mapping[str, Choice]) -> None:
    """Each gets the level chosen; what the books say at this moment is kept beside it, so that queues can count the odd ones."""
    odd = odd_cases(scheme, said, {key: choice.level for key, choice in choices.items()}).of
    for person, row in rows(waiting):
        choice, evidence = choices[person.key], said[person.key].evidence
        row.proposed_level, row.proposal_reason, row.proposed_by = choice.level, choice.reason, actor.account_id
        row.suggested_level, row.diary_thin, row.odd = evidence.suggestion.level, bool(evidence.thin), person.key in odd
        take_step(actor, row, move(row.state, EvaluationState.PROPOSED))


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
    return {"cap_reason": TOO_LONG} if len(reason) > REASON_LIMIT else cap_faults(scheme, counts, reason)


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
    tell_officers(units, f"{branch.name} đề nghị xếp loại {count} người năm {branch.year}.", desk_url(branch))
