"""What templates put together is escaped, each piece once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from diary.domain.entries import EntryState
from diary.web.templating import Drawing, escaped

NASTY = "<b title=\"a\" class='b'>Đoàn & Hội</b>"


class Named(str):
    """Text of a kind of its own."""


@pytest.fixture
def drawing(app):
    return Drawing(app, autoescape=True)


@given(st.text())
def test_any_text_is_escaped_as_markupsafe_escapes_it(text):
    assert escaped(text) == str(escape(text))


@pytest.mark.parametrize(
    "value", [NASTY, Named(NASTY), Markup(NASTY), EntryState.WAITING, 12, 1.5, None, [NASTY], Markup("{}").format(NASTY)]
)
def test_every_kind_of_value_is_escaped_as_markupsafe_escapes_it(value):
    assert escaped(value) == str(escape(value))


def test_a_template_escapes_what_it_is_given_and_marks_what_it_has_made(drawing):
    drawn = drawing.from_string(
        "{% macro one(x) %}<i>{{ x }}</i>{{ caller() if caller }}{% endmacro %}"
        "{% set kept %}<u>{{ x }}</u>{% endset %}"
        "{{ x }}|{{ one(x) }}|{% call one(x) %}<p>{{ x }}</p>{% endcall %}|{{ kept }}|{{ x ~ kept }}|{{ x|upper }}|{{ x|safe }}"
        "|{% autoescape false %}{{ x }}{% endautoescape %}|{{ [x, kept]|join(',') }}"
    ).render(x=NASTY)
    safe = str(escape(NASTY))
    assert drawn.split("|") == [
        safe,
        f"<i>{safe}</i>",
        f"<i>{safe}</i><p>{safe}</p>",
        f"<u>{safe}</u>",
        f"{safe}<u>{safe}</u>",
        str(escape(NASTY.upper())),
        NASTY,
        NASTY,
        f"{safe},<u>{safe}</u>",
    ]


def test_what_a_template_includes_or_extends_is_escaped_once(app, browser):
    page = browser("member").get("/nhat-ky?q=%3Cb%3E%26").text
    assert "&lt;b&gt;&amp;" in page and "<b>&" not in page and "&amp;amp;" not in page
