"""The words of the demo bloc: counts, references, lengths, and no real person among them."""

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

import diary.services
from diary.domain.reviews import RETURN_REASONS

CONTENT = Path(str(diary.services.__file__)).parent / "demo" / "content"
FILES = sorted(path.name for path in CONTENT.glob("*.toml"))
VIRTUES = {"can", "kiem", "liem", "chinh", "chi-cong-vo-tu"}

# SHA-256 of the folded names of the people the report of 2013 names: they are real, so they stand nowhere in clear.
REAL_PEOPLE = {
    "2ce81f3b642382db8473904f699ba34508c6ea1d18377a2004b12aef5ed62f8d",
    "441957af0c8802bd1f8dcd585a05daa34b1eb340d3271f6ce5401dee4ce39d01",
    "49ac0c5830c1cbfaf721c1006c4dec96680e92d6fea7212fcef3d1beb9cde266",
    "6dfef0083367e588ef249718b899751381bccf5743432d52024b289f6c15464d",
    "81d57201317655083e413f6f56c515f353d32c3f0ff906eda9baccd3c061fb79",
    "c2e01d2f248927cef88e4e1899feaa93b5d0c9d8dd58b3e9ee22d984cf4f8cf2",
    "c93d36e948be64e2f879058740b5b39935870ce9ab7ca8edcbfd2f37a2820690",
    "d358930a9d6652f09cc8b0853d91c30a2023bb10f1fe2b6b19302db7fa85e59b",
    "fa51fb9af3f0e27761191507116a1d264f6df1d898c024c07fd0c870546c9f42",
}


@cache
def load(name: str) -> dict[str, Any]:
    """One file of the content, parsed."""
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))


def plain(text: str) -> str:
    """Lower case, no marks, single spaces: two texts that differ only in marks are the same to a reader in a hurry."""
    spread = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return " ".join("".join(c for c in spread if not unicodedata.combining(c)).split())


