"""Merging two units: who and what goes along, what keeps the old name, and where it cannot be."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from diary.domain.actors import Post
from diary.domain.entries import EntryState
from diary.domain.errors import NotAllowed, NotFound, Stale, WrongMoment
from diary.domain.evaluations import EvaluationState
from diary.domain.members import Standing
from diary.domain.permissions import Action
from diary.domain.pledges import PledgeState
from diary.domain.reviews import Verdict
from diary.domain.transfers import TransferState
from diary.domain.units import UnitDraft, UnitKind
from diary.models.accounts import Appointment
from diary.models.audit import AuditLine
from diary.models.base import db, new_id
from diary.models.entries import Entry
from diary.models.evaluations import Evaluation
from diary.models.members import Member
from diary.models.pledges import Pledge
from diary.models.transfers import Transfer
from diary.models.units import Unit, UnitVersion
from diary.queries.evaluations.branches import load_branch, people
from diary.queries.reviews import queue, waiting_count
from diary.services import clock, entries, members, reviews, transfers, units
from diary.services.recounting import recount
from tests import factories, year_end
from tests.counting import counted

TODAY = date(2026, 11, 23)
YESTERDAY = TODAY - timedelta(days=1)


def unit(code):
    db.session.expire_all()
    return db.session.execute(select(Unit).where(Unit.code == code)).scalar_one()


def merge(actor, cast, source="BV-NOI", into="BV-NGOAI", by="base_secretary"):
    return units.merge_units(actor(by), cast.units[source], cast.units[into], TODAY)


def test_the_people_go_along_and_the_unit_closes_with_its_name_in_the_books(actor, cast):
    approved = factories.entry(cast.member, EntryState.APPROVED)
    recount()
    assert merge(actor, cast) == 5
    old, new = unit("BV-NOI"), unit("BV-NGOAI")
    assert (old.closed_on, old.merged_into_id, old.member_count, new.member_count) == (TODAY, new.id, 0, 7)
    assert old.name == "Chi đoàn Khối Nội" and old.path == f"{new.path}{old.id}."
    assert db.session.get_one(Member, cast.member.member_id).unit_id == new.id
    assert db.session.get_one(Entry, approved.id).unit_id == old.id
    posts = select(Appointment.account_id).where(Appointment.unit_id == old.id, Appointment.to_day.is_(None))
    assert db.session.execute(posts).first() is None
    assert [a.post for a in actor("other_secretary").appointments] == [Post.SECRETARY]
    assert db.session.execute(select(AuditLine.action)).scalars().all() == ["unit_merge"] and recount(mend=False) == ()


def test_what_waited_waits_with_the_other_branch_which_reviews_it_and_reads_nothing_older(actor, cast):
    waiting, old = factories.entry(cast.member), factories.entry(cast.member, EntryState.APPROVED)
    pledge, draft = factories.pledge(cast.member), factories.pledge(cast.member, PledgeState.DRAFT)
    recount()
    merge(actor, cast)
    successor, now = actor("other_secretary"), clock.now()
    assert waiting_count(successor, now) == 2 and {card.unit_name for card in queue(successor, now)} == {"Chi đoàn Khối Nội"}
    reviews.review_entry(successor, waiting.id, Verdict.APPROVED, "", 1)
    with pytest.raises(NotFound):
        reviews.review_entry(successor, old.id, Verdict.RETURNED, "Xem lại", 1)
    db.session.expire_all()
    assert db.session.get_one(Entry, waiting.id).unit_id == cast.units["BV-NOI"], "it was written in the old branch"
    assert db.session.get_one(Pledge, pledge.id).review_unit_id == cast.units["BV-NGOAI"]
    assert db.session.get_one(Pledge, draft.id).unit_id == cast.units["BV-NGOAI"] and recount(mend=False) == ()


def test_an_entry_of_the_time_before_is_sent_to_the_branch_that_took_over(actor, cast):
    draft = factories.entry(cast.member, EntryState.DRAFT, happened_on=YESTERDAY)
    merge(actor, cast)
    entries.send_entry(actor("member"), draft.id, TODAY)
    row = db.session.get_one(Entry, draft.id)
    assert (row.unit_id, row.review_unit_id) == (cast.units["BV-NOI"], cast.units["BV-NGOAI"])
    assert waiting_count(actor("other_secretary"), clock.now()) == 1


def test_time_in_the_old_branch_counts_for_who_is_rated(actor, cast):
    merge(actor, cast)
    branch = load_branch(actor("other_secretary"), Action.EVALUATION_PROPOSE, cast.units["BV-NGOAI"], 2026)
    assert len(people(branch, None, TODAY)) == 7 and all(person.rated for person in people(branch, None, TODAY))


def test_base_unions_merge_with_what_stands_below_them(actor, cast):
    bloc = actor("bloc_secretary")
    other = units.add_unit(bloc, cast.units["KHOI"], UnitDraft("Đoàn cơ sở Sở Y tế"), UnitKind.BASE_UNION, date(2026, 1, 5))
    sent_up = factories.pledge(cast.secretary)
    sent_up.review_unit_id = cast.units["BV"]
    db.session.commit()
    assert units.merge_units(bloc, cast.units["BV"], other, TODAY) == 0
    top = unit("SYT")
    for code in ("BV-NOI", "BV-NGOAI", "BV-DUOC"):
        branch = unit(code)
        assert (branch.parent_id, branch.path, branch.closed_on) == (top.id, f"{top.path}{branch.id}.", None)
        newest = select(UnitVersion.from_day, UnitVersion.parent_id).where(UnitVersion.unit_id == branch.id, UnitVersion.to_day.is_(None))
        assert db.session.execute(newest).one() == (TODAY, top.id)
    assert unit("BV").path == f"{top.path}{cast.units['BV']}." and db.session.get_one(Pledge, sent_up.id).review_unit_id == top.id
    assert actor("base_secretary").appointments == ()


def test_a_waiting_transfer_goes_on_with_the_unit_that_took_over(actor, cast):
    between, onward, coming = (new_id() for _ in range(3))
    transfers.ask_transfer(actor("secretary"), between, cast.member.member_id, cast.units["BV-NGOAI"], "Tốt.", TODAY)
    transfers.ask_transfer(actor("secretary"), onward, cast.member2.member_id, cast.units["KB"], "", TODAY)
    transfers.ask_transfer(actor("lone_secretary"), coming, cast.stranger.member_id, cast.units["BV-NOI"], "", TODAY)
    merge(actor, cast)
    db.session.expire_all()
    rows = [db.session.get_one(Transfer, one) for one in (between, onward, coming)]
    assert [row.state for row in rows] == [TransferState.DONE, TransferState.WAITING, TransferState.WAITING]
    assert rows[1].from_unit_id == rows[2].to_unit_id == cast.units["BV-NGOAI"]
    transfers.accept_transfer(actor("other_secretary"), coming, TODAY)


def test_who_left_before_comes_back_into_the_unit_that_took_over(actor, cast):
    members.end_standing(actor("secretary"), cast.member2.member_id, Standing.LEFT, TODAY)
    merge(actor, cast)
    members.restore_standing(actor("base_secretary"), cast.member2.member_id, TODAY)
    assert db.session.get_one(Member, cast.member2.member_id).unit_id == cast.units["BV-NGOAI"] and recount(mend=False) == ()


@pytest.mark.parametrize(
    ("by", "source", "into", "error", "said"),
    [
        ("base_secretary", "BV-NOI", "BV-NOI", WrongMoment, "chính nó"),
        ("bloc_secretary", "BV", "BV-NOI", WrongMoment, "chiều ngược lại"),
        ("bloc_secretary", "BV-NOI", "BV", WrongMoment, "Chi đoàn chỉ sáp nhập với chi đoàn"),
        ("bloc_secretary", "KB", "BV", WrongMoment, "Chi đoàn chỉ sáp nhập với chi đoàn"),
        ("bloc_secretary", "KHOI", "BV", WrongMoment, "Đoàn Khối"),
        ("base_secretary", "BV-NOI", "KB", NotFound, None),
        ("secretary", "BV-NOI", "BV-NGOAI", NotAllowed, None),
        ("other_secretary", "BV-NOI", "BV-NGOAI", NotFound, None),
    ],
)
def test_where_a_merger_cannot_be_it_is_refused_in_words(actor, cast, by, source, into, error, said):
    with pytest.raises(error, match=said):
        merge(actor, cast, source, into, by)


def test_a_closed_unit_takes_part_in_no_merger_and_a_merged_one_opens_no_more(actor, cast):
    units.close_unit(actor("base_secretary"), cast.units["BV-DUOC"], TODAY)
    for source, into in (("BV-NOI", "BV-DUOC"), ("BV-DUOC", "BV-NOI")):
        with pytest.raises(WrongMoment, match="đã đóng"):
            merge(actor, cast, source, into)
    merge(actor, cast)
    renamed = (UnitDraft("Chi đoàn Khác"), TODAY)
    for who, act, more in (
        ("bloc_secretary", units.reopen_unit, ()),
        ("bloc_secretary", units.move_unit, (cast.units["KHOI"], TODAY)),
        ("base_secretary", units.rename_unit, renamed),
        ("other_secretary", units.rename_unit, renamed),
    ):
        with pytest.raises(WrongMoment, match="đã sáp nhập"):
            act(actor(who), cast.units["BV-NOI"], *more)


def test_units_of_one_name_below_both_are_named_first(actor, cast):
    bloc = actor("bloc_secretary")
    other = units.add_unit(bloc, cast.units["KHOI"], UnitDraft("Đoàn cơ sở Sở Y tế"), UnitKind.BASE_UNION, TODAY)
    units.add_unit(bloc, other, UnitDraft("chi đoàn khối nội"), UnitKind.BRANCH, TODAY)
    with pytest.raises(WrongMoment, match="Chi đoàn Khối Nội"):
        units.merge_units(bloc, cast.units["BV"], other, TODAY)


def test_no_rating_is_cut_in_two(actor, cast):
    meeting_id = year_end.open_meeting("secretary")
    with pytest.raises(WrongMoment, match="xếp loại năm 2026"):
        merge(actor, cast)
    with pytest.raises(WrongMoment, match="xếp loại năm 2026"):
        merge(actor, cast, "BV-NGOAI", "BV-NOI")
    present = year_end.attend("secretary", meeting_id)
    year_end.vote("secretary", meeting_id, present)
    year_end.meetings.close_meeting(actor("secretary"), meeting_id)
    with pytest.raises(WrongMoment, match="đang dở"):
        merge(actor, cast)
    year_end.propose("secretary")
    year_end.pass_on("base_secretary", cast.units["BV-NOI"])
    year_end.decide("bloc_secretary", cast.units["BV-NOI"])
    with pytest.raises(WrongMoment, match="Hãy xếp loại ở Chi đoàn Khối Ngoại trước"):
        merge(actor, cast, "BV-NGOAI", "BV-NOI")
    merge(actor, cast)
    mine = year_end.one("member")
    assert (mine.unit_id, mine.state) == (cast.units["BV-NOI"], EvaluationState.DECIDED)
    rated = select(Evaluation.member_id).where(Evaluation.unit_id == cast.units["BV-NGOAI"])
    assert cast.member.member_id not in db.session.execute(rated).scalars().all()


def test_an_old_page_merges_nothing(actor, cast):
    with pytest.raises(Stale):
        units.merge_units(actor("base_secretary"), cast.units["BV-NOI"], cast.units["BV-NGOAI"], TODAY, version=7)


def test_500_people_take_no_more_statements_than_5(app, actor, cast):
    home = db.session.get_one(Unit, cast.units["BV-DUOC"])
    for n in range(2):
        factories.member("Trần Văn", f"Dược{n}", home)
    big = factories.unit("BV-LON", "Chi đoàn Lớn", UnitKind.BRANCH, db.session.get_one(Unit, cast.units["BV"]))
    for n in range(500):
        factories.member("Trần Văn", f"Số{n}", big)
    db.session.commit()
    base, sizes = actor("base_secretary"), []
    for source in ("BV-DUOC", "BV-LON"):
        with counted(app) as sent:
            merged = units.merge_units(base, unit(source).id, cast.units["BV-NGOAI"], TODAY)
        sizes.append((merged, len(sent)))
    assert [people for people, _ in sizes] == [2, 500] and sizes[0][1] == sizes[1][1] < 60
    assert recount(mend=False) == ()
