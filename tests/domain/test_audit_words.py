from dataclasses import fields

import pytest

from diary.domain.actors import Post
from diary.domain.audit_words import field_words
from diary.domain.entries import EntryDraft
from diary.domain.evaluations import EvaluationState
from diary.domain.members import MemberDraft
from diary.domain.pledges import PledgeDraft
from diary.domain.readings import Way


@pytest.mark.parametrize(
    ("action", "field", "words"),
    [
        ("entry_send", 3, "bản 3"),
        ("entry_review", "approved", "Đã duyệt"),
        ("member_move", 12, "12"),
        ("codes_issue", "codes:14", "số mã: 14"),
        ("documents_print", "year_book=2", "Sổ nhật ký năm: 2"),
        ("year_window", "2026-11-03", "03/11/2026"),
        ("post_give", "deputy_secretary", "Phó Bí thư"),
        ("document_issue", "02-DS/BV-NOI", "02-DS/BV-NOI"),
        ("anything", "no_such_name", "no_such_name"),
        ("anything", "", ""),
    ],
)
def test_a_field_reads_as_a_name_a_state_a_count_a_day_or_a_revision(action, field, words):
    assert field_words(action, field) == words


@pytest.mark.parametrize("draft", [MemberDraft, EntryDraft, PledgeDraft])
def test_whatever_a_person_fills_in_has_its_words(draft):
    assert [one.name for one in fields(draft) if field_words("", one.name) == one.name and one.name != "email"] == []


@pytest.mark.parametrize("values", [Post, Way, EvaluationState])
def test_whatever_a_line_names_of_the_rules_has_its_words(values):
    assert [one.value for one in values if field_words("", one.value) == one.value] == []
