"""Reminding a member of one's branch."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from diary.domain.errors import NotAllowed, NotFound, WrongMoment
from diary.domain.members import Standing
from diary.domain.pledges import PledgeState
from diary.models.audit import AuditLine
from diary.models.base import db
from diary.models.members import Member
from diary.models.notices import Notice, Nudge
from diary.services import branches
from tests import factories

TODAY = date(2026, 11, 23)


def told(person):
    rows = db.session.execute(select(Notice.text, Notice.link).where(Notice.account_id == person.account_id).order_by(Notice.id))
    return [tuple(row) for row in rows]


def test_a_reminder_reaches_the_member_and_names_who_sent_it(actor, cast):
    factories.pledge(cast.member, PledgeState.APPROVED)
    assert branches.nudge_member(actor("deputy"), cast.member.member_id, TODAY) == "Thạch Thị Sa Rinh"
    ((text, link),) = told(cast.member)
    assert text.startswith("Phan Thị Mỹ Duyên nhắc bạn") and "nhật ký" in text and link == "/nhat-ky/moi"
    assert db.session.execute(select(AuditLine.action)).scalars().all() == ["member_nudge"]


def test_who_has_registered_nothing_is_reminded_of_that(actor, cast):
    factories.pledge(cast.member, PledgeState.DRAFT)
    branches.nudge_member(actor("secretary"), cast.member.member_id, TODAY)
    assert told(cast.member)[0][1] == "/dang-ky/moi"


def test_one_reminder_a_day_whoever_sends_it(actor, cast):
    branches.nudge_member(actor("secretary"), cast.member.member_id, TODAY)
    for name in ("secretary", "deputy"):
        with pytest.raises(WrongMoment, match="Hôm nay đã nhắc"):
            branches.nudge_member(actor(name), cast.member.member_id, TODAY)
    branches.nudge_member(actor("secretary"), cast.member.member_id, TODAY + timedelta(days=1))
    assert len(told(cast.member)) == db.session.execute(select(func.count()).select_from(Nudge)).scalar_one() == 2


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("base_secretary", NotAllowed), ("bloc_secretary", NotAllowed), ("inspector", NotAllowed),
        ("other_secretary", NotFound), ("member2", NotFound), ("administrator", NotFound),
    ],
)  # fmt: skip
def test_only_the_branch_s_own_officers_remind(actor, cast, name, refusal):
    with pytest.raises(refusal):
        branches.nudge_member(actor(name), cast.member.member_id, TODAY)
    assert told(cast.member) == []


def test_nobody_reminds_themselves_a_stranger_or_one_who_left(actor, cast):
    with pytest.raises(NotAllowed):
        branches.nudge_member(actor("secretary"), cast.secretary.member_id, TODAY)
    with pytest.raises(NotFound):
        branches.nudge_member(actor("secretary"), 999_999, TODAY)
    db.session.execute(update(Member).where(Member.id == cast.member.member_id).values(standing=Standing.LEFT))
    db.session.commit()
    with pytest.raises(WrongMoment):
        branches.nudge_member(actor("secretary"), cast.member.member_id, TODAY)
