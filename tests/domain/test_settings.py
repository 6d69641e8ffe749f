"""The settings of the bloc."""

import pytest

from diary.domain.errors import BadFields
from diary.domain.settings import ASKED, USUAL, changed, fingerprint, parse, settings_of

USUALLY = {"overdue_days": "7", "hint_words": "7", "hint_alike": "70", "hint_days": "5"}


def test_what_nobody_set_is_as_usual():
    assert settings_of(()) == USUAL
    assert parse(USUALLY) == USUAL


def test_what_is_kept_holds_and_what_is_unknown_or_out_of_bounds_does_not():
    now = settings_of([("overdue_days", 14), ("hint_alike", 2), ("hint_days", "nhiều"), ("hint_words", True), ("bygone", 3)])
    assert changed(USUAL, now) == {"overdue_days": 14}


@pytest.mark.parametrize("typed", ["", "0", "-1", "7,5", "bảy", "61", "99999", "١٠٠٠٠"])
def test_a_number_out_of_bounds_is_refused_at_its_field(typed):
    with pytest.raises(BadFields) as refusal:
        parse({**USUALLY, "overdue_days": typed})
    assert list(refusal.value.faults) == ["overdue_days"]
    assert "1 đến 60" in str(refusal.value)


def test_a_share_is_typed_in_per_cent():
    assert parse({**USUALLY, "hint_alike": " 85 %"}).hint_alike == 0.85


def test_the_fingerprint_tells_every_change():
    marks = {fingerprint(parse({**USUALLY, name: str(asked.least)})) for name, asked in ASKED.items()}
    assert len(marks | {fingerprint(USUAL)}) == len(ASKED) + 1


def test_the_usual_values_are_within_their_bounds():
    assert settings_of([(name, getattr(USUAL, name)) for name in ASKED]) == USUAL
