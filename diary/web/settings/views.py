"""The settings that hold for the whole bloc."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for

from ...domain.permissions import Action
from ...domain.settings import ASKED, USUAL, Settings, fingerprint, shown
from ...queries import settings as queries
from ...services import settings
from ..attempts import HAPPENED, WRONG_MOMENT, attempt
from ..session import current_actor, may_open, open_page
from .forms import SettingsForm

bp = Blueprint("settings", __name__, url_prefix="/quan-tri/cai-dat")


@dataclass(frozen=True, slots=True)
class Setting:
    name: str
    hint: str


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the page."""

    id: str
    title: str
    about: str
    settings: tuple[Setting, ...]


@bp.route("", methods=["GET", "POST"])
def index() -> Any:
    open_page(Action.SETTING_EDIT)
    form, status = SettingsForm(), 200
    if form.validate_on_submit():
        status = attempt(form, lambda: settings.set_settings(current_actor(), form.typed(), form.seen.data or ""))
        if status == HAPPENED:
            flash("Đã lưu cài đặt.", "success")
            return redirect(url_for(".index"), 303)
    now = queries.settings()
    if not form.is_submitted():
        form.show(now)
    if status == WRONG_MOMENT:
        form.seen.data = fingerprint(now)  # what was typed may be sent over what holds now, which stands beside each field
    sections = _parts(now if status == WRONG_MOMENT else None)
    return render_template("settings/index.html", form=form, sections=sections, sets_years=may_open(Action.YEAR_READ)), status


def _parts(changed: Settings | None) -> tuple[Part, ...]:
    about = "Người viết thấy gợi ý trước khi gửi, bí thư thấy một dấu nhỏ. Gợi ý không chặn việc gửi bài và không tính điểm."
    hints = tuple(_setting(name, changed) for name in ASKED if name.startswith("hint_"))
    others = tuple(_setting(name, changed) for name in ASKED if not name.startswith("hint_"))
    return (Part("duyet-bai", "Duyệt bài", "", others), Part("goi-y-khi-viet", "Gợi ý khi viết", about, hints))


def _setting(name: str, changed: Settings | None) -> Setting:
    asked = ASKED[name]
    words = f"{asked.about} Thường dùng: {shown(asked, getattr(USUAL, name))} {asked.unit}."
    if changed is not None:
        words += f" Đang dùng: {shown(asked, getattr(changed, name))} {asked.unit}."
    return Setting(name, words)
