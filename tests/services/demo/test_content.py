"""The bloc, its names and virtues: counts, references, and no real person or place in any file of the content."""

import unicodedata
from collections import Counter
from hashlib import sha256

import pytest

from .reading import FILES, REAL_PEOPLE, VIRTUES, job_keys, load, plain, real_people_in, repeated, strings, units


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
