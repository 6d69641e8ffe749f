"""What the address of one's own diary asks for, how it is said on the page, and the addresses that ask for less."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import request, url_for

from ...domain.dates import FIRST_YEAR, LAST_YEAR, DayError, parse_day, screen_day
from ...domain.entries import FIELD_LABELS, STATE_LABELS, EntryState, Field
from ...domain.vietnamese import clean_line
from ...queries.entries import Wanted, WantedChoices
from ...services import clock
from ..paging import page_number

STATES = {"nhap": EntryState.DRAFT, "cho": EntryState.WAITING, "can-bo-sung": EntryState.RETURNED, "da-duyet": EntryState.APPROVED}
FIELDS = {"ban-than": Field.SELF, "cong-viec": Field.WORK, "cong-dong": Field.COMMUNITY}
UNPLANNED, UNPLANNED_LABEL = "phat-sinh", "Việc phát sinh"
OPEN = "loc"  # asks for the panel itself
_DAYS = frozenset({"tu", "den", "nam", "thang"})
_PLAIN = frozenset({"nam", "thang", "trang-thai", "q", "trang"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A thing that was asked, in words, and the address that asks for all but it."""

    words: str
    without: str


def wanted() -> Wanted:
    """What the address asks of the timeline; a part that makes no sense is left out."""
    args = request.args
    year, month = args.get("nam", 0, type=int), args.get("thang", 0, type=int)
    if month and not year:
        year = clock.today().year
    year, month = year if FIRST_YEAR <= year <= LAST_YEAR else 0, month if 1 <= month <= 12 else 0
    state, words, page = STATES.get(args.get("trang-thai", "")), args.get("q", "").strip()[:100], page_number()
    if args.keys() <= _PLAIN:
        return Wanted(year, month, state, words, page)
    serves = args.get("dang-ky", "")
    return Wanted(
        year, month, state, words, page,
        first=_day(args.get("tu", "")),
        last=_day(args.get("den", "")),
        pledge=_uuid(serves),
        unplanned=serves == UNPLANNED,
        virtue=clean_line(args.get("chuan-muc", ""))[:120],
        field=FIELDS.get(args.get("linh-vuc", "")),
        photos=args.get("anh") == "1",
    )  # fmt: skip


def panel_asked(found: Wanted) -> bool:
    """Whether the fields to narrow the list by are to be on the page."""
    return found.narrowed or OPEN in request.args


def page_url(number: int) -> str:
    """The same list at another page."""
    return _url({**request.args.to_dict(), "trang": number})


def open_url() -> str:
    """The same list with the fields to narrow it by."""
    return _url({**_others(frozenset({"trang"})), OPEN: "1"})


def said(found: Wanted, choices: WantedChoices) -> tuple[Asked, ...]:
    """Everything asked besides the words looked for, each with the address that leaves it out."""
    titles = {pledge.id: pledge.title for pledge in choices.pledges}
    serves = UNPLANNED_LABEL if found.unplanned else titles.get(found.pledge, "Nội dung đăng ký khác") if found.pledge else ""
    parts = (
        (_days_said(found), _DAYS),
        (serves, {"dang-ky"}),
        (f"Chuẩn mực {found.virtue}" if found.virtue else "", {"chuan-muc"}),
        (FIELD_LABELS[found.field] if found.field else "", {"linh-vuc"}),
        (STATE_LABELS[found.state] if found.state else "", {"trang-thai"}),
        ("Có ảnh" if found.photos else "", {"anh"}),
    )
    return tuple(Asked(words, _url(_others(frozenset({*names, "trang", OPEN})))) for words, names in parts if words)


def no_filter_url() -> str:
    """The same words looked for in the whole diary."""
    return _url({"q": request.args["q"]} if request.args.get("q") else {})


def _days_said(found: Wanted) -> str:
    first, last = found.from_day, found.to_day
    if first and last:
        return f"Từ {screen_day(first)} đến {screen_day(last)}" if first != last else f"Ngày {screen_day(first)}"
    return f"Từ {screen_day(first)}" if first else f"Đến {screen_day(last)}" if last else ""


def _others(without: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in request.args.to_dict().items() if name not in without and value}


def _url(asked: Mapping[str, Any]) -> str:
    return url_for("entries.index", **asked)


def _day(text: str) -> date | None:
    try:
        return parse_day(text)
    except DayError:
        return None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
