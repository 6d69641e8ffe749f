"""What the year's books say of members, and the suggestions that rest on it."""

from datetime import date, datetime

from diary.domain.entries import EntryState
from diary.domain.evidence_sheets import EvidenceSheet, to_body
from diary.domain.fees import FeeState
from diary.domain.leaves import LeaveKind
from diary.domain.measures import MEMBER_MEASURES, Measured
from diary.domain.schemes import SCHEME_2023
from diary.domain.training import TrainingResult
from diary.models.base import db
from diary.models.counts import Leave, MemberYear
from diary.models.fees import Fee
from diary.models.noted_figures import MemberFigure
from diary.models.training import Training
from diary.queries.evidence_sheets import approved_by_month, evidence_of, evidence_sheets
from diary.queries.measures import member_measures, sick_days
from diary.queries.suggestions import suggestions
from tests import factories
from tests.counting import counted
from tests.factories import VIETNAM, YEAR

TODAY = date(2026, 11, 23)
AT = datetime(2026, 11, 20, 8, tzinfo=VIETNAM)


def _figure(cast, who: str, measure: str, count: int, of: int | None = None, words: str = "", unit: str = "BV-NOI") -> None:
    facts = {"member_id": getattr(cast, who).member_id, "unit_id": cast.units[unit], "year": YEAR, "measure": measure}
    db.session.add(MemberFigure(**facts, count=count, of=of, words=words, noted_by=cast.secretary.account_id, noted_at=AT))


def _books(cast) -> None:
    member, unit, by = cast.member.member_id, cast.units["BV-NOI"], {"noted_by": cast.secretary.account_id, "noted_at": AT}
    counts = {"entries_approved": 10, "entries_waiting": 2, "entries_late": 3, "times_returned": 1, "pledges_met": 2, "pledges_not_met": 1}
    db.session.add(MemberYear(member_id=member, year=YEAR, unit_id=unit, **counts))
    db.session.add_all(
        [Fee(member_id=member, unit_id=unit, year=YEAR, quarter=q, state=FeeState.PAID, amount=6000, **by) for q in (1, 2, 3)]
    )
    db.session.add(Training(member_id=member, unit_id=unit, year=YEAR, result=TrainingResult.EXCELLENT, **by))
    _figure(cast, "member", "meetings", 10, 12)
    _figure(cast, "member", "activities", 18, 18)
    db.session.commit()


def test_every_register_of_the_year_is_a_measure(app, session, cast):
    _books(cast)
    found = member_measures([cast.member.member_id, cast.member2.member_id], YEAR, TODAY)
    mine = found[cast.member.member_id]
    assert list(mine) == list(MEMBER_MEASURES), "each in the order it is shown"
    said = {code: (one.count, one.of) for code, one in mine.items() if one.value is not None}
    weeks = said.pop("rhythm")
    assert weeks[0] == 0 and weeks[1]
    assert said == {
        "participation": (28, 30),
        "meetings": (10, 12),
        "activities": (18, 18),
        "pledges": (2, 3),
        "entries": (10, None),
        "late": (3, None),
        "returned": (1, None),
        "fees": (3, 4),
        "training": (4, None),
    }
    assert mine["participation"].words == "Dự sinh hoạt chi đoàn 10/12; tham gia hoạt động 18/18"
    assert found[cast.member2.member_id]["fees"] == found[cast.member2.member_id]["participation"] == Measured()


def test_what_several_branches_noted_of_a_mover_is_one_figure(app, session, cast):
    _figure(cast, "member", "meetings", 3, 4)
    _figure(cast, "member", "meetings", 5, 6, unit="BV-NGOAI")
    _figure(cast, "member", "commendations", 1, words="Giấy khen của Đoàn cơ sở")
    _figure(cast, "member", "commendations", 1, words="Giấy khen của Đoàn Khối", unit="BV-NGOAI")
    db.session.commit()
    mine = member_measures([cast.member.member_id], YEAR, TODAY)[cast.member.member_id]
    assert (mine["meetings"].count, mine["meetings"].of) == (8, 10)
    assert mine["participation"].value == 80
    assert mine["commendations"] == Measured(2, None, "Giấy khen của Đoàn cơ sở; Giấy khen của Đoàn Khối")


def test_days_of_sick_leave_count_once_and_within_the_year(app, session, cast):
    def leave(who, from_day, to_day, kind=LeaveKind.SICK):
        db.session.add(Leave(member_id=getattr(cast, who).member_id, from_day=from_day, to_day=to_day, kind=kind))

    leave("member", date(2025, 12, 1), date(2026, 1, 10))
    leave("member", date(2026, 1, 6), date(2026, 1, 20))
    leave("member", date(2026, 12, 31), date(2027, 2, 1))
    leave("member2", date(2026, 3, 1), date(2026, 8, 30), LeaveKind.MATERNITY)
    db.session.commit()
    ids = [cast.member.member_id, cast.member2.member_id]
    assert sick_days(ids, YEAR) == dict(zip(ids, (21, 0), strict=True))
    assert sick_days([], YEAR) == {}


def test_suggestions_rest_on_the_books_and_on_sick_leave(app, session, cast):
    _books(cast)
    member, other = cast.member.member_id, cast.member2.member_id
    found = suggestions(SCHEME_2023, [member, other], YEAR, TODAY)
    assert (found[member].level, found[other].level, found[other].at_most) == ("outstanding", "", "outstanding")
    db.session.add(Leave(member_id=member, from_day=date(2026, 1, 1), to_day=date(2026, 6, 29), kind=LeaveKind.SICK))
    db.session.commit()
    assert suggestions(SCHEME_2023, [member], YEAR, TODAY)[member].level == "good"
    assert suggestions(SCHEME_2023, [], YEAR, TODAY) == {}


def test_the_same_queries_serve_one_member_and_many(app, session, cast):
    _books(cast)
    everyone = [getattr(cast, name).member_id for name in cast.all if getattr(cast, name).member_id]
    sizes = []
    for ids in (everyone[:1], everyone):
        with counted(app) as sent:
            suggestions(SCHEME_2023, ids, YEAR, TODAY)
        sizes.append(len(sent))
    assert sizes[0] == sizes[1] <= 8


def test_approved_entries_are_counted_by_the_month_of_the_deed(app, session, cast):
    for day, state in (
        (date(2026, 1, 31), EntryState.APPROVED),
        (date(2026, 12, 1), EntryState.LOCKED),
        (date(2026, 3, 3), EntryState.WAITING),
    ):
        factories.entry(cast.member, state, happened_on=day)
    session.commit()
    ids = [cast.member.member_id, cast.member2.member_id]
    assert approved_by_month(ids, YEAR) == {ids[0]: (1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)}
    found = evidence_sheets(SCHEME_2023, ids, YEAR, TODAY)
    assert found[ids[0]].months[11] == 1 and found[ids[1]].months == (0,) * 12
    assert found[ids[0]].suggestion and evidence_sheets(None, ids, YEAR, TODAY)[ids[0]].suggestion is None


def test_what_a_decision_kept_goes_before_what_stands_in_the_books_now(app, session, cast):
    kept = to_body(EvidenceSheet({"late": Measured(9)}))
    mine = cast.member.member_id
    assert evidence_of(SCHEME_2023, mine, YEAR, TODAY, {"evidence": kept}).measures == {"late": Measured(9)}
    assert evidence_of(SCHEME_2023, mine, YEAR, TODAY, {}).measures["late"].count == 0
