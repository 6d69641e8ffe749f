"""What the audit log is narrowed by, as its address says it. Shape only."""

from collections.abc import Callable, Mapping
from datetime import date

from ...domain.audit import ACTION_LABELS, SUBJECT_LABELS
from ...domain.dates import DayError, parse_day
from ...domain.vietnamese import clean_line
from ...queries.audit import Wanted

_LIMIT = 60
NAMES = {"who": "ai", "action": "viec", "subject": "loai", "subject_id": "ma", "unit": "to-chuc", "from_day": "tu", "to_day": "den"}


def read_wanted(sent: Mapping[str, str]) -> tuple[Wanted, dict[str, str]]:
    """What an address asks of the log, and by the name of its field in words what is wrong with a day; unknown choices are left out."""
    faults: dict[str, str] = {}
    days = {name: _read(sent, NAMES[name], _day, faults) for name in ("from_day", "to_day")}
    said = {name: clean_line(sent.get(NAMES[name], ""))[:_LIMIT] for name in ("who", "unit", "subject_id")}
    action, subject = sent.get("viec", ""), sent.get("loai", "")
    wanted = Wanted(**said, **days, action=action if action in ACTION_LABELS else "", subject=subject if subject in SUBJECT_LABELS else "")
    return wanted, faults


def _read(sent: Mapping[str, str], name: str, read: Callable[[str], date | None], faults: dict[str, str]) -> date | None:
    try:
        return read(sent.get(name, ""))
    except DayError as error:
        faults[name] = str(error)
        return None


def _day(text: str) -> date | None:
    return parse_day(text) if text.strip() else None


def asked(wanted: Wanted) -> dict[str, str]:
    """The same as parts of an address; `read_wanted` reads them again."""
    values = {sent: getattr(wanted, name) for name, sent in NAMES.items()}
    return {sent: value.isoformat() if isinstance(value, date) else value for sent, value in values.items() if value}
