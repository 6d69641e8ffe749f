"""What the audit log is narrowed by, as its address says it. Shape only."""

from collections.abc import Mapping
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
    action, subject = sent.get(NAMES["action"], ""), sent.get(NAMES["subject"], "")
    wanted = Wanted(
        who=_line(sent, "who"),
        action=action if action in ACTION_LABELS else "",
        subject=subject if subject in SUBJECT_LABELS else "",
        subject_id=_line(sent, "subject_id"),
        unit=_line(sent, "unit"),
        from_day=_day(sent, "from_day", faults),
        to_day=_day(sent, "to_day", faults),
    )
    return wanted, faults


def _line(sent: Mapping[str, str], name: str) -> str:
    return clean_line(sent.get(NAMES[name], ""))[:_LIMIT]


def _day(sent: Mapping[str, str], name: str, faults: dict[str, str]) -> date | None:
    """The day typed, None where there is none or no day; then `faults` says so."""
    typed = sent.get(NAMES[name], "").strip()
    try:
        return parse_day(typed) if typed else None
    except DayError as error:
        faults[NAMES[name]] = str(error)
        return None


def asked(wanted: Wanted) -> dict[str, str]:
    """The same as parts of an address; `read_wanted` reads them again."""
    values = {sent: getattr(wanted, name) for name, sent in NAMES.items()}
    return {sent: value.isoformat() if isinstance(value, date) else value for sent, value in values.items() if value}