def strings(value: Any) -> Iterator[str]:
    """Every string inside a parsed file."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


def repeated(texts: list[str]) -> list[str]:
    """The texts that stand more than once, read without their marks."""
    return [text for text, times in Counter(plain(text) for text in texts).items() if times > 1]


def real_people_in(text: str) -> list[str]:
    """The runs of two to four words that are the name of a person of the report."""
    words = "".join(c if c.isalpha() else " " for c in plain(text)).split()
    runs = (" ".join(words[i : i + n]) for n in (2, 3, 4) for i in range(len(words) - n + 1))
    return [run for run in runs if sha256(run.encode()).hexdigest() in REAL_PEOPLE]


@pytest.mark.parametrize("name", FILES)
def test_every_text_is_nfc_and_without_stray_spaces(name: str) -> None:
    for text in strings(load(name)):
        assert text == unicodedata.normalize("NFC", text)
        assert text == " ".join(text.split()), f"spaces: {text!r}"


@pytest.mark.parametrize("name", FILES)
def test_no_real_place_and_no_real_person_stands_in_the_content(name: str) -> None:
    for text in strings(load(name)):
        assert "soc trang" not in plain(text)
        assert not real_people_in(text)


def test_a_real_person_would_be_noticed() -> None:
    probe = sha256(b"nguoi that").hexdigest()
    REAL_PEOPLE.add(probe)
    try:
        assert real_people_in("Cùng Người Thật, ở ấp trên.") == ["nguoi that"]
    finally:
        REAL_PEOPLE.remove(probe)


def units() -> list[dict[str, Any]]:
    return load("units.toml")["unit"]


def job_keys() -> set[str]:
    return {job["key"] for job in load("units.toml")["job"]}


def test_the_bloc_has_43_base_organisations_and_6028_members() -> None:
    kinds = Counter(unit["kind"] for unit in units())
    assert (kinds["bloc"], kinds["base_union"], kinds["base_branch"]) == (1, 11, 32)
    assert sum(unit.get("size", 0) for unit in units()) == 6028
    bloc = next(unit for unit in units() if unit["kind"] == "bloc")
    assert (bloc["name"], bloc["symbol"], bloc["place"]) == ("Đoàn Khối các cơ quan tỉnh", "ĐTNK", "Phước Châu")


def test_codes_are_unique_ascii_and_every_parent_stands_above_its_child() -> None:
    kind_of = {}
    above = {"base_union": "bloc", "base_branch": "bloc", "branch": "base_union"}
    for unit in units():
        assert unit["code"].isascii() and unit["code"] not in kind_of
        if unit["kind"] != "bloc":
            assert kind_of[unit["parent"]] == above[unit["kind"]]
        kind_of[unit["code"]] = unit["kind"]


def test_every_base_union_has_3_to_14_branches_and_one_has_exactly_3() -> None:
    below = Counter(unit["parent"] for unit in units() if unit["kind"] == "branch")
    assert set(below) == {unit["code"] for unit in units() if unit["kind"] == "base_union"}
    assert (min(below.values()), max(below.values())) == (3, 14)


def test_members_sit_in_branches_of_known_jobs_with_names_and_symbols_of_their_own() -> None:
    for unit in units():
        assert set(unit["jobs"]) <= job_keys() and unit["jobs"]
        assert ("size" in unit) == (unit["kind"] in {"branch", "base_branch"})
    assert not repeated([unit["name"] for unit in units() if unit["kind"] != "branch"])
    for parent in {unit.get("parent") for unit in units()}:
        siblings = [unit for unit in units() if unit.get("parent") == parent]
        assert not repeated([unit["name"] for unit in siblings])
        assert len({unit["symbol"] for unit in siblings}) == len(siblings)


def test_names_cover_each_ethnicity_and_gender_without_repeats() -> None:
    names = load("names.toml")
    ethnicities = {row["name"] for row in names["ethnicity"]}
    assert sum(row["weight"] for row in names["ethnicity"]) == 100
    assert {row["ethnicity"] for row in names["family"]} == ethnicities
    for part in ("middle", "given"):
        assert {(row["ethnicity"], row["gender"]) for row in names[part]} == {(e, g) for e in ethnicities for g in ("Nam", "Nữ")}
        assert all(len(set(row["names"])) == len(row["names"]) for row in names[part])
    for row in names["given"]:
        assert len(row["names"]) >= (35 if row["ethnicity"] == "Hoa" else 70)


def test_no_name_that_can_be_put_together_is_that_of_a_real_person() -> None:
    names = load("names.toml")
    for ethnicity in (row["name"] for row in names["ethnicity"]):
        families = {plain(name) for row in names["family"] if row["ethnicity"] == ethnicity for name, _ in row["names"]}
        for gender in ("Nam", "Nữ"):
            middles, givens = (
                {plain(name) for row in names[part] if (row["ethnicity"], row["gender"]) == (ethnicity, gender) for name in row["names"]}
                for part in ("middle", "given")
            )
            made = (f"{f} {m} {g}".replace("  ", " ") for f in families for m in {*middles, ""} for g in givens)
            assert not [name for name in made if sha256(name.encode()).hexdigest() in REAL_PEOPLE]


def test_the_five_virtues_say_how_they_are_checked() -> None:
    virtues = load("virtues.toml")["virtue"]
    assert {virtue["key"] for virtue in virtues} == VIRTUES and len(virtues) == 5
    assert all(0 < len(virtue["name"]) <= 120 and 20 <= len(virtue["check"]) <= 120 for virtue in virtues)


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
    assert {group["case"] for group in words["proposal"]} == {"above_self", "below_self", "not_vote", "over_cap"}
    moments = {"any", "result", "late", "work", "self", "community", "honest", "better"}
    assert {group["when"] for group in words["approve"]} == moments
    assert all(set(group.get("jobs", [])) <= job_keys() for groups in words.values() for group in groups)
