"""Units and posts: who may change them, what a change leaves in the history, and what is refused."""

from datetime import date

import pytest
from sqlalchemy import func, select

from diary.domain.actors import Post
from diary.domain.errors import BadInput, NotAllowed, NotFound, Stale, WrongMoment
from diary.domain.pledges import PledgeState
from diary.domain.units import UnitDraft, UnitKind
from diary.models.accounts import Appointment
from diary.models.audit import AuditLine
from diary.models.base import db
from diary.models.notices import Notice
from diary.models.units import Unit, UnitVersion
from diary.services import units
from tests import factories

TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)


def unit(code):
    db.session.expire_all()
    return db.session.execute(select(Unit).where(Unit.code == code)).scalar_one()


def versions(unit_id):
    query = select(UnitVersion.name, UnitVersion.from_day, UnitVersion.to_day).where(UnitVersion.unit_id == unit_id)
    return [tuple(row) for row in db.session.execute(query.order_by(UnitVersion.from_day))]


def test_a_base_committee_adds_a_branch_below_itself_and_it_gets_its_kind_code_and_history(actor, cast):
    made = units.add_unit(actor("base_secretary"), cast.units["BV"], UnitDraft("Chi đoàn Phục hồi"), UnitKind.BASE_BRANCH, TODAY)
    row = unit("BV-PH")
    assert (row.id, row.kind, row.path) == (made, UnitKind.BRANCH, f"{unit('BV').path}{made}.")
    assert versions(made) == [("Chi đoàn Phục hồi", TODAY, None)]


def test_nobody_adds_a_unit_outside_what_is_below_them(actor, cast):
    draft = UnitDraft("Chi đoàn Lạc")
    with pytest.raises(NotFound):
        units.add_unit(actor("base_secretary"), cast.units["KB"], draft, UnitKind.BRANCH, TODAY)
    with pytest.raises(NotAllowed):
        units.add_unit(actor("inspector"), cast.units["BV"], draft, UnitKind.BRANCH, TODAY)
    with pytest.raises(NotFound):
        units.add_unit(actor("administrator"), cast.units["BV"], draft, UnitKind.BRANCH, TODAY)
    with pytest.raises(NotAllowed):
        units.add_unit(actor("bloc_secretary"), None, draft, UnitKind.BLOC, TODAY)


def test_two_units_of_one_name_do_not_stand_side_by_side(actor, cast):
    with pytest.raises(BadInput, match="tên này"):
        units.add_unit(actor("bloc_secretary"), cast.units["BV"], UnitDraft("chi doan khoi noi"), UnitKind.BRANCH, TODAY)
    units.add_unit(actor("bloc_secretary"), cast.units["KHOI"], UnitDraft("Chi đoàn Khối Nội"), UnitKind.BRANCH, TODAY)
    assert unit("KN").kind is UnitKind.BASE_BRANCH


def test_the_program_itself_adds_a_branch_that_waits_to_be_placed(session, cast):
    made = units.add_unit(None, cast.units["KHOI"], UnitDraft("Chi đoàn Lạc"), UnitKind.BRANCH, TODAY, needs_placing=True)
    assert (unit("L").id, unit("L").kind, unit("L").needs_placing) == (made, UnitKind.BRANCH, True)


def test_a_new_name_closes_the_old_version_yesterday(actor, cast):
    base = actor("base_secretary")
    units.rename_unit(base, cast.units["BV-NOI"], UnitDraft("Chi đoàn Nội tổng hợp", symbol="CĐN"), TODAY)
    assert versions(cast.units["BV-NOI"]) == [
        ("Chi đoàn Khối Nội", date(2020, 1, 1), date(2026, 11, 22)),
        ("Chi đoàn Nội tổng hợp", TODAY, None),
    ]
    units.rename_unit(base, cast.units["BV-NOI"], UnitDraft("Chi đoàn Nội", symbol="CĐN"), TODAY)
    assert [name for name, *_ in versions(cast.units["BV-NOI"])] == ["Chi đoàn Khối Nội", "Chi đoàn Nội"]


