"""Bản đăng ký làm theo: a member's pledges of a year by virtue, what, how, by what measured and by when, and the branch's word."""

from itertools import groupby

from reportlab.lib.units import mm

from ..domain.dates import paper_day
from ..domain.figures import padded
from ..domain.papers import Signer
from ..domain.registrations import RegisteredPledge, Registration
from .levels import figure
from .outlines import Block, Cell, Facts, Grid, HeadCell, Look, Outline, Spread, TwoSigners, Words, pdf
from .outlines.shapes import Row
from .page import PORTRAIT
from .text import NBSP

TITLE = "Bản đăng ký làm theo"

_TT, _MEASURE, _DUE = 9 * mm, 33 * mm, 24 * mm
_TEXTS = PORTRAIT.width - _TT - _MEASURE - _DUE


def render(registration: Registration) -> bytes:
    """A member's registration in, its PDF out."""
    return pdf(outline(registration))


def outline(registration: Registration) -> Outline:
    """What the registration says, before it is set."""
    return Outline(
        title=f"{TITLE} năm {registration.year} – {registration.name}",
        letterhead=registration.letterhead,
        kind="BẢN ĐĂNG KÝ",
        subject=(f"Nội dung làm theo lời Bác năm {registration.year}",),
        blocks=(_person(registration), *_promises(registration), Words(_confirmation(registration)), _signers(registration)),
        verification=registration.verification,
    )


def _person(registration: Registration) -> Facts:
    first = (("Họ và tên", registration.name), ("Chức vụ", registration.position))
    return Facts((first, (("Sinh hoạt tại", registration.branch),), (("Công việc", registration.job),)))


def _promises(registration: Registration) -> tuple[Block, ...]:
    if not registration.pledges:
        return (Words(f"Năm {registration.year} chưa đăng ký nội dung làm theo."),)
    many = padded(len(registration.pledges))
    return Words(f"Năm {registration.year}, tôi đăng ký thực hiện {many}{NBSP}nội dung sau:"), _table(registration)


def _table(registration: Registration) -> Grid:
    heads = tuple(map(HeadCell, ("TT", "Nội dung làm theo", "Cách làm", "Kết quả cần đạt", "Hạn hoàn thành")))
    rows: list[Row] = []
    order = 0
    for virtue, pledges in groupby(registration.pledges, key=lambda pledge: pledge.virtue):
        rows.append(Spread(virtue))
        for pledge in pledges:
            order += 1
            rows.append(_row(order, pledge))
    widths = (_TT, _TEXTS * 0.54, _TEXTS * 0.46, _MEASURE, _DUE)
    return Grid("Nội dung đăng ký", widths, (heads,), tuple(rows), figures=(0,), tight=False)


def _row(order: int, pledge: RegisteredPledge) -> tuple[Cell, ...]:
    due = paper_day(pledge.due) if pledge.due else "Trong năm"
    waiting = "" if pledge.approved else "\n(chờ bí thư duyệt)"
    changed = f"\n(đổi ngày {paper_day(pledge.changed_on)})" if pledge.changed_on else ""
    return figure(order), Cell(pledge.content + waiting + changed), Cell(pledge.how), Cell(pledge.measure), Cell(due, Look.CENTRE)


def _confirmation(registration: Registration) -> str:
    approved = sum(pledge.approved for pledge in registration.pledges)
    if not approved:
        return "Chi đoàn xác nhận: …………………………………………"
    day = f", duyệt xong ngày {paper_day(registration.approved_on)}" if registration.approved_on else ""
    return f"Chi đoàn xác nhận {padded(approved)}{NBSP}nội dung đăng ký trên{day}, và theo dõi việc thực hiện trong năm."


def _signers(registration: Registration) -> TwoSigners:
    return TwoSigners(registration.signer, Signer(("NGƯỜI ĐĂNG KÝ",), registration.name))
