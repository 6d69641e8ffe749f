"""Reminding a member of one's branch."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from diary.domain.errors import NotAllowed, NotFound, WrongMoment
from diary.domain.members import Standing
from diary.domain.pledges import PledgeState
from diary.models.audit import AuditLine
from diary.models.base import db
from diary.models.counts import MemberWeek
from diary.models.mails import Mail
from diary.models.members import Member
from diary.models.notices import Notice, Nudge
from diary.models.reminders import ReminderChoice
from diary.services import branches, consents
from diary.services.reminders import Site
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


def test_all_who_miss_something_are_reminded_at_once_but_oneself_and_those_reminded_today(actor, cast):
    factories.pledge(cast.member2, PledgeState.APPROVED)
    branches.nudge_member(actor("deputy"), cast.member.member_id, TODAY)
    assert branches.nudge_missing(actor("secretary"), cast.units["BV-NOI"], TODAY) == 3  # the deputy, member2, the new member
    assert told(cast.secretary) == [] and len(told(cast.member)) == 1
    assert told(cast.member2)[0][1] == "/nhat-ky/moi" and told(cast.new_member)[0][1] == "/dang-ky/moi"
    lines = db.session.execute(select(AuditLine.action, AuditLine.fields).order_by(AuditLine.id)).all()
    assert [tuple(line) for line in lines] == [("member_nudge", []), ("members_nudge", ["persons:3"])]
    with pytest.raises(WrongMoment, match="không còn ai cần nhắc"):
        branches.nudge_missing(actor("secretary"), cast.units["BV-NOI"], TODAY)


def test_in_the_week_that_runs_those_are_reminded_who_did_not_write_in_it(actor, cast):
    for person in (cast.member, cast.member2):
        factories.pledge(person, PledgeState.APPROVED)
    db.session.add(MemberWeek(member_id=cast.member.member_id, monday=TODAY, entries=1))
    db.session.commit()
    branches.nudge_missing(actor("secretary"), cast.units["BV-NOI"], TODAY, week=TODAY)
    assert told(cast.member) == [] and "tuần này bạn chưa ghi nhật ký" in told(cast.member2)[0][0]


@pytest.mark.parametrize(("name", "refusal"), [("base_secretary", NotAllowed), ("other_secretary", NotFound), ("member", NotFound)])
def test_only_the_branch_s_own_officers_remind_all(actor, cast, name, refusal):
    with pytest.raises(refusal):
        branches.nudge_missing(actor(name), cast.units["BV-NOI"], TODAY)
    with pytest.raises(NotFound):
        branches.nudge_missing(actor("secretary"), 999_999, TODAY)


def test_a_reminder_goes_by_mail_too_where_the_member_picked_it_and_waits_for_the_morning(actor, cast, time):
    site = Site("https://nhatky.example", sends_mail=True)
    chosen = {"by_notice": False, "by_mail": True, "by_push": False, "weekday": 4, "hour": 16, "quiet_from": 21, "quiet_to": 7}
    db.session.add(ReminderChoice(account_id=cast.member.account_id, **chosen))
    db.session.execute(update(Member).where(Member.id == cast.member.member_id).values(email="rinh@example.vn"))
    db.session.commit()
    time.move_to(datetime(2026, 11, 23, 22, tzinfo=factories.VIETNAM))
    branches.nudge_member(actor("secretary"), cast.member.member_id, TODAY, site=site)
    (mail,) = db.session.execute(select(Mail)).scalars()
    assert mail.subject == "Lâm Thanh Sang nhắc bạn" and mail.not_before == datetime(2026, 11, 24, 7, tzinfo=factories.VIETNAM)
    assert "https://nhatky.example/dang-ky/moi" in mail.words and len(told(cast.member)) == 1, "who is asked by a person is told inside too"


def test_who_withdrew_their_consent_is_not_reminded(actor, cast):
    consents.withdraw_consent(actor("member"))
    with pytest.raises(WrongMoment, match="rút lại"):
        branches.nudge_member(actor("secretary"), cast.member.member_id, TODAY)
    before = len(told(cast.member))
    branches.nudge_missing(actor("secretary"), cast.member.unit_id, TODAY)
    assert len(told(cast.member)) == before and told(cast.member2)
