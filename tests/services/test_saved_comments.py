"""Comments a reviewer keeps for using again."""

import pytest
from sqlalchemy import select

from diary.domain.errors import BadInput, NotAllowed, NotFound
from diary.models.audit import AuditLine
from diary.models.base import db
from diary.queries.saved_comments import saved_comments
from diary.services.saved_comments import count_uses, drop_comment, keep_comment


def words(actor):
    return [one.words for one in saved_comments(actor)]


def test_a_comment_is_kept_once_on_one_line_and_for_its_keeper_alone(actor, cast):
    first = keep_comment(actor("secretary"), "  Kể rõ mấy hộ\nnhé. ")
    assert keep_comment(actor("secretary"), "Kể rõ mấy hộ nhé.") == first
    assert words(actor("secretary")) == ["Kể rõ mấy hộ nhé."] and words(actor("deputy")) == []
    line = db.session.execute(select(AuditLine).where(AuditLine.action == "comment_keep")).scalar_one()
    assert (line.subject_id, line.fields) == (str(first), []), "never the words"


def test_those_used_most_stand_first(actor, cast):
    secretary = actor("secretary")
    often, seldom = keep_comment(secretary, "Hay dùng"), keep_comment(secretary, "Ít dùng")
    assert words(secretary) == ["Ít dùng", "Hay dùng"], "the newest first while nothing was used"
    count_uses(secretary, (often,))
    count_uses(actor("deputy"), (seldom,))
    assert words(secretary) == ["Hay dùng", "Ít dùng"], "nobody counts for another"


def test_twelve_are_kept_and_one_more_once_another_is_dropped(actor, cast):
    secretary = actor("secretary")
    kept = [keep_comment(secretary, f"Lời {n}") for n in range(12)]
    with pytest.raises(BadInput, match="12 lời"):
        keep_comment(secretary, "Lời nữa")
    drop_comment(secretary, kept[3])
    keep_comment(secretary, "Lời nữa")
    assert len(words(secretary)) == 12 and "Lời 3" not in words(secretary)


def test_empty_words_long_ones_and_a_member_s_are_refused(actor, cast):
    for bad in (" \n", "a" * 201):
        with pytest.raises(BadInput):
            keep_comment(actor("secretary"), bad)
    with pytest.raises(NotAllowed):
        keep_comment(actor("member"), "Kể rõ.")


def test_another_s_comment_is_not_there_to_drop(actor, cast):
    kept = keep_comment(actor("secretary"), "Kể rõ.")
    with pytest.raises(NotFound):
        drop_comment(actor("deputy"), kept)
    assert words(actor("secretary")) == ["Kể rõ."]
