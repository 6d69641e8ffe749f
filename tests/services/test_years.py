"""Work years: opening, windows, scheme, locking; and who may."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from diary.domain.entries import EntryState
from diary.domain.errors import BadInput, NotAllowed, NotFound, WrongMoment
from diary.domain.units import Place
from diary.domain.years import Activity, OpenDays
from diary.models.audit import AuditLine
from diary.models.base import db
from diary.models.entries import Entry
from diary.models.evaluations import Decision, Evaluation
from diary.models.units import Unit, Virtue
from diary.models.years import Scheme, Window, WorkYear, YearLock
from diary.queries import years as queries
from diary.services import schemes, years
from tests import factories

SPRING = OpenDays(date(2026, 2, 1), date(2026, 3, 1))


def place(cast, code):
    return Place(cast.units[code], db.session.execute(select(Unit.path).where(Unit.code == code)).scalar_one())


def days(cast, code, activity=Activity.WRITING):
    db.session.expire_all()
    return queries.year_facts(2026, place(cast, code)).windows[activity]


def virtue_names(year):
    query = select(Virtue.name).where(Virtue.year == year).order_by(Virtue.unit_id, Virtue.position)
    return db.session.execute(query).scalars().all()


def test_a_new_year_gets_its_scheme_the_usual_windows_and_the_virtues_of_the_year_before(actor, cast):
    db.session.add(Virtue(unit_id=cast.units["BV"], year=2026, position=1, name="Tận tụy", how_checked="Hỏi người bệnh"))
    db.session.commit()
    years.open_year(actor("bloc_secretary"), 2027)
    facts = queries.year_facts(2027, place(cast, "KB"))
    assert facts.scheme_code == "2023-2027" and set(facts.windows) == set(Activity)
    assert facts.windows[Activity.REGISTERING] == OpenDays(date(2027, 1, 1), date(2027, 3, 31))
    assert virtue_names(2027) == ["Cần", "Kiệm", "Liêm", "Chính", "Chí công vô tư", "Tận tụy"]


@pytest.mark.parametrize("year", [2022, 2028])
def test_a_year_no_scheme_covers_opens_without_one(actor, cast, year):
    years.open_year(actor("bloc_deputy"), year)
    assert queries.year_facts(year, place(cast, "KB")).scheme_code is None
    assert virtue_names(year)[:2] == ["Cần", "Kiệm"]


def test_the_first_year_of_all_is_opened_by_the_program_itself(session, cast):
    for table in (Virtue, Window, WorkYear, Scheme):
        db.session.query(table).delete()
    db.session.commit()
    years.open_year(None, 2026)
    assert queries.scheme_of(2026).code == "2023-2027" and len(virtue_names(2026)) == 5


def test_a_year_opens_once_and_is_plausible(actor):
    with pytest.raises(WrongMoment, match="đã được mở"):
        years.open_year(actor("bloc_secretary"), 2026)
    with pytest.raises(BadInput):
        years.open_year(actor("bloc_secretary"), 1999)


def test_only_the_bloc_committee_sets_years(actor, cast):
    acts = (
        lambda who: years.open_year(who, 2027),
        lambda who: years.set_window(who, 2026, cast.units["BV"], Activity.WRITING, SPRING),
        lambda who: schemes.choose_scheme(who, 2026, "2011-2018"),
        lambda who: years.lock_year(who, 2026, "Hết năm"),
        lambda who: years.unlock_year(who, 2026, "Sửa sổ"),
    )
    for act in acts:
        for name, refusal in (("inspector", NotAllowed), ("base_secretary", NotFound), ("member", NotFound), ("administrator", NotFound)):
            with pytest.raises(refusal):
                act(actor(name))


def test_a_unit_s_own_days_hold_for_it_and_below_until_they_are_taken_back(actor, cast):
    bloc, common = actor("bloc_secretary"), days(cast, "KB")
    years.set_window(bloc, 2026, cast.units["BV"], Activity.WRITING, SPRING)
    assert days(cast, "BV-NOI") == days(cast, "BV") == SPRING and days(cast, "KB") == common
    years.set_window(bloc, 2026, cast.units["BV"], Activity.WRITING, None)
    assert days(cast, "BV-NOI") == common
    with pytest.raises(WrongMoment, match="chỉ đổi được"):
        years.set_window(bloc, 2026, cast.units["KHOI"], Activity.WRITING, None)


def test_several_windows_are_set_at_once_or_none_of_them(actor, cast):
    bloc, common = actor("bloc_secretary"), days(cast, "KB")
    wrong = OpenDays(date(2026, 5, 2), date(2026, 5, 1))
    with pytest.raises(BadInput) as refused:
        years.set_windows(bloc, 2026, cast.units["KHOI"], {Activity.WRITING: SPRING, Activity.MEETINGS: wrong})
    assert refused.value.field == "meetings_closes_on" and days(cast, "KB") == common
    years.set_windows(bloc, 2026, cast.units["KHOI"], {Activity.WRITING: SPRING})
    assert days(cast, "KB") == SPRING


@pytest.mark.parametrize(
    ("window", "field"),
    [
        (OpenDays(date(2025, 12, 31), date(2026, 2, 1)), "opens_on"),
        (OpenDays(date(2026, 2, 2), date(2026, 2, 1)), "closes_on"),
        (OpenDays(date(2026, 2, 2), date(2028, 1, 1)), "closes_on"),
    ],
)
def test_a_window_stands_in_its_year_and_ends_by_the_end_of_the_next(actor, cast, window, field):
    with pytest.raises(BadInput) as refused:
        years.set_window(actor("bloc_secretary"), 2026, cast.units["KHOI"], Activity.WRITING, window)
    assert refused.value.field == field


def test_the_same_days_again_leave_no_line(actor, cast):
    for _ in range(2):
        years.set_window(actor("bloc_secretary"), 2026, cast.units["BV"], Activity.WRITING, SPRING)
    assert db.session.execute(select(func.count()).where(AuditLine.action == "year_window")).scalar_one() == 1


def evaluation(cast, **facts):
    row = Evaluation(member_id=cast.member.member_id, unit_id=cast.member.unit_id, year=2026, **facts)
    db.session.add(row)
    db.session.commit()


def test_the_scheme_changes_while_nothing_rests_on_it(actor, cast):
    bloc = actor("bloc_secretary")
    schemes.choose_scheme(bloc, 2026, "2011-2018")
    assert queries.scheme_of(2026).code == "2011-2018"
    schemes.choose_scheme(bloc, 2026, None)
    assert queries.scheme_of(2026) is None
    with pytest.raises(BadInput):
        schemes.choose_scheme(bloc, 2026, "1999")


def test_a_year_with_decisions_keeps_its_scheme(actor, cast):
    now = datetime(2026, 11, 1, tzinfo=UTC)
    facts = {"number": "1-QĐ/K", "decided_on": date(2026, 11, 1), "decided_by": cast.bloc_secretary.account_id, "at": now}
    db.session.add(Decision(unit_id=cast.units["KB"], year=2026, **facts))
    db.session.commit()
    with pytest.raises(WrongMoment, match="công nhận"):
        schemes.choose_scheme(actor("bloc_secretary"), 2026, "2011-2018")
    schemes.choose_scheme(actor("bloc_secretary"), 2026, "2023-2027")


def test_levels_given_already_stay_readable(actor, cast):
    evaluation(cast, self_level="outstanding")
    for code in ("2011-2018", None):
        with pytest.raises(WrongMoment, match="tự xếp loại"):
            schemes.choose_scheme(actor("bloc_secretary"), 2026, code)


def test_levels_both_schemes_know_do_not_hold_the_change_up(actor, cast):
    evaluation(cast, self_level="good")
    schemes.choose_scheme(actor("bloc_secretary"), 2026, "2011-2018")


def test_locking_closes_the_books_and_locks_approved_entries_and_unlocking_gives_them_back(actor, cast):
    approved = factories.entry(cast.member, EntryState.APPROVED).id
    waiting = factories.entry(cast.member).id
    bloc = actor("bloc_secretary")
    years.lock_year(bloc, 2026, "Đã xong tổng kết năm.")
    db.session.expire_all()
    assert queries.year_facts(2026, place(cast, "KB")).locked
    assert db.session.get_one(Entry, approved).state is EntryState.LOCKED and db.session.get_one(Entry, waiting).state is EntryState.WAITING
    with pytest.raises(WrongMoment, match="khóa"):
        years.set_window(bloc, 2026, cast.units["KHOI"], Activity.WRITING, SPRING)
    with pytest.raises(WrongMoment, match="khóa"):
        schemes.choose_scheme(bloc, 2026, None)
    with pytest.raises(WrongMoment, match="đã khóa sổ rồi"):
        years.lock_year(bloc, 2026, "Lần nữa")
    years.unlock_year(bloc, 2026, "Bổ sung một chi đoàn.")
    db.session.expire_all()
    assert db.session.get_one(Entry, approved).state is EntryState.APPROVED
    kept = db.session.execute(select(YearLock.locked, YearLock.reason).order_by(YearLock.id)).all()
    assert [tuple(one) for one in kept] == [(True, "Đã xong tổng kết năm."), (False, "Bổ sung một chi đoàn.")]
    with pytest.raises(WrongMoment, match="đang mở"):
        years.unlock_year(bloc, 2026, "Lần nữa")


def test_locking_says_why_and_the_audit_line_does_not_repeat_the_words(actor):
    with pytest.raises(BadInput) as refused:
        years.lock_year(actor("bloc_secretary"), 2026, "   ")
    assert refused.value.field == "reason"
    years.lock_year(actor("bloc_secretary"), 2026, "Đã xong tổng kết năm.")
    assert "tổng kết" not in str(db.session.execute(select(AuditLine.fields)).scalars().all())


def test_a_year_that_was_never_opened_is_not_found(actor, cast):
    with pytest.raises(NotFound, match="chưa được mở"):
        years.lock_year(actor("bloc_secretary"), 2030, "Thử")
