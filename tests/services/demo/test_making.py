"""The demo bloc: believable, consistent, and only on an empty database."""

import pytest
from sqlalchemy import delete, func, select

from diary.domain.consents import VERSION
from diary.domain.entries import EntryState
from diary.domain.errors import WrongMoment
from diary.models.accounts import Account, Appointment, Consent
from diary.models.base import Base, db
from diary.models.entries import Entry, EntryReview
from diary.models.evaluations import Evaluation
from diary.models.units import Unit
from diary.models.years import Scheme
from diary.queries.accounts import actor_of
from diary.queries.readings import own_readings
from diary.services import clock, demo
from diary.services.recounting import recount


@pytest.fixture
def empty(session):
    """The database without the cast."""
    session.rollback()
    for table in reversed(Base.metadata.sorted_tables):
        if table.name == "units":
            for (unit_id,) in session.execute(select(Unit.id).order_by(Unit.path.desc())).all():
                session.execute(delete(Unit).where(Unit.id == unit_id))
        else:
            session.execute(table.delete())
    session.commit()
    return session


def test_the_demo_is_refused_where_there_is_data(session, cast):
    with pytest.raises(WrongMoment):
        demo.make_demo(members=80, years=1)


def test_the_demo_bloc_holds_what_people_try_it_for(empty):
    demo.make_demo(members=80, years=2)
    assert recount(mend=False) == ()
    assert {account.username for account in demo.demo_accounts()} == {
        "quantri", "bithu.khoi", "kiemtra", "bithu.coso", "bithu.chidoan", "phobithu.chidoan", "doanvien", "doanvien2", "bithu.khac",
        "doanvien.moi",
    }  # fmt: skip
    assert empty.execute(select(func.count()).where(Account.is_demo.is_(False))).scalar_one() == 0
    agreed = select(Consent.account_id).where(Consent.version == VERSION, Consent.withdrawn_at.is_(None))
    asked = select(func.count()).where(Account.member_id.is_not(None), Account.id.not_in(agreed))
    assert empty.execute(asked).scalar_one() == 0, "nobody who tries the demo is asked for consent first"
    states = set(empty.execute(select(Entry.state).distinct()).scalars())
    assert states == set(EntryState)
    assert empty.execute(select(func.count(Entry.did.distinct()))).scalar_one() > 300, "several hundred different texts"
    new = empty.execute(select(Account.member_id).where(Account.username == "doanvien.moi")).scalar_one()
    this_year = empty.execute(select(func.max(Entry.year))).scalar_one()
    assert not empty.execute(select(Entry.id).where(Entry.member_id == new, Entry.year == this_year)).first()
    marks = set(empty.execute(select(Entry.hints).where(Entry.state == EntryState.WAITING)).scalars())
    assert {"", None} < marks, "of what waits some stands out, some does not, and some is left to the worker"
    undecided = select(func.count()).where(Evaluation.year < this_year, Evaluation.decided_level == "")
    assert empty.execute(undecided).scalar_one() == 0


def test_time_runs_forward_in_the_demo(empty, time):
    demo.make_demo(members=80, years=1)
    wrong = select(func.count()).where((Entry.sent_at < Entry.written_at) | (Entry.reviewed_at < Entry.sent_at))
    assert empty.execute(wrong).scalar_one() == 0
    newest = empty.execute(select(func.max(Entry.written_at), func.max(Entry.happened_on))).one()
    assert newest[0] <= clock.now() and newest[1] <= clock.today()
    assert empty.execute(select(func.count()).where(EntryReview.at > clock.now())).scalar_one() == 0


def test_nobody_reviews_their_own_entries_in_the_demo(empty):
    demo.make_demo(members=80, years=1)
    own = select(func.count()).select_from(EntryReview).join(Entry, Entry.id == EntryReview.entry_id)
    own = own.join(Account, Account.id == EntryReview.account_id).where(Account.member_id == Entry.member_id)
    assert empty.execute(own).scalar_one() == 0
    assert empty.execute(select(func.count()).select_from(Appointment)).scalar_one() > 10
    assert db.session.get(Scheme, "2023-2027") is not None


def test_the_demo_s_members_see_who_read_what_was_reviewed(empty):
    demo.make_demo(members=80, years=1)
    account_id = empty.execute(select(Account.id).where(Account.username == "doanvien")).scalar_one()
    readers = {reader.name for day in own_readings(actor_of(account_id, clock.today())).days for reader in day.readers}
    assert readers and "Quản trị hệ thống" not in readers
