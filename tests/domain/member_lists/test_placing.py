"""Where the people of a list belong: units found whatever their spelling, planned where they are not there, refused where unclear."""

import pytest

from diary.domain.member_lists.placing import EVERYTHING, KnownUnit, NewUnit, NoPlace, Placing, Powers
from diary.domain.units import UnitKind
from tests.lists import person

BLOC = KnownUnit(1, None, "1.", UnitKind.BLOC, "Đoàn Khối các cơ quan tỉnh")
HOSPITAL = KnownUnit(2, 1, "1.2.", UnitKind.BASE_UNION, "Đoàn cơ sở Bệnh viện Đa khoa")
INNER = KnownUnit(3, 2, "1.2.3.", UnitKind.BRANCH, "Chi đoàn Khối Nội")
TREASURY = KnownUnit(4, 1, "1.4.", UnitKind.BASE_BRANCH, "Chi đoàn Kho bạc Nhà nước")
LOST = KnownUnit(5, 1, "1.5.", UnitKind.BRANCH, "Chi đoàn Giáo viên", needs_placing=True)
GROUP = KnownUnit(6, 2, "1.2.6.", UnitKind.BASE_UNION, "Liên chi đoàn Lâm sàng")
DEEP = KnownUnit(7, 6, "1.2.6.7.", UnitKind.BRANCH, "Chi đoàn Nhi")
TREE = (BLOC, HOSPITAL, INNER, TREASURY, LOST, GROUP, DEEP)


def at(base, branch):
    return person(base=base, branch=branch)


def placing(*people, powers=EVERYTHING, home=None, known=TREE):
    return Placing(known, people, powers, home)


def place(base, branch, **how):
    who = at(base, branch)
    return placing(who, **how).unit_of(who)


def below(unit):
    """The rights of an officer of that unit: fill it and what is below; make units below a base."""
    inside = lambda place: place.path.startswith(unit.path)  # noqa: E731
    return Powers(fill=inside, make_below=lambda place: inside(place) and unit.kind is UnitKind.BASE_UNION, appoint=lambda place: False)


@pytest.mark.parametrize(
    ("base", "branch", "unit"),
    [
        ("ĐOÀN CƠ SỞ BỆNH VIỆN ĐA KHOA", "chi doan khoi noi", INNER),
        ("Đoàn cơ sở  Bệnh viện  Đa khoa.", "Chi đoàn Khối-Nội", INNER),
        ("Đoàn cơ sở Bệnh viện Đa khoa", None, HOSPITAL),
        ("Chi đoàn Kho bạc nhà nước", None, TREASURY),
        (None, "Chi đoàn Khối Nội", INNER),
        ("Đoàn cơ sở Bệnh viện Đa khoa", "Chi đoàn Nhi", DEEP),
        ("Đoàn Khối các cơ quan tỉnh", "Chi đoàn Kho bạc Nhà nước", TREASURY),
    ],
)
def test_a_unit_is_found_whatever_its_case_marks_and_punctuation(base, branch, unit):
    assert place(base, branch) is unit


@pytest.mark.parametrize(
    ("base", "branch", "kind"),
    [
        ("Chi đoàn Sở Tư pháp", None, UnitKind.BASE_BRANCH),
        ("Sở Tư pháp", None, UnitKind.BASE_BRANCH),
        ("Đoàn Trường Cao đẳng Y", None, UnitKind.BASE_UNION),
        ("Đoàn cơ sở Công an", None, UnitKind.BASE_UNION),
    ],
)
def test_the_words_of_a_new_base_say_what_kind_it_is(base, branch, kind):
    made = place(base, branch)
    assert isinstance(made, NewUnit) and (made.name, made.kind, made.parent) == (base, kind, BLOC)


def test_a_new_base_under_which_the_list_names_branches_is_a_base_union_even_in_rows_without_a_branch():
    people = at("Sở Tư pháp", None), at("Sở Tư pháp", "Chi đoàn Phòng 1"), at("SỞ TƯ PHÁP", "chi đoàn phòng 1")
    plan = placing(*people)
    base, branch, again = map(plan.unit_of, people)
    assert (base.kind, branch.parent, again) == (UnitKind.BASE_UNION, base, branch)
    assert plan.plan.made == [base, branch], "parents come first"


def test_a_new_branch_without_a_base_goes_under_the_bloc_and_waits_to_be_placed():
    made = place(None, "Chi đoàn Mới")
    assert (made.parent, made.kind, made.needs_placing) == (BLOC, UnitKind.BRANCH, True)