def test_a_new_symbol_alone_is_no_new_version_and_the_same_again_is_nothing(actor, cast):
    for _ in range(2):
        units.rename_unit(actor("base_secretary"), cast.units["BV-NOI"], UnitDraft("Chi đoàn Khối Nội", symbol="CĐN"), TODAY)
    assert len(versions(cast.units["BV-NOI"])) == 1 and unit("BV-NOI").symbol == "CĐN"
    lines = db.session.execute(select(AuditLine.fields).where(AuditLine.action == "unit_edit")).scalars().all()
    assert lines == [["symbol"]]


def test_an_officer_does_not_rename_the_own_unit(actor, cast):
    with pytest.raises(NotAllowed):
        units.rename_unit(actor("secretary"), cast.units["BV-NOI"], UnitDraft("Chi đoàn Của Tôi"), TODAY)


def test_moving_takes_the_whole_subtree_and_ends_the_mark(actor, cast):
    bloc = actor("bloc_secretary")
    other = units.add_unit(bloc, cast.units["KHOI"], UnitDraft("Đoàn cơ sở Sở Y tế"), UnitKind.BASE_UNION, TODAY)
    unit("BV").needs_placing = True
    db.session.commit()
    units.move_unit(bloc, cast.units["BV"], other, TODAY)
    top = unit("SYT").path
    assert unit("BV").path == f"{top}{cast.units['BV']}." and not unit("BV").needs_placing
    assert unit("BV-NOI").path == f"{top}{cast.units['BV']}.{cast.units['BV-NOI']}."
    assert unit("KB").path == f"{unit('KHOI').path}{cast.units['KB']}."
    assert len(versions(cast.units["BV"])) == 2


def test_a_branch_takes_the_kind_of_its_new_place(actor, cast):
    bloc = actor("bloc_secretary")
    units.move_unit(bloc, cast.units["BV-DUOC"], cast.units["KHOI"], TODAY)
    assert unit("BV-DUOC").kind is UnitKind.BASE_BRANCH
    units.move_unit(bloc, cast.units["BV-DUOC"], cast.units["BV"], TODAY)
    assert unit("BV-DUOC").kind is UnitKind.BRANCH


def test_a_unit_never_moves_into_itself_and_only_who_stands_above_both_places_moves_it(actor, cast):
    bloc = actor("bloc_secretary")
    inner = units.add_unit(bloc, cast.units["BV"], UnitDraft("Liên chi đoàn Hệ Nội"), UnitKind.BASE_UNION, TODAY)
    for target in (cast.units["BV"], inner):
        with pytest.raises(WrongMoment):
            units.move_unit(bloc, cast.units["BV"], target, TODAY)
    with pytest.raises(NotFound):
        units.move_unit(actor("base_secretary"), cast.units["KB"], cast.units["BV"], TODAY)
    units.move_unit(actor("base_secretary"), cast.units["BV-DUOC"], inner, TODAY)


def test_what_waited_with_the_old_base_waits_with_the_new_one_after_a_move(actor, cast):
    bloc = actor("bloc_secretary")
    other = units.add_unit(bloc, cast.units["KHOI"], UnitDraft("Đoàn cơ sở Sở Y tế"), UnitKind.BASE_UNION, TODAY)
    sent_up, own = factories.pledge(cast.secretary), factories.pledge(cast.member)
    reviewed, entry = (
        factories.pledge(cast.secretary, PledgeState.APPROVED),
        factories.entry(cast.secretary, review_unit_id=cast.units["BV"]),
    )
    sent_up.review_unit_id = reviewed.review_unit_id = cast.units["BV"]
    db.session.commit()
    units.move_unit(bloc, cast.units["BV-NOI"], other, TODAY)
    db.session.expire_all()
    assert sent_up.review_unit_id == entry.review_unit_id == other
    assert own.review_unit_id == cast.units["BV-NOI"] and reviewed.review_unit_id == cast.units["BV"]


def test_a_unit_for_which_something_waits_is_not_closed(actor, cast):
    factories.pledge(cast.member).review_unit_id = cast.units["BV-DUOC"]
    db.session.commit()
    with pytest.raises(WrongMoment, match="chờ tổ chức này duyệt"):
        units.close_unit(actor("bloc_secretary"), cast.units["BV-DUOC"], TODAY)


