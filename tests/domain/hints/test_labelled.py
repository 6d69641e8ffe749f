"""Hints judged on entries that others wrote and labelled thin, copied or good without having seen the rules.

`labelled.tsv` is the set of 200: of the three blind sets in their order (offices, hospitals and schools, workshops and fields) the first
34, 33 and 33 lines that are thin or copied and as many good ones, none left out; a copy's original need not be among them. The sets
themselves stand beside it whole, and `first.tsv`, the one the first rules were written with. Each line is compared with those before it.
The rules were mended after what they missed in those. `all_walks.tsv` and `a_province.tsv` were written after that, and nothing was ever
mended by them (98 and 95 of 100 marked, no good one). So it shall stay: they say what the rules are worth on texts nobody has seen.
"""

from pathlib import Path

import pytest

from diary.domain.hints import Earlier, hints
from diary.domain.vietnamese import fold

SETS = ("labelled", "offices", "hospitals_and_schools", "workshops_and_fields", "first", "all_walks", "a_province")


def judged(name: str) -> tuple[list[bool], list[bool]]:
    """Of a set's thin or copied entries, and of its good ones, which are marked."""
    lines = (Path(__file__).parent / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    earlier: list[Earlier] = []
    marked: tuple[list[bool], list[bool]] = ([], [])
    for label, text in (line.split("\t", 1) for line in lines):
        marked[label == "good"].append(bool(hints(text, earlier)))
        earlier.append(Earlier(text))
    return marked


@pytest.mark.parametrize("name", SETS)
def test_nine_of_ten_thin_or_copied_entries_are_marked_and_at_most_one_of_twenty_good_ones(name):
    thin, good = judged(name)
    assert len(thin) == len(good) == 100
    assert sum(thin) >= 90
    assert sum(good) <= 5


@pytest.mark.parametrize("name", SETS)
def test_no_more_good_entries_are_marked_when_they_are_typed_without_marks(name):
    lines = (Path(__file__).parent / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    good = [hints(fold(text)) for label, text in (line.split("\t", 1) for line in lines) if label == "good"]
    assert sum(map(bool, good)) <= 5
