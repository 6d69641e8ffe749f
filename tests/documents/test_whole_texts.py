"""What pdftotext reads out of each paper is, from the first letter to the last, the text kept beside this test."""

import pytest

from .reading import fonts, metadata, needs_pdftotext
from .whole import PAPERS, TEXTS, whole_text

pytestmark = needs_pdftotext


@pytest.mark.parametrize("name", PAPERS)
def test_the_whole_text_of_each_paper_is_the_one_kept(name):
    pdf = PAPERS[name]()
    assert whole_text(pdf) == (TEXTS / f"{name}.txt").read_text("utf-8")
    assert PAPERS[name]() == pdf, "the same paper has the same bytes"
    assert all(fonts(pdf).values()), "every face is in the file"
    facts = metadata(pdf)
    assert facts["title"] and facts["author"] and facts["lang"] == "vi"


def test_every_text_kept_is_that_of_a_paper():
    assert {file.stem for file in TEXTS.iterdir()} == set(PAPERS)