def test_only_an_empty_unit_closes_and_a_closed_one_takes_nothing(actor, cast):
    bloc = actor("bloc_secretary")
    for code in ("BV-NOI", "BV", "KHOI"):
        with pytest.raises(WrongMoment):
            units.close_unit(bloc, cast.units[code], TODAY)
    units.close_unit(bloc, cast.units["BV-DUOC"], TODAY)
    with pytest.raises(WrongMoment, match="đã đóng"):
        units.move_unit(bloc, cast.units["BV-NOI"], cast.units["BV-DUOC"], TODAY)
    with pytest.raises(WrongMoment, match="đã đóng"):
        units.appoint(bloc, cast.units["BV-DUOC"], cast.member.account_id, Post.SECRETARY, TODAY)
    units.reopen_unit(bloc, cast.units["BV-DUOC"])
    assert unit("BV-DUOC").closed_on is None


def test_a_post_is_given_once_and_its_holder_is_told(actor, cast):
    base = actor("base_secretary")
    first = units.appoint(base, cast.units["BV-NOI"], cast.member.account_id, Post.COMMITTEE_MEMBER, TODAY)
    again = units.appoint(base, cast.units["BV-NOI"], cast.member.account_id, Post.COMMITTEE_MEMBER, TODAY)
    told = db.session.execute(select(Notice.text).where(Notice.account_id == cast.member.account_id)).scalars().all()
    assert first == again and told == ["Bạn được giao chức vụ Ủy viên BCH – Chi đoàn Khối Nội."]


def test_a_unit_has_one_secretary_and_only_the_bloc_has_inspectors(actor, cast):
    bloc = actor("bloc_secretary")
    with pytest.raises(BadInput, match="đang có Bí thư"):
        units.appoint(bloc, cast.units["BV-NOI"], cast.member.account_id, Post.SECRETARY, TODAY)
    for post in (Post.INSPECTOR, Post.ADMINISTRATOR):
        with pytest.raises(BadInput, match="không có chức vụ"):
            units.appoint(bloc, cast.units["BV-NOI"], cast.member.account_id, post, TODAY)
    units.appoint(bloc, cast.units["KHOI"], cast.member.account_id, Post.INSPECTOR, TODAY)
    with pytest.raises(BadInput):
        units.appoint(bloc, cast.units["KHOI"], cast.member.account_id, Post.ADMINISTRATOR, TODAY)


def test_only_members_of_the_unit_or_below_take_a_post_there(actor, cast):
    bloc = actor("bloc_secretary")
    with pytest.raises(BadInput, match="đoàn viên của tổ chức này"):
        units.appoint(bloc, cast.units["BV-NOI"], cast.stranger.account_id, Post.DEPUTY_SECRETARY, TODAY)
    with pytest.raises(BadInput):
        units.appoint(bloc, cast.units["KHOI"], cast.administrator.account_id, Post.DEPUTY_SECRETARY, TODAY)
    units.appoint(bloc, cast.units["BV"], cast.member.account_id, Post.DEPUTY_SECRETARY, TODAY)


def held(account_id, post):
    return db.session.execute(select(Appointment.id).where(Appointment.account_id == account_id, Appointment.post == post)).scalar()


def test_an_ended_post_carries_no_right_any_more_the_same_day(actor, cast):
    units.end_appointment(actor("base_secretary"), held(cast.secretary.account_id, Post.SECRETARY), TODAY)
    assert actor("secretary").appointments == ()
    units.appoint(actor("base_secretary"), cast.units["BV-NOI"], cast.member.account_id, Post.SECRETARY, TODAY)
    assert [a.post for a in actor("member").appointments] == [Post.SECRETARY]
    units.end_appointment(actor("base_secretary"), held(cast.member.account_id, Post.SECRETARY), TODAY)
    assert held(cast.member.account_id, Post.SECRETARY) is None, "a post taken back on its first day was never held"


def test_nobody_ends_the_own_post_nor_one_out_of_reach(actor, cast):
    mine = held(cast.bloc_secretary.account_id, Post.SECRETARY)
    with pytest.raises(NotAllowed, match="tự"):
        units.end_appointment(actor("bloc_secretary"), mine, TODAY)
    units.end_appointment(actor("bloc_deputy"), mine, TODAY)
    with pytest.raises(NotFound):
        units.end_appointment(actor("base_secretary"), held(cast.lone_secretary.account_id, Post.SECRETARY), TODAY)
    with pytest.raises(NotAllowed):
        units.end_appointment(actor("deputy"), held(cast.secretary.account_id, Post.SECRETARY), TODAY)
    with pytest.raises(NotFound):
        units.end_appointment(actor("bloc_deputy"), held(cast.administrator.account_id, Post.ADMINISTRATOR), TODAY)


