"""To whom a sending goes."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from diary.domain.actors import Post
from diary.models.accounts import Account, Appointment
from diary.models.units import Unit
from diary.services.review_routing import review_unit
from tests import factories

TODAY = date(2026, 11, 23)


@pytest.fixture
def goes_to(session, cast):
    codes = {unit_id: code for code, unit_id in cast.units.items()}
    return lambda name, code="": codes[
        review_unit(getattr(cast, name).member_id, cast.units[code] if code else getattr(cast, name).unit_id, TODAY)
    ]


def appoint(session, name, code, post, **facts):
    account = session.execute(select(Account).where(Account.username == name)).scalars().one()
    unit = session.execute(select(Unit).where(Unit.code == code)).scalars().one()
    factories.appoint(account, unit, post, **facts)


def end(session, name, day):
    for row in session.execute(select(Appointment).join(Account).where(Account.username == name)).scalars():
        row.to_day = day
    session.flush()


def test_a_member_s_sending_stays_in_the_branch(goes_to):
    assert goes_to("member") == "BV-NOI"


def test_a_secretary_with_a_deputy_is_reviewed_in_the_branch(goes_to):
    assert goes_to("secretary") == "BV-NOI" and goes_to("deputy") == "BV-NOI"


def test_the_only_officer_of_a_branch_is_reviewed_above(goes_to):
    assert goes_to("other_secretary") == "BV" and goes_to("lone_secretary") == "KHOI"


def test_a_deputy_whose_term_is_over_counts_no_more(session, goes_to):
    end(session, "deputy", TODAY - timedelta(days=1))
    assert goes_to("secretary") == "BV"


def test_a_term_counts_on_its_last_day(session, goes_to):
    end(session, "deputy", TODAY)
    assert goes_to("secretary") == "BV-NOI"


def test_a_deputy_whose_account_is_closed_counts_no_more(session, goes_to):
    from diary.services import clock

    session.execute(select(Account).where(Account.username == "deputy")).scalars().one().closed_at = clock.now()
    session.flush()
    assert goes_to("secretary") == "BV"


def test_a_committee_member_of_a_branch_reviews_nothing(session, goes_to):
    appoint(session, "stranger", "KB", Post.COMMITTEE_MEMBER)
    assert goes_to("lone_secretary") == "KHOI"


def test_a_branch_without_officers_keeps_its_sendings(session, goes_to):
    assert goes_to("member", "BV-DUOC") == "BV-DUOC"


def test_one_who_is_alone_above_too_is_passed_further_up(session, goes_to):
    appoint(session, "other_secretary", "BV", Post.SECRETARY)
    end(session, "base_secretary", TODAY - timedelta(days=1))
    assert goes_to("other_secretary") == "KHOI"


def test_a_base_s_committee_member_reviews_for_its_secretary(session, goes_to):
    appoint(session, "other_secretary", "BV", Post.SECRETARY)
    end(session, "base_secretary", TODAY - timedelta(days=1))
    appoint(session, "member", "BV", Post.COMMITTEE_MEMBER)
    assert goes_to("other_secretary") == "BV"


def test_in_a_base_with_members_of_its_own_only_its_officers_review_them(session, goes_to):
    appoint(session, "member", "BV", Post.COMMITTEE_MEMBER)
    assert goes_to("base_secretary", "BV") == "KHOI"
