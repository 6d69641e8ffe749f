"""The first page of the day: write first, then what waits, the rhythm of the year, and this day a year ago."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, render_template, url_for
from flask_login import current_user

from ...domain.actors import Actor
from ...domain.dates import screen_day, short_day, weekday_name
from ...domain.looking_back import year_to_offer
from ...domain.permissions import Action, Subject, may, may_somewhere
from ...domain.reviews import PLEDGE_RETURN_REASONS, RETURN_REASONS
from ...domain.rhythm import Look
from ...domain.wording import without_reasons
from ...queries import branches, data_requests, jobs, member_lists, transfers, unit_evaluations
from ...queries import entries as queries
from ...queries.entries import Unfinished
from ...queries.evaluations import waiting_branches, year_end_due
from ...queries.reviews import backlog
from ...queries.rhythm import rhythm_of
from ...services import clock
from ..entries.forms import EntryForm
from ..entries.views import writable_pledges
from ..formats import local_day
from ..ids import new_id
from ..session import current_actor

bp = Blueprint("home", __name__)
_QUOTED = 90  # characters of a reviewer's words shown in the list


@bp.get("/")
def today() -> Any:
    actor, day = current_actor(), clock.today()
    if actor.member_id is None or actor.place is None:
        todo = [*_first_list(actor), *_begins(actor), *_asked(actor)]
        return render_template("home/today.html", form=None, today=day, todo=todo, results=_rates_below(actor))
    form = EntryForm()
    form.offer(writable_pledges(actor, day.year), (), day.year)
    form.begin(new_id(), day)
    rhythm = rhythm_of(actor.member_id, day.year, day)
    return render_template(
        "home/today.html",
        form=form,
        today=day,
        yesterday=day - timedelta(days=1),
        todo=_todo(actor),
        results=_rates_below(actor),
        rhythm_of_year=rhythm,
        nothing_to_do=rhythm.so_far[-1:] and rhythm.so_far[-1].look is Look.NOTHING_TO_DO,
        last_year=queries.same_day_last_year(actor.member_id, day),
        look_back=year_to_offer(day),
    )


def _rates_below(actor: Actor) -> bool:
    """Whether a committee of the actor rates branches, so that their results are its daily matter."""
    return may_somewhere(actor, Action.EVALUATION_PASS_ON) or may_somewhere(actor, Action.EVALUATION_DECIDE)


def _todo(actor: Actor) -> list[dict[str, str]]:
    assert actor.member_id is not None
    waiting = queries.waiting_for(actor.member_id, clock.now())
    returned = (_returned(one) for one in waiting.returned)
    return [*_first_list(actor), *_begins(actor), *_year_end(actor), *returned, *_drafts(waiting.drafts), *_asked(actor)]


def _year_end(actor: Actor) -> list[dict[str, str]]:
    """The meeting that goes on and the self-assessment to send, which both wait for a day that will not come again."""
    assert actor.place is not None
    due = year_end_due(actor, clock.today())
    found = []
    if due.meeting_year and may(actor, Action.EVALUATION_PROPOSE, Subject(actor.place)):
        found.append({"href": url_for("hall.show", nam=due.meeting_year), "title": "Đang họp xét xếp loại", "text": "Vào tiếp cuộc họp"})
    if due.meeting_year and due.secret:
        found.append({"href": url_for("ballots.papers"), "title": "Chi đoàn đang họp xét xếp loại", "text": "Bỏ phiếu kín trên điện thoại"})
    if due.year and due.closes_on:
        text = f"Số liệu đã điền sẵn, nộp trước {weekday_name(due.closes_on)}, {screen_day(due.closes_on)}"
        found.append({"href": url_for("evaluations.own", nam=due.year), "title": f"Tự đánh giá năm {due.year}", "text": text})
    return [one | {"icon": "star" if "danh-gia" in one["href"] else "people", "look": "wait"} for one in found]


def _asked(actor: Actor) -> list[dict[str, str]]:
    """What others asked of the person, and what they were told."""
    about = (_stopped, _backlog, _branches, _units, _transfers, _requests)
    return [*(one for ask in about for one in ask(actor)), *_notices()]


def _stopped(actor: Actor) -> list[dict[str, str]]:
    """That the work in the background stands still, to who answers for the machine."""
    if not may_somewhere(actor, Action.SYSTEM_MANAGE) or not jobs.standing(clock.now()).asleep:
        return []
    text = "Thư chưa gửi đi, chưa nhắc ai; không mất gì. Xem cần làm gì"
    return [{"href": "/quan-tri", "title": "Việc nền không được làm", "text": text, "icon": "warn", "look": "return"}]


def _backlog(actor: Actor) -> list[dict[str, str]]:
    """That branches below let things wait longer than they are allowed: figures for those who answer for them."""
    found = backlog(actor, clock.now(), size=0)
    if not found.overdue:
        return []
    title = f"{found.late_branches} chi đoàn để bài chờ quá {found.days} ngày"
    text = f"{found.overdue} trên {found.waiting} mục đang chờ, lâu nhất {found.oldest} ngày"
    return [{"href": "/duyet/ton-dong", "title": title, "text": text, "icon": "inbox", "look": ""}]


def _branches(actor: Actor) -> list[dict[str, str]]:
    """The branches whose levels wait for a committee of the actor."""
    waiting = waiting_branches(actor, clock.today())
    if not waiting:
        return []
    title, href = f"{waiting.count} chi đoàn chờ bạn xét xếp loại", url_for("approvals.index", nam=waiting.year)
    return [{"href": href, "title": title, "text": f"Năm {waiting.year}, đã gửi lên", "icon": "medal", "look": "wait"}]


def _units(actor: Actor) -> list[dict[str, str]]:
    """The units whose own level waits for a committee of the actor."""
    waiting = unit_evaluations.waiting_count(actor, clock.today())
    if not waiting:
        return []
    title = f"{waiting} tổ chức chờ xếp loại"
    return [{"href": "/xet-duyet/to-chuc", "title": title, "text": "Đã gửi lên, đến lượt bạn", "icon": "medal", "look": "wait"}]


def _first_list(actor: Actor) -> list[dict[str, str]]:
    """What an officer of a new installation does first."""
    if not member_lists.nobody_yet(actor):
        return []
    text = "Chưa có đoàn viên nào. Hãy gửi tệp danh sách đang có, không cần sửa lại mẫu"
    return [{"href": "/doan-vien/nhap", "title": "Nhập danh sách đoàn viên", "text": text, "icon": "upload", "look": ""}]


def _begins(actor: Actor) -> list[dict[str, str]]:
    """What someone new in a post of a branch does first."""
    unit_id = branches.begins_here(actor, clock.today())
    if unit_id is None:
        return []
    text = "Xem ai chưa đăng ký, ai chưa ghi, rồi bấm Nhắc; một lần bấm là nhắc được cả chi đoàn"
    where: dict[str, Any] = {"don-vi": unit_id}
    href = url_for("branches.branch", **where)
    return [{"href": href, "title": "Việc đầu tiên của bí thư: nhắc chi đoàn", "text": text, "icon": "people", "look": "wait"}]


def _returned(one: Unfinished) -> dict[str, str]:
    reasons, typed = without_reasons(one.words, {*RETURN_REASONS, *PLEDGE_RETURN_REASONS})
    words = typed or reasons
    said = words if len(words) <= _QUOTED else words[:_QUOTED].rsplit(" ", 1)[0] + "…"
    if one.is_pledge:
        title, href = f"Cần sửa: {one.title}", url_for("pledges.show", pledge_id=one.id)
    else:
        title, href = f"Cần bổ sung: việc ngày {short_day(one.happened_on)}" if one.happened_on else "", f"/nhat-ky/{one.id}"
    return {"href": href, "title": title, "text": f"Người duyệt nhắn: “{said}”" if said else "", "icon": "return", "look": "return"}


def _drafts(drafts: tuple[Unfinished, ...]) -> list[dict[str, str]]:
    if not drafts:
        return []
    oldest = drafts[-1]
    assert oldest.happened_on is not None
    rested = (clock.today() - local_day(oldest.written_at)).days
    one = len(drafts) == 1
    text = f"{'Việc' if one else 'Cũ nhất: việc'} ngày {short_day(oldest.happened_on)}, để {rested} ngày rồi"
    href = f"/nhat-ky/{oldest.id}/sua" if one else "/nhat-ky?trang-thai=nhap"
    return [{"href": href, "title": f"{len(drafts)} bài nháp chưa gửi", "text": text, "icon": "pen", "look": ""}]


def _transfers(actor: Actor) -> list[dict[str, str]]:
    waiting = transfers.waiting_count(actor, clock.now(), clock.today())
    if not waiting:
        return []
    title = f"{waiting} người chờ tiếp nhận sinh hoạt"
    return [{"href": "/chuyen-sinh-hoat", "title": title, "text": "Nơi cũ đã gửi, đến lượt bạn", "icon": "swap", "look": "wait"}]


def _requests(actor: Actor) -> list[dict[str, str]]:
    waiting = data_requests.waiting_count(actor, clock.now())
    if not waiting:
        return []
    return [
        {"href": "/doan-vien/de-nghi", "title": f"{waiting} đề nghị về dữ liệu", "text": "Đến lượt bạn", "icon": "inbox", "look": "wait"}
    ]


def _notices() -> list[dict[str, str]]:
    unread = current_user.unread
    return [{"href": "/thong-bao", "title": f"{unread} thông báo chưa đọc", "text": "", "icon": "bell", "look": ""}] if unread else []
