"""What makes a scheme one that can be rated by: every fault is told at its field."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diary.domain.schemes import (
    SCHEME_2011,
    SCHEME_2023,
    SCHEME_POINTS,
    SHIPPED,
    Cap,
    Condition,
    Criterion,
    changed_parts,
    code_for,
    read_draft,
    scheme_faults,
    to_body,
    with_codes,
)


def changed(scheme=SCHEME_2023, **values):
    """The scheme with fields changed by path: `levels_0_conditions_1_least=4`."""
    body = to_body(scheme)
    for path, value in values.items():
        at, *rest = path.split("__")
        place = body
        for key in (at, *rest)[:-1]:
            place = place[int(key) if key.isdigit() else key]
            place = list(place) if isinstance(place, tuple) else place
        last = (at, *rest)[-1]
        place[int(last) if last.isdigit() else last] = value
    return body


@pytest.mark.parametrize("scheme", SHIPPED, ids=lambda scheme: scheme.code)
def test_the_schemes_that_ship_have_no_fault_and_read_back_the_same(scheme):
    draft = read_draft(to_body(scheme))
    assert (draft.scheme, draft.faults) == (scheme, {}) and scheme_faults(scheme) == {}


LEVELS = SCHEME_2023.levels


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"code": "Bộ mới"}, "code"),
        ({"first_year": "1999"}, "first_year"),
        ({"last_year": "2022"}, "last_year"),
        ({"last_year": "hai nghìn"}, "last_year"),
        ({"minimum_months": "13"}, "minimum_months"),
        ({"minimum_months": "-1"}, "minimum_months"),
        ({"minimum_months": "1,5"}, "minimum_months"),
        ({"long_leave_days": "367"}, "long_leave_days"),
        ({"long_leave_level": "khac"}, "long_leave_level"),
        ({"thin_rhythm": "101"}, "thin_rhythm"),
        ({"levels": ()}, "levels"),
        ({"levels": "Tốt"}, "levels"),
        ({"criteria": []}, "criteria"),
        ({"levels__0__name": ""}, "levels-0-name"),
        ({"levels__1__name": "Hoàn thành xuất sắc nhiệm vụ"}, "levels-1-name"),
        ({"levels__1__code": "outstanding"}, "levels-1-code"),
        ({"levels__0__short": "x" * 25}, "levels-0-short"),
        ({"levels__0__letters": "HTXSHTXSH"}, "levels-0-letters"),
        ({"levels__0__conditions": ({"measure": "height", "least": 170},)}, "levels-0-conditions-0-measure"),
        ({"levels__0__conditions": ({"measure": "participation"},)}, "levels-0-conditions-0-least"),
        ({"levels__0__conditions": ({"measure": "participation", "least": 101},)}, "levels-0-conditions-0-least"),
        ({"levels__0__conditions": ({"measure": "training", "least": 5},)}, "levels-0-conditions-0-least"),
        ({"levels__0__conditions": ({"measure": "entries", "least": 10, "most": 9},)}, "levels-0-conditions-0-most"),
        ({"levels__0__conditions": ({"measure": "late", "most": 1},) * 2}, "levels-0-conditions-1-measure"),
        ({"levels__1__conditions": ({"measure": "participation", "least": 91},)}, "levels-1-conditions-0-least"),
        ({"levels__1__conditions": ({"measure": "late", "most": 3},)}, "levels-1-conditions-0-most"),
        ({"levels__3__conditions": ({"measure": "participation", "least": 10},)}, "levels-3-conditions"),
        ({"criteria__0__text": ""}, "criteria-0-text"),
        ({"criteria__0__evidence": "height"}, "criteria-0-evidence"),
        ({"criteria__1__code": "conduct"}, "criteria-1-code"),
        ({"criteria__1__points": 10}, "levels-0-points_from"),
        ({"caps__0__level": "not_done"}, "caps-0-level"),
        ({"caps__0__level": ""}, "caps-0-level"),
        ({"caps__0__share": 0}, "caps-0-share"),
        ({"caps__0__share": 101}, "caps-0-share"),
        ({"caps__0__of_level": "khac"}, "caps-0-of_level"),
        ({"caps__0__rounding": "about"}, "caps-0-rounding"),
        ({"caps__0__refuses": "maybe"}, "caps-0-refuses"),
        ({"caps": ({"level": "good", "share": 50, "of_level": "outstanding"},)}, "caps-0-of_level"),
        ({"caps": ({"level": "good", "share": 50}, {"level": "good", "share": 40})}, "caps-1-level"),
        ({"unit_levels": to_body(SCHEME_2023)["unit_levels"][:1]}, "unit_levels"),
        ({"unit_criteria": ()}, "unit_criteria"),
        ({"unit_levels__0__conditions": ({"measure": "participation", "least": 5},)}, "unit_levels-0-conditions-0-measure"),
        ({"colour": "đỏ"}, "colour"),
        ({"levels__0__height": 3}, "levels-0-height"),
    ],
)
def test_what_makes_no_sense_is_told_at_its_field(changes, field):
    assert field in read_draft(changed(**changes)).faults


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"levels__0__points_from": 101}, "levels-0-points_from"),
        ({"levels__1__points_from": 90}, "levels-1-points_from"),
        ({"levels__3__points_from": 10}, "levels-3-points_from"),
        ({"criteria__5__full_at": 0}, "criteria-5-full_at"),
        ({"criteria__0__points": 1001}, "criteria-0-points"),
    ],
)
def test_points_fall_to_0_and_can_be_reached(changes, field):
    assert field in read_draft(changed(SCHEME_POINTS, **changes)).faults


def test_a_level_may_ask_for_the_same_as_the_one_above_it():
    same = replace(
        SCHEME_2011,
        levels=tuple(replace(one, conditions=(Condition("participation", least=50),)) for one in SCHEME_2011.levels[:3])
        + SCHEME_2011.levels[3:],
    )
    assert scheme_faults(same) == {}


def test_texts_of_a_form_read_as_the_typed_values_of_a_file():
    as_typed = changed(last_year="2027", rates_party_members="y", thin_rhythm=" 50 ", long_leave_days="180")
    assert read_draft(as_typed) == read_draft(to_body(SCHEME_2023))
    assert read_draft(changed(thin_rhythm="", minimum_months=None)).scheme == replace(SCHEME_2023, thin_rhythm=0, minimum_months=0)


def test_a_bound_of_0_is_not_the_same_as_none():
    found = read_draft(changed(levels__0__conditions=({"measure": "discipline", "most": "0"},))).scheme.levels[0].conditions[0]
    assert (found.least, found.most) == (None, 0)


def test_rows_without_a_code_get_one_from_their_name():
    raw = with_codes(
        {
            "levels": [{"name": "Xuất sắc"}, {"name": "Khá", "code": "xuat-sac"}, {"name": "Xuất sắc!"}, {}],
            "criteria": [{"text": "Đoàn phí"}],
        }
    )
    assert [row.get("code") for row in raw["levels"]] == ["xuat-sac-2", "xuat-sac", "xuat-sac-3", None]
    assert raw["criteria"][0]["code"] == "doan-phi"


def test_the_parts_that_changed_are_named():
    def parts(**changes):
        return changed_parts(SCHEME_2023, read_draft(changed(**changes)).scheme)

    assert parts() == ()
    assert parts(name="Bộ khác") == ("naming",) and parts(levels__0__short="Giỏi") == ("levels",)
    assert parts(levels__1__conditions=()) == ("conditions",) and parts(caps=()) == ("caps",)
    assert parts(minimum_months=6, thin_rhythm=10, unit_levels__0__letters="X") == ("criteria", "eligibility", "units_rated")


def test_a_scheme_of_ones_own_is_called_after_the_one_it_came_from_and_its_year():
    assert code_for("2023-2027", 2026, frozenset()) == "2023-2027/2026" == code_for("2023-2027/2024", 2026, frozenset())
    assert code_for("2023-2027", 2026, frozenset({"2023-2027/2026"})) == "2023-2027/2026.2"
    assert len(code_for("x" * 40, 2026, frozenset())) <= 40


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.floats(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*to_body(SCHEME_2023), "measure", "least", "code", "points", "level", "share", "conditions"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from([*to_body(SCHEME_2023)]), JUNK, max_size=8))
def test_whatever_a_file_holds_is_read_or_told_never_a_crash(raw):
    draft = read_draft(raw)
    assert draft.faults, "no such scheme can be rated by"


def test_a_scheme_may_have_many_rows_up_to_what_a_page_can_hold():
    many = replace(SCHEME_2023, criteria=tuple(Criterion(f"c{number}", "Tiêu chí") for number in range(40)))
    assert scheme_faults(many) == {}
    assert "criteria" in read_draft(to_body(replace(many, criteria=many.criteria * 2))).faults
    assert "caps" in scheme_faults(replace(SCHEME_2023, caps=tuple(Cap("good", share) for share in range(1, 12))))
