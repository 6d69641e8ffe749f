"""What stands around every page: the menu of what this person may open, the four daily tabs, counts of what waits."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, g, request
from markupsafe import Markup

from ..domain.actors import POST_LABELS, Actor, Appointment
from ..domain.permissions import Action, scopes
from ..queries import reviews
from ..services import clock
from .session import is_public, visitor


@dataclass(frozen=True, slots=True)
class Item:
    """A link of the menu; `count` is how many things wait behind it."""

    label: str
    href: str
    icon: str
    current: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Menu:
    """What one kind of person may open from one page, and how that looks; the same for everyone of the kind."""

    groups: tuple[Group, ...]
    rail: Markup
    tabs: Markup


@dataclass(frozen=True, slots=True)
class Frame:
    signed_in: bool
    theme: str = ""
    account: int = 0
    unit_name: str = ""
    person_line: str = ""
    waiting: int = 0  # what waits for this person to review
    menu: Menu | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the menu: who sees it is who may do `action` (everyone when None)."""

    label: str
    href: str
    icon: str
    action: Action | None = None


OWN = (
    Page("Hôm nay", "/", "today"),
    Page("Nhật ký của tôi", "/nhat-ky", "book"),
    Page("Nội dung đăng ký", "/dang-ky", "flag"),
    Page("Đánh giá của tôi", "/danh-gia", "star"),
)
BRANCH = (
    Page("Chờ duyệt", "/duyet", "inbox", Action.ENTRY_REVIEW),
    Page("Chi đoàn", "/chi-doan", "people", Action.EVALUATION_PROPOSE),
    Page("Xếp loại chi đoàn", "/xep-loai", "check", Action.EVALUATION_PROPOSE),
)
ABOVE = (
    Page("Xét duyệt", "/xet-duyet", "medal", Action.EVALUATION_PASS_ON),
    Page("Xét duyệt", "/xet-duyet", "medal", Action.EVALUATION_DECIDE),
    Page("Kết quả xếp loại", "/xep-loai/ket-qua", "star", Action.EVALUATION_READ),
    Page("Văn bản đã phát hành", "/van-ban-phat-hanh", "paper", Action.EVALUATION_READ),
    Page("Đoàn viên", "/doan-vien", "people", Action.MEMBER_READ),
    Page("Đoàn phí", "/doan-phi", "coin", Action.REGISTER_READ),
    Page("Chương trình rèn luyện", "/ren-luyen", "cap", Action.REGISTER_READ),
    Page("Số liệu ghi tay", "/xep-loai/so-lieu", "pen", Action.REGISTER_READ),
    Page("Tổ chức", "/to-chuc", "tree", Action.UNIT_READ),
    Page("Năm công tác", "/nam-cong-tac", "calendar", Action.YEAR_READ),
)
SYSTEM = (Page("Quản trị", "/quan-tri", "gear", Action.SYSTEM_MANAGE),)
ACCOUNT = (
    Page("Thông báo", "/thong-bao", "bell"),
    Page("Cá nhân", "/ca-nhan", "person"),
    Page("Hướng dẫn", "/huong-dan", "bulb"),
)


WRITE = Page("Ghi nhật ký", "/nhat-ky/moi", "pen")
HREFS = tuple(page.href for page in (*OWN, *BRANCH, *ABOVE, *SYSTEM, *ACCOUNT, WRITE))


def init_app(app: Flask) -> None:
    app.context_processor(lambda: {"frame": _frame(), "demo_mode": current_app.config["DIARY_DEMO"]})


def _frame() -> Frame:
    person = None if not request or is_public() else visitor()
    if person is None:
        return Frame(signed_in=False)
    actor = person.actor
    waiting = g.waiting if "waiting" in g else reviews.waiting_count(actor, clock.now())
    menu = _menu(actor.appointments, actor.member_id is not None, _current_page(), waiting, person.unread)
    return Frame(
        signed_in=True,
        theme=person.theme,
        account=actor.account_id,
        unit_name=actor.unit_name or (actor.appointments[0].unit_name if actor.appointments else "Sổ nhật ký"),
        person_line=_person_line(actor),
        waiting=waiting,
        menu=menu,
    )


def _person_line(actor: Actor) -> str:
    posts = f", {POST_LABELS[actor.appointments[0].post]}" if actor.appointments else ""
    return actor.name + posts


def _current_page() -> str:
    """The page of the menu this request is on, or below."""
    path = request.path
    return max((href for href in HREFS if path == href or (href != "/" and path.startswith(href + "/"))), key=len, default="")


@lru_cache(maxsize=2048)
def _menu(appointments: tuple[Appointment, ...], keeps_diary: bool, current: str, waiting: int, unread: int) -> Menu:
    """Drawn once per kind of person, page and counts: on most requests the menu is the one drawn before."""
    person = Actor(0, "", "", member_id=1 if keeps_diary else None, appointments=appointments)
    counts = {"/duyet": waiting, "/thong-bao": unread}
    groups, tabs = _groups(person, current, counts), _tabs(person, current, waiting)
    parts: Any = current_app.jinja_env.get_template("_macros/frame.html").module
    return Menu(groups, parts.rail(groups, tabs), parts.tab_bar(tabs))


def _groups(actor: Actor, current: str, counts: dict[str, int]) -> tuple[Group, ...]:
    branch_heading = next((a.unit_name for a in scopes(actor, Action.EVALUATION_PROPOSE)), "Chi đoàn")
    groups = (
        ("Của tôi" if actor.appointments else "", OWN if actor.member_id else ()),
        (branch_heading, BRANCH),
        ("Tổ chức Đoàn", ABOVE),
        ("Hệ thống", SYSTEM),
        ("Tài khoản", ACCOUNT),
    )
    made = (Group(heading, _items(actor, pages, current, counts)) for heading, pages in groups)
    return tuple(group for group in made if group.items)


def _items(actor: Actor, pages: tuple[Page, ...], current: str, counts: dict[str, int]) -> tuple[Item, ...]:
    shown = {page.href: page for page in pages if page.action is None or scopes(actor, page.action)}
    return tuple(Item(page.label, page.href, page.icon, page.href == current, counts.get(page.href, 0)) for page in shown.values())


def _tabs(actor: Actor, current: str, waiting: int) -> tuple[Item, ...]:
    """The four things this person does daily: write and read, and review where they review."""
    reviewer = bool(scopes(actor, Action.ENTRY_REVIEW))
    if actor.member_id is None:
        pages = [*SYSTEM, *ACCOUNT] if scopes(actor, Action.SYSTEM_MANAGE) else list(ACCOUNT)
    elif reviewer:
        pages = [OWN[0], WRITE, BRANCH[0], BRANCH[1] if scopes(actor, Action.EVALUATION_PROPOSE) else ABOVE[0]]
    else:
        pages = [OWN[0], WRITE, Page("Nhật ký", "/nhat-ky", "book"), Page("Đăng ký", "/dang-ky", "flag")]
    return tuple(Item(p.label, p.href, p.icon, p.href == current, waiting if p.href == "/duyet" else 0) for p in pages)
