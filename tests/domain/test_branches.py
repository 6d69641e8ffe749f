"""Who is missing in a branch, and how they are reminded."""

from datetime import date, timedelta

from diary.domain.branches import Upkeep, branch_figures, group_nudge, missing_words, nudge_words
from diary.domain.rhythm import Days, Look, WeekFacts, last_weeks

TODAY = date(2026, 11, 25)
LAST = date(2026, 11, 16)


def weeks(*looks, **facts):
    """The last weeks from short words: an entry "x", nothing "-", nothing to do "o"; the newest last."""
    known = {"x": WeekFacts(1), "-": WeekFacts(), "o": WeekFacts(0, True)}
    named = {LAST - timedelta(weeks=back): known[look] for back, look in enumerate(reversed(looks))}
    return last_weeks(8, TODAY, named, **facts)


def keeps(registered, *looks, **facts):
    return Upkeep(registered, weeks(*looks, **facts))


def test_the_last_weeks_end_before_the_current_one_and_cross_the_turn_of_the_year():
    assert [square.monday for square in last_weeks(3, date(2027, 1, 6), {})] == [date(2026, 12, 14), date(2026, 12, 21), date(2026, 12, 28)]


def test_weeks_before_joining_are_left_out():
    assert [square.look for square in weeks("x", joined=LAST - timedelta(days=1))] == [Look.MISSED, Look.ONE]


def test_who_registered_and_wrote_last_week_misses_nothing():
    assert missing_words(keeps(True, "x")) == "" and not keeps(True, "x").missing


def test_saying_there_was_nothing_to_do_counts_as_writing():
    assert keeps(True, "o").wrote and not keeps(True, "o").missing


def test_what_is_missing_is_said_in_words():
    assert missing_words(keeps(True, "x", "-")) == "Chưa ghi tuần qua"
    assert missing_words(keeps(True, "x", "-", "-")) == "Chưa ghi 2 tuần"
    assert missing_words(keeps(False, "x")) == "Chưa đăng ký nội dung"
    assert missing_words(keeps(False, "x", "-")) == "Chưa đăng ký nội dung, chưa ghi tuần qua"


def test_nobody_on_leave_is_asked_for_anything():
    away = keeps(False, "-", leaves=[Days(LAST, LAST + timedelta(days=30))])
    assert away.on_leave and not away.missing and missing_words(away) == ""


def test_who_came_only_this_week_is_not_asked_yet():
    assert not Upkeep(False, weeks(joined=TODAY)).missing


def test_leave_does_not_break_a_row_of_missed_weeks():
    leave = Days(LAST - timedelta(weeks=1), LAST - timedelta(days=1))
    assert keeps(True, "x", "-", "-", "-", leaves=[leave]).weeks_missed == 2


def test_figures_leave_those_on_leave_out_of_who_is_asked():
    away = keeps(True, "-", leaves=[Days(LAST, LAST + timedelta(days=30))])
    found = branch_figures([keeps(True, "x"), keeps(True, "-"), keeps(False, "x"), away])
    assert (found.members, found.registered, found.wrote, found.asked, found.missing, found.on_leave) == (4, 3, 2, 3, 2, 1)


def test_the_text_for_the_group_counts_and_names_nobody():
    some = branch_figures([keeps(True, "x"), keeps(True, "-")])
    assert "có 1 bạn ghi nhật ký" in group_nudge(some)
    assert "0 bạn" not in group_nudge(branch_figures([keeps(True, "-")]))
    assert "đều đã ghi" in group_nudge(branch_figures([keeps(True, "x")]))
    for figures in (some, branch_figures([keeps(True, "-")]), branch_figures([keeps(True, "x")])):
        assert "tuần này" in group_nudge(figures, running=True) and "tuần qua" not in group_nudge(figures, running=True)


def test_a_reminder_speaks_of_registering_first():
    assert "đăng ký" in nudge_words("Lâm Thanh Sang", False, 2026)
    assert "tuần qua bạn chưa ghi nhật ký" in nudge_words("Lâm Thanh Sang", True, 2026)
    assert "tuần này bạn chưa ghi nhật ký" in nudge_words("Lâm Thanh Sang", True, 2026, running=True)
