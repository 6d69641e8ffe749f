"""What importing a list would do, row by row."""

from datetime import date

from diary.domain.actors import Post
from diary.domain.member_lists import RefusedRow
from diary.domain.member_lists.import_plan import Books, Outcome, plan_import
from diary.domain.member_lists.matching import KnownMember
from diary.domain.member_lists.placing import EVERYTHING
from diary.domain.members import Standing, search_name
from tests.domain.member_lists.test_placing import INNER, TREASURY, TREE, below
from tests.lists import BORN, listed, person


def member(member_id, family, given, unit=INNER, **facts):
    return KnownMember(member_id, unit.id, family, given, **({"born_on": BORN} | facts))


def books(*members, posts=(), secretaries=()):
    named = {}
    for each in members:
        named.setdefault(search_name(each.family_name, each.given_name), []).append(each)
    return Books(TREE, named, dict(posts), dict(secretaries))


def plan(*people, known=(), powers=EVERYTHING, **facts):
    return plan_import(listed(*people), books(*known, **facts), powers)


def outcomes(made):
    return [(row.name, row.outcome, row.labels) for row in made.taken]


DIEP = member(1, "Lương Ngọc", "Diệp")


def test_rows_are_new_changed_the_same_or_refused_and_add_up():
    unreadable = RefusedRow("DS", 9, "Không đọc được.", "Ai Đó", ())
    people = (
        person(),
        person("Mai Gia Linh", row=3, phone="0901234567"),
        person("Trần An Nhiên", row=4),
        person("Ngô Bá Khá", base=None, branch=None),
    )
    made = plan_import(listed(*people, refused=(unreadable,)), books(DIEP, member(2, "Mai Gia", "Linh")))
    assert outcomes(made) == [
        ("Lương Ngọc Diệp", Outcome.SAME, ()),
        ("Mai Gia Linh", Outcome.CHANGED, ("Số điện thoại",)),
        ("Trần An Nhiên", Outcome.NEW, ()),
    ]
    assert [row.name for row in made.refused] == ["Ngô Bá Khá", "Ai Đó"], "in the order of the file"
    assert sum(made.counts.values()) == made.rows_read == 5


def test_someone_of_the_same_name_and_birth_in_another_unit_is_doubtful_and_the_unit_is_named_only_to_who_may_know():
    there = member(1, "Lương Ngọc", "Diệp", TREASURY)
    assert (
        plan(person(), known=[there]).refused[0].reason == "Nghi trùng: đã có người cùng họ tên và ngày sinh ở Chi đoàn Kho bạc Nhà nước."
    )
    (refused,) = plan(person(), known=[there], powers=below(INNER)).refused
    assert refused.reason == "Nghi trùng: đã có người cùng họ tên và ngày sinh ở đơn vị khác."


def test_a_new_unit_is_not_made_when_everyone_in_it_is_refused():
    there = member(1, "Lương Ngọc", "Diệp", TREASURY)
    made = plan(
        person(base="Đoàn Sở Mới", branch="Chi đoàn Một"),
        person("Trần An Nhiên", base="Đoàn Sở Khác", branch="Chi đoàn Hai"),
        known=[there],
    )
    assert [unit.name for unit in made.units.made] == ["Đoàn Sở Khác", "Chi đoàn Hai"]


def test_someone_who_left_is_not_brought_back_by_a_list():
    gone = [member(1, "Lương Ngọc", "Diệp", standing=Standing.LEFT)]
    assert "thôi sinh hoạt" in plan(person(), known=gone).refused[0].reason


def test_what_is_longer_than_the_books_take_is_refused_in_words():
    (refused,) = plan(person("Nguyễn " + "a" * 41)).refused
    assert refused.reason == "Họ và tên dài quá 40 ký tự."


def test_a_post_is_given_to_who_does_not_hold_it_and_an_empty_cell_ends_none():
    made = plan(person(post="Phó Bí thư"), known=[DIEP], posts={1: frozenset({Post.COMMITTEE_MEMBER})})
    (row,) = made.taken
    assert (row.outcome, row.labels, row.post, row.ends_posts) == (
        Outcome.CHANGED, ("Chức vụ",), Post.DEPUTY_SECRETARY, frozenset({Post.COMMITTEE_MEMBER}),
    )  # fmt: skip
    for said in ("Ủy viên BCH", "Ủy viên BTV", None):
        assert plan(person(post=said), known=[DIEP], posts={1: frozenset({Post.COMMITTEE_MEMBER})}).taken[0].outcome is Outcome.SAME


