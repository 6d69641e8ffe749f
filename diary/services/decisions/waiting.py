"""What of a branch waits for whom, and whether it is still what they saw."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import select

from ...domain.actors import Actor
from ...domain.errors import NotAllowed, Stale, WrongMoment
from ...domain.proposals import Choice, Said
from ...domain.years import Activity, require_open
from ...models.accounts import Account
from ...models.base import db
from ...models.evaluations import Decision, Evaluation
from ...queries.evaluations.branches import Branch, Person, load_branch_above, meeting_facts, people
from ...queries.evaluations.evidence import evidence_of
from ...queries.evaluations.turns import Turns, turns
from ...queries.transfers import earlier_stays
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


def said_of(branch: Branch, waiting: Collection[Person]) -> dict[str, Said]:
    """What was said of each and what the books say, by evaluation id."""
    ids = [person.member_id for person in waiting]
    came = earlier_stays(ids, branch.year, branch.id)
    evidence = evidence_of(branch.the_scheme(), ids, branch.year, clock.today(), came)
    return {person.key: person.said(evidence[person.member_id]) for person in waiting}


def level_counts_of(rated: Iterable[Person], choices: Mapping[str, Choice]) -> Counter[str]:
    """How many of the branch would have each level: what was decided or proposed before, and what is chosen now."""
    before = {person.key: person.decided_level or person.proposed_level for person in rated}
    return Counter((before | {key: choice.level for key, choice in choices.items()}).values())


def require_some(branch: Branch, mine: Turns, wanted: Collection[Person], seen: Collection[str]) -> None:
    """NotAllowed where only one's own is left for a colleague, Stale where nothing waits of what one saw, else WrongMoment."""
    if wanted:
        return
    if mine.left_out:
        raise NotAllowed("Đây là đánh giá của chính bạn, hoặc do chính bạn đề nghị. Hãy để đồng chí khác trong ban xét.")
    nothing = "Không còn đánh giá nào của đơn vị này chờ bạn ở bước này"
    raise Stale(f"{nothing}: {_who_was_first(branch)}.") if seen else WrongMoment(f"{nothing}.")


def _who_was_first(branch: Branch) -> str:
    paper = select(Decision.number, Account.name).join(Account, Account.id == Decision.decided_by)
    there = (Decision.unit_id == branch.id) & (Decision.year == branch.year)
    last = db.session.execute(paper.where(there).order_by(Decision.at.desc()).limit(1)).one_or_none()
    return f"{last.name} đã công nhận theo Quyết định số {last.number}" if last else "nội dung trang này vừa thay đổi"


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
