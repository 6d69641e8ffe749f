"""Whose turn the evaluations of a branch are above it: what this person may pass on or decide, and what is left to a colleague."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ...domain.actors import Actor
from ...domain.evaluations import EvaluationState
from ...domain.permissions import Action, Subject, may
from .branches import Branch, Person
from .queues import only_officers


@dataclass(frozen=True, slots=True)
class Turns:
    """`left_out` waits for the same committee, but is the person's own or was proposed by them: for a colleague."""

    to_pass_on: tuple[Person, ...]
    to_decide: tuple[Person, ...]
    left_out: tuple[Person, ...]

    @property
    def mine(self) -> tuple[Person, ...]:
        return (*self.to_pass_on, *self.to_decide)


def turns(actor: Actor, branch: Branch, everyone: Iterable[Person], today: date) -> Turns:
    """What of the branch waits for `actor`'s committees: nobody passes on or decides their own level, nor decides what they proposed."""
    alone = only_officers(today) if branch.through_base else frozenset()
    found: dict[Action, list[Person]] = {Action.EVALUATION_PASS_ON: [], Action.EVALUATION_DECIDE: []}
    left_out: list[Person] = []
    for person in everyone:
        action = _awaited(person, straight=not branch.through_base or person.member_id in alone)
        if action is None or not may(actor, action, Subject(branch.place)):
            continue
        proposer = person.proposed_by if action is Action.EVALUATION_DECIDE else None
        own = Subject(branch.place, owner_id=person.member_id, barred=frozenset() if proposer is None else frozenset({proposer}))
        (found[action] if may(actor, action, own) else left_out).append(person)
    return Turns(tuple(found[Action.EVALUATION_PASS_ON]), tuple(found[Action.EVALUATION_DECIDE]), tuple(left_out))


def _awaited(person: Person, straight: bool) -> Action | None:
    """What has to be done to the evaluation above the branch; `straight` when no base has its say."""
    if person.state is EvaluationState.PASSED_ON:
        return Action.EVALUATION_DECIDE
    if person.state is EvaluationState.PROPOSED:
        return Action.EVALUATION_DECIDE if straight else Action.EVALUATION_PASS_ON
    return None
