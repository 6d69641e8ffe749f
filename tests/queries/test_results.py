from collections import Counter
from datetime import date

import pytest

from diary.domain.errors import NotAllowed, NotFound
from diary.domain.permissions import Action
from diary.domain.results import turn_of
from diary.domain.schemes import SCHEME_2023
from diary.domain.transfers import TransferState
from diary.models.base import db
from diary.models.members import Membership
from diary.models.transfers import Transfer
from diary.models.units import Unit
from diary.queries.evaluations import load_branch, meeting_facts, people
from diary.queries.results import results_page
from diary.services import clock
from tests import factories, papers, year_end
from tests.factories import YEAR


def page(actor, who, unit_id=None):
    return results_page(actor(who), unit_id, YEAR, SCHEME_2023, clock.today())


def told_one_by_one(actor, unit_id):
    """The same counts from the table of the branch, which looks at each person by themselves."""
    branch = load_branch(actor("bloc_secretary"), Action.EVALUATION_READ, unit_id, YEAR)
    everyone = people(branch, meeting_facts(unit_id, YEAR), clock.today())
    rated = [person for person in everyone if person.rated]
    turns = Counter(turn_of(person.state, branch.through_base) for person in rated if not person.decided_level)
    return Counter(person.decided_level for person in rated if person.decided_level), turns, len(everyone) - len(rated)


def came(member_id, day, comment=None, cast=None):
    """Let the member have come on that day, from another branch where a comment is given ("" for one without words)."""
    row = db.session.query(Membership).filter_by(member_id=member_id).one()
    row.from_day = day
    if comment is not None:
        facts = {"from_unit_id": cast.units["KB"], "to_unit_id": row.unit_id, "state": TransferState.DONE, "moved_on": day}
        asked = {"asked_by": cast.secretary.account_id, "asked_at": clock.now(), "comment": comment}
        db.session.add(Transfer(member_id=member_id, **facts, **asked))


STEPS = {
    "before anything": lambda: None,
    "one assessed": lambda: year_end.self_assess("member"),
    "sent up": papers.propose,
    "decided": papers.decide,
}


@pytest.mark.parametrize("step", STEPS)
def test_the_counts_of_a_branch_are_those_of_its_people_one_by_one(actor, cast, step):
    home = cast.units["BV-NOI"]
    STEPS[step]()
    names = enumerate(("Một", "Hai", "Ba", "Tư"))
    late = [factories.member("Trần Văn", name, db.session.get_one(Unit, home), f"den{n}")[0].id for n, name in names]
    came(late[0], date(2026, 10, 1))
    came(late[1], date(2026, 10, 1), "Chăm chỉ.", cast)
    came(late[2], date(2026, 10, 1), "", cast)
    came(late[3], date(2026, 8, 23))
    db.session.commit()
    result = page(actor, "bloc_secretary", home).total
    levels, turns, unrated = told_one_by_one(actor, home)
    codes = [level.code for level in SCHEME_2023.levels]
    assert dict(zip(codes, result.counts, strict=True)) == {code: levels[code] for code in codes}
    assert +Counter(result.waiting) == turns
    assert sum(result.unrated.values()) == unrated > 0


def test_the_parts_of_a_bloc_are_together_the_whole(actor, cast):
    papers.decide()
    whole = page(actor, "bloc_secretary")
    parts = [page(actor, "bloc_secretary", row.unit_id).total for row in whole.rows]
    assert whole.total.people == sum(part.people for part in parts) == len(factories.CAST)
    assert [row.counts for row in whole.rows] == [part.counts for part in parts]


def test_one_reads_the_results_of_what_lies_below_one_s_posts_and_nothing_else(actor, cast):
    assert page(actor, "base_secretary").unit_id == cast.units["BV"]
    assert page(actor, "inspector").unit_id == cast.units["KHOI"]
    assert page(actor, "base_secretary", cast.units["BV-NOI"]).above is not None
    assert page(actor, "secretary").above is None
    for who, code, refusal in (("secretary", "BV", NotFound), ("base_secretary", "KB", NotFound), ("member", "BV-NOI", NotAllowed)):
        with pytest.raises(refusal):
            page(actor, who, cast.units[code])
    with pytest.raises(NotFound):
        page(actor, "bloc_secretary", 999_999)
    with pytest.raises(NotAllowed):
        page(actor, "administrator")
