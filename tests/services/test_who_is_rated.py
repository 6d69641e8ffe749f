"""Whatever lives members lead, nobody is voted on or proposed whom the scheme does not rate, and nobody it rates is left out."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from diary.domain.actors import Post
from diary.domain.errors import NotFound
from diary.domain.evaluations import Attendance, EvaluationState
from diary.domain.leaves import LeaveKind
from diary.domain.schemes import SCHEME_2023, to_body
from diary.domain.transfers import TransferState
from diary.domain.units import UnitKind
from diary.models.base import db
from diary.models.counts import Leave
from diary.models.evaluations import Evaluation
from diary.models.members import Member, Membership
from diary.models.transfers import Transfer
from diary.models.units import Unit
from diary.models.years import Scheme
from diary.services import clock, meetings
from tests import factories, year_end

TODAY = date(2026, 11, 23)
WAYS = ["new", "with a comment", "without a comment"]
SHORT = [{"days_here": 20, "came": came, "party": came == "new", "sick": False} for came in WAYS]
USUAL = {"minimum_months": 3, "rates_party_members": True, "movers_with_comment": True}
LIVES = st.fixed_dictionaries(
    {
        "days_here": st.one_of(st.none(), st.integers(0, 260), st.sampled_from([91, 92, 93, 183, 184])),
        "came": st.sampled_from(WAYS),
        "party": st.booleans(),
        "sick": st.booleans(),
    }
)
RULES = st.fixed_dictionaries(
    {"minimum_months": st.sampled_from([0, 3, 6]), "rates_party_members": st.booleans(), "movers_with_comment": st.booleans()}
)
NUMBERS = count(1)


@dataclass(frozen=True)
class Place:
    """A branch of its own for one example, a branch that members come from, and the secretary's username."""

    home: Unit
    before: Unit
    officer: str


def fresh_place() -> Place:
    number = next(NUMBERS)
    bloc = db.session.get_one(Unit, year_end.unit("KHOI"))
    home = factories.unit(f"MOI{number}", f"Chi đoàn Mới {number}", UnitKind.BRANCH, bloc)
    before = factories.unit(f"CU{number}", f"Chi đoàn Cũ {number}", UnitKind.BRANCH, bloc)
    _, account = factories.member("Lâm Thị", "Ánh", home, f"bithu.moi{number}")
    factories.appoint(account, home, Post.SECRETARY)
    return Place(home, before, account.username)


def live(place: Place, life: dict) -> Member:
    """A member of the branch who came there as the life says."""
    row, account = factories.member("Đỗ Văn", "Bình", place.home, party_member=life["party"])
    stay = db.session.query(Membership).filter_by(member_id=row.id).one()
    since = stay.from_day = None if life["days_here"] is None else TODAY - timedelta(days=life["days_here"])
    if since is not None and life["came"] != "new":
        db.session.add(Membership(member_id=row.id, unit_id=place.before.id, from_day=date(2019, 1, 1), to_day=since - timedelta(days=1)))
        comment = "Hoàn thành việc được giao." if life["came"] == "with a comment" else ""
        asked = {"asked_by": account.id, "asked_at": datetime(2026, 1, 2, tzinfo=clock.VIETNAM), "comment": comment, "moved_on": since}
        ends = {"from_unit_id": place.before.id, "to_unit_id": place.home.id, "state": TransferState.DONE}
        db.session.add(Transfer(member_id=row.id, **ends, **asked))
    if life["sick"]:
        days = {"from_day": date(2026, 2, 1), "to_day": date(2026, 9, 30), "kind": LeaveKind.SICK}
        db.session.add(Leave(member_id=row.id, **days))
    db.session.add(Evaluation(member_id=row.id, year=2026, unit_id=place.home.id, state=EvaluationState.SELF_ASSESSED, self_level="good"))
    db.session.flush()
    return row


def is_rated(life: dict, rules: dict) -> bool:
    """The rule once more, by the calendar: on which day the months are full."""
    if life["party"] and not rules["rates_party_members"]:
        return False
    if life["days_here"] is None or (life["came"] == "with a comment" and rules["movers_with_comment"]):
        return True
    since = TODAY - timedelta(days=life["days_here"])
    months = since.year * 12 + since.month - 1 + rules["minimum_months"]
    return (months // 12, months % 12 + 1, since.day) <= (TODAY.year, TODAY.month, TODAY.day)


@settings(
    max_examples=6, deadline=None, phases=(Phase.explicit, Phase.generate), suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@example(lives=SHORT, rules=USUAL)
@example(lives=SHORT, rules=USUAL | {"movers_with_comment": False})
@given(lives=st.lists(LIVES, min_size=3, max_size=5), rules=RULES)
def test_who_is_voted_on_and_proposed_is_who_the_scheme_rates(session, cast, lives, rules):
    place = fresh_place()
    db.session.get_one(Scheme, "2023-2027").body = to_body(replace(SCHEME_2023, caps=(), **rules))
    people = [(live(place, life).id, is_rated(life, rules)) for life in lives]
    db.session.add(Evaluation(member_id=factories.actor(place.officer).member_id, year=2026, unit_id=place.home.id, self_level="good",
                              state=EvaluationState.SELF_ASSESSED))  # fmt: skip
    db.session.commit()
    officer = factories.actor(place.officer)
    meeting_id = year_end.open_meeting(place.officer)
    rated = [officer.member_id, *(member_id for member_id, is_one in people if is_one)]
    with_all = [member_id for member_id, _ in people]
    if set(with_all) - set(rated):
        with pytest.raises(NotFound):
            meetings.save_attendance(officer, meeting_id, dict.fromkeys(with_all, Attendance.PRESENT))
    meetings.save_attendance(officer, meeting_id, dict.fromkeys(rated, Attendance.PRESENT))
    for member_id, row in year_end.rows(place.home.id).items():
        ballot = meetings.Ballot(row.id, {"good": len(rated)}, "", row.version)
        if member_id in rated:
            meetings.save_ballot(officer, meeting_id, ballot)
        else:
            with pytest.raises(NotFound):
                meetings.save_ballot(officer, meeting_id, ballot)
    meetings.close_meeting(officer, meeting_id)
    year_end.propose(place.officer)
    db.session.expire_all()
    proposed = {member_id for member_id, row in year_end.rows(place.home.id).items() if row.state is EvaluationState.PROPOSED}
    assert proposed == set(rated)
