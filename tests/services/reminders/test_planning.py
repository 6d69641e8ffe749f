"""Planning what is due: for whom, of what, once, and never for whom it is not."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, insert, select, update

from diary.domain.entries import EntryState
from diary.domain.evaluations import EvaluationState
from diary.domain.members import Standing
from diary.domain.pledges import PledgeState
from diary.domain.reminders import USUAL, ReminderKind
from diary.domain.reviews import Verdict
from diary.domain.years import Activity
from diary.models.accounts import Account, Consent
from diary.models.base import db
from diary.models.counts import Leave, MemberWeek
from diary.models.entries import EntryReview
from diary.models.evaluations import Evaluation
from diary.models.mails import Mail
from diary.models.members import Member
from diary.models.notices import Notice
from diary.models.reminders import Push, PushSubscription, Reminder, ReminderChoice
from diary.models.units import Unit
from diary.models.years import Window, WorkYear
from diary.services import clock, reminders
from tests import factories
from tests.counting import counted

WEEK = date(2026, 11, 23)
TURN = datetime(2026, 11, 27, 16, 5, tzinfo=factories.VIETNAM)
K = ReminderKind


@pytest.fixture(autouse=True)
def friday(app, time):
    """It is Friday afternoon, everyone has activated, and nothing of the year's other windows is open."""
    time.move_to(TURN)
    with app.app_context():
        db.session.execute(update(Account).values(password_hash="x"))
        closed = Window.activity.in_([Activity.REGISTERING, Activity.SELF_ASSESSMENT])
        db.session.execute(update(Window).where(closed).values(opens_on=date(2026, 1, 1), closes_on=date(2026, 3, 31)))
        db.session.commit()


def opens(activity, closes_on=date(2026, 12, 20)):
    days = {"opens_on": date(2026, 11, 15), "closes_on": closes_on}
    db.session.execute(update(Window).where(Window.activity == activity).values(**days))
    db.session.commit()


def plan(since=None, sends_mail=True):
    return reminders.plan_due(since, reminders.Site("https://nhatky.example", sends_mail))


def planned(person):
    query = select(Reminder.kind, Reminder.period).where(Reminder.account_id == person.account_id).order_by(Reminder.kind)
    return [tuple(row) for row in db.session.execute(query)]


def kinds(person):
    return {kind for kind, _ in planned(person)}


def told(person):
    return list(db.session.execute(select(Notice.text).where(Notice.account_id == person.account_id).order_by(Notice.id)).scalars())


def wrote(person, monday=WEEK, entries=1, nothing=False):
    db.session.add(MemberWeek(member_id=person.member_id, monday=monday, entries=entries, nothing_to_do=nothing))
    db.session.commit()


def choose(person, **facts):
    choice = {name: getattr(USUAL, name) for name in USUAL.__dataclass_fields__} | facts
    db.session.add(ReminderChoice(account_id=person.account_id, **choice))
    db.session.commit()


def has_mail(person, address="rinh@example.vn"):
    db.session.execute(update(Member).where(Member.id == person.member_id).values(email=address))
    db.session.commit()


def test_who_wrote_nothing_this_week_is_told_once_however_often_it_is_planned(session, cast):
    wrote(cast.member2)
    assert plan() > 0
    assert planned(cast.member) == [(K.WEEK_MISSING, WEEK)] and planned(cast.member2) == []
    assert told(cast.member) == ["Bạn chưa ghi nhật ký tuần 23–29/11. Dành 30 giây ghi lại một việc bạn đã làm nhé."]
    assert plan() == 0 and len(told(cast.member)) == 1


def test_nobody_is_told_before_their_hour_and_later_turns_come_at_theirs(session, cast, time):
    choose(cast.member, weekday=5, hour=9)
    time.move_to(TURN - timedelta(minutes=6))
    assert plan() == 0
    time.move_to(TURN)
    plan()
    assert planned(cast.member) == [] and planned(cast.member2)
    time.move_to(TURN + timedelta(hours=17))
    assert plan(since=TURN) == 1 and planned(cast.member) == [(K.WEEK_MISSING, WEEK)]


def test_whose_turn_was_before_the_last_look_is_not_asked_again(session, cast, time):
    wrote(cast.member)
    plan()
    db.session.execute(update(MemberWeek).values(entries=0))
    db.session.commit()
    time.move_to(TURN + timedelta(hours=2))
    assert plan(since=TURN + timedelta(hours=1, minutes=50)) == 0 and planned(cast.member) == []


def test_a_worker_that_was_off_for_weeks_plans_the_week_that_runs_only(session, cast):
    plan(since=TURN - timedelta(weeks=3))
    assert planned(cast.member) == [(K.WEEK_MISSING, WEEK)]


def test_an_early_turn_asks_about_the_week_that_is_over(session, cast, time):
    choose(cast.member, weekday=0, hour=8)
    wrote(cast.member, monday=WEEK)
    plan()
    assert planned(cast.member) == [(K.WEEK_MISSING, WEEK - timedelta(weeks=1))]