def test_a_unit_has_one_secretary_unless_the_list_itself_gives_her_another_post():
    held = {"posts": {1: frozenset({Post.SECRETARY})}, "secretaries": {INNER.id: frozenset({1})}}
    newcomer = person("Trần An Nhiên", post="Bí thư", row=3)
    (row,) = plan(newcomer, known=[DIEP], **held).taken
    assert row.post is None and row.notes == ["Chi đoàn Khối Nội đã có Bí thư nên chức vụ này chưa ghi."]
    next_one, old = plan(newcomer, person(post="Phó Bí thư", row=4), known=[DIEP], **held).taken
    assert (next_one.post, old.post, old.ends_posts) == (Post.SECRETARY, Post.DEPUTY_SECRETARY, frozenset({Post.SECRETARY}))
    first, second = plan(newcomer, person("Đỗ Hà My", post="Bí thư", row=5)).taken
    assert (first.post, second.post) == (Post.SECRETARY, None)


def test_a_branch_officer_s_list_gives_no_posts():
    (row,) = plan(person(post="Bí thư"), powers=below(INNER)).taken
    assert row.post is None and "Đoàn cấp trên giao" in row.notes[0]


def test_a_post_the_program_does_not_keep_is_remarked_on():
    (row,) = plan(person(post="Trưởng phòng")).taken
    assert row.post is None and "Trưởng phòng" in row.notes[0]


OTHER_BIRTH = member(7, "Lương Ngọc", "Diệp", born_on=date(1990, 1, 1), phone="0901234567")
ELSEWHERE = member(7, "Lương Ngọc", "Diệp", TREASURY, phone="0900000000")


def asked(*rows, known=OTHER_BIRTH, answers=None, powers=EVERYTHING):
    return plan_import(listed(*rows), books(known), powers, answers=answers)


def test_a_doubtful_row_is_refused_until_it_is_answered_and_then_taken_as_answered():
    row = person(phone="0901234567")
    waiting = asked(row)
    (doubt,) = waiting.doubts
    assert doubt.own and doubt.same is None and waiting.counts[Outcome.REFUSED] == 1 and waiting.rows_read == 1
    one = asked(row, answers={doubt.key: True})
    assert [(each.outcome, each.changes) for each in one.taken] == [(Outcome.CHANGED, {"born_on": BORN, "birth_year": None})]
    two = asked(row, answers={doubt.key: False})
    assert [each.outcome for each in two.taken] == [Outcome.NEW] and not two.refused


def test_an_answer_about_another_member_or_row_settles_nothing():
    for key in (("DS", 2, 8), ("DS", 3, 7), ("Trang khác", 2, 7)):
        assert asked(person(phone="0901234567"), answers={key: True}).counts[Outcome.REFUSED] == 1


def test_one_person_in_another_unit_stays_refused_and_two_people_are_both_kept():
    (doubt,) = asked(person(), known=ELSEWHERE).doubts
    one = asked(person(), known=ELSEWHERE, answers={doubt.key: True})
    assert not one.taken and "Hãy chuyển sinh hoạt" in one.refused[0].reason and not doubt.own
    assert asked(person(), known=ELSEWHERE, answers={doubt.key: False}).counts[Outcome.NEW] == 1


def test_a_member_is_confirmed_for_one_row_only():
    rows = person(phone="0901234567"), person(phone="0901234567", row=3, born_on=date(1991, 1, 1))
    answers = {doubt.key: True for doubt in asked(*rows).doubts}
    made = asked(*rows, answers=answers)
    assert len(answers) == 2 and made.counts[Outcome.CHANGED] == 1 and made.counts[Outcome.REFUSED] == 1


def test_a_doubt_tells_nothing_of_a_member_whose_unit_the_importer_may_not_fill():
    (doubt,) = asked(person(), known=ELSEWHERE, powers=below(INNER)).doubts
    assert doubt.member is None and doubt.where == "đơn vị khác" and "Kho bạc" not in doubt.reason
