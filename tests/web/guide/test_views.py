"""The guide."""

import re

import pytest

from tests.web.reading import heading, words

CHAPTERS = {
    "member": ["doan-vien"],
    "secretary": ["doan-vien", "chi-doan"],
    "base_secretary": ["doan-vien", "co-so"],
    "bloc_secretary": ["doan-vien", "khoi"],
    "inspector": ["doan-vien", "kiem-tra"],
    "administrator": ["quan-tri"],
}


@pytest.mark.parametrize("name", CHAPTERS)
def test_everyone_reads_the_guide_and_finds_the_own_chapters_open(browser, name):
    page = browser(name).get("/huong-dan").text
    opened = re.findall(r'aria-labelledby="([^"]+)"><details open>', page)
    assert heading(page) == "Hướng dẫn" and opened == CHAPTERS[name]
    for title in ("Đoàn viên", "Bí thư, Phó Bí thư chi đoàn", "Ủy ban Kiểm tra", "Quản trị"):
        assert title in words(page)