@pytest.mark.parametrize(
    "facts",
    [
        lambda who: update(Member).where(Member.id == who.member_id).values(standing=Standing.LEFT),
        lambda who: update(Account).where(Account.id == who.account_id).values(closed_at=TURN),
        lambda who: update(Account).where(Account.id == who.account_id).values(password_hash=""),
        lambda who: update(Consent).where(Consent.account_id == who.account_id).values(withdrawn_at=TURN),
        lambda who: update(WorkYear).values(locked_at=TURN),
        lambda who: update(Window).where(Window.activity == Activity.WRITING).values(closes_on=date(2026, 11, 1)),
        lambda who: insert(MemberWeek).values(member_id=who.member_id, monday=WEEK, entries=0, nothing_to_do=True),
        lambda who: insert(Leave).values(
            member_id=who.member_id, from_day=WEEK, to_day=WEEK + timedelta(days=6), kind="other", reason="", version=1
        ),
        lambda who: insert(ReminderChoice).values(
            account_id=who.account_id, by_notice=False, by_mail=False, by_push=False, weekday=4, hour=16, quiet_from=21, quiet_to=7
        ),
    ],
    ids=["left", "closed", "not activated", "no consent", "year locked", "not writing", "nothing to do", "on leave", "wants none"],
)
def test_nobody_is_reminded_of_what_is_not_asked_of_them(session, cast, facts):
    db.session.execute(facts(cast.member))
    db.session.commit()
    plan()
    assert planned(cast.member) == [] and told(cast.member) == []


def test_a_leave_that_was_taken_back_excuses_nobody(session, cast):
    days = {"from_day": WEEK, "to_day": WEEK + timedelta(days=6)}
    db.session.add(Leave(member_id=cast.member.member_id, **days, taken_back_at=TURN))
    db.session.commit()
    plan()
    assert kinds(cast.member) == {K.WEEK_MISSING}


def test_who_has_sent_no_pledge_is_told_while_registering_is_open(session, cast):
    opens(Activity.REGISTERING)
    factories.pledge(cast.member2, PledgeState.RETURNED)
    factories.pledge(cast.member, PledgeState.DRAFT)
    plan()
    assert planned(cast.member)[0] == (K.PLEDGES_MISSING, date(2026, 11, 15)) and K.PLEDGES_MISSING not in kinds(cast.member2)
    assert any("chưa gửi nội dung đăng ký làm theo năm 2026" in text for text in told(cast.member))


def test_a_unit_s_own_days_decide_for_its_people(session, cast):
    opens(Activity.REGISTERING)
    days = {"opens_on": date(2026, 1, 1), "closes_on": date(2026, 2, 1)}
    db.session.add(Window(year=2026, unit_id=cast.units["BV-NOI"], activity=Activity.REGISTERING, **days))
    db.session.commit()
    plan()
    assert K.PLEDGES_MISSING not in kinds(cast.member) and K.PLEDGES_MISSING in kinds(cast.stranger)


def test_who_has_not_assessed_themselves_is_told_while_it_is_open(session, cast):
    opens(Activity.SELF_ASSESSMENT)
    same = {"unit_id": cast.member2.unit_id, "year": 2026}
    db.session.add(Evaluation(member_id=cast.member2.member_id, state=EvaluationState.SELF_ASSESSED, **same))
    db.session.commit()
    plan()
    assert K.SELF_ASSESSMENT in kinds(cast.member) and K.SELF_ASSESSMENT not in kinds(cast.member2)
    db.session.execute(update(WorkYear).values(scheme_code=None))
    db.session.commit()


def test_what_was_returned_three_days_ago_is_told_and_what_was_returned_yesterday_waits(session, cast):
    for person, days in ((cast.member, 3), (cast.member2, 1)):
        row = factories.entry(person, EntryState.RETURNED, happened_on=WEEK)
        at = TURN - timedelta(days=days)
        db.session.add(EntryReview(entry_id=row.id, revision=1, account_id=cast.secretary.account_id, verdict=Verdict.RETURNED, at=at))
    db.session.commit()
    plan()
    assert K.RETURNED_WAITING in kinds(cast.member) and K.RETURNED_WAITING not in kinds(cast.member2)
    assert any("việc ngày 23/11 được trả lại để bổ sung đã 3 ngày" in text for text in told(cast.member))


def test_the_branch_s_officers_get_one_digest_and_nobody_else_does(session, cast):
    for person in (cast.secretary, cast.deputy, cast.new_member, cast.member2):
        wrote(person)
        factories.pledge(person, PledgeState.APPROVED)
    plan()
    assert planned(cast.secretary) == planned(cast.deputy) == [(K.BRANCH_WEEK, WEEK)]
    assert told(cast.secretary) == ["Chi đoàn Khối Nội, tuần 23–29/11: 4/5 người đã ghi, 1 người chưa đăng ký."]
    assert K.BRANCH_WEEK not in kinds(cast.member) | kinds(cast.base_secretary)


def test_a_week_without_exceptions_sends_its_officers_nothing(session, cast):
    for person in (cast.secretary, cast.deputy, cast.new_member, cast.member2, cast.member):
        wrote(person)
        factories.pledge(person, PledgeState.APPROVED)
    plan()
    assert planned(cast.secretary) == []