def test_a_branch_named_once_with_its_base_is_the_same_in_rows_that_name_it_alone():
    people = at(None, "Chi đoàn Mới"), at("Đoàn cơ sở Công an", "Chi đoàn Mới")
    plan = placing(*people)
    assert plan.unit_of(people[0]) is plan.unit_of(people[1]) and not plan.unit_of(people[0]).needs_placing


def test_a_branch_that_waits_is_taken_under_the_base_the_list_names():
    people = at("Đoàn Trường Cao đẳng", "Chi đoàn Giáo viên"), at("Đoàn Trường Cao đẳng", "Chi đoàn Khoa")
    plan = placing(*people)
    assert plan.unit_of(people[0]) is LOST
    assert plan.plan.moved == {LOST.id: (LOST, plan.unit_of(people[1]).parent)}


def test_a_branch_that_waits_is_not_guessed_where_two_bases_have_one_of_its_name():
    people = at("Đoàn Trường A", "Chi đoàn Giáo viên"), at("Đoàn Trường B", "Chi đoàn Giáo viên")
    plan = placing(*people)
    assert LOST not in {plan.unit_of(who) for who in people} and not plan.plan.moved


@pytest.mark.parametrize(
    ("base", "branch", "words"),
    [
        (None, None, "không ghi"),
        ("Chi đoàn Kho bạc Nhà nước", "Chi đoàn Tổ 1", "không có chi đoàn trực thuộc"),
        ("Đoàn Khối các cơ quan tỉnh", None, "không có đoàn viên trực tiếp"),
        ("Đ" * 201, None, "dài quá 200"),
    ],
)
def test_what_names_no_clear_unit_is_refused_in_words(base, branch, words):
    with pytest.raises(NoPlace, match=words):
        place(base, branch)


def test_two_units_of_one_name_are_not_chosen_between():
    twin = KnownUnit(8, 4, "1.8.", UnitKind.BRANCH, "Chi đoàn Khối Nội")
    with pytest.raises(NoPlace, match="Có 2 tổ chức"):
        place(None, "Chi đoàn Khối Nội", known=(*TREE, twin))


def test_an_officer_fills_only_what_is_below_her_and_makes_only_what_she_may():
    secretary, base = below(INNER), below(HOSPITAL)
    assert place(None, None, powers=secretary, home=INNER) is INNER
    with pytest.raises(NoPlace, match="không phụ trách"):
        place("Chi đoàn Kho bạc Nhà nước", None, powers=secretary)
    with pytest.raises(NoPlace, match="lập chi đoàn này trước"):
        place(None, "Chi đoàn Mới", powers=secretary)
    with pytest.raises(NoPlace, match="lập chi đoàn này trước"):
        place("Đoàn cơ sở Công an", "Chi đoàn Mới", powers=base)
    made = place(None, "Chi đoàn Mới", powers=base)
    assert (made.parent, made.needs_placing) == (HOSPITAL, False)


def test_a_branch_s_own_list_may_give_its_name_as_the_base():
    assert place("Chi đoàn Khối Nội", None, powers=below(INNER)) is INNER
    assert isinstance(place("Chi đoàn Khối Nội", None), NewUnit), "in a list of the bloc it is a base of its own"


def test_a_sheet_s_cut_name_is_the_one_known_unit_that_begins_so():
    long = KnownUnit(8, 1, "1.8.", UnitKind.BASE_UNION, "Đoàn cơ sở Sở Nông nghiệp và Phát triển nông thôn")
    cut = person(base="Đoàn cơ sở Sở Nông nghiệp và", branch=None, sheet="3. Đoàn cơ sở Sở Nông nghiệp và")
    whole = person(base="Đoàn cơ sở Sở Nông nghiệp và", branch=None, sheet="3. Nông nghiệp")
    assert placing(cut, known=(*TREE, long)).unit_of(cut) is long
    assert isinstance(placing(whole, known=(*TREE, long)).unit_of(whole), NewUnit)
    two = KnownUnit(9, 1, "1.9.", UnitKind.BASE_UNION, "Đoàn cơ sở Sở Nông nghiệp và Môi trường")
    assert isinstance(placing(cut, known=(*TREE, long, two)).unit_of(cut), NewUnit)


def test_a_unit_is_found_with_or_without_the_words_chi_doan_before_it():
    assert place("Đoàn cơ sở Bệnh viện Đa khoa", "Khối Nội") is INNER
    assert place("Kho bạc Nhà nước", None) is TREASURY
    hall = KnownUnit(8, 2, "1.2.8.", UnitKind.BRANCH, "Văn phòng")
    assert place("Đoàn cơ sở Bệnh viện Đa khoa", "Chi đoàn Văn phòng", known=(*TREE, hall)) is hall
