"""What of a branch waits for whom, and whether it is still what they saw."""

from collections.abc import Iterable, Mapping

from ...domain.actors import Actor
from ...domain.errors import NotAllowed, Stale, WrongMoment
from ...domain.evaluations import Choice
from ...domain.years import Activity, require_open
from ...models.base import db
from ...models.evaluations import Evaluation
from ...queries.evaluations.branches import Branch, Person, load_branch_above, meeting_facts, people
from ...queries.evaluations.turns import Turns, turns
from .. import clock


def above(actor: Actor, unit_id: int, year: int) -> tuple[Branch, Turns]:
    """The branch and what of it waits for the actor's committee, while decisions may be made."""
    branch = load_branch_above(actor, unit_id, year)
    branch.the_scheme()
    require_open(branch.facts, Activity.DECIDING, clock.today())
    return branch, turns(actor, branch, everyone(branch), clock.today())


def everyone(branch: Branch) -> tuple[Person, ...]:
    """Everyone the branch has to do with this year, read today."""
    return people(branch, meeting_facts(branch.id, branch.year), clock.today())


def require_some(mine: Turns, wanted: Iterable[Person]) -> None:
    """NotAllowed where only one's own is left for a colleague, WrongMoment where nothing waits."""
    if any(wanted):
        return
    if mine.left_out:
        raise NotAllowed("Đây là đánh giá của chính bạn, hoặc do chính bạn đề nghị. Hãy để đồng chí khác trong ban xét.")
    raise WrongMoment("Không còn đánh giá nào của đơn vị này chờ bạn ở bước này.")


def require_same(waiting: Iterable[Person], seen: Mapping[str, Choice]) -> None:
    """Stale unless what waits is exactly what the person saw, in the versions they saw."""
    if {person.key: person.version for person in waiting} != {key: choice.version for key, choice in seen.items()}:
        raise Stale()


def rows(waiting: Iterable[Person]) -> Iterable[tuple[Person, Evaluation]]:
    """Each person with the row to change."""
    for person in waiting:
        assert person.evaluation_id is not None
        yield person, db.session.get_one(Evaluation, person.evaluation_id)


def desk_url(branch: Branch) -> str:
    """Where a committee finds the branch."""
    return f"/xet-duyet/{branch.id}?nam={branch.year}"
