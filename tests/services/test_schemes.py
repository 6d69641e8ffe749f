"""Schemes of years: changed for one year alone, copied to another, brought from a file; and what stays as it is."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from diary.domain.errors import BadFields, BadInput, NotAllowed, NotFound, Stale, WrongMoment
from diary.domain.evaluations import EvaluationState
from diary.domain.schemes import SCHEME_2023, SCHEME_POINTS, Cap, read_draft, to_body
from diary.models.audit import AuditLine
from diary.models.base import db
from diary.models.evaluations import Decision, Evaluation
from diary.models.unit_evaluations import UnitEvaluation
from diary.models.years import Scheme
from diary.queries import schemes as queries
from diary.queries import years as year_queries
from diary.services import schemes, years
from diary.services.schemes import Outcome

CAPPED = replace(SCHEME_2023, caps=(Cap("outstanding", 15, refuses=True),))


@pytest.fixture
def bloc(actor):
    return actor("bloc_secretary")


def page(bloc, year=2026):
    return queries.load_scheme_page(bloc, year)


def save(bloc, wanted, year=2026):
    seen = page(bloc, year)
    return schemes.save_scheme(bloc, year, wanted, seen.scheme.code, seen.version)


def lines(action):
    return db.session.execute(select(AuditLine.fields).where(AuditLine.action == action).order_by(AuditLine.at)).scalars().all()


def decide(cast, year=2026):
    facts = {"decided_by": cast.bloc_secretary.account_id, "at": datetime(2026, 11, 1, tzinfo=UTC), "number": "1-QĐ/K"}
    db.session.add(Decision(unit_id=cast.units["KB"], year=year, decided_on=date(2026, 11, 1), **facts))
    db.session.commit()


def test_a_scheme_that_ships_stays_and_the_year_gets_its_own(bloc):
    assert save(bloc, CAPPED) == ("caps",)
    found = page(bloc)
    assert (found.scheme.code, found.scheme.first_year, found.scheme.last_year) == ("2023-2027/2026", 2026, 2027)
    assert found.scheme.caps == CAPPED.caps and found.based_on == SCHEME_2023.name and not found.ships
    assert SCHEME_2023 in queries.all_schemes()
    assert lines("scheme_edit") == [["caps"]]


def test_ones_own_scheme_is_changed_where_it_stands_while_no_other_year_is_rated_by_it(bloc):
    save(bloc, CAPPED)
    assert save(bloc, replace(page(bloc).scheme, minimum_months=6)) == ("eligibility",)
    assert (page(bloc).scheme.code, page(bloc).version) == ("2023-2027/2026", 2)
    years.open_year(bloc, 2027)
    assert page(bloc, 2027).scheme.code == "2023-2027/2026", "the next year takes it over"
    save(bloc, replace(page(bloc, 2027).scheme, minimum_months=9), 2027)
    assert page(bloc, 2027).scheme.code == "2023-2027/2027" and page(bloc, 2027).scheme.minimum_months == 9
    assert page(bloc).scheme.minimum_months == 6
    save(bloc, replace(page(bloc).scheme, minimum_months=5))
    assert page(bloc).scheme.code == "2023-2027/2026", "no year shares it any more"


def test_a_year_its_scheme_no_longer_covers_goes_by_the_guidance_or_by_none(bloc):
    save(bloc, replace(CAPPED, last_year=2026))
    years.open_year(bloc, 2027)
    years.open_year(bloc, 2028)
    assert page(bloc, 2027).scheme.code == "2023-2027" and page(bloc, 2028).scheme is None


def test_nothing_changed_is_nothing_said(bloc):
    assert save(bloc, page(bloc).scheme) == () and lines("scheme_edit") == []
    assert page(bloc).scheme.code == "2023-2027"


def test_the_same_form_sent_twice_changes_once(bloc):
    assert save(bloc, CAPPED) == ("caps",)
    assert schemes.save_scheme(bloc, 2026, CAPPED, "2023-2027", 1) == ()
    assert page(bloc).version == 1 and lines("scheme_edit") == [["caps"]]


def test_who_edited_what_another_has_changed_is_told(bloc):
    save(bloc, CAPPED)
    seen = page(bloc)
    save(bloc, replace(CAPPED, minimum_months=6))
    for code, version in ((seen.scheme.code, seen.version), ("2023-2027", 1)):
        with pytest.raises(Stale):
            schemes.save_scheme(bloc, 2026, SCHEME_2023, code, version)


def test_a_scheme_that_cannot_be_rated_by_is_refused_at_its_fields(bloc):
    with pytest.raises(BadFields) as refused:
        save(bloc, replace(SCHEME_2023, name="", minimum_months=40, last_year=2025))
    assert set(refused.value.faults) == {"name", "minimum_months", "last_year"}
    assert page(bloc).scheme == SCHEME_2023


def test_a_level_somebody_gave_stays_in_the_scheme(bloc, cast):
    db.session.add(Evaluation(member_id=cast.member.member_id, year=2026, unit_id=cast.member.unit_id, self_level="done"))
    db.session.add(UnitEvaluation(unit_id=cast.units["KB"], year=2026, state=EvaluationState.PROPOSED, proposed_level="strong"))
    db.session.commit()
    for wanted, who in (
        (replace(SCHEME_2023, levels=(*SCHEME_2023.levels[:2], SCHEME_2023.levels[3])), "đoàn viên"),
        (replace(SCHEME_2023, unit_levels=(SCHEME_2023.unit_levels[0], *SCHEME_2023.unit_levels[2:])), "tổ chức Đoàn"),
    ):
        with pytest.raises(WrongMoment, match=f"Đã có {who}"):
            save(bloc, wanted)
    assert save(bloc, CAPPED) == ("caps",), "what leaves the levels alone may still change"


def test_results_and_closed_books_keep_their_scheme(bloc, cast):
    years.lock_year(bloc, 2026, "Hết năm")
    with pytest.raises(WrongMoment, match="khóa sổ"):
        save(bloc, CAPPED)
    years.unlock_year(bloc, 2026, "Còn việc")
    years.open_year(bloc, 2025)
    decide(cast)
    assert not page(bloc).editable
    for act in (lambda: save(bloc, CAPPED), lambda: schemes.copy_scheme(bloc, 2026, 2025), lambda: schemes.choose_scheme(bloc, 2026, None)):
        with pytest.raises(WrongMoment, match="công nhận"):
            act()
    db.session.query(Decision).delete()
    number = {"decided_level": "strong", "decision_number": "2-QĐ/K", "decided_on": date(2026, 11, 1)}
    db.session.add(UnitEvaluation(unit_id=cast.units["KB"], year=2026, state=EvaluationState.DECIDED, **number))
    db.session.commit()
    with pytest.raises(WrongMoment, match="công nhận"):
        save(bloc, CAPPED)


def test_a_year_without_guidance_starts_from_a_copy_of_its_own(bloc):
    years.open_year(bloc, 2028)
    code = schemes.copy_scheme(bloc, 2028, 2026)
    found = page(bloc, 2028).scheme
    assert (code, found.first_year, found.last_year) == ("2023-2027/2028", 2028, 2028)
    assert replace(found, code="2023-2027", first_year=2023, last_year=2027) == SCHEME_2023
    assert lines("scheme_copy") == [[2026, "2023-2027/2028"]]
    assert save(bloc, replace(found, minimum_months=6), 2028) and page(bloc, 2028).scheme.code == code
    for nowhere in (2028, 2027, 1999):
        with pytest.raises(BadInput):
            schemes.copy_scheme(bloc, 2028, nowhere)


def test_only_the_bloc_committee_changes_schemes(actor):
    for name, refusal in (("inspector", NotAllowed), ("base_secretary", NotFound), ("member", NotFound), ("administrator", NotFound)):
        for act in (lambda who: schemes.save_scheme(who, 2026, CAPPED, "2023-2027", 1), lambda who: schemes.copy_scheme(who, 2026, 2025)):
            with pytest.raises(refusal):
                act(actor(name))


def test_a_file_adds_changes_and_leaves_alone_what_it_may_not_touch(bloc, cast):
    own = replace(SCHEME_POINTS, code="khoi-2026", first_year=2026, last_year=2026)

    def bring(*wanted, do=schemes.import_schemes):
        return [(one.code, one.outcome) for one in do([read_draft(to_body(one)) for one in wanted])]

    assert bring(own, do=schemes.plan_import) == [("khoi-2026", Outcome.ADDED)] and db.session.get(Scheme, "khoi-2026") is None
    assert bring(own, replace(SCHEME_2023, minimum_months=9), SCHEME_POINTS, replace(own, code="khac", name="")) == [
        ("khoi-2026", Outcome.ADDED), ("2023-2027", Outcome.REFUSED), ("thang-100", Outcome.SAME), ("khac", Outcome.REFUSED),
    ]  # fmt: skip
    changed = replace(own, minimum_months=9)
    assert bring(changed) == [("khoi-2026", Outcome.CHANGED)] and bring(changed) == [("khoi-2026", Outcome.SAME)]
    assert lines("scheme_import") == [[], ["eligibility"]]
    schemes.choose_scheme(bloc, 2026, "khoi-2026")
    decide(cast)
    assert bring(own) == [("khoi-2026", Outcome.REFUSED)] and page(bloc).scheme == changed


def test_a_year_without_a_scheme_says_so(bloc):
    years.open_year(bloc, 2029)
    assert year_queries.scheme_of(2029) is None
    with pytest.raises(NotFound, match="chưa có bộ tiêu chí"):
        schemes.save_scheme(bloc, 2029, SCHEME_2023, "2023-2027", 1)
