import pytest

from diary.domain.readings import WAY_LABELS, Way, is_new, read_way


def test_every_way_has_its_words():
    assert set(WAY_LABELS) == set(Way)


@pytest.mark.parametrize(
    ("way", "today", "new"),
    [
        (Way.PAGE, (), True),
        (Way.PAGE, {Way.QUEUE}, False),
        (Way.QUEUE, {Way.FILE, Way.THUMBNAIL}, True),
        (Way.FILE, {Way.PAGE}, True),
        (Way.FILE, {Way.FILE}, False),
        (Way.THUMBNAIL, {Way.QUEUE}, False),
        (Way.THUMBNAIL, {Way.FILE}, False),
        (Way.THUMBNAIL, (), True),
    ],
)
def test_words_count_once_a_day_files_apart_and_a_thumbnail_only_alone(way, today, new):
    assert is_new(way, today) is new


def test_a_line_of_before_that_names_no_way_was_of_the_page():
    assert read_way([]) is Way.PAGE and read_way(["queue"]) is Way.QUEUE
