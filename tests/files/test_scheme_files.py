"""Scheme files: what is written reads back the same, what cannot be read is told in words, and the page about them is right."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diary.domain.errors import BadInput
from diary.domain.measures import MEMBER_MEASURES, UNIT_MEASURES
from diary.domain.schemes import SCHEME_2023, SHIPPED, Cap, Condition, Criterion, Level, Rounding
from diary.domain.vietnamese import clean_line
from diary.files.scheme_files import MOST_BYTES, read_schemes, write_schemes

TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Cf", "Zl", "Zp")), max_size=20).map(clean_line)
BOUND = st.none() | st.integers(0, 500)
CONDITIONS = st.builds(Condition, st.sampled_from([*MEMBER_MEASURES]), BOUND, BOUND, st.booleans())
LEVELS = st.builds(Level, TEXT, TEXT, TEXT, TEXT, st.lists(CONDITIONS, max_size=3).map(tuple), st.integers(0, 100))
CRITERIA = st.builds(Criterion, TEXT, TEXT, st.sampled_from(["", *MEMBER_MEASURES]), st.integers(0, 50), st.integers(0, 9))
CAPS = st.builds(Cap, TEXT, st.integers(0, 100), TEXT, st.sampled_from(Rounding), st.booleans())
SCHEMES = st.builds(
    lambda name, source, months, flags, leave, levels, criteria, caps, units, unit_criteria: replace(
        SCHEME_2023, name=name, source=source, minimum_months=months, rates_party_members=flags[0], movers_with_comment=flags[1],
        long_leave_days=leave, levels=levels, criteria=criteria, caps=caps, unit_levels=units, unit_criteria=unit_criteria,
    ),
    TEXT, TEXT, st.integers(0, 12), st.tuples(st.booleans(), st.booleans()), st.integers(0, 366),
    *(st.lists(rows, max_size=3).map(tuple) for rows in (LEVELS, CRITERIA, CAPS, LEVELS, CRITERIA)),
)  # fmt: skip


@settings(max_examples=40)
@given(st.lists(SCHEMES, min_size=1, max_size=2))
def test_what_is_written_reads_back_the_same(schemes):
    assert [draft.scheme for draft in read_schemes(write_schemes(schemes))] == schemes


def test_the_schemes_that_ship_go_out_and_come_back_without_a_fault():
    drafts = read_schemes(write_schemes(SHIPPED))
    assert tuple(draft.scheme for draft in drafts) == SHIPPED and not any(draft.faults for draft in drafts)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "không có bộ tiêu chí nào"),
        (b"\xff\xfe", "UTF-8"),
        (b"[[schemes]\n", "dòng 1, cột"),
        (b"schemes = ", "cuối tệp"),
        (b"schemes = 5", "không có bộ tiêu chí nào"),
        (b"schemes = [5]", "không có bộ tiêu chí nào"),
        (b"a = " + b"[" * 20_000, "TOML"),
        (b"#" * (MOST_BYTES + 1), "512 KB"),
        (b"[[schemes]]\n" * 101, "quá 100"),
    ],
)
def test_a_file_that_is_none_is_told_in_words(content, words):
    with pytest.raises(BadInput, match=words):
        read_schemes(content)


def test_windows_line_ends_and_a_byte_order_mark_are_read():
    content = b"\xef\xbb\xbf" + write_schemes([SCHEME_2023]).replace(b"\n", b"\r\n")
    assert read_schemes(content)[0].scheme == SCHEME_2023


def test_the_page_about_the_file_holds_a_scheme_without_fault_and_every_measure():
    page = (Path(__file__).parents[2] / "docs" / "schemes.md").read_text("utf-8")
    example = re.search(r"```toml\n(.*?)```", page, re.DOTALL)
    (draft,) = read_schemes(example[1].encode())
    assert draft.faults == {}
    for title, measures in (("members", MEMBER_MEASURES), ("units", UNIT_MEASURES)):
        table = page.split(f"## Measures of {title}")[1].split("\n## ")[0]
        assert set(re.findall(r"^\| `(\w+)`", table, re.MULTILINE)) == set(measures)
