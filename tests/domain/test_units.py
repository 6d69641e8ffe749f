"""The tree of units: paths, kinds that may stand below others, codes made from names."""

import pytest

from diary.domain.errors import BadInput, WrongMoment
from diary.domain.units import UnitDraft, UnitKind, clean_draft, is_below, kind_below, lineage, path_range, unit_code


def test_below_is_a_prefix_that_ends_at_a_whole_id():
    assert is_below("1.5.12.", "1.5.") and is_below("1.5.", "1.5.")
    assert not is_below("1.51.", "1.5.")
    low, high = path_range("1.5.")
    inside = ("1.5.", "1.5.12.", "1.5.9.")
    assert all(low <= path < high for path in inside) and not any(low <= path < high for path in ("1.51.", "1.6.", "1."))


def test_the_lineage_goes_from_the_bloc_down():
    assert lineage("1.5.12.") == (1, 5, 12)


def test_a_chi_doan_is_a_base_branch_under_the_bloc_and_a_branch_under_a_base():
    assert kind_below(UnitKind.BRANCH, UnitKind.BLOC) is UnitKind.BASE_BRANCH
    assert kind_below(UnitKind.BASE_BRANCH, UnitKind.BASE_UNION) is UnitKind.BRANCH
    assert kind_below(UnitKind.BASE_UNION, UnitKind.BASE_UNION) is UnitKind.BASE_UNION


@pytest.mark.parametrize("parent", [UnitKind.BRANCH, UnitKind.BASE_BRANCH])
def test_nothing_stands_below_a_branch(parent):
    with pytest.raises(WrongMoment, match="không đứng dưới"):
        kind_below(UnitKind.BRANCH, parent)


def test_a_second_bloc_stands_nowhere():
    with pytest.raises(WrongMoment):
        kind_below(UnitKind.BLOC, UnitKind.BLOC)


@pytest.mark.parametrize(
    ("name", "above", "taken", "code"),
    [
        ("Chi đoàn Khối Nội", "BV", (), "BV-KN"),
        ("Đoàn cơ sở Bệnh viện Đa khoa", "", (), "BVDK"),
        ("Chi đoàn Khối Nội", "BV", ("BV-KN", "BV-KN2"), "BV-KN3"),
        ("Chi đoàn", "", (), "CD"),
        ("!!!", "", (), "DV"),
        ("Chi đoàn An", "TAT-C", (), "TAT-C-A"),
        ("Tổ An Toàn - Cơ Ấn", "", ("TATCA",), "TATCA2"),
    ],
)
def test_a_code_is_made_of_the_first_letters_and_is_free(name, above, taken, code):
    assert unit_code(name, above, taken) == code


def test_no_unit_is_called_as_the_whole_bloc_is_by_commands():
    assert unit_code("Chi đoàn Cà An", "TAT", ()) == "TAT-CA2"


def test_a_draft_is_cleaned_and_needs_a_name_within_its_limits():
    assert clean_draft(UnitDraft("  Chi đoàn\n Mới ", " ĐTN ")) == UnitDraft("Chi đoàn Mới", "ĐTN")
    with pytest.raises(BadInput) as refused:
        clean_draft(UnitDraft(" \u200b "))
    assert refused.value.field == "name"
    with pytest.raises(BadInput) as refused:
        clean_draft(UnitDraft("Chi đoàn Mới", symbol="Đ" * 41))
    assert refused.value.field == "symbol"
