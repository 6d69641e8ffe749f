"""The tables of cases in cases/: who is rated, what figures suggest, what caps allow a branch of 1 to 200, shares, votes."""

import csv
import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain.ballots import vote_level
from diary.domain.eligibility import Arrival, eligibility
from diary.domain.figures import shares
from diary.domain.measures import Measured
from diary.domain.schemes import SCHEME_2023, SHIPPED, Cap, Rounding, Scheme, allowed_by_cap, cap_faults, cap_warnings, over_caps
from diary.domain.suggestions import suggest

CASES = Path(__file__).with_name("cases")


def cases(table: str) -> list[Any]:
    """The rows of a table of each scheme's file, each with its scheme."""
    files = {scheme: tomllib.loads((CASES / f"{scheme.code}.toml").read_text("utf-8")) for scheme in SHIPPED}
    return [pytest.param(scheme, row, id=f"{scheme.code}: {row['name']}") for scheme, file in files.items() for row in file[table]]


VOTES = tomllib.loads((CASES / "votes.toml").read_text("utf-8"))["votes"]


@pytest.mark.parametrize(("scheme", "case"), cases("eligibility"))
def test_who_is_rated(scheme: Scheme, case: dict[str, Any]) -> None:
    came = Arrival(case.get("since"), case.get("moved", False), case.get("commented", False))
    found = eligibility(scheme, came, case.get("party", False), case["on"])
    assert found.rated is case["rated"] and bool(found.reason) is not found.rated
    comments_only = replace(scheme, rates_party_members=False)
    left = eligibility(comments_only, came, True, case["on"])
    assert not left.rated and left.commented_only, "no party member is rated where the branch only comments on them"


@pytest.mark.parametrize(("scheme", "case"), cases("levels"))
def test_what_the_figures_suggest(scheme: Scheme, case: dict[str, Any]) -> None:
    measured = {code: Measured(*figure) if isinstance(figure, list) else Measured(figure) for code, figure in case["figures"].items()}
    found = suggest(scheme, measured, case.get("sick_days", 0))
    assert (found.level, found.at_most) == (case["level"], case.get("at_most", case["level"]))
    assert "total" not in case or found.total == Decimal(case["total"])


@pytest.mark.parametrize(("scheme", "case"), cases("branches"))
def test_what_a_branch_may_have_and_how_its_shares_read(scheme: Scheme, case: dict[str, Any]) -> None:
    counts = case["counts"]
    assert [allowed_by_cap(cap, scheme, counts) for cap in scheme.caps] == ([case["allowed"]] if "allowed" in case else [])
    assert bool(over_caps(scheme, counts)) is case["over"]
    assert shares([counts.get(level.code, 0) for level in scheme.levels]) == tuple(Decimal(share) for share in case["shares"])


@pytest.mark.parametrize("case", [pytest.param(row, id=row["name"]) for row in VOTES])
def test_what_a_vote_gives(case: dict[str, Any]) -> None:
    assert vote_level(case["counts"], case["present"]) == case["level"]


@pytest.mark.parametrize("refuses", [False, True])
def test_a_cap_in_a_branch_of_every_size_and_with_every_rounding(refuses: bool) -> None:
    with (CASES / "caps.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 600
    for row in rows:
        for rounding in Rounding:
            cap = Cap("outstanding", int(row["share"]), of_level="good", rounding=rounding, refuses=refuses)
            scheme, size, allowed = replace(SCHEME_2023, caps=(cap,)), int(row["size"]), int(row[rounding.value])
            fits = {"outstanding": allowed, "good": size - allowed, "done": 3}
            assert allowed_by_cap(cap, scheme, fits) == allowed and cap_faults(scheme, fits) == {}, row
            if allowed < size:
                passed = fits | {"outstanding": allowed + 1, "good": size - allowed - 1}
                assert cap_faults(scheme, passed) and bool(cap_faults(scheme, passed, "Có lý do")) is refuses, row


COUNTS = st.fixed_dictionaries({level.code: st.integers(0, 300) for level in SCHEME_2023.levels})
CAPPED, BASES = st.sampled_from(["outstanding", "good", "done"]), st.sampled_from(["", "good", "done"])
CAPS = st.builds(Cap, CAPPED, st.integers(1, 100), BASES, st.sampled_from(Rounding), st.booleans())


@given(st.lists(st.integers(0, 5000), max_size=8))
def test_shares_always_sum_to_100(counts: list[int]) -> None:
    found = shares(counts)
    assert sum(found) == (100 if sum(counts) else 0) and len(found) in (len(counts), 0)
    assert all(share >= 0 for share in found)


@given(st.lists(CAPS, max_size=3), COUNTS, st.sampled_from(["", "Có lý do"]))
def test_no_cap_is_passed_in_silence(caps: list[Cap], counts: dict[str, int], reason: str) -> None:
    scheme = replace(SCHEME_2023, caps=tuple(caps))
    ranks = {level.code: scheme.rank(level.code) for level in scheme.levels}
    passed = []
    for cap in caps:
        base = sum(count for code, count in counts.items() if not cap.of_level or ranks[code] <= ranks[cap.of_level])
        exact, half = base * cap.share, (2 * base * cap.share + 100) // 200
        most = {Rounding.DOWN: exact // 100, Rounding.HALF_UP: half, Rounding.UP: -(-exact // 100)}
        if counts[cap.level] > most[cap.rounding]:
            passed.append(cap)
    assert len(cap_warnings(scheme, counts)) == len(passed)
    assert bool(cap_faults(scheme, counts, reason)) is (bool(passed) and (not reason or any(cap.refuses for cap in passed)))
