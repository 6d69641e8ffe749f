"""What people of the demo bloc promise, do and say: counts, lengths, slots and references."""

import re
from functools import cache
from string import Formatter
from typing import Any

import pytest

from diary.domain.reviews import RETURN_REASONS

from .reading import VIRTUES, job_keys, load, repeated, units

SLOTS = {"ap", "dia_diem", "ban", "n"}
FIELDS = {"self", "work", "community"}


def slots_in(text: str) -> set[str]:
    """The names between braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def pledges() -> list[dict[str, Any]]:
    return load("pledges.toml")["pledge"]


def entries() -> list[dict[str, Any]]:
    return load("entries.toml")["entry"]


@cache
def lineage(code: str) -> set[str]:
    """The codes of a unit and of all above it."""
    parent = {unit["code"]: unit.get("parent") for unit in units()}
    codes = set()
    while code:
        codes.add(code)
        code = parent[code]
    return codes


def fits(row: dict[str, Any], unit: dict[str, Any], codes: set[str]) -> bool:
    """Whether people of the unit may use the pledge or entry."""
    return bool(set(row["jobs"]) & set(unit["jobs"])) and bool(set(row.get("units", codes)) & codes)


def test_there_are_130_pledges_each_short_checkable_and_with_a_number_to_reach() -> None:
    rows = pledges()
    assert len(rows) >= 130
    assert len({row["key"] for row in rows}) == len(rows)
    assert not repeated([row["text"] for row in rows])
    for row in rows:
        assert row["virtue"] in VIRTUES and set(row["jobs"]) <= job_keys() and row["jobs"]
        assert 15 <= len(row["text"]) <= 90 and 15 <= len(row["how"]) <= 300
        assert len(row["target"]) <= 150 and any(c.isdigit() for c in row["target"])
        assert not slots_in(row["text"] + row["how"] + row["target"])


def test_there_are_450_entries_no_two_alike_within_the_lengths_of_the_form() -> None:
    rows = entries()
    assert len(rows) >= 450
    assert not repeated([row["did"] for row in rows])
    for row in rows:
        assert 40 <= len(row["did"]) <= 1500 and len(row["people"]) <= 120 and len(row["lesson"]) <= 200 and len(row["unit"]) <= 40
        assert row["virtue"] in VIRTUES and row["field"] in FIELDS and set(row["jobs"]) <= job_keys() and row["jobs"]
        assert set(row.get("months", [])) <= set(range(1, 13))


def test_every_slot_of_an_entry_is_known_and_never_opens_a_sentence_that_needs_a_capital() -> None:
    filled = {slot["name"] for slot in load("places.toml")["slot"]} | {"ban", "n"}
    assert filled == SLOTS
    for row in entries():
        used = slots_in(row["did"]) | slots_in(row["people"]) | slots_in(row["result"])
        assert used <= SLOTS
        assert not slots_in(row["lesson"] + row["unit"])
        assert ("n" in used) == ("n" in row)
        assert not re.search(r"(^|[.!?…] )\{(ap|dia_diem|n)\}", row["did"]), row["did"]


def test_a_number_has_a_range_and_a_result_is_a_number() -> None:
    for row in entries():
        if "n" in row:
            least, most = row["n"]
            assert 0 <= least < most
        figure = row["result"].replace("{n}", "7")
        assert figure == "" or figure.isdigit()
        assert bool(row["result"]) == bool(row["unit"])


def test_every_entry_serves_pledges_that_exist_and_ask_for_the_same_virtue() -> None:
    by_key = {row["key"]: row for row in pledges()}
    for row in entries():
        for key in row["serves"]:
            assert by_key[key]["virtue"] == row["virtue"]
            assert set(by_key[key]["jobs"]) & set(row["jobs"])
    assert set(by_key) == {key for row in entries() for key in row["serves"]}


def test_units_named_by_pledges_and_entries_exist() -> None:
    codes = {unit["code"] for unit in units()}
    assert all(set(row.get("units", [])) <= codes for row in [*pledges(), *entries()])


def test_people_of_every_branch_find_pledges_of_each_virtue_and_a_hundred_deeds_that_fit_them() -> None:
    for unit in units():
        if "size" not in unit:
            continue
        codes = lineage(unit["code"])
        own = [row for row in pledges() if fits(row, unit, codes)]
        assert {row["virtue"] for row in own} == VIRTUES and len(own) >= 30
        assert sum(fits(row, unit, codes) for row in entries()) >= 100


def test_every_field_of_life_is_written_about_by_every_job() -> None:
    assert {(job, row["field"]) for row in entries() for job in row["jobs"]} == {(j, f) for j in job_keys() for f in FIELDS}


FIGURES = {
    *("weeks_kept", "weeks_due", "weeks_missed", "entries", "approved", "returned", "late"),
    *("pledges_done", "pledges_total", "meetings_kept", "meetings_due", "meetings_missed"),
}


def said(kind: str) -> list[str]:
    """All texts of one kind of reviews.toml."""
    return [text for group in load("reviews.toml")[kind] for text in group["texts"]]


def test_thin_entries_are_formal_and_come_with_a_reason_and_a_better_text_that_has_a_figure() -> None:
    rows = load("entries.toml")["thin"]
    keys = {row["key"]: row for row in pledges()}
    assert len(rows) >= 40
    assert not repeated([row["did"] for row in rows] + [row["better_did"] for row in rows] + [row["did"] for row in entries()])
    assert not repeated([row["reason"] for row in rows])
    for row in rows:
        assert row["kind"] in RETURN_REASONS
        assert row["virtue"] in VIRTUES and row["field"] in FIELDS and set(row["jobs"]) <= job_keys()
        assert len(row["did"]) <= 60 and 20 <= len(row["reason"]) <= 300
        assert len(row["better_did"]) > 2 * len(row["did"]) and row["better_result"].isdigit() and 0 < len(row["better_unit"]) <= 40
        assert slots_in(row["better_did"] + row["better_people"]) <= SLOTS - {"n"} and not slots_in(row["did"] + row["reason"])
        assert all(set(row["jobs"]) <= set(keys[key]["jobs"]) for key in row["serves"])
        assert bool(row["serves"]) == (row["kind"] == "Chưa đúng đăng ký")


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        *[("approve", 60), ("return", 40), ("return_pledge", 10), ("month", 12), ("meeting", 40)],
        *[("strength", 40), ("weakness", 40), ("remedy", 40), ("proposal", 15), ("private", 20)],
    ],
)
def test_there_are_enough_words_of_each_kind_and_none_twice(kind: str, least: int) -> None:
    assert len(said(kind)) >= least
    assert not repeated(said(kind))
    assert all(0 < len(text) <= 200 for text in said(kind))


def test_words_hold_only_figures_the_program_knows() -> None:
    for kind in load("reviews.toml"):
        known = {"meeting": FIGURES, "strength": FIGURES, "weakness": FIGURES, "remedy": FIGURES, "private": {"ban"}}.get(kind, set())
        assert all(slots_in(text) <= known for text in said(kind))


def test_returns_cover_every_ready_reason_meetings_every_level_and_proposals_every_case() -> None:
    words = load("reviews.toml")
    assert {group["kind"] for group in words["return"]} == set(RETURN_REASONS)
    assert {group["rank"] for group in words["meeting"]} == {1, 2, 3, 4}
    assert all(len(group["texts"]) >= 9 for group in words["meeting"])
    assert {group["case"] for group in words["proposal"]} == {"above_self", "below_self", "not_vote", "above_books", "over_cap"}
    moments = {"any", "result", "late", "work", "self", "community", "honest", "better"}
    assert {group["when"] for group in words["approve"]} == moments
    assert all(set(group.get("jobs", [])) <= job_keys() for groups in words.values() for group in groups)
