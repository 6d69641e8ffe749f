"""What is odd about a proposal, when it has to say why, and what a proposal or a decision lacks."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain import proposals as rules
from diary.domain.measures import Measured
from diary.domain.proposals import BadChoices, Choice, Evidence, Said
from diary.domain.schemes import SCHEME_2023, SCHEME_POINTS, Cap
from diary.domain.suggestions import suggest

OUT, GOOD, DONE = "outstanding", "good", "done"
STRICT = replace(SCHEME_2023, caps=(Cap(OUT, 20, refuses=True),))
LEVELS = st.sampled_from([level.code for level in SCHEME_2023.levels] + ["", "khá"])


def books(participation=None, training=None, scheme=SCHEME_2023, **facts):
    """Evidence of somebody who took part in so many of 30 and got this step of the training; None: nobody noted it."""
    measures = {"participation": Measured(participation, 30), "training": Measured(training)}
    return Evidence(measures, suggest(scheme, measures), **facts)


@pytest.mark.parametrize(
    ("own", "vote", "proposed", "odd", "reason"),
    [
        (GOOD, GOOD, GOOD, (), False),
        (GOOD, GOOD, "", (), False),
        (OUT, GOOD, GOOD, ("Tự xếp cao hơn biểu quyết",), True),
        (GOOD, OUT, OUT, ("Tự xếp thấp hơn biểu quyết",), True),
        (GOOD, GOOD, DONE, ("Đề nghị khác biểu quyết",), True),
        ("", GOOD, GOOD, ("Chưa tự đánh giá",), False),
        (GOOD, "", GOOD, ("Biểu quyết chưa mức nào quá nửa",), True),
        (GOOD, "", DONE, ("Biểu quyết chưa mức nào quá nửa", "Đề nghị khác tự xếp loại"), True),
        ("khá", GOOD, GOOD, ("Chưa tự đánh giá",), True),  # a level of another scheme is none
    ],
)
def test_self_vote_and_proposal_that_differ_are_odd_and_a_difference_asks_for_a_reason(own, vote, proposed, odd, reason):
    said = Said("An", own, vote)
    assert rules.oddities(SCHEME_2023, said, proposed) == odd
    assert rules.needs_reason(SCHEME_2023, said, proposed) is reason


@pytest.mark.parametrize(
    ("evidence", "level", "odd"),
    [
        (books(25, 3), GOOD, ()),
        (books(25, 3), DONE, ()),  # lower than the figures allow is not above them
        (books(25, 3), OUT, ("Đề nghị cao hơn số liệu (gợi ý Tốt)",)),
        (books(20, 3), GOOD, ("Đề nghị cao hơn số liệu (gợi ý Hoàn thành)",)),
        (books(None, 3), OUT, ("Đề nghị cao hơn số liệu (nhiều nhất là Tốt)",)),
        (books(None, None), OUT, ()),  # nothing known speaks against it
    ],
)
def test_a_level_above_what_the_figures_allow_is_odd_and_asks_for_a_reason(evidence, level, odd):
    said = Said("An", level, level, evidence=evidence)
    assert rules.oddities(SCHEME_2023, said, level) == odd
    assert rules.needs_reason(SCHEME_2023, said, level) is bool(odd)


def test_a_thin_diary_and_a_mover_without_comment_are_odd_but_ask_for_no_reason():
    said = Said("An", GOOD, GOOD, evidence=books(25, 3, thin="Nhật ký mỏng: giữ nhịp 12/46 tuần", uncommented=True))
    assert rules.oddities(SCHEME_2023, said, GOOD) == ("Nhật ký mỏng: giữ nhịp 12/46 tuần", "Nơi chuyển đi chưa ghi nhận xét")
    assert not rules.needs_reason(SCHEME_2023, said, GOOD)


def people(**evidence):
    return {name: Said(name, GOOD, GOOD, evidence=theirs) for name, theirs in evidence.items()}


def test_a_figure_nobody_noted_is_odd_only_where_the_level_asks_for_it():
    said = people(a=books(25), b=books())
    odd = rules.odd_cases(SCHEME_2023, said, {"a": GOOD, "b": GOOD})
    assert odd.of == {"b": ("Chưa đủ số liệu: tham gia sinh hoạt, hoạt động",)} and odd.everywhere == ""
    lowest = rules.odd_cases(SCHEME_2023, said, {"a": GOOD, "b": "not_done"})
    assert lowest.of == {"b": ("Đề nghị khác biểu quyết",)}


def test_a_figure_that_nobody_has_is_said_once_for_all():
    odd = rules.odd_cases(SCHEME_2023, people(a=books(), b=books(), c=books()), {"a": GOOD, "b": GOOD, "c": "not_done"})
    assert odd.everywhere == "Tham gia sinh hoạt, hoạt động" and list(odd.of) == ["c"]


def test_points_that_are_still_open_are_missing_where_the_level_needs_them():
    evidence = books(25, scheme=SCHEME_POINTS)
    assert rules.missing_figures(SCHEME_POINTS, evidence, "excellent") == ("Điểm theo tiêu chí",)
    assert rules.missing_figures(SCHEME_POINTS, evidence, "weak") == ()


@given(LEVELS, LEVELS, LEVELS, st.integers(0, 30) | st.none(), st.integers(1, 4) | st.none())
def test_whoever_is_given_what_all_agree_on_within_the_figures_is_not_odd(own, vote, level, participation, training):
    said = Said("An", own, vote, evidence=books(participation, training))
    agreed = own == vote == level and SCHEME_2023.holds(level) and not rules.above_evidence(SCHEME_2023, said.evidence, level)
    if agreed:
        assert rules.oddities(SCHEME_2023, said, level) == () and not rules.needs_reason(SCHEME_2023, said, level)
    elif SCHEME_2023.holds(level):
        assert rules.oddities(SCHEME_2023, said, level)


def test_a_proposal_lacks_every_level_and_reason_at_once():
    said = {"a": Said("An", OUT, GOOD), "b": Said("Bình", GOOD, GOOD), "c": Said("Chi", GOOD, GOOD)}
    choices = {"a": Choice(GOOD), "b": Choice(""), "c": Choice(GOOD)}
    assert set(rules.proposal_faults(SCHEME_2023, said, choices)) == {"reason-a", "level-b"}
    assert rules.proposal_faults(SCHEME_2023, said, choices | {"a": Choice(GOOD, "Ít bài"), "b": Choice(GOOD)}) == {}
    assert set(rules.proposal_faults(SCHEME_2023, said, choices | {"a": Choice(GOOD, "x" * 1001)})) == {"reason-a", "level-b"}


def test_the_fault_says_from_what_the_proposal_differs():
    said = {"a": Said("An", OUT, OUT, evidence=books(25, 3)), "b": Said("Bình", GOOD, OUT)}
    faults = rules.proposal_faults(SCHEME_2023, said, {"a": Choice(OUT), "b": Choice(OUT)})
    assert "cao hơn số liệu trong năm" in faults["reason-a"] and "khác tự xếp loại hoặc biểu quyết" in faults["reason-b"]


def test_a_decision_other_than_proposed_says_why():
    said = {"a": Said("An", OUT, GOOD, GOOD)}
    rules.check_decisions(SCHEME_2023, said, {"a": Choice(GOOD)}, {GOOD: 1})
    rules.check_decisions(SCHEME_2023, said, {"a": Choice(DONE, "Thiếu căn cứ")}, {DONE: 1})
    for wrong, field in ((Choice(DONE), "reason-a"), (Choice("khá"), "level-a"), (Choice(DONE, "x" * 1001), "reason-a")):
        with pytest.raises(BadChoices) as refused:
            rules.check_decisions(SCHEME_2023, said, {"a": wrong}, {GOOD: 1})
        assert list(refused.value.faults) == [field]


def test_a_cap_that_refuses_is_not_passed_by_a_decision_and_any_other_was_given_its_reason_before():
    said = {"a": Said("An", OUT, OUT, OUT)}
    rules.check_decisions(SCHEME_2023, said, {"a": Choice(OUT)}, {OUT: 1})
    with pytest.raises(BadChoices, match="không cho vượt") as refused:
        rules.check_decisions(STRICT, said, {"a": Choice(OUT)}, {OUT: 1})
    assert list(refused.value.faults) == ["cap_reason"]


def test_evidence_is_kept_as_plain_data_with_what_is_known_and_the_reasons_in_words():
    kept = rules.to_body(books(26, None), (0, 2) + (0,) * 10)
    assert kept["evidence"]["measures"] == {"participation": [26, 30, ""]} and kept["evidence"]["months"][1] == 2
    suggested = kept["evidence"]["suggestion"]
    assert suggested["level"] == "good" and any("86,7 %" in words for _, words, *_ in suggested["reasons"])
    assert kept["thin"] == ""
