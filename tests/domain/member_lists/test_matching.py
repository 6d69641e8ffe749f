"""Who in a list is who in the books: recognised, changed, new, or doubtful."""

from datetime import date

import pytest

from diary.domain.member_lists.matching import Doubt, KnownMember, changes, may_be_elsewhere, pair_up
from diary.domain.members import Gender
from diary.domain.names import split_full_name
from tests.lists import BORN, person


def known(name="Lương Ngọc Diệp", member_id=1, **facts):
    family, given = split_full_name(name)
    return KnownMember(member_id, 3, family, given, **({"born_on": BORN} | facts))


OTHER_DAY = date(1990, 1, 2)
YEAR_ONLY = {"born_on": None, "birth_year": BORN.year}
UNKNOWN = {"born_on": None, "birth_year": None}


@pytest.mark.parametrize(
    ("row", "member"),
    [
        (person(), known()),
        (person("LUONG NGOC DIEP"), known()),
        (person(), known("Luong Ngoc Diep")),
        (person("Nguyễn Thị Thuý"), known("Nguyễn Thị Thúy")),
        (person("Lường Ngọc Diệp", phone="0901234567"), known(phone="0901234567")),
        (person("Lường Ngọc Diệp", email="A@vidu.example"), known(email="a@vidu.example")),
        (person(**YEAR_ONLY), known()),
        (person(), known(**YEAR_ONLY)),
        (person(**UNKNOWN), known()),
        (person(), known(**UNKNOWN)),
        (person(phone="0901234567"), known(phone="0907654321")),
    ],
)
def test_a_person_is_known_again_by_name_and_birth_with_phone_or_email_helping(row, member):
    assert pair_up([row], [member]) == [member]


@pytest.mark.parametrize(
    ("row", "member", "words"),
    [
        (person("Lường Ngọc Diệp"), known(), "chỉ khác dấu"),
        (person(born_on=OTHER_DAY, phone="0901234567"), known(phone="0901234567"), "ngày sinh khác"),
        (person(phone="0901234567", **UNKNOWN), known(phone="0907654321"), "số điện thoại khác"),
    ],
)
def test_what_may_be_the_same_person_but_need_not_is_doubtful(row, member, words):
    (found,) = pair_up([row], [member])
    assert isinstance(found, Doubt) and words in found.words


@pytest.mark.parametrize("row", [person(born_on=OTHER_DAY), person(born_on=None, birth_year=1980)])
def test_another_birth_makes_another_person(row):
    assert pair_up([row], [known()]) == [None]


def test_twins_who_differ_by_a_mark_stay_two_people():
    ha, other = known("Lê Thị Hà", 1), known("Lê Thị Hạ", 2)
    rows = [person("Lê Thị Hạ"), person("Lê Thị Hà")]
    assert pair_up(rows, [ha, other]) == [other, ha]
    assert pair_up(rows, [ha]) == [None, ha], "the second twin is new once the first was found"


def test_namesakes_without_a_birth_are_told_apart_by_their_phones():
    one, other = known(member_id=1, phone="0901111111", **UNKNOWN), known(member_id=2, phone="0902222222", **UNKNOWN)
    rows = [person(phone="0902222222", **UNKNOWN), person(phone="0901111111", **UNKNOWN), person(phone="0903333333", **UNKNOWN)]
    assert pair_up(rows, [one, other]) == [other, one, None]


def test_a_namesake_with_a_full_birth_does_not_take_the_place_of_the_one_without():
    full, bare = known(member_id=1), known(member_id=2, **YEAR_ONLY)
    assert pair_up([person(**YEAR_ONLY), person()], [full, bare]) == [bare, full]


def test_a_member_elsewhere_is_suspected_by_day_of_birth_or_phone_not_by_the_name_alone():
    assert may_be_elsewhere(person(), known())
    assert may_be_elsewhere(person(phone="0901234567", **UNKNOWN), known(phone="0901234567"))
    assert not may_be_elsewhere(person(**YEAR_ONLY), known())
    assert not may_be_elsewhere(person("Lường Ngọc Diệp"), known())


def test_an_empty_cell_never_erases_and_a_filled_one_changes():
    member = known(gender=Gender.FEMALE, ethnicity="Khmer", joined_union_on=OTHER_DAY, phone="0901234567", email="a@vidu.example")
    assert changes(person(), member) == {}
    row = person(gender=Gender.MALE, ethnicity="Kinh", joined_union_on=BORN, phone="0907654321", email="b@vidu.example")
    assert changes(row, member) == {
        "gender": Gender.MALE, "ethnicity": "Kinh", "joined_union_on": BORN, "phone": "0907654321", "email": "b@vidu.example",
    }  # fmt: skip
    assert changes(person(email="A@VIDU.example"), member) == {}


def test_a_full_birth_replaces_a_year_and_a_year_never_replaces_a_full_birth():
    assert changes(person(), known(**YEAR_ONLY)) == {"born_on": BORN, "birth_year": None}
    assert changes(person(**YEAR_ONLY), known(**UNKNOWN)) == {"birth_year": BORN.year}
    assert changes(person(**YEAR_ONLY), known()) == {}


def test_a_spelling_with_marks_replaces_one_without_and_never_the_other_way():
    assert changes(person(), known("Luong Ngoc Diep")) == {"family_name": "Lương Ngọc", "given_name": "Diệp"}
    assert changes(person("Luong Ngoc Diep"), known()) == {}


def test_a_given_name_of_two_words_that_someone_set_by_hand_stays_two_words():
    member = KnownMember(1, 3, "Son Ngoc", "Rach Thi", born_on=BORN)
    assert changes(person("Son Ngoc Rach Thi"), member) == {}
    assert changes(person("Sơn Ngọc Rạch Thi"), member) == {"family_name": "Sơn Ngọc", "given_name": "Rạch Thi"}
