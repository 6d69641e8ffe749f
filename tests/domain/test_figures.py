from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain.figures import file_size, money, number, padded, parse_number, percent, shares

counts = st.lists(st.integers(0, 100_000), max_size=12)
figures = st.decimals(-(10**14), 10**14, allow_nan=False, allow_infinity=False, places=3)


@pytest.mark.parametrize(
    ("n", "decimals", "written"),
    [
        (0, 0, "0"),
        (6, 0, "6"),
        (999, 0, "999"),
        (6028, 0, "6.028"),
        (1500000, 0, "1.500.000"),
        (-6028, 0, "-6.028"),
        (Decimal("6.0"), 0, "6"),
        (6, 1, "6,0"),
        (Decimal("85.45"), 1, "85,5"),
        (85.45, 1, "85,5"),
        (2.675, 2, "2,68"),
        (0.5, 0, "1"),
        (2.5, 0, "3"),
        (-0.4, 0, "0"),
        (Decimal("1E+6"), 0, "1.000.000"),
        (1e300, 0, "1" + ".000" * 100),
        (10**60, 0, "1" + ".000" * 20),
        (float("nan"), 0, "–"),
        (Decimal("Infinity"), 1, "–"),
    ],
)
def test_a_number_has_dots_between_thousands_and_a_decimal_comma(n: int | Decimal | float, decimals: int, written: str) -> None:
    assert number(n, decimals) == written


@pytest.mark.parametrize(
    ("part", "whole", "decimals", "written"),
    [
        (171, 200, 1, "85,5 %"),
        (1, 8, 1, "12,5 %"),
        (1, 16, 1, "6,3 %"),  # 6.25 rounds up, where banker's rounding gives 6.2
        (1, 3, 1, "33,3 %"),
        (2, 3, 0, "67 %"),
        (1, 1, 1, "100,0 %"),
        (0, 5, 1, "0,0 %"),
        (3, 2, 1, "150,0 %"),
        (1200, 100, 0, "1.200 %"),
        (Decimal("0.5"), Decimal(4), 2, "12,50 %"),
        (0, 0, 1, "–"),
        (5, 0, 1, "–"),
    ],
)
def test_a_percentage_rounds_half_up_and_is_a_dash_of_nothing(
    part: int | Decimal, whole: int | Decimal, decimals: int, written: str
) -> None:
    assert percent(part, whole, decimals) == written


def test_money_is_whole_dong() -> None:
    assert money(14236000) == "14.236.000 đồng"
    assert money(0) == "0 đồng"
    assert money(Decimal("999.5")) == "1.000 đồng"


def test_no_break_spaces_tie_the_sign_and_the_word_to_the_figure() -> None:
    assert percent(171, 200, nbsp=True) == "85,5\u00a0%"
    assert money(5000, nbsp=True) == "5.000\u00a0đồng"


def test_documents_write_counts_under_10_with_a_leading_zero() -> None:
    assert [padded(n) for n in (0, 1, 9, 10, 1234, -3)] == ["0", "01", "09", "10", "1.234", "-3"]


@pytest.mark.parametrize(
    ("given_counts", "expected"),
    [
        ((1, 1, 1), ("33.4", "33.3", "33.3")),
        ((2, 1), ("66.7", "33.3")),
        ((171, 20, 9, 0), ("85.5", "10.0", "4.5", "0.0")),
        ((1, 1, 1, 1, 1, 1), ("16.7", "16.7", "16.7", "16.7", "16.6", "16.6")),
        ((1, 2, 3), ("16.7", "33.3", "50.0")),
        ((7,), ("100.0",)),
        ((0, 0), ()),
        ((), ()),
    ],
)
def test_shares_give_left_over_tenths_to_the_largest_remainders(given_counts: tuple[int, ...], expected: tuple[str, ...]) -> None:
    assert tuple(str(share) for share in shares(given_counts)) == expected


@given(counts)
def test_shares_make_exactly_100_and_none_is_a_tenth_off(some: list[int]) -> None:
    result = shares(some)
    if not sum(some):
        assert result == ()
        return
    assert sum(result) == Decimal("100.0")
    for count, share in zip(some, result, strict=True):
        assert abs(share * sum(some) - count * 100) < Decimal("0.1") * sum(some)
        assert share.as_tuple().exponent == -1


@given(counts)
def test_a_larger_count_never_has_a_smaller_share(some: list[int]) -> None:
    pairs = sorted(zip(some, shares(some), strict=False))
    assert all(a[1] <= b[1] for a, b in pairwise(pairs) if a[0] < b[0])


def test_a_negative_count_has_no_share() -> None:
    with pytest.raises(ValueError, match="negative"):
        shares([3, -1])


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("6", "6"),
        ("06", "6"),
        ("6.028", "6028"),
        ("85,5", "85.5"),
        ("1.500.000", "1500000"),
        ("1 500 000", "1500000"),
        ("1\u00a0500", "1500"),
        ("1.500,25", "1500.25"),
        ("1.500.000,5", "1500000.5"),
        ("8.5", "8.5"),
        ("0.500", "0.5"),
        ("1500.25", "1500.25"),
        (" 12 ", "12"),
        ("-3", "-3"),
        ("−1.500", "-1500"),
        ("+7", "7"),
        ("0", "0"),
        ("999999999999999", "999999999999999"),
    ],
)
def test_figures_are_read_as_people_here_type_them(text: str, figure: str) -> None:
    assert parse_number(text) == Decimal(figure)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "sáu",
        "6 cây",
        "1.2.3",
        "1.50.000",
        "1.500 000",
        "1,5,2",
        "1,500,000",
        "85,",
        ",5",
        "--3",
        "1e5",
        "NaN",
        "٣",
        "½",
        "9" * 16,
        "0," + "3" * 16,
    ],
)
def test_what_is_no_figure_is_none(text: str) -> None:
    assert parse_number(text) is None


@given(figures)
def test_a_written_number_reads_back(figure: Decimal) -> None:
    assert parse_number(number(figure, 3)) == figure


@given(st.text() | st.text("0123456789., -+−"))
def test_any_text_is_a_finite_figure_or_none(text: str) -> None:
    figure = parse_number(text)
    assert figure is None or figure.is_finite()


@pytest.mark.parametrize(("size", "words"), [(1, "1 KB"), (98_406, "96 KB"), (1_023_999, "1.000 KB"), (1_468_006, "1,4 MB")])
def test_the_size_of_a_file_is_read_in_kilobytes_or_megabytes(size, words):
    assert file_size(size) == words
