"""The reviewer's queue: whose it is, in what order, at what cost."""

from datetime import date, datetime, timedelta

import pytest
import uuid_utils.compat as uuid_utils
from sqlalchemy import insert, select, text, update

from diary.domain.entries import EntryState
from diary.domain.evidence import EvidenceKind
from diary.domain.permissions import Action, Subject, may
from diary.domain.pledges import PledgeState
from diary.domain.reviews import OVERDUE_DAYS, Kind, Verdict, passed_up, reach
from diary.domain.units import Place
from diary.models.base import db
from diary.models.entries import Entry, EntryAddition, Evidence
from diary.models.settings import Setting
from diary.models.units import Unit, Virtue
from diary.queries import reviews
from diary.queries.reviews.waiting import picked, shape_of, values_of
from diary.services import clock
from diary.services import reviews as services
from tests import factories
from tests.counting import counted

EVERYONE = tuple(factories.CAST)


def ago(days):
    return datetime.now(factories.VIETNAM) - timedelta(days=days)


def ids(actor):
    return [card.id for card in reviews.queue(actor, clock.now())]


def add_waiting(cast, how_many, **facts):
    """Many entries of one member at once, a minute apart."""
    first = ago(3)
    made = {
        "member_id": cast.member.member_id,
        "unit_id": cast.member.unit_id,
        "year": factories.YEAR,
        "happened_on": date(2026, 11, 20),
        "written_at": first,
        "did": "Ở lại giúp bác Sáu điền hồ sơ.",
        "state": EntryState.WAITING,
        "review_unit_id": cast.member.unit_id,
    } | facts
    first = facts.get("sent_at", first)
    rows = [{**made, "id": uuid_utils.uuid7(), "sent_at": first + timedelta(minutes=n)} for n in range(how_many)]
    db.session.execute(insert(Entry), rows)
    db.session.commit()
    return [row["id"] for row in rows]


def test_entries_pledges_and_additions_stand_together_the_oldest_first(actor, cast):
    approved = factories.entry(cast.member2, EntryState.APPROVED)
    second = factories.pledge(cast.member, sent_at=ago(2))
    third = EntryAddition(entry_id=approved.id, unit_id=approved.unit_id, review_unit_id=approved.unit_id, words="Thêm", sent_at=ago(1))
    db.session.add(third)
    db.session.commit()
    first = factories.entry(cast.member, sent_at=ago(3))
    cards = reviews.queue(actor("secretary"), clock.now())
    assert [(card.kind, card.id) for card in cards] == [(Kind.ENTRY, first.id), (Kind.PLEDGE, second.id), (Kind.ADDITION, third.id)]
    assert (cards[2].words, cards[2].about, cards[2].name) == ("Thêm", approved.did, "Võ Quốc Huy")


def test_a_card_shows_all_its_reviewer_needs(actor, cast):
    virtue = db.session.execute(select(Virtue.id).where(Virtue.name == "Kiệm")).scalar_one()
    pledge = factories.pledge(cast.member, state=PledgeState.APPROVED, title="In hai mặt", how="Nhắc nhau ở máy in")
    facts = {"did": "Gom giấy một mặt.\nĐóng sổ.", "people": "cả phòng", "result": "32", "result_unit": "cuốn", "lesson": "Ít mà đều"}
    row = factories.entry(
        cast.member, sent_at=ago(5), happened_on=ago(17).date(), written_at=ago(6), virtue_id=virtue, pledge_id=pledge.id,
        evidence_count=1, review_words="Kể rõ hơn.", **facts,
    )  # fmt: skip
    evidence = {"entry_id": row.id, "media_type": "image/jpeg", "sha256": "x", "size": 3, "added_at": ago(6)}
    db.session.add(Evidence(kind=EvidenceKind.PHOTO, name="Chồng sổ", **evidence))
    db.session.commit()
    (card,) = reviews.queue(actor("secretary"), clock.now())
    assert (card.words, card.people, card.result, card.lesson) == (facts["did"], "cả phòng", "32 cuốn", "Ít mà đều")
    assert (card.virtue, card.pledge, card.serves, card.how) == ("Kiệm", "In hai mặt", "Kiệm – In hai mặt", "")
    assert (card.written_on, card.late, card.waited, card.soon, card.overdue) == (ago(6).date(), True, 5, True, False)
    assert [(one.name, one.is_photo) for one in card.pictures] == [("Chồng sổ", True)]
    assert (card.said, card.initials) == ("Kể rõ hơn.", "SR")


