"""Proposals and decisions held against the year's evidence, and a committee that goes from branch to branch."""

import threading
from dataclasses import replace

import pytest
from sqlalchemy import delete, func, select, update

from diary.domain import schemes
from diary.domain.errors import BadInput, Stale
from diary.domain.evaluations import EvaluationState
from diary.domain.proposals import BadChoices, Choice
from diary.models.base import db, new_id
from diary.models.counts import MemberWeek
from diary.models.evaluations import Decision
from diary.models.noted_figures import MemberFigure
from diary.models.years import Scheme
from diary.queries.evaluations import load_branch_above, next_branch
from diary.services import clock, decisions
from tests import factories, year_end
from tests.factories import YEAR

pytestmark = pytest.mark.usefixtures("session")
EVERYONE = ("secretary", "deputy", "member", "member2", "new_member")


def states(unit_id):
    db.session.expire_all()
    return {row.state for row in year_end.rows(unit_id).values()}


def ready(cast):
    """The branch's proposal waits for the bloc."""
    year_end.meet("secretary")
    year_end.propose("secretary")
    year_end.pass_on("base_secretary", cast.member.unit_id)
    return cast.member.unit_id


def draft_for(unit_id, without=()):
    db.session.expire_all()
    found = year_end.rows(unit_id).values()
    choices = {str(row.id): Choice(row.proposed_level, "", row.version) for row in found if row.id not in without}
    return decisions.DecisionDraft(new_id(), unit_id, YEAR, "21-QĐ/ĐTNK", clock.today(), choices)


# Evidence


def test_a_proposal_above_the_figures_says_why_and_keeps_what_the_figures_said(actor, cast):
    year_end.keep_books(cast.member.unit_id, took_part=20)  # 66,7 %: the second level asks for 80 %
    year_end.meet("secretary")
    choices = {str(row.id): Choice("good", "", row.version) for row in year_end.rows(cast.member.unit_id).values()}
    with pytest.raises(BadChoices, match="cao hơn số liệu trong năm") as refused:
        decisions.propose(actor("secretary"), cast.member.unit_id, YEAR, choices)
    assert set(refused.value.faults) == {f"reason-{key}" for key in choices}
    year_end.propose("secretary")
    row = year_end.one("member")
    assert (row.suggested_level, row.diary_thin, row.odd) == ("done", False, True)


def test_a_proposal_that_all_agree_on_is_not_odd_and_one_with_an_empty_diary_is(cast):
    year_end.keep_books(cast.member.unit_id)
    for name in EVERYONE:
        year_end.self_assess(name)
    db.session.execute(delete(MemberWeek).where(MemberWeek.member_id == cast.member2.member_id))
    db.session.commit()
    year_end.meet("secretary")
    year_end.propose("secretary")
    found = {name: (year_end.one(name).odd, year_end.one(name).diary_thin) for name in EVERYONE}
    assert found == dict.fromkeys(EVERYONE, (False, False)) | {"member2": (True, True)}


def test_a_cap_that_refuses_takes_neither_the_proposal_nor_the_decision(cast):
    unit_id = cast.member.unit_id
    year_end.meet("secretary", levels={cast.member.member_id: "outstanding"})
    row, cap = db.session.get_one(Scheme, "2023-2027"), schemes.SCHEME_2023.caps[0]
    row.body = schemes.to_body(replace(schemes.SCHEME_2023, caps=(replace(cap, share=10, refuses=True),)))
    db.session.commit()
    with pytest.raises(BadChoices, match="không cho vượt"):
        year_end.propose("secretary", cap_reason="Có lý do")
    key = str(year_end.one("member").id)
    year_end.propose("secretary", **{key: "good"})
    year_end.pass_on("base_secretary", unit_id)
    with pytest.raises(BadChoices, match="không cho vượt"):
        year_end.decide("bloc_secretary", unit_id, changes={key: Choice("outstanding", "Xứng đáng")})
    assert states(unit_id) == {EvaluationState.PASSED_ON}


def test_a_decision_freezes_the_figures_and_what_they_spoke_for(cast):
    unit_id = cast.member.unit_id
    year_end.keep_books(unit_id)
    year_end.decide("bloc_secretary", ready(cast))
    before = year_end.one("member").snapshot
    assert before["evidence"]["measures"]["activities"][0] == 25 and before["evidence"]["suggestion"]["level"] == "good"
    db.session.execute(update(MemberFigure).values(count=1))
    db.session.execute(delete(MemberWeek))
    db.session.commit()
    assert year_end.one("member").snapshot == before


# The bloc's desk


def test_some_are_sent_back_in_the_act_that_decides_the_others(cast, actor):
    unit_id = ready(cast)
    row = year_end.one("member")
    draft = replace(draft_for(unit_id, without={row.id}), returned={str(row.id): row.version})
    with pytest.raises(BadInput, match="lý do trả lại"):
        decisions.decide(actor("bloc_secretary"), draft)
    assert states(unit_id) == {EvaluationState.PASSED_ON}, "nothing happens of an act that is refused"
    for _ in range(2):  # the same form sent twice is one decision
        decisions.decide(actor("bloc_secretary"), replace(draft, words="Thiếu căn cứ"))
    assert (year_end.one("member").state, year_end.one("member").return_words) == (EvaluationState.PROPOSED, "Thiếu căn cứ")
    assert year_end.one("member2").state is EvaluationState.DECIDED


def test_sending_everyone_back_is_no_decision(cast, actor):
    unit_id = ready(cast)
    draft = replace(draft_for(unit_id), choices={}, returned=year_end.seen(unit_id), words="Xem lại")
    with pytest.raises(BadInput, match="Hãy bấm Trả lại"):
        decisions.decide(actor("bloc_secretary"), draft)


def test_of_two_who_decide_at_once_one_decides_and_the_other_is_told_whose_paper_it_was(app, cast):
    unit_id = ready(cast)
    drafts = {name: draft_for(unit_id) for name in ("bloc_secretary", "bloc_deputy")}
    people = {name: factories.actor(name) for name in drafts}
    both, ended = threading.Barrier(2, timeout=30), {}

    def decide(name):
        with app.app_context():
            both.wait()
            try:
                ended[name] = decisions.decide(people[name], drafts[name])
            except Stale as error:
                ended[name] = str(error)

    db.session.rollback()
    running = [threading.Thread(target=decide, args=(name,)) for name in drafts]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    (told,) = [words for words in ended.values() if isinstance(words, str)]
    assert "đã công nhận theo Quyết định số 21-QĐ/ĐTNK" in told
    assert db.session.execute(select(func.count()).select_from(Decision)).scalar_one() == 1
    assert {row.decision_id for row in year_end.rows(unit_id).values()} == set(ended.values()) - {told}


def test_the_next_branch_is_the_one_after_in_the_tree_and_then_the_first_again(cast):
    units = cast.units
    for officer in ("secretary", "lone_secretary"):
        year_end.meet(officer)
        year_end.propose(officer)
    year_end.pass_on("base_secretary", units["BV-NOI"])
    in_order = sorted(("BV-NOI", "KB"), key=lambda code: path_of(units[code]))
    first, second = (units[code] for code in in_order)
    assert (following("bloc_secretary", first), following("bloc_secretary", second)) == (second, first)
    assert following("base_secretary", units["BV-NGOAI"]) is None


def path_of(unit_id):
    return load_branch_above(factories.actor("bloc_secretary"), unit_id, YEAR).path


def following(name, unit_id):
    who = factories.actor(name)
    found = next_branch(who, load_branch_above(who, unit_id, YEAR), clock.today())
    return found and found.unit_id
