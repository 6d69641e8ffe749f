"""One member at a time: added, edited, moved, leaving and coming back."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from diary.domain.actors import Post
from diary.domain.errors import BadInput, NotAllowed, NotFound, Stale, WrongMoment
from diary.domain.members import MemberDraft, Standing
from diary.models.accounts import Account, Appointment
from diary.models.audit import AuditLine
from diary.models.base import db
from diary.models.members import Member, Membership
from diary.models.units import Unit
from diary.services import members

TODAY = date(2026, 11, 23)
YESTERDAY = TODAY - timedelta(days=1)
DRAFT = MemberDraft("Lương Ngọc", "Diệp", born_on=date(1999, 2, 3))


def member(member_id):
    db.session.expire_all()
    return db.session.get_one(Member, member_id)


def count(unit_id):
    return db.session.execute(select(Unit.member_count).where(Unit.id == unit_id)).scalar_one()


def memberships(member_id):
    query = select(Membership.unit_id, Membership.from_day, Membership.to_day).where(Membership.member_id == member_id)
    return [tuple(row) for row in db.session.execute(query.order_by(Membership.id))]


def posts(account_id):
    query = select(Appointment.post, Appointment.to_day).where(Appointment.account_id == account_id)
    return [tuple(row) for row in db.session.execute(query)]


def test_a_secretary_adds_a_member_to_her_branch_who_is_counted_and_gets_an_account(actor, cast):
    before = count(cast.units["BV-NOI"])
    made = members.add_member(actor("secretary"), cast.units["BV-NOI"], MemberDraft("  Lương  Ngọc ", "Diệp", phone="901.234.567"), TODAY)
    assert (member(made).family_name, member(made).phone, member(made).search) == ("Lương Ngọc", "0901234567", "luong ngoc diep")
    assert memberships(made) == [(cast.units["BV-NOI"], TODAY, None)] and count(cast.units["BV-NOI"]) == before + 1
    assert db.session.execute(select(Account.username).where(Account.member_id == made)).scalar_one() == "diep.ln"


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (MemberDraft("", "Diệp"), "family_name"),
        (MemberDraft("Lương", "123"), "given_name"),
        (MemberDraft("L" * 71, "Diệp"), "family_name"),
        (MemberDraft("Lương", "Diệp", born_on=date(2020, 1, 1)), "born_on"),
        (MemberDraft("Lương", "Diệp", born_on=date(1999, 1, 1), joined_union_on=date(1998, 1, 1)), "joined_union_on"),
        (MemberDraft("Lương", "Diệp", joined_union_on=date(2027, 1, 1)), "joined_union_on"),
        (MemberDraft("Lương", "Diệp", phone="12"), "phone"),
        (MemberDraft("Lương", "Diệp", email="khong phai"), "email"),
    ],
)
def test_what_cannot_be_so_is_refused_at_its_field(actor, cast, draft, field):
    with pytest.raises(BadInput) as refused:
        members.add_member(actor("secretary"), cast.units["BV-NOI"], draft, TODAY)
    assert refused.value.field == field


def test_the_same_person_is_not_added_twice_and_a_namesake_elsewhere_only_when_said_to_be_another(actor, cast):
    bloc = actor("bloc_secretary")
    members.add_member(bloc, cast.units["BV-NOI"], DRAFT, TODAY)
    with pytest.raises(BadInput) as refused:
        members.add_member(bloc, cast.units["BV-NOI"], DRAFT, TODAY, another=True)
    assert refused.value.field == "given_name"
    with pytest.raises(BadInput) as refused:
        members.add_member(bloc, cast.units["KB"], DRAFT, TODAY)
    assert refused.value.field == "another"
    assert members.add_member(bloc, cast.units["KB"], DRAFT, TODAY, another=True)


@pytest.mark.parametrize(
    ("who", "unit", "error"),
    [
        ("member", "BV-NOI", NotFound),
        ("other_secretary", "BV-NOI", NotFound),
        ("inspector", "BV-NOI", NotAllowed),
        ("administrator", "KB", NotFound),
        ("secretary", "BV", NotFound),
    ],
)
def test_nobody_adds_members_outside_what_they_lead(actor, cast, who, unit, error):
    with pytest.raises(error):
        members.add_member(actor(who), cast.units[unit], DRAFT, TODAY)


def test_the_bloc_itself_and_closed_units_take_no_members(actor, cast):
    with pytest.raises(WrongMoment, match="trực tiếp"):
        members.add_member(actor("bloc_secretary"), cast.units["KHOI"], DRAFT, TODAY)
    db.session.get_one(Unit, cast.units["BV-DUOC"]).closed_on = TODAY
    db.session.commit()
    with pytest.raises(WrongMoment, match="đã đóng"):
        members.add_member(actor("bloc_secretary"), cast.units["BV-DUOC"], DRAFT, TODAY)


def test_an_edit_changes_the_account_s_name_and_tells_the_audit_only_the_fields(actor, cast):
    who = cast.member.member_id
    members.edit_member(actor("secretary"), who, 1, MemberDraft("Thạch Thị", "Sa Rinh", born_on=date(1998, 4, 14), job="Điều dưỡng"), TODAY)
    assert (member(who).given_name, member(who).job, member(who).version) == ("Sa Rinh", "Điều dưỡng", 2)
    assert db.session.get_one(Account, cast.member.account_id).name == "Thạch Thị Sa Rinh"
    line = db.session.execute(select(AuditLine).where(AuditLine.action == "member_edit")).scalar_one()
    assert line.fields == ["family_name", "gender", "given_name", "job", "joined_union_on", "sort_key"]


def test_an_edit_of_an_old_version_is_refused_and_one_that_changes_nothing_is_nothing(actor, cast):
    secretary, who = actor("secretary"), cast.member.member_id
    draft = MemberDraft("Thạch Thị Sa", "Rinh", born_on=date(1998, 4, 14), job="Điều dưỡng")
    for version in (1, 2):
        members.edit_member(secretary, who, version, draft, TODAY)
    assert member(who).version == 2
    with pytest.raises(Stale):
        members.edit_member(secretary, who, 1, draft, TODAY)


def test_a_member_sees_but_does_not_edit_themselves(actor, cast):
    with pytest.raises(NotAllowed):
        members.edit_member(actor("member"), cast.member.member_id, 1, DRAFT, TODAY)


def test_a_move_takes_the_member_along_ends_posts_in_the_old_unit_and_leaves_the_time_there_written_down(actor, cast):
    who, old, new = cast.deputy.member_id, cast.units["BV-NOI"], cast.units["BV-NGOAI"]
    counted = count(old), count(new)
    members.move_member(actor("base_secretary"), who, new, TODAY)
    assert member(who).unit_id == new and (count(old), count(new)) == (counted[0] - 1, counted[1] + 1)
    assert memberships(who) == [(old, date(2020, 8, 1), YESTERDAY), (new, TODAY, None)]
    assert posts(cast.deputy.account_id) == [(Post.DEPUTY_SECRETARY, YESTERDAY)]
    with pytest.raises(WrongMoment):
        members.move_member(actor("base_secretary"), who, new, TODAY)


def test_a_post_above_the_old_unit_goes_along(actor, cast):
    members.move_member(actor("base_secretary"), cast.base_secretary.member_id, cast.units["BV-DUOC"], TODAY)
    assert posts(cast.base_secretary.account_id) == [(Post.SECRETARY, None)]


def test_a_branch_secretary_moves_nobody_out_of_her_branch(actor, cast):
    with pytest.raises(NotFound):
        members.move_member(actor("secretary"), cast.member.member_id, cast.units["BV-NGOAI"], TODAY)


def test_who_leaves_loses_every_post_and_is_counted_no_more_until_they_come_back(actor, cast):
    who, unit = cast.deputy.member_id, cast.units["BV-NOI"]
    before = count(unit)
    members.end_standing(actor("secretary"), who, Standing.MATURED, TODAY)
    assert member(who).standing is Standing.MATURED and count(unit) == before - 1
    assert posts(cast.deputy.account_id) == [(Post.DEPUTY_SECRETARY, YESTERDAY)]
    assert memberships(who) == [(unit, date(2020, 8, 1), YESTERDAY)]
    with pytest.raises(WrongMoment):
        members.end_standing(actor("secretary"), who, Standing.LEFT, TODAY)
    members.restore_standing(actor("secretary"), who, TODAY)
    assert member(who).standing is Standing.ACTIVE and count(unit) == before
    assert memberships(who)[-1] == (unit, TODAY, None)
    with pytest.raises(WrongMoment):
        members.restore_standing(actor("secretary"), who, TODAY)


def test_nobody_writes_themselves_out(actor, cast):
    with pytest.raises(NotAllowed):
        members.end_standing(actor("secretary"), cast.secretary.member_id, Standing.LEFT, TODAY)