def test_within_a_day_each_member_s_first_comes_before_anyone_s_second(actor, cast):
    morning = datetime.now(factories.VIETNAM).replace(hour=0, minute=5) - timedelta(days=2)
    many = add_waiting(cast, 3, sent_at=morning)
    other = [factories.entry(cast.member2, sent_at=morning + timedelta(hours=h)).id for h in (22, 23)]
    day_before = factories.pledge(cast.member, sent_at=morning - timedelta(minutes=10)).id
    assert ids(actor("secretary")) == [day_before, many[0], other[0], many[1], other[1], many[2]]


def test_a_card_carries_the_marks_of_its_entry_in_words(actor, cast):
    earlier = factories.entry(cast.member, EntryState.APPROVED)
    factories.entry(cast.member, sent_at=ago(2), hints="short copied", alike_id=earlier.id)
    factories.entry(cast.member2, sent_at=ago(1))
    first, second = reviews.queue(actor("secretary"), clock.now())
    assert (first.marks, first.alike_id, second.marks) == (("Bài ngắn", "Giống bài trước"), earlier.id, ())


def test_the_base_steps_in_after_the_days_the_bloc_chose(actor, cast):
    waiting = factories.entry(cast.member, sent_at=ago(4))
    assert ids(actor("base_secretary")) == []
    db.session.add(Setting(name="overdue_days", value=3, changed_by=cast.bloc_secretary.account_id, changed_at=ago(0)))
    db.session.commit()
    (card,) = reviews.queue(actor("base_secretary"), clock.now())
    assert reviews.queue_figures(actor("secretary"), clock.now()).days == 3
    assert (card.id, card.overdue) == (waiting.id, True) and reviews.waiting_count(actor("base_secretary"), clock.now()) == 1


def test_nobody_s_queue_holds_their_own(actor, cast):
    own, other = factories.entry(cast.secretary), factories.entry(cast.deputy)
    assert ids(actor("secretary")) == [other.id] and ids(actor("deputy")) == [own.id]
    assert reviews.waiting_count(actor("deputy"), clock.now()) == 1


def test_the_base_sees_what_was_sent_up_and_what_the_branch_left_too_long(actor, cast):
    factories.entry(cast.member, sent_at=ago(7))
    late = factories.entry(cast.member, sent_at=ago(8))
    late_pledge = factories.pledge(cast.member2, sent_at=ago(9))
    sent_up = factories.entry(cast.secretary, review_unit_id=cast.units["BV"])
    assert ids(actor("base_secretary")) == [late_pledge.id, late.id, sent_up.id]
    assert reviews.waiting_count(actor("base_secretary"), clock.now()) == 3
    assert late.id in ids(actor("secretary")), "the branch may still do it"


def test_the_bloc_never_sees_texts_of_branches_however_late(actor, cast):
    factories.entry(cast.member, sent_at=ago(30))
    factories.entry(cast.secretary, sent_at=ago(30), review_unit_id=cast.units["BV"])
    sent_up = factories.entry(cast.lone_secretary, review_unit_id=cast.units["KHOI"])
    assert ids(actor("bloc_secretary")) == ids(actor("bloc_deputy")) == [sent_up.id]


@pytest.mark.parametrize("name", ["member", "stranger", "inspector", "administrator"])
def test_those_without_a_post_of_review_have_no_queue(actor, cast, name):
    factories.entry(cast.member2, sent_at=ago(9))
    assert ids(actor(name)) == [] and reviews.waiting_count(actor(name), clock.now()) == 0


def test_the_queue_holds_nothing_its_owner_may_not_review(actor, cast):
    units = [cast.units[code] for code in ("BV-NOI", "BV", "KHOI")]
    for person in (cast.member, cast.secretary, cast.base_secretary, cast.bloc_secretary):
        for unit in units:
            for days in (1, 9):
                factories.entry(person, sent_at=ago(days), review_unit_id=unit)
    paths = dict(list(db.session.execute(select(Unit.id, Unit.path))))
    seen = 0
    for name in (*EVERYONE, "administrator"):
        who, now = actor(name), clock.now()
        for entry_id in ids(who):
            row = db.session.get_one(Entry, entry_id)
            place = Place(row.unit_id, paths[row.unit_id])
            up = passed_up(who, place, row.review_unit_id, row.sent_at, now, lambda: OVERDUE_DAYS)
            subject = Subject(place, row.member_id, passed_up=up)
            assert may(who, Action.ENTRY_REVIEW, subject), f"{name} sees an entry they may not review"
            seen += 1
    assert seen > 10