def test_an_officer_is_told_of_a_queue_before_the_base_may_step_in_and_never_of_their_own(session, cast):
    sent = TURN - timedelta(days=5)
    for person in (cast.member, cast.member, cast.deputy):
        factories.entry(person, sent_at=sent)
    factories.entry(cast.member2, sent_at=TURN)
    plan()
    assert any("4 mục đang chờ bạn duyệt, lâu nhất đã 5 ngày." in text for text in told(cast.secretary))
    assert any("3 mục đang chờ bạn duyệt" in text for text in told(cast.deputy))
    assert K.QUEUE_WAITING not in kinds(cast.other_secretary) | kinds(cast.member)


def test_a_queue_of_a_few_days_is_no_matter_yet(session, cast):
    factories.entry(cast.member, sent_at=TURN - timedelta(days=4))
    plan()
    assert K.QUEUE_WAITING not in kinds(cast.secretary)


def test_mail_goes_to_who_picked_it_and_has_an_address_with_all_of_the_turn_and_not_in_the_quiet_hours(session, cast, time):
    opens(Activity.REGISTERING)
    choose(cast.member, by_notice=False, by_mail=True, hour=22)
    choose(cast.member2, by_mail=True)
    has_mail(cast.member)
    has_mail(cast.stranger, "vi@example.vn")
    time.move_to(TURN.replace(hour=22))
    plan()
    (mail,) = db.session.execute(select(Mail)).scalars()
    assert (mail.account_id, mail.address) == (cast.member.account_id, "rinh@example.vn") and told(cast.member) == []
    assert mail.subject.startswith("Nhắc việc: Chưa ghi nhật ký") and "/dang-ky/moi" in mail.words
    assert mail.not_before == datetime(2026, 11, 28, 7, tzinfo=factories.VIETNAM)
    assert mail.unsubscribe == "https://nhatky.example/ca-nhan/nhac-viec"


def test_no_mail_is_written_where_the_installation_sends_none(session, cast):
    choose(cast.member, by_mail=True)
    has_mail(cast.member)
    plan(sends_mail=False)
    assert db.session.execute(select(func.count()).select_from(Mail)).scalar_one() == 0 and told(cast.member)


def test_each_browser_that_takes_pushes_gets_one_for_the_turn(session, cast):
    for number in range(2):
        where = {"endpoint": f"https://push.example/{number}", "p256dh": "k", "auth": "a", "device": "Chrome", "session_hash": ""}
        db.session.add(PushSubscription(account_id=cast.member.account_id, made_at=TURN, **where))
    db.session.commit()
    plan()
    found = list(db.session.execute(select(Push)).scalars())
    assert len(found) == 2 and {push.words for push in found} == {told(cast.member)[0]}


def many(session, cast, how_many):
    """So many more members of the branch with accounts that can be reminded."""
    home = session.get_one(Unit, cast.units["BV-NOI"])
    for n in range(how_many):
        factories.member("Trần Văn", f"Thứ {n}", home, f"nhieu{how_many}-{n}")
    session.execute(update(Account).values(password_hash="x"))
    session.commit()


def test_twenty_people_and_two_hundred_cost_the_same_number_of_statements(app, session, cast, time):
    costs = []
    for how_many in (20, 200):
        many(session, cast, how_many)
        with counted(app) as sent:
            plan()
        costs.append(len(sent))
        time.shift(timedelta(weeks=1))
    assert costs[0] == costs[1]


def test_what_was_planned_stands_though_the_planner_is_killed_in_the_middle_and_the_next_plans_the_rest(session, cast, monkeypatch):
    from diary.services.reminders import planning

    many(session, cast, 30)
    monkeypatch.setattr(planning, "BATCH", 10)
    real, batches = planning.write, []

    def crash(*what):
        batches.append(what)
        if len(batches) == 3:
            raise SystemExit("killed")
        real(*what)

    monkeypatch.setattr(planning, "write", crash)
    with pytest.raises(SystemExit):
        plan()
    db.session.rollback()
    kept = db.session.execute(select(func.count()).select_from(Reminder)).scalar_one()
    assert kept > 0 and kept == db.session.execute(select(func.count()).select_from(Notice)).scalar_one(), (
        "a row and its notice, or neither"
    )
    plan()
    everyone = db.session.execute(select(func.count()).select_from(Notice)).scalar_one()
    asked = db.session.execute(select(func.count(Notice.account_id.distinct()))).scalar_one()
    assert everyone == db.session.execute(select(func.count()).select_from(Reminder)).scalar_one() > kept
    assert asked == len(db.session.execute(select(Account.id).where(Account.member_id.is_not(None))).all())


def test_old_rows_are_forgotten_and_those_a_window_may_still_ask_about_are_not(session, cast, time):
    plan()
    time.shift(timedelta(days=390))
    reminders.forget_old()
    assert planned(cast.member)
    time.shift(timedelta(days=20))
    reminders.forget_old()
    db.session.rollback()
    assert planned(cast.member) == [] and clock.today() > WEEK
