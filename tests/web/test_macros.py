"""What the macros promise to every page: a label for each field, errors tied to it, words beside colours, a table behind charts."""

import re
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from wtforms import (
    BooleanField,
    DateField,
    Form,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from diary.web.assets import OWN_FILES

TEMPLATES = OWN_FILES.parent / "templates"
environment = Environment(
    loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
environment.globals["csrf_token"] = lambda: "dau-hieu"


def macros(name):
    return environment.get_template(f"_macros/{name}.html").module


class EntryForm(Form):
    happened_on = DateField("Ngày thực hiện")
    deed = TextAreaField("Việc đã làm", [DataRequired("Ghi việc đã làm trước khi gửi")])
    partners = StringField("Cho ai, cùng ai")
    pledge = SelectField("Nội dung đăng ký", choices=[SelectChoice("1", "Tiết kiệm điện"), SelectChoice("", "Việc phát sinh")])
    area = RadioField("Lĩnh vực", choices=[SelectChoice("self", "Với bản thân"), SelectChoice("work", "Với công việc")], default="work")
    virtues = SelectMultipleField(
        "Chuẩn mực",
        choices=[SelectChoice("can", "Cần"), SelectChoice("kiem", "Kiệm")],
        widget=widgets.ListWidget(),
        option_widget=widgets.CheckboxInput(),
    )
    agree = BooleanField("Tôi đồng ý")


@pytest.mark.parametrize("name", ["deed", "partners", "pledge", "agree"])
def test_every_field_has_a_visible_label_with_its_words(name):
    field = EntryForm()[name]
    html = str(macros("forms").field(field))
    assert re.search(rf'<label [^>]*for="{name}">{field.label.text}</label>', html)
    assert f'id="{name}"' in html


@pytest.mark.parametrize(("name", "kind", "count"), [("area", "radio", 2), ("virtues", "checkbox", 2)])
def test_choices_stand_as_chips_under_a_legend(name, kind, count):
    field = EntryForm()[name]
    html = str(macros("forms").field(field))
    assert f"<legend>{field.label.text}</legend>" in html
    assert html.count(f'type="{kind}"') == count


def test_the_chosen_chip_is_checked():
    assert re.search(r'value="work" checked', str(macros("forms").field(EntryForm().area)))


def test_an_error_stands_at_its_field_and_is_tied_to_it():
    form = EntryForm(data={"deed": ""})
    form.validate()
    html = str(macros("forms").field(form.deed, hint="Việc gì, ở đâu?"))
    assert 'aria-describedby="deed-goi-y deed-loi"' in html
    assert 'aria-invalid="true"' in html
    assert re.search(r'id="deed-loi">.*Ghi việc đã làm trước khi gửi', html)


def test_a_field_without_hint_or_error_describes_nothing():
    assert "aria-" not in str(macros("forms").field(EntryForm().partners))


def test_only_optional_fields_are_marked():
    forms = macros("forms")
    assert "Không bắt buộc" in str(forms.field(EntryForm().partners, optional=True))
    assert "bắt buộc" not in str(forms.field(EntryForm().deed))


def test_the_summary_counts_the_errors_and_leads_to_the_fields():
    form = EntryForm(data={"deed": ""})
    form.validate()
    html = str(macros("forms").error_summary(form))
    wrong = sum(1 for field in form if field.errors)
    assert f"Còn {wrong} chỗ cần sửa" in html
    assert '<a href="#deed">Ghi việc đã làm trước khi gửi</a>' in html


def test_a_form_without_errors_has_no_summary():
    assert str(macros("forms").error_summary(EntryForm())).strip() == ""


def test_what_a_person_typed_is_never_read_as_html():
    html = str(macros("forms").field(EntryForm(data={"partners": '"><script>'}).partners))
    assert "<script>" not in html
    assert "<script>" not in str(macros("entry").leaf_row("23", "Thứ Hai", "<script>"))


def test_a_form_without_a_class_carries_the_token_too():
    assert 'value="dau-hieu"' in str(macros("forms").csrf())


@pytest.mark.parametrize(
    ("word", "look"),
    [
        ("Nháp", "draft"),
        ("Chờ bí thư", "wait"),
        ("Cần bổ sung", "return"),
        ("Cần sửa", "return"),
        ("Đã duyệt", "ok"),
        ("Đã khóa", "lock"),
        ("Trả lại", "return"),
    ],
)
def test_a_state_is_an_icon_its_word_and_who_acts_next(word, look):
    html = str(macros("states").state(word, next="Đến lượt bạn"))
    assert f"state-{look}" in html
    assert f"</svg>{word}</span>" in html
    assert "Đến lượt bạn" in html


@dataclass(frozen=True)
class Week:
    month: int
    row: int
    look: str


WEEKS = [
    Week(1, 0, "h1"),
    Week(1, 1, "none"),
    Week(1, 2, "miss"),
    Week(1, 3, "leave"),
    Week(2, 0, "h3"),
    Week(2, 1, "now"),
    Week(2, 2, "soon"),
]


def test_weeks_written_or_said_to_be_empty_are_kept_leave_and_the_open_week_are_not_due():
    html = str(macros("rhythm").year_squares(WEEKS, 2026))
    assert "giữ nhịp 3 trên 4 tuần" in html


def test_the_year_has_a_square_a_week_and_a_line_a_month_in_the_table_behind():
    html = str(macros("rhythm").year_squares(WEEKS, 2026))
    assert html.split("</svg>", maxsplit=1)[0].count("<rect") == len(WEEKS)
    rows = re.findall(
        r'<th scope="row" class="fw-normal">(\d+)</th><td class="num">(\d+)</td><td class="num">(\d+)</td><td class="num">(\d+)</td>', html
    )
    assert rows == [("1", "3", "2", "1"), ("2", "1", "1", "0")]


def test_the_pulse_shows_the_last_eight_weeks():
    assert str(macros("rhythm").pulse([Week(1, 0, "miss")] * 5 + [Week(2, 0, "h1")] * 8)).count('class="c h1"') == 8


LEVELS = ["Xuất sắc", "Tốt", "Hoàn thành", "Không hoàn thành"]


def test_shares_fill_the_bar_in_the_order_of_the_levels_and_the_table_counts_them():
    bar = {"label": "Năm nay", "note": "13 người", "counts": (4, 7, 2, 0), "shares": (30.8, 53.8, 15.4, 0)}
    html = str(macros("charts").share_bars(LEVELS, [bar], "tỷ lệ đề nghị"))
    assert re.findall(r'class="l(\d)" x="([\d.]+)%"', html) == [("1", "0.0"), ("2", "30.8"), ("3", "84.6")]
    assert ">30,8</text>" in html
    assert re.search(r'Cộng</th><td class="num">13</td>', html)


def test_where_nobody_is_rated_a_dash_stands_for_the_shares():
    bar = {"label": "Năm nay", "note": "0 người", "counts": (0, 0, 0, 0), "shares": ()}
    html = str(macros("charts").share_bars(LEVELS, [bar], "tỷ lệ"))
    assert ">–</text>" in html
    assert "%</text>" not in html


@pytest.mark.parametrize("most", [0, 1, 3, 47, 5630, 290_000])
def test_columns_stay_within_the_chart_whatever_their_height(most):
    html = str(macros("charts").columns([{"label": "1", "values": (most, most // 2)}], "bài theo tháng", "Tháng", ["Đã ghi", "Đã duyệt"]))
    heights = [float(height) for height in re.findall(r'width="66.00%" height="([\d.]+)"', html)]
    assert len(heights) == 2
    assert max(heights) <= 228.1


def test_every_chart_is_followed_by_its_table():
    html = str(
        macros("charts").bars(
            [{"label": "Sở A", "share": 83.3, "words": "83,3 %", "figures": (5, 6)}], "chuyên đề", ["Đơn vị", "Đã họp", "Chi đoàn", "Tỷ lệ"]
        )
    )
    assert "<summary>Bảng số: chuyên đề" in html
    assert html.index("</svg>") < html.index("<table")


def test_a_list_of_one_page_has_no_pager_and_the_ends_have_one_way_only():
    pager = macros("paging").pager
    assert str(pager(1, 1, str)).strip() == ""
    assert "Trang trước" not in str(pager(1, 3, str))
    assert "Trang sau" not in str(pager(3, 3, str))


def test_a_count_in_the_menu_is_a_number_with_its_word():
    html = str(macros("frame").link(SimpleNamespace(label="Chờ duyệt", href="/duyet", icon="inbox", current=True, count=6)))
    assert re.sub(r"<[^>]+>", "", html) == "Chờ duyệt, 6 việc"
    assert 'aria-current="page"' in html


def test_no_template_carries_an_inline_style_or_handler_which_the_content_policy_forbids():
    for path in TEMPLATES.rglob("*.html"):
        assert re.findall(r"<[^>]+\s(?:style|on\w+)=[\"']", path.read_text("utf-8")) == [], path.name


def test_templates_stay_short():
    long = {path.name: lines for path in TEMPLATES.rglob("*.html") if (lines := len(path.read_text("utf-8").splitlines())) > 120}
    assert long == {}
