"""/xep-loai/so-lieu: the table of a branch, what stands below a unit, and what is refused."""

import re

from diary.domain.noted_figures import NotedFigure
from diary.models.base import db
from diary.models.years import WorkYear
from diary.queries.noted_figures import figure_page, seen_state
from diary.services import clock
from diary.services.noted_figures import note_figures
from tests import factories
from tests.factories import YEAR
from tests.web.reading import heading, hidden, token, words

PAGE = "/xep-loai/so-lieu"


def _note(app, cast, figures, by="secretary"):
    with app.app_context():
        unit_id = cast.units["BV-NOI"]
        note_figures(factories.actor(by), unit_id, YEAR, figures, seen_state(unit_id, YEAR))


def _noted(app, cast, name="member"):
    with app.app_context():
        page = figure_page(factories.actor("secretary"), cast.units["BV-NOI"], YEAR)
        return next(row.cells for row in page.rows if row.id == getattr(cast, name).member_id)


def _send(client, cast, **fields):
    """The page's form with these fields, "meetings" standing for those of `member`."""
    address = f"{PAGE}?don-vi={cast.units['BV-NOI']}&nam={YEAR}"
    page = client.get(address).text
    mine = cast.member.member_id
    named = {name.replace("_mine", f"-{mine}").replace("_", "-"): value for name, value in fields.items()}
    return client.post(address, data={"csrf_token": token(client, address), "seen": hidden(page, "seen"), f"meetings-{mine}": "", **named})


def test_the_wholes_are_typed_once_and_hold_for_everyone(app, browser, cast):
    client, two = browser("secretary"), cast.member2.member_id
    answer = _send(client, cast, of_meetings="12", meetings_mine="10", **{f"meetings-{two}": "3", f"of-meetings-{two}": "4"})
    assert answer.status_code == 303
    assert _noted(app, cast) == {"meetings": NotedFigure(10, 12)} and _noted(app, cast, "member2") == {"meetings": NotedFigure(3, 4)}
    page = client.get(answer.location).text
    assert heading(page) == "Số liệu ghi tay" and "Đã lưu 2 thay đổi." in words(page)
    assert re.search(r'name="of-meetings" value="12"', page)
    assert re.search(rf'name="of-meetings-{two}" value="4"', page), "who came in mid-year keeps a figure of their own"
    assert re.search(rf'name="of-meetings-{cast.member.member_id}" value=""', page)


def test_a_wrong_cell_is_said_beside_it_and_nothing_typed_is_lost(app, browser, cast):
    answer = _send(browser("secretary"), cast, of_meetings="12", meetings_mine="15", words_commendations_mine="Giấy khen")
    page = answer.text
    assert answer.status_code == 200 and "Ghi 15 nhưng chỉ có 12 buổi sinh hoạt chi đoàn đã họp." in page
    assert 'value="15"' in page and 'value="Giấy khen"' in page and "Hãy ghi con số, hoặc để trống cả ô." in page
    assert page.count('aria-invalid="true"') == 2 and _noted(app, cast) == {}


def test_a_colleague_s_figures_stand_beside_what_was_typed_meanwhile(app, browser, cast):
    client, mine = browser("secretary"), cast.member.member_id
    address = f"{PAGE}?don-vi={cast.units['BV-NOI']}&nam={YEAR}"
    seen, mark = hidden(client.get(address).text, "seen"), token(client, address)
    _note(app, cast, {mine: {"meetings": NotedFigure(9, 12)}}, "deputy")
    answer = client.post(address, data={"csrf_token": mark, "seen": seen, "of-meetings": "12", f"meetings-{mine}": "10"})
    assert answer.status_code == 409 and "Trong sổ: 9/12" in words(answer.text) and f'name="meetings-{mine}" value="10"' in answer.text
    again = {"csrf_token": mark, "seen": hidden(answer.text, "seen"), "of-meetings": "12", f"meetings-{mine}": "10"}
    assert client.post(address, data=again).status_code == 303
    assert _noted(app, cast) == {"meetings": NotedFigure(10, 12)}


def test_a_locked_year_is_read_only_and_keeps_what_was_typed(app, browser, cast):
    client = browser("secretary")
    address = f"{PAGE}?don-vi={cast.units['BV-NOI']}&nam={YEAR}"
    data = {"csrf_token": token(client, address), "seen": hidden(client.get(address).text, "seen"), "of-meetings": "12"}
    with app.app_context():
        db.session.get_one(WorkYear, YEAR).locked_at = clock.now()
        db.session.commit()
    answer = client.post(address, data=data | {f"meetings-{cast.member.member_id}": "10"})
    assert answer.status_code == 409 and "khóa sổ" in words(answer.text)
    assert "<input" not in client.get(address).text.split("<main")[1].split("</main")[0]


def test_those_above_see_how_far_each_branch_is_and_inspectors_read(app, browser, cast):
    _note(app, cast, {cast.member.member_id: {"meetings": NotedFigure(9, 12)}})
    base = browser("base_secretary").get(f"{PAGE}?don-vi={cast.units['BV']}").text
    assert "Chi đoàn Khối Nội 1/5" in words(base)
    read = browser("inspector").get(f"{PAGE}?don-vi={cast.units['BV-NOI']}").text
    assert "9/12" in words(read) and 'name="seen"' not in read


def test_strangers_and_members_are_refused(browser, cast):
    address = f"{PAGE}?don-vi={cast.units['BV-NOI']}"
    assert browser("other_secretary").get(address).status_code == 404
    assert browser("member").get(address).status_code == 403
    assert browser("secretary").get(f"{PAGE}?don-vi=999999").status_code == 404
