"""The library of ready pledges: complete, good, each its own."""

import unicodedata
from collections import Counter
from datetime import date
from itertools import combinations

from diary.domain.pledge_coach import coach
from diary.domain.pledge_library import EVERY_JOB, JOBS, VIRTUES, found, job_of, virtue_among
from diary.domain.pledges import PledgeDraft
from diary.domain.vietnamese import clean_line, fold
from diary.files.pledge_library import ready_pledge, ready_pledges

TODAY = date(2026, 1, 1)


def test_every_job_has_two_pledges_for_every_virtue():
    counts = Counter((one.job, one.virtue) for one in ready_pledges())
    assert len(ready_pledges()) >= 120 and [(job, virtue) for job in JOBS for virtue in VIRTUES if counts[job, virtue] < 2] == []
    assert {job for job, _ in counts} == set(JOBS) and {virtue for _, virtue in counts} == set(VIRTUES)


def test_each_passes_the_four_tests_of_the_coach():
    drafts = [PledgeDraft(None, one.title, one.how, one.target, one.due_on(2026, TODAY)) for one in ready_pledges()]
    assert [(one.title, coach(one).asked) for one in drafts if coach(one).asked] == []


def test_each_is_clean_text_and_no_two_are_alike():
    words = {one.title: set(fold(one.title).split()) for one in ready_pledges()}
    assert len(words) == len(ready_pledges()) == len({one.key for one in ready_pledges()})
    assert [(a, b) for a, b in combinations(words, 2) if len(words[a] & words[b]) > 0.6 * len(words[a] | words[b])] == []
    texts = [text for one in ready_pledges() for text in (one.title, one.how, one.target)]
    assert [text for text in texts if clean_line(text) != text or not unicodedata.is_normalized("NFC", text)] == []


def test_a_search_needs_no_marks_and_puts_the_own_job_before_what_suits_all():
    shown = found(ready_pledges(), "teacher", "can", "")
    assert shown[0].job == "teacher" and shown[-1].job == EVERY_JOB and {one.virtue for one in shown} == {"can"}
    assert "Hiến máu hai lần trong năm" in [one.title for one in found(ready_pledges(), words="hien mau")]


def test_the_words_of_a_job_name_it():
    told = {
        "Giáo viên Toán": "teacher",
        "Kế toán trường học": "accounting",
        "Điều dưỡng": "health",
        "công an xã": "forces",
        "Thợ may": "technical",
        "": "",
    }
    assert {words: job_of(words) for words in told} == told


def test_a_virtue_is_found_by_its_name_whatever_the_capitals():
    assert virtue_among("can", {3: "Kiệm", 4: "CẦN"}) == 4
    assert virtue_among("chinh", {3: "Chính trực"}) == 3 and virtue_among("liem", {3: "Cần"}) is None


def test_a_suggested_day_gone_by_becomes_the_last_of_the_year():
    one = next(one for one in ready_pledges() if one.due == (30, 6))
    assert one.due_on(2026, TODAY) == date(2026, 6, 30) and one.due_on(2026, date(2026, 7, 1)) == date(2026, 12, 31)
    assert ready_pledge(one.key) == one and ready_pledge("khong-co") is None