def test_a_refused_change_leaves_nothing_behind(actor, cast):
    with pytest.raises(BadInput):
        units.add_unit(actor("bloc_secretary"), cast.units["BV"], UnitDraft("Chi đoàn Khối Nội"), UnitKind.BRANCH, TODAY)
    assert db.session.execute(select(func.count()).select_from(AuditLine)).scalar_one() == 0


def test_a_form_of_an_old_page_changes_no_unit(actor, cast):
    base = actor("base_secretary")
    seen = unit("BV-NOI").version
    units.rename_unit(base, cast.units["BV-NOI"], UnitDraft("Chi đoàn Nội"), TODAY, version=seen)
    with pytest.raises(Stale):
        units.rename_unit(base, cast.units["BV-NOI"], UnitDraft("Chi đoàn Nội khoa"), TODAY, version=seen)
    with pytest.raises(Stale):
        units.move_unit(actor("bloc_secretary"), cast.units["BV-NOI"], cast.units["KHOI"], TODAY, version=seen)
    assert unit("BV-NOI").name == "Chi đoàn Nội"


def test_a_post_is_handed_over_in_one_step_with_a_note_for_the_successor(actor, cast):
    before = held(cast.secretary.account_id, Post.SECRETARY)
    units.hand_over(actor("base_secretary"), before, cast.member.account_id, "  Sổ họp ở tủ số 2. ", TODAY)
    assert actor("secretary").appointments == () and [a.post for a in actor("member").appointments] == [Post.SECRETARY]
    assert db.session.get_one(Appointment, before).handover_note == "Sổ họp ở tủ số 2."
    told = db.session.execute(select(Notice.link).where(Notice.account_id == cast.member.account_id)).scalars().all()
    assert told == [f"/to-chuc/{cast.units['BV-NOI']}/ban-giao"]
    assert db.session.execute(select(AuditLine.action)).scalars().all() == ["post_hand_over"]


@pytest.mark.parametrize(
    ("who", "to", "note", "error"),
    [
        ("base_secretary", "stranger", "", BadInput),
        ("base_secretary", "secretary", "", BadInput),
        ("base_secretary", "member", "x" * 1001, BadInput),
        ("secretary", "member", "", NotAllowed),
        ("deputy", "member", "", NotAllowed),
        ("other_secretary", "member", "", NotFound),
    ],
)
def test_a_post_is_handed_over_only_by_those_above_and_only_to_a_member_of_the_unit(actor, cast, who, to, note, error):
    post = held(cast.secretary.account_id, Post.SECRETARY)
    with pytest.raises(error):
        units.hand_over(actor(who), post, getattr(cast, to).account_id, note, TODAY)
    assert [a.post for a in actor("secretary").appointments] == [Post.SECRETARY]


def test_a_post_that_ended_is_not_handed_over_and_nobody_hands_over_the_own(actor, cast):
    post = held(cast.secretary.account_id, Post.SECRETARY)
    units.hand_over(actor("base_secretary"), post, cast.member.account_id, "", TODAY)
    with pytest.raises(WrongMoment):
        units.hand_over(actor("base_secretary"), post, cast.member2.account_id, "", TODAY)
    with pytest.raises(NotAllowed, match="tự"):
        own = held(cast.bloc_secretary.account_id, Post.SECRETARY)
        units.hand_over(actor("bloc_secretary"), own, cast.stranger.account_id, "", TODAY)


def test_an_officer_leaves_a_note_beforehand_and_it_stays_when_the_post_is_handed_over_without_one(actor, cast):
    units.leave_note(actor("secretary"), cast.units["BV-NOI"], "Quỹ do Duyên giữ.", TODAY)
    post = held(cast.secretary.account_id, Post.SECRETARY)
    units.hand_over(actor("base_secretary"), post, cast.member.account_id, "", TODAY)
    assert db.session.get_one(Appointment, post).handover_note == "Quỹ do Duyên giữ."
    with pytest.raises(NotAllowed):
        units.leave_note(actor("member2"), cast.units["BV-NOI"], "Chào.", TODAY)