def test_a_base_that_a_branch_has_left_no_longer_sees_what_it_was_sent(actor, cast):
    sent_up = factories.entry(cast.secretary, review_unit_id=cast.units["BV"])
    late = factories.entry(cast.member, sent_at=ago(9))
    assert ids(actor("base_secretary")) == [late.id, sent_up.id]
    db.session.execute(update(Unit).where(Unit.id == cast.units["BV-NOI"]).values(path="1.999.", parent_id=1))
    db.session.commit()
    assert ids(actor("base_secretary")) == []


def test_pages_of_twenty_follow_each_other_without_gap_or_repeat(actor, cast):
    made = add_waiting(cast, 45)
    who, now = actor("secretary"), clock.now()
    pages = [[card.id for card in reviews.queue(who, now, page)] for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [20, 20, 5, 0] and [one for page in pages for one in page] == made


def test_the_figures_count_things_people_and_today_s_reviews_that_stand(actor, cast, time):
    who = actor("secretary")
    done, undone = factories.entry(cast.member), factories.pledge(cast.member)
    services.review_entry(who, done.id, Verdict.APPROVED, "", 1)
    services.review_pledge(who, undone.id, Verdict.APPROVED, "", 1)
    services.undo_review(who, Kind.PLEDGE, undone.id)
    factories.entry(cast.member2)
    assert reviews.queue_figures(who, clock.now()) == reviews.QueueFigures(waiting=2, people=2, reviewed_today=1)
    time.shift(86400)
    assert reviews.queue_figures(who, clock.now()).reviewed_today == 0


def test_twenty_and_two_thousand_waiting_cost_the_same_number_of_statements(app, session, actor, cast):
    who, costs = actor("base_secretary"), []
    for how_many in (20, 1980):
        add_waiting(cast, how_many, written_at=ago(30), review_unit_id=cast.units["BV"])
        with counted(app) as sent:
            assert len(reviews.queue(who, clock.now(), 1, OVERDUE_DAYS)) == 20
            assert reviews.queue_figures(who, clock.now(), OVERDUE_DAYS).waiting >= 20
        costs.append(len(sent))
    assert costs[0] == costs[1] == 2


@pytest.mark.sqlite  # PostgreSQL scans a small table whatever the index
def test_what_waits_is_found_by_the_index_of_what_waits(session, actor, cast):
    mine, who = reach(actor("secretary")), actor("secretary")
    statement = select(picked(shape_of(mine))).compile(db.engine, compile_kwargs={"render_postcompile": True})
    values = values_of(mine, who, clock.now()) | {"size": 20, "skip": 0}
    asked = text("EXPLAIN QUERY PLAN " + str(statement).replace("?", "1"))
    plan = " ".join(row[3] for row in db.session.execute(asked))
    assert set(values) >= {"whole0", "me"}
    for index in ("COVERING INDEX ix_entries_waiting", "COVERING INDEX ix_pledges_waiting", "INDEX ix_entry_additions_waiting"):
        assert index in plan
    assert "SCAN entries" not in plan and "SCAN pledges" not in plan


def test_a_review_may_be_taken_back_while_it_is_the_newest_and_young(actor, cast, time):
    who, row = actor("secretary"), factories.entry(cast.member)
    services.review_entry(who, row.id, Verdict.APPROVED, "", 1)
    assert reviews.undo_offer(who, Kind.ENTRY, row.id, clock.now()) == reviews.UndoOffer(
        Kind.ENTRY, row.id, Verdict.APPROVED, "Thạch Thị Sa Rinh"
    )
    assert reviews.undo_offer(actor("deputy"), Kind.ENTRY, row.id, clock.now()) is None
    db.session.execute(update(Entry).values(version=9))
    assert reviews.undo_offer(who, Kind.ENTRY, row.id, clock.now()) is None
    db.session.rollback()
    time.shift(16 * 60)
    assert reviews.undo_offer(who, Kind.ENTRY, row.id, clock.now()) is None
